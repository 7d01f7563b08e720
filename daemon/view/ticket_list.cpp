#include "daemon/view/ticket_list.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "daemon/view/clock_output.hpp"
#include "daemon/view/local_moment.hpp"
#include "daemon/view/output.hpp"
#include "daemon/view/table.hpp"
#include "parsers/header/domain_name.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/sla/told_due.hpp"
#include "rules/ticket/doubt.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using rules::TimerKind;
using std::chrono::sys_seconds;

constexpr std::chrono::hours soon{24};
constexpr std::size_t subject_width = 60;  // characters
constexpr std::size_t name_width = 24;

bool is_wanted(const ListedTicket& listed, const ListQuestion& question, sys_seconds now) {
    if (question.only_breached && !listed.clocks.is_breached()) return false;
    const auto due = listed.due();
    return !question.only_overdue || (due && *due < now);
}

/// Adds what a page brings; false where the listing is full.
bool add_page(TicketListing& listing,
              std::vector<rules::Ticket> page,
              const storage::Store& store,
              const Desk& desk,
              const ListQuestion& question,
              sys_seconds now) {
    std::vector<rules::TicketId> ids;
    for (const rules::Ticket& ticket : page) ids.push_back(ticket.id);
    auto events = store.lists.events_of(ids);
    const auto words = store.lists.last_words(ids);
    for (rules::Ticket& ticket : page) {
        ListedTicket listed;
        listed.clocks = clocks_of(desk, ticket, events[ticket.id], now);
        if (const auto last = words.find(ticket.id); last != words.end())
            listed.last = last->second;
        listed.ticket = std::move(ticket);
        if (!is_wanted(listed, question, now)) continue;
        if (listing.tickets.size() == TicketListing::most) {
            listing.is_cut = true;
            return false;
        }
        listing.tickets.push_back(std::move(listed));
    }
    return true;
}

/// "5 min", "1 h 20", "3 days".
std::string span_in_words(std::chrono::seconds span) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(span).count();
    if (minutes < 60) return fmt::format("{} min", minutes);
    if (minutes < 24 * 60) {
        return minutes % 60 == 0 ? fmt::format("{} h", minutes / 60)
                                 : fmt::format("{} h {}", minutes / 60, minutes % 60);
    }
    const auto days = minutes / (24 * 60);
    return days == 1 ? "1 day" : fmt::format("{} days", days);
}

/// Whoever has it; a team in brackets where nobody has.
std::string who(const rules::Ticket& ticket) {
    if (!ticket.assignee.empty()) return ticket.assignee;
    return ticket.team.empty() ? "-" : "[" + ticket.team + "]";
}

/// "?" before whom nothing proves, "!" before whom our own server does not believe.
std::string requester(const rules::Ticket& ticket) {
    const std::string name = ticket.requester.name.empty()
                                 ? parsers::readable_address(ticket.requester.address)
                                 : ticket.requester.name;
    if (ticket.is_requester_believed()) return name;
    return (ticket.requester_proof == rules::ProofLevel::failed ? "! " : "? ") + name;
}

std::vector<std::string> row_of(const ListedTicket& listed, sys_seconds now) {
    const rules::Ticket& ticket = listed.ticket;
    return {std::to_string(number(ticket.id)),
            due_in_words(listed, now),
            rules::priority_in_words(ticket),
            ticket.status,
            who(ticket),
            listed.last ? last_in_words(*listed.last, now) : std::string{},
            ticket.school,
            requester(ticket),
            (ticket.restricted ? "[restricted] " : "") + ticket.subject};
}

}  // namespace

std::optional<sys_seconds> ListedTicket::due() const {
    std::optional<sys_seconds> due;
    for (const TimerKind kind : {TimerKind::response, TimerKind::resolution}) {
        const rules::Timer& timer = clocks.of(kind);
        const bool counts =
            timer.state == rules::TimerState::running || timer.state == rules::TimerState::breached;
        const auto told = rules::told_due(timer, *clocks.calendar);
        if (!counts || !told || clocks.stop_of(kind)) continue;
        due = due ? std::min(*due, *told) : *told;
    }
    return due;
}

TicketListing listed_tickets(const storage::Store& store,
                             const Desk& desk,
                             const ListQuestion& question,
                             sys_seconds now) {
    TicketListing listing;
    rules::TicketId after{};
    for (;;) {
        std::vector<rules::Ticket> page = store.lists.page(question.filter, after);
        const bool is_last = page.size() < storage::TicketList::page_size;
        if (page.empty()) break;
        after = page.back().id;
        if (!add_page(listing, std::move(page), store, desk, question, now) || is_last) break;
    }
    return listing;
}

json::object with_clocks(const rules::Ticket& ticket, const TicketClocks& clocks) {
    json::object object = to_json(ticket);
    for (const auto& entry : to_json(clocks)) object[entry.key()] = entry.value();
    return object;
}

json::array to_json(const TicketListing& listing) {
    json::array array;
    for (const ListedTicket& listed : listing.tickets) {
        json::object object = with_clocks(listed.ticket, listed.clocks);
        if (listed.last) {
            object["last"] = {
                {"by", listed.last->direction == storage::Direction::in ? "customer" : "desk"},
                {"at", rules::to_text(listed.last->at)}};
        }
        array.push_back(std::move(object));
    }
    return array;
}

std::string due_in_words(const ListedTicket& listed, sys_seconds now) {
    const auto due = listed.due();
    if (!due) {
        for (const TimerKind kind : {TimerKind::response, TimerKind::resolution}) {
            if (listed.clocks.of(kind).state == rules::TimerState::paused) return "waits";
        }
        return {};
    }
    if (*due < now) return "late " + span_in_words(now - *due);
    if (*due - now <= soon) return "in " + span_in_words(*due - now);
    // As the customer has been told: to the next whole minute.
    return local_moment(*listed.clocks.calendar, std::chrono::ceil<std::chrono::minutes>(*due),
                        now);
}

std::string last_in_words(const storage::LastWord& last, sys_seconds now) {
    const std::string by = last.direction == storage::Direction::in ? "customer" : "desk";
    return by + ", " + span_in_words(std::max(now - last.at, std::chrono::seconds{0})) + " ago";
}

std::string in_words(const TicketListing& listing, sys_seconds now) {
    if (listing.tickets.empty()) return "no tickets\n";
    std::vector<const ListedTicket*> sorted;
    for (const ListedTicket& listed : listing.tickets) sorted.push_back(&listed);
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto* left, const auto* right) {
        const auto never = sys_seconds::max();
        return left->due().value_or(never) < right->due().value_or(never);
    });
    std::vector<std::vector<std::string>> rows;
    for (const ListedTicket* listed : sorted) rows.push_back(row_of(*listed, now));
    const std::vector<Column> columns{
        {"NUM", 12, true},         {"DUE", 24},  {"PRIO", 16},           {"STATUS", 24},
        {"WHO", name_width},       {"LAST", 24}, {"SCHOOL", name_width}, {"REQUESTER", name_width},
        {"SUBJECT", subject_width}};
    std::string text = table(columns, rows);
    if (listing.is_cut) {
        text +=
            fmt::format("and more: only the first {} by number are shown\n", TicketListing::most);
    }
    return text;
}

}  // namespace bellhop::daemon
