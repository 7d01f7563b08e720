// bellhop export --to FOLDER TICKET... | --all
#include <chrono>
#include <fstream>
#include <iostream>
#include <map>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/view/output.hpp"
#include "parsers/compose/mbox.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

/// A file of its owner's; what stood under the name is replaced.
void write_file(const fs::path& file, const std::string& bytes) {
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out << bytes;
    out.close();
    if (!out) throw CommandFailure(EX_CANTCREAT, "bellhop: cannot write " + file.string() + "\n");
}

/// Every mail of the ticket in the order of time: what came in, what people sent, and what went out
/// by itself.
std::string mbox_of(const storage::Store& store, rules::TicketId ticket) {
    std::multimap<std::chrono::sys_seconds, std::string> entries;
    for (const storage::StoredMessage& message : store.tickets.messages(ticket)) {
        const auto raw = store.blobs.get(message.raw_sha256);
        if (!raw) continue;  // a note, or no longer kept
        entries.emplace(message.at, parsers::mbox_entry(*raw, message.from.address, message.at));
    }
    for (const storage::OutboxMail& mail : store.outbox.of_ticket(ticket)) {
        if (!mail.sent_at || mail.kind == rules::MailKind::reply) continue;
        entries.emplace(*mail.sent_at, parsers::mbox_entry(store.outbox.find(mail.id)->bytes,
                                                           mail.envelope_sender, *mail.sent_at));
    }
    std::string mbox;
    for (const auto& [at, entry] : entries) mbox += entry;
    return mbox;
}

json::object json_of(const storage::Store& store, const rules::Ticket& ticket) {
    json::object object = to_json(ticket);
    json::array messages;
    for (const storage::StoredMessage& one : store.tickets.messages(ticket.id)) {
        messages.push_back(to_json(one));
    }
    json::array log;
    for (const rules::TicketEvent& one : store.tickets.events(ticket.id))
        log.push_back(to_json(one));
    json::array mails;
    for (const storage::OutboxMail& one : store.outbox.of_ticket(ticket.id)) {
        mails.push_back(to_json(one));
    }
    json::array links;
    for (const storage::TicketLink& link : store.tickets.links(ticket.id)) {
        links.push_back({{"kind", link.kind}, {"ticket", number(link.other)}});
    }
    object["messages"] = std::move(messages);
    object["log"] = std::move(log);
    object["mails"] = std::move(mails);
    object["links"] = std::move(links);
    return object;
}

void export_tickets(const Arguments& given, const Invocation& invocation) {
    const Desk desk = desk_without_rules(invocation);
    const auto store = store_to_read(desk);
    std::vector<rules::TicketId> tickets;
    for (const std::string& name : given.texts("TICKET")) {
        tickets.push_back(ticket_numbered(*store, name).id);
    }
    if (given.has("--all")) {
        tickets = store->past.tickets_alive({}, std::chrono::sys_seconds::max());
    }
    if (tickets.empty() && !given.has("--all")) {
        throw CommandFailure(EX_USAGE, "bellhop: which tickets? name some, or say --all\n");
    }
    const fs::path folder = given.text("--to");
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        throw CommandFailure(EX_CANTCREAT, "bellhop: cannot create " + folder.string() + ": " +
                                               error.message() + "\n");
    }
    ::umask(S_IRWXG | S_IRWXO);  // what people wrote is for whoever asked for it
    for (const rules::TicketId id : tickets) {
        const auto ticket = store->tickets.find(id);
        if (!ticket) continue;  // removed meanwhile
        const std::string name = std::to_string(number(id));
        write_file(folder / (name + ".json"), json::serialize(json_of(*store, *ticket)) + "\n");
        write_file(folder / (name + ".mbox"), mbox_of(*store, id));
    }
    if (invocation.json) {
        std::cout << json::serialize(json::object{{"tickets", tickets.size()}}) << '\n';
        return;
    }
    std::cout << fmt::format("{} tickets in {}\n", tickets.size(), folder.string());
}

}  // namespace

Command export_command() {
    Command exporting{"export", "write tickets with all their mails into files",
                      "For each ticket NUMBER.json, and NUMBER.mbox for mail programs.\n\n"
                      "Example:\n"
                      "  bellhop export --to ann --all"};
    exporting.options = {values("TICKET", "numbers"), flag("--all", "every ticket"),
                         value("--to", "the folder").called("DIR").required()};
    exporting.run = export_tickets;
    return exporting;
}

}  // namespace bellhop::daemon
