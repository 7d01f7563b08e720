// bellhop status
#include "daemon/control/status.hpp"

#include <iostream>

#include <boost/json.hpp>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/control/holder.hpp"
#include "daemon/process/clock.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

/// Of the daemon; of the database where none answers.
json::object current_status(const Desk& desk) {
    if (auto answer = ask_daemon(desk.settings.database, {"status", {}, {}})) {
        if (answer->status == 0 && answer->result.is_object()) {
            return std::move(answer->result.get_object());
        }
    }
    return status_of(*store_to_read(desk), desk, SystemClock{}.now());
}

void status(const Invocation& invocation) {
    const Desk desk = desk_without_rules(invocation);
    const json::object status = current_status(desk);
    std::cout << (invocation.json ? json::serialize(status) + '\n'
                                  : in_words(status, SystemClock{}.now()));
}

}  // namespace

Command status_command() {
    Command command{"status", "how the desk stands, on one screen",
                    "Asks the daemon; where none runs, it says what the database knows.\n\n"
                    "Example: bellhop status"};
    command.run = [](const Arguments&, Invocation& invocation) { status(invocation); };
    return command;
}

}  // namespace bellhop::daemon
