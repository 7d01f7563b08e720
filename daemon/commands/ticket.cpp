// bellhop ticket list|show|search, and what changes a ticket: desk_orders.cpp
#include <cstdlib>
#include <iostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/desk/secret_key.hpp"
#include "daemon/orders/desk_orders.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/view/clock_output.hpp"
#include "daemon/view/output.hpp"
#include "daemon/work/desk_work.hpp"
#include "parsers/header/domain_name.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t subject_width = 60;  // characters in a list
constexpr std::size_t name_width = 28;
constexpr std::size_t most_hits = 100;
constexpr std::size_t longest_reply = 1024 * 1024;  // bytes from standard input

struct ListQuestion {
    storage::TicketFilter filter = {};
    bool only_breached = false;  ///< in the current cycle
};

json::object with_clocks(const rules::Ticket& ticket, const TicketClocks& clocks) {
    json::object object = to_json(ticket);
    for (const auto& entry : to_json(clocks)) object[entry.key()] = entry.value();
    return object;
}

/// A ticket beside its clocks.
struct ListedTicket {
    rules::Ticket ticket = {};
    TicketClocks clocks = {};
};

void print_table(const std::vector<ListedTicket>& tickets) {
    if (tickets.empty()) {
        std::cout << "no tickets\n";
        return;
    }
    std::cout << fmt::format("{:>6}  {:<17} {:<13} {:<16}  {:<28}  {}\n", "NUMBER", "STATUS",
                             "PRIORITY", "DUE (LOCAL TIME)", "REQUESTER", "SUBJECT");
    for (const auto& [ticket, clocks] : tickets) {
        const std::string who = ticket.requester.name.empty()
                                    ? parsers::readable_address(ticket.requester.address)
                                    : ticket.requester.name;
        std::cout << fmt::format(
            "{:>6}  {:<17} {:<13} {:<16}  {:<28}  {}{}\n", number(ticket.id), ticket.status,
            ticket.priority, due_column(clocks), on_one_line(who, name_width),
            ticket.restricted ? "[restricted] " : "", on_one_line(ticket.subject, subject_width));
    }
}

std::vector<ListedTicket> listed(const storage::Store& store,
                                 const Desk& desk,
                                 const ListQuestion& question) {
    const std::chrono::sys_seconds now = SystemClock{}.now();
    std::vector<ListedTicket> tickets;
    for (rules::Ticket& ticket : store.tickets.list(question.filter)) {
        TicketClocks clocks = clocks_of(desk, ticket, store.tickets.events(ticket.id), now);
        if (question.only_breached && !clocks.is_breached()) continue;
        tickets.push_back({std::move(ticket), std::move(clocks)});
    }
    return tickets;
}

void list(const Invocation& invocation, const ListQuestion& question) {
    const Desk desk = configured_desk(invocation);
    const auto store = store_to_read(desk);
    const std::vector<ListedTicket> tickets = listed(*store, desk, question);
    if (!invocation.json) {
        print_table(tickets);
        return;
    }
    json::array array;
    for (const auto& [ticket, clocks] : tickets) array.push_back(with_clocks(ticket, clocks));
    std::cout << json::serialize(array) << '\n';
}

void print_message(const storage::StoredMessage& message) {
    const char* way = message.direction == storage::Direction::in    ? "from"
                      : message.direction == storage::Direction::out ? "to"
                                                                     : "note by";
    std::cout << fmt::format("\n--- {} UTC, {} {}{}\n", short_time(message.at), way,
                             on_one_line(display(message.from), 100),
                             message.kind == parsers::MessageKind::human ? ""
                             : message.kind == parsers::MessageKind::automatic
                                 ? " (automatic)"
                                 : " (delivery report)");
    const std::string text =
        harmless_text(message.reply_text.empty() ? message.text : message.reply_text);
    std::cout << text << (text.ends_with('\n') ? "" : "\n");
    for (const storage::StoredAttachment& one : message.attachments) {
        std::cout << fmt::format(
            "[{} {}, {}, {} bytes]\n",
            one.disposition == parsers::Disposition::attachment ? "attachment" : "inline",
            on_one_line(one.filename.empty() ? "(no name)" : one.filename, 80), one.content_type,
            one.size);
    }
}

void print_ticket(const storage::Store& store,
                  const Desk& desk,
                  const rules::Ticket& ticket,
                  const std::vector<rules::TicketEvent>& log) {
    const std::chrono::sys_seconds now = SystemClock{}.now();
    std::cout << fmt::format("ticket {}: {}\n", number(ticket.id),
                             on_one_line(ticket.subject, 200));
    std::cout << fmt::format(
        "status {}, priority {}, opened {} UTC{}\n", ticket.status, ticket.priority,
        short_time(ticket.opened_at),
        ticket.reopened > 0 ? fmt::format(", reopened {} times", ticket.reopened) : "");
    if (ticket.restricted) std::cout << "RESTRICTED: its text goes into no mail, log or search\n";
    std::cout << in_words(clocks_of(desk, ticket, log, now), desk, ticket, now);
    std::cout << "requester " << on_one_line(display(ticket.requester), 200) << '\n';
    const auto line = [](const char* name, const std::string& value) {
        if (!value.empty()) std::cout << name << ' ' << on_one_line(value, 200) << '\n';
    };
    for (const std::string& one : ticket.participants) {
        if (one != parsers::address_key(ticket.requester.address)) line("with", one);
    }
    line("school", ticket.school);
    line("team", ticket.team);
    line("assignee", ticket.assignee);
    for (const storage::TicketLink& link : store.tickets.links(ticket.id)) {
        std::cout << "linked: " << link.kind << ' ' << number(link.other) << '\n';
    }
    for (const storage::StoredMessage& message : store.tickets.messages(ticket.id))
        print_message(message);
    std::cout << "\n--- events\n";
    for (const rules::TicketEvent& event : log) {
        std::cout << fmt::format("{}  {:<24} {}\n", rules::to_text(event.at), event.type.text(),
                                 on_one_line(event.detail, 200));
    }
}

void show(const Invocation& invocation, const std::string& name) {
    const Desk desk = configured_desk(invocation);
    const auto store = store_to_read(desk);
    const rules::Ticket ticket = ticket_named(*store, name);
    const std::vector<rules::TicketEvent> log = store->tickets.events(ticket.id);
    if (!invocation.json) {
        print_ticket(*store, desk, ticket, log);
        return;
    }
    json::object object = with_clocks(ticket, clocks_of(desk, ticket, log, SystemClock{}.now()));
    json::array links;
    for (const storage::TicketLink& link : store->tickets.links(ticket.id)) {
        links.push_back({{"kind", link.kind}, {"ticket", number(link.other)}});
    }
    json::array messages;
    for (const storage::StoredMessage& one : store->tickets.messages(ticket.id))
        messages.push_back(to_json(one));
    json::array events;
    for (const rules::TicketEvent& one : log) events.push_back(to_json(one));
    object["links"] = std::move(links);
    object["messages"] = std::move(messages);
    object["events"] = std::move(events);
    std::cout << json::serialize(object) << '\n';
}

/// The store marks found words with U+0002 and U+0003; a terminal gets brackets.
std::string with_brackets(std::string excerpt) {
    for (char& c : excerpt) {
        if (c == '\x02') c = '[';
        if (c == '\x03') c = ']';
    }
    return on_one_line(excerpt, 160);
}

void search(Invocation& invocation, const std::vector<std::string>& words) {
    const Desk desk = configured_desk(invocation);
    const auto store = store_to_read(desk);
    std::string query;
    for (const std::string& word : words) query += (query.empty() ? "" : " ") + word;
    const std::vector<storage::SearchHit> hits = store->tickets.search(query, most_hits);
    invocation.exit_status = hits.empty() ? 1 : 0;
    if (invocation.json) {
        json::array array;
        for (const storage::SearchHit& hit : hits) {
            json::object object = to_json(hit.ticket);
            object["excerpt"] = with_brackets(hit.excerpt);
            array.push_back(std::move(object));
        }
        std::cout << json::serialize(array) << '\n';
        return;
    }
    if (hits.empty()) std::cerr << "bellhop: nothing found\n";
    for (const storage::SearchHit& hit : hits) {
        std::cout << fmt::format("{:>6}  {:<17} {}\n        {}\n", number(hit.ticket.id),
                                 hit.ticket.status, on_one_line(hit.ticket.subject, subject_width),
                                 with_brackets(hit.excerpt));
    }
}

/// Whoever is logged in, unless it is said who does it.
std::string actor_of(const std::string& name) {
    if (!name.empty()) return "agent " + on_one_line(name, name_width);
    for (const char* variable : {"USER", "LOGNAME"}) {
        const char* user = std::getenv(variable);
        if (user != nullptr && *user != '\0') return "agent " + on_one_line(user, name_width);
    }
    return "command line";
}

std::string text_from_standard_input() {
    std::string text;
    for (char c = 0; std::cin.get(c);) {
        if (text.size() == longest_reply) {
            throw CommandFailure(EX_DATAERR, "bellhop: the text is longer than 1 MiB\n");
        }
        text += c;
    }
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

void carry_out_order(const Invocation& invocation, const GivenOrder& given) {
    const Desk desk = configured_desk(invocation);
    const auto store = store_to_write(desk);
    const rules::TicketId id = ticket_named(*store, given.ticket).id;
    const std::string key = load_or_make_key(desk.settings.database);
    const auto done =
        carry_out({*store, desk, key, SystemClock{}.now()}, id, given.order, actor_of(given.by));
    if (done.has_error()) {
        throw CommandFailure(EX_USAGE,
                             fmt::format("bellhop: ticket {}: {}\n", number(id), done.error()));
    }
    if (invocation.json) {
        std::cout << json::serialize(to_json(*done)) << '\n';
        return;
    }
    std::cout << fmt::format("ticket {}: status {}, priority {}{}{}\n", number(id), done->status,
                             done->priority, done->team.empty() ? "" : ", team " + done->team,
                             done->assignee.empty() ? "" : ", assigned to " + done->assignee);
}

}  // namespace

void add_ticket_command(CLI::App& app, Invocation& invocation) {
    CLI::App* ticket = app.add_subcommand("ticket", "look at tickets, and work on them");
    ticket->require_subcommand(1);

    CLI::App* list_command =
        ticket->add_subcommand("list", "tickets that are not resolved or closed");
    list_command->footer("Example: bellhop ticket list --status open");
    auto question = std::make_shared<ListQuestion>();
    storage::TicketFilter* filter = &question->filter;
    list_command->add_flag("--all", filter->all, "resolved and closed ones too");
    list_command->add_option("--status", filter->status, "only this status");
    list_command->add_option("--priority", filter->priority, "only this priority");
    list_command->add_option("--school", filter->school, "only this school");
    list_command->add_option("--assignee", filter->assignee, "only this person's");
    list_command->add_flag("--breached", question->only_breached,
                           "only those that have missed a target");
    list_command->callback([&invocation, question] { list(invocation, *question); });

    CLI::App* show_command = ticket->add_subcommand("show", "one ticket whole");
    show_command->footer("Example: bellhop ticket show 1042");
    auto name = std::make_shared<std::string>();
    show_command->add_option("TICKET", *name, "its number")->required();
    show_command->callback([&invocation, name] { show(invocation, *name); });

    CLI::App* search_command = ticket->add_subcommand("search", "find words in subjects and texts");
    search_command->footer("Example: bellhop ticket search projector hall");
    auto words = std::make_shared<std::vector<std::string>>();
    search_command->add_option("WORD", *words, "every word must occur; the last may be a beginning")
        ->required();
    search_command->callback([&invocation, words] { search(invocation, *words); });

    add_desk_orders(
        *ticket, [&invocation](const GivenOrder& given) { carry_out_order(invocation, given); },
        text_from_standard_input);
}

}  // namespace bellhop::daemon
