#include "daemon/commands/ticket_attachment.hpp"

#include <fstream>
#include <iostream>

#include <boost/json.hpp>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/commands/session.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/view/attachment_list.hpp"

namespace bellhop::daemon {
namespace {

void write_to(const std::string& file, const std::string& bytes) {
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out << bytes;
    out.close();
    if (!out) throw CommandFailure(EX_CANTCREAT, "bellhop: cannot write " + file + "\n");
}

void attachment(const Arguments& given, const Invocation& invocation) {
    const Desk desk = desk_without_rules(invocation);
    const auto store = store_to_read(desk);
    const rules::Ticket ticket = ticket_numbered(*store, given.text("TICKET"));
    const std::vector<ListedAttachment> all = attachments_of(*store, ticket.id);
    const std::string name = given.text("NAME");
    if (name.empty()) {
        const auto& calendar = calendar_of(desk, ticket.school);
        std::cout << (invocation.json ? boost::json::serialize(to_json(all)) + "\n"
                                      : in_words(all, calendar, SystemClock{}.now()));
        return;
    }
    const ChosenAttachment chosen = chosen_attachment(all, name);
    if (!chosen.complaint.empty()) throw CommandFailure(1, "bellhop: " + chosen.complaint + "\n");
    const auto bytes = store->blobs.get(chosen.attachment.stored.sha256);
    if (!bytes) throw CommandFailure(1, "bellhop: its bytes are no longer kept\n");
    const std::string file = given.text("--to");
    if (!file.empty()) return write_to(file, *bytes);
    if (::isatty(STDOUT_FILENO) == 1) {
        throw CommandFailure(EX_USAGE, "bellhop: say where to write it: --to FILE\n");
    }
    std::cout << *bytes;
}

}  // namespace

Command attachment_command() {
    Command command{"attachment", "list the files of a ticket, or get one of them",
                    "Examples:\n"
                    "  bellhop ticket attachment 1042\n"
                    "  bellhop ticket attachment 1042 screen.png --to screen.png\n"
                    "  bellhop ticket attachment 1042 2 > log.txt"};
    command.options = {
        value("TICKET", "its number").required(),
        value("NAME", "its name, the beginning of that, or its number in the list"),
        value("--to", "write it there; without it to standard output").called("FILE")};
    command.run = [](const Arguments& given, Invocation& invocation) {
        attachment(given, invocation);
    };
    return command;
}

}  // namespace bellhop::daemon
