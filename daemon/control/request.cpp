#include "daemon/control/request.hpp"

#include <array>
#include <vector>

#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>
#include <pwd.h>
#include <unistd.h>

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t deepest = 16;  // levels of a value; our own have four

boost::system::result<json::object, std::string> read_object(std::string_view line,
                                                             std::size_t longest) {
    if (line.size() > longest) return std::string{"the line is too long"};
    json::parse_options options;
    options.max_depth = deepest;
    json::parser parser{{}, options};
    boost::system::error_code error;
    parser.write(json::string_view{line.data(), line.size()}, error);
    if (error) return "no JSON: " + error.message();
    json::value value = parser.release();
    if (!value.is_object()) return std::string{"no JSON object"};
    return std::move(value.get_object());
}

const json::value* member(const json::object& object, std::string_view name) {
    return object.if_contains(json::string_view{name.data(), name.size()});
}

}  // namespace

Peer peer_of(uid_t user, pid_t process) {
    passwd entry{};
    passwd* found = nullptr;
    std::vector<char> room(16 * 1024);
    getpwuid_r(user, &entry, room.data(), room.size(), &found);
    return {user, found != nullptr ? entry.pw_name : "uid " + std::to_string(user), process};
}

Peer own_peer() {
    return peer_of(::getuid(), ::getpid());
}

std::string actor_of(const Peer& peer) {
    return "agent " + peer.login;
}

Answer refused(int status, std::string complaint) {
    return {status, {}, std::move(complaint)};
}

std::string line_of(const Request& request) {
    const json::object object{
        {"request", request.name}, {"arguments", request.arguments}, {"body", request.body.size()}};
    return json::serialize(object) + '\n';
}

std::string line_of(const Answer& answer) {
    json::object object{{"status", answer.status}};
    if (!answer.result.is_null()) object["result"] = answer.result;
    if (!answer.complaint.empty()) object["complaint"] = answer.complaint;
    return json::serialize(object) + '\n';
}

boost::system::result<AnnouncedRequest, std::string> read_request(std::string_view line) {
    auto object = read_object(line, longest_request_line);
    if (!object) return object.error();
    AnnouncedRequest announced;
    const json::value* name = member(*object, "request");
    if (name == nullptr || !name->is_string()) return std::string{"\"request\" names none"};
    announced.request.name = name->get_string().c_str();
    if (json::value* arguments = object->if_contains("arguments")) {
        if (!arguments->is_object()) return std::string{"\"arguments\" is no object"};
        announced.request.arguments = std::move(arguments->get_object());
    }
    if (const json::value* body = member(*object, "body")) {
        boost::system::error_code error;
        announced.body = body->to_number<std::size_t>(error);
        if (error) return std::string{"\"body\" is no number of bytes"};
    }
    return announced;
}

boost::system::result<Answer, std::string> read_answer(std::string_view line) {
    auto object = read_object(line, longest_answer_line);
    if (!object) return object.error();
    Answer answer;
    const json::value* status = member(*object, "status");
    if (status == nullptr || !status->is_int64()) return std::string{"\"status\" is no number"};
    answer.status = static_cast<int>(status->get_int64());
    if (json::value* result = object->if_contains("result")) answer.result = std::move(*result);
    const json::value* complaint = member(*object, "complaint");
    if (complaint != nullptr && complaint->is_string()) {
        answer.complaint = complaint->get_string().c_str();
    }
    return answer;
}

std::optional<std::string> text_argument(const Request& request, std::string_view name) {
    const json::value* value = member(request.arguments, name);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return std::string{value->get_string().begin(), value->get_string().end()};
}

std::optional<std::int64_t> number_argument(const Request& request, std::string_view name) {
    const json::value* value = member(request.arguments, name);
    if (value == nullptr || !value->is_number()) return std::nullopt;
    boost::system::error_code error;
    const auto number = value->to_number<std::int64_t>(error);
    if (error) return std::nullopt;
    return number;
}

bool flag_argument(const Request& request, std::string_view name) {
    const json::value* value = member(request.arguments, name);
    return value != nullptr && value->is_bool() && value->get_bool();
}

}  // namespace bellhop::daemon
