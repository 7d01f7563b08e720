// What a command asks of the process that holds the database, and what it is answered; as values,
// and as the lines of the control socket.
//
// The socket is `bellhop.sock` beside the database. A request is one line of JSON, followed by as
// many raw bytes as "body" says (a mail is no JSON); its answer is one line. Requests of a
// connection are answered in order.
//
//     {"request":"outbox.retry","arguments":{"number":17},"body":0}
//     {"status":0,"result":{"number":17,"state":"queued"}}
//     {"status":1,"complaint":"no mail 18 in the outbox"}
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/system/result.hpp>
#include <sys/types.h>

namespace bellhop::daemon {

constexpr std::size_t longest_request_line =
    8 * 1024 * 1024;  // a text of 1 MiB, every octet escaped
constexpr std::size_t longest_answer_line = 64 * 1024 * 1024;

/// Who asks, as the kernel says it (SO_PEERCRED); of a command that acts for itself, its own user.
struct Peer {
    uid_t user = 0;
    std::string login = {};  ///< of the password database; "uid 1000" where it knows none
    pid_t process = 0;
};

/// This process.
Peer own_peer();
/// Another one.
Peer peer_of(uid_t user, pid_t process);
/// As whom an event names it: "agent tbrown".
std::string actor_of(const Peer& peer);

struct Request {
    std::string name = {};  ///< "topic.verb": an entry of the table (known_requests.hpp)
    boost::json::object arguments = {};
    std::string body = {};  ///< raw bytes: a mail, an attachment
};

struct Answer {
    int status = 0;                  ///< the exit status of the command: 0, 1 for "no", sysexits(3)
    boost::json::value result = {};  ///< for the command to print, as JSON or as text
    std::string complaint =
        {};  ///< one sentence without full stop for standard error; empty where all is well
};

/// The answer "no", or any other that only complains.
Answer refused(int status, std::string complaint);

/// The line of a request, with its "\n", without the body.
std::string line_of(const Request& request);
std::string line_of(const Answer& answer);

/// A request that was announced: its body is still to come.
struct AnnouncedRequest {
    Request request = {};  ///< with an empty body
    std::size_t body = 0;  ///< bytes that follow
};

/// Errors: what is wrong with the line, as a sentence. Nested or large as nothing of ours is:
/// refused.
boost::system::result<AnnouncedRequest, std::string> read_request(std::string_view line);
boost::system::result<Answer, std::string> read_answer(std::string_view line);

/// An argument; nothing where it is missing, null or of another type.
std::optional<std::string> text_argument(const Request& request, std::string_view name);
std::optional<std::int64_t> number_argument(const Request& request, std::string_view name);
bool flag_argument(const Request& request, std::string_view name);

}  // namespace bellhop::daemon
