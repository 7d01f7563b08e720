// bellhop explain TICKET
#include <iostream>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/view/explanation.hpp"

namespace bellhop::daemon {
namespace {

void explain(const Invocation& invocation, const std::string& name) {
    const Desk desk = configured_desk(invocation);
    const auto store = store_to_read(desk);
    const rules::Ticket ticket = ticket_numbered(*store, name);
    const ExplainedTicket subject = explained(desk, *store, ticket, SystemClock{}.now());
    if (invocation.json) {
        std::cout << boost::json::serialize(to_json(subject)) << '\n';
    } else {
        std::cout << in_words(subject);
    }
}

}  // namespace

Command explain_command() {
    Command command{"explain", "why a ticket is as it is"};
    command.footer = "Example: bellhop explain 1042";
    command.options = {value("TICKET", "its number").required()};
    command.run = [](const Arguments& given, Invocation& invocation) {
        explain(invocation, given.text("TICKET"));
    };
    return command;
}

}  // namespace bellhop::daemon
