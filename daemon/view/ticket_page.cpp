#include "daemon/view/ticket_page.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "daemon/view/clock_output.hpp"
#include "daemon/view/local_moment.hpp"
#include "daemon/view/output.hpp"
#include "daemon/view/ticket_list.hpp"
#include "parsers/header/domain_name.hpp"
#include "rules/sla/ticket_history.hpp"
#include "rules/ticket/doubt.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using std::chrono::sys_seconds;

constexpr std::size_t line_width = 200;  // characters
constexpr std::size_t hit_width = 160;

std::string_view way_of(storage::Direction direction) {
    switch (direction) {
        case storage::Direction::in:
            return "from";
        case storage::Direction::out:
            return "to";
        case storage::Direction::note:
            return "note by";
    }
    return {};
}

std::string_view remark_on(parsers::MessageKind kind) {
    switch (kind) {
        case parsers::MessageKind::human:
            return "";
        case parsers::MessageKind::automatic:
            return " (automatic)";
        case parsers::MessageKind::bounce:
            return " (delivery report)";
    }
    return {};
}

/// Lines with something in them.
std::ptrdiff_t filled_lines(const std::string& text) {
    std::ptrdiff_t lines = 0;
    bool is_filled = false;
    for (const char c : text) {
        if (c == '\n') {
            lines += is_filled ? 1 : 0;
            is_filled = false;
        } else {
            is_filled = is_filled || (c != ' ' && c != '\t' && c != '\r');
        }
    }
    return lines + (is_filled ? 1 : 0);
}

std::string with_line_end(std::string text) {
    return text.empty() || text.ends_with('\n') ? text : text + '\n';
}

std::string text_in_words(const storage::StoredMessage& message, Extent extent) {
    if (extent == Extent::whole_text || message.reply_text.empty())
        return with_line_end(harmless_text(message.text));
    const auto hidden = filled_lines(message.text) - filled_lines(message.reply_text);
    std::string text = with_line_end(harmless_text(message.reply_text));
    if (hidden > 0) text += fmt::format("[{} more line{}]\n", hidden, hidden == 1 ? "" : "s");
    return text;
}

/// ", by Tom Tech": whoever of the desk has written what went out.
std::string writer_in_words(const storage::StoredMessage& message, const TicketPage& page) {
    constexpr std::string_view agent = "agent ";
    for (const rules::TicketEvent& entry : page.log) {
        const bool is_it = entry.type == rules::Event::agent_reply &&
                           rules::value_of(entry, "mail") == message.message_id;
        if (!is_it || !entry.actor.starts_with(agent)) continue;
        return ", by " + on_one_line(entry.actor.substr(agent.size()), 100);
    }
    return {};
}

std::string in_words(const storage::StoredMessage& message,
                     const TicketPage& page,
                     Extent extent,
                     sys_seconds now,
                     int& place) {
    const bool is_out = message.direction == storage::Direction::out;
    const std::string whom =
        is_out && !message.to.empty() ? message.to.front() : display(message.from);
    std::string text =
        fmt::format("\n--- {}, {} {}{}{}\n", local_moment(*page.clocks.calendar, message.at, now),
                    way_of(message.direction), on_one_line(whom, 100), remark_on(message.kind),
                    is_out ? writer_in_words(message, page) : std::string{});
    if (message.author.was_judged()) {
        text += '(' + on_one_line("sender " + rules::in_words(message.author), line_width) + ")\n";
    }
    text += text_in_words(message, extent);
    for (const storage::StoredAttachment& one : message.attachments) {
        text += fmt::format(
            "[{} {} {}, {}, {} bytes]\n",
            one.disposition == parsers::Disposition::attachment ? "attachment" : "inline", ++place,
            on_one_line(one.filename.empty() ? "(no name)" : one.filename, 80),
            on_one_line(one.content_type, 80), one.size);
    }
    return text;
}

std::string doubt_about(const rules::Ticket& ticket) {
    if (ticket.is_requester_believed()) return {};
    return ticket.requester_proof == rules::ProofLevel::failed ? " (FORGED?)" : " (NOT PROVED)";
}

std::string head_in_words(const TicketPage& page, const Desk& desk, sys_seconds now) {
    const rules::Ticket& ticket = page.ticket;
    std::string text =
        fmt::format("ticket {}: {}\n", number(ticket.id), on_one_line(ticket.subject, line_width));
    text += fmt::format(
        "status {}, priority {}, opened {}{}\n", ticket.status, rules::priority_in_words(ticket),
        local_moment(*page.clocks.calendar, ticket.opened_at, now),
        ticket.reopened > 0 ? fmt::format(", reopened {} times", ticket.reopened) : "");
    for (const storage::TicketLink& link : page.links) {
        if (link.kind != "merged_into") continue;
        text += fmt::format("A PART OF TICKET {}: its mails stand there\n", number(link.other));
    }
    if (ticket.restricted) text += "RESTRICTED: its text goes into no mail, log or search\n";
    text += in_words(page.clocks, desk, ticket, now);
    const auto line = [&text](const char* name, const std::string& value) {
        if (!value.empty()) text += std::string{name} + ' ' + on_one_line(value, line_width) + '\n';
    };
    line("requester", display(ticket.requester) + doubt_about(ticket));
    for (const std::string& one : ticket.participants) {
        if (one != parsers::address_key(ticket.requester.address)) line("with", one);
    }
    line("school", ticket.school);
    line("team", ticket.team);
    line("assignee", ticket.assignee);
    for (const storage::TicketLink& link : page.links) {
        text += fmt::format("linked: {} {}\n", link.kind, number(link.other));
    }
    return text;
}

/// The store marks found words with U+0002 and U+0003; a terminal gets brackets.
std::string with_brackets(std::string excerpt) {
    std::replace(excerpt.begin(), excerpt.end(), '\x02', '[');
    std::replace(excerpt.begin(), excerpt.end(), '\x03', ']');
    return on_one_line(excerpt, hit_width);
}

}  // namespace

TicketPage ticket_page(const storage::Store& store,
                       const Desk& desk,
                       rules::Ticket ticket,
                       sys_seconds now) {
    TicketPage page;
    page.log = store.tickets.events(ticket.id);
    page.clocks = clocks_of(desk, ticket, page.log, now);
    page.links = store.tickets.links(ticket.id);
    page.messages = store.tickets.messages(ticket.id);
    page.ticket = std::move(ticket);
    return page;
}

json::object to_json(const TicketPage& page) {
    json::object object = with_clocks(page.ticket, page.clocks);
    json::array links;
    for (const storage::TicketLink& link : page.links) {
        links.push_back({{"kind", link.kind}, {"ticket", number(link.other)}});
    }
    json::array messages;
    for (const storage::StoredMessage& one : page.messages) messages.push_back(to_json(one));
    json::array events;
    for (const rules::TicketEvent& one : page.log) events.push_back(to_json(one));
    object["links"] = std::move(links);
    object["messages"] = std::move(messages);
    object["events"] = std::move(events);
    return object;
}

std::string in_words(const TicketPage& page, const Desk& desk, Extent extent, sys_seconds now) {
    std::string text = head_in_words(page, desk, now);
    int place = 0;  // of an attachment: as "ticket attachment" counts them
    for (const storage::StoredMessage& message : page.messages)
        text += in_words(message, page, extent, now, place);
    text += "\n--- events\n";
    for (const rules::TicketEvent& event : page.log) {
        text += fmt::format("{}  {}\n", local_moment(*page.clocks.calendar, event.at, now),
                            on_one_line(event_in_words(event), line_width));
    }
    return text;
}

std::string event_in_words(const rules::TicketEvent& event) {
    std::string text = event.type.text();
    const std::string from{rules::value_of(event, "from")};
    const std::string to{rules::value_of(event, "to")};
    if (!to.empty()) text += ": " + (from.empty() ? to : from + " → " + to);
    if (const auto until = rules::value_of(event, "until"); !until.empty()) {
        text += " until " + std::string{until};
    }
    if (event.actor != "gateway" && !event.actor.empty()) text += ", by " + event.actor;
    if (!event.detail.empty()) text += " (" + event.detail + ")";
    return text;
}

json::array to_json(const std::vector<storage::SearchHit>& hits) {
    json::array array;
    for (const storage::SearchHit& hit : hits) {
        json::object object = to_json(hit.ticket);
        object["excerpt"] = with_brackets(hit.excerpt);
        array.push_back(std::move(object));
    }
    return array;
}

std::string in_words(const std::vector<storage::SearchHit>& hits,
                     const Desk& desk,
                     sys_seconds now) {
    std::string text;
    for (const storage::SearchHit& hit : hits) {
        const rules::Ticket& ticket = hit.ticket;
        text += fmt::format("{:>6}  {:<17} {}\n        {}, opened {}\n", number(ticket.id),
                            ticket.status, on_one_line(ticket.subject, 60),
                            on_one_line(display(ticket.requester), 60),
                            local_moment(calendar_of(desk, ticket.school), ticket.opened_at, now));
        if (!hit.excerpt.empty()) text += "        " + with_brackets(hit.excerpt) + '\n';
    }
    return text;
}

}  // namespace bellhop::daemon
