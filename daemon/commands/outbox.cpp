// bellhop outbox list|retry|cancel
#include <iostream>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/view/mail_list.hpp"
#include "daemon/view/output.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using storage::OutboxState;

constexpr std::size_t most_listed = 1000;

const std::map<std::string, OutboxState>& states() {
    static const std::map<std::string, OutboxState> names{{"queued", OutboxState::queued},
                                                          {"sending", OutboxState::sending},
                                                          {"sent", OutboxState::sent},
                                                          {"failed", OutboxState::failed},
                                                          {"cancelled", OutboxState::cancelled}};
    return names;
}

std::vector<std::string> state_names() {
    std::vector<std::string> names;
    for (const auto& [name, state] : states()) names.push_back(name);
    return names;
}

/// What still needs somebody's eye, unless more is asked for.
std::vector<OutboxState> wanted_states(const std::string& state, bool all) {
    if (!state.empty()) return {states().at(state)};
    if (all) return {};
    return {OutboxState::queued, OutboxState::sending, OutboxState::failed};
}

void list(const Invocation& invocation, const std::string& state, bool all) {
    const Desk desk = desk_without_rules(invocation);
    const auto store = store_to_read(desk);
    const std::vector<OutboxState> wanted = wanted_states(state, all);
    const std::vector<storage::OutboxMail> mails = store->outbox.list({wanted, most_listed});
    const std::size_t more = store->outbox.count(wanted) - mails.size();
    if (invocation.json) {
        std::cout << json::serialize(to_array(mails)) << '\n';
        if (more > 0) std::cerr << "bellhop: " << more << " older ones are not shown\n";
        return;
    }
    const std::string held = store->facts.find("outbox_held");
    if (!held.empty()) std::cout << "the relay takes nothing since " << held << '\n';
    if (mails.empty()) std::cout << "nothing waits to be sent\n";
    std::cout << in_words(mails);
    if (more > 0) std::cout << "and " << more << " older ones\n";
}

/// Asks for a change of each mail; tells which it was not possible for.
void change(Invocation& invocation,
            const std::string& request,
            const std::vector<std::int64_t>& ids,
            const std::string& done,
            const std::string& impossible) {
    const Desk desk = configured_desk(invocation);
    const json::object result =
        asked(desk, {request, {{"numbers", json::array(ids.begin(), ids.end())}}, {}}, invocation)
            .as_object();
    for (const json::value& id : result.at("impossible").as_array()) {
        std::cerr << "bellhop: mail " << id << ' ' << impossible << '\n';
    }
    if (invocation.json) {
        std::cout << json::serialize(json::object{{"changed", result.at("changed")}}) << '\n';
        return;
    }
    for (const json::value& id : result.at("changed").as_array()) {
        std::cout << "mail " << id << ' ' << done << '\n';
    }
}

}  // namespace

Command outbox_command() {
    Command list_command{"list", "what is queued or failed"};
    list_command.options = {
        value("--state", "queued, sending, sent, failed or cancelled").among(state_names()),
        flag("--all", "sent and cancelled ones too")};
    list_command.run = [](const Arguments& given, Invocation& invocation) {
        list(invocation, given.text("--state"), given.has("--all"));
    };

    Command retry_command{"retry", "try a mail again at once", "Example: bellhop outbox retry 17"};
    retry_command.options = {mail_numbers("outbox list")};
    retry_command.run = [](const Arguments& given, Invocation& invocation) {
        change(invocation, "outbox.retry", given.numbers("NUMBER"), "will be tried again",
               "is not there, or sent already");
    };

    Command cancel_command{"cancel", "never send a queued mail",
                           "Example: bellhop outbox cancel 17"};
    cancel_command.options = {mail_numbers("outbox list")};
    cancel_command.run = [](const Arguments& given, Invocation& invocation) {
        change(invocation, "outbox.cancel", given.numbers("NUMBER"), "is cancelled",
               "is neither queued nor failed");
    };

    Command outbox{"outbox", "mails that wait to be sent, or were refused"};
    outbox.commands = {list_command, retry_command, cancel_command};
    return outbox;
}

}  // namespace bellhop::daemon
