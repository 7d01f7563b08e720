#include "storage/ticket_list.hpp"

#include <algorithm>

#include "parsers/text/ascii.hpp"
#include "parsers/text/ensure.hpp"
#include "storage/database.hpp"
#include "storage/json_text.hpp"
#include "storage/stored_words.hpp"
#include "storage/ticket_row.hpp"

namespace bellhop::storage {
namespace {

// What a filter says besides the status; its parameters are ?1 to ?8.
#define THE_REST                                                                               \
    "AND id > ?1 AND (?2 = '' OR priority = ?2) AND (?3 = '' OR school = ?3) "                 \
    "AND (?4 = '' OR team = ?4) AND (?5 = '' OR assignee = ?5) AND (?6 = 0 OR assignee = '') " \
    "AND (?7 = '' OR instr(lower(requester_address), ?7) > 0 "                                 \
    "OR instr(lower(requester_name), ?7) > 0) AND opened_at >= ?8 "

/// "[3,17]", for json_each.
std::string numbers_as_json(const std::vector<rules::TicketId>& tickets) {
    ensure(tickets.size() <= TicketList::page_size);
    std::string text;
    for (const rules::TicketId id : tickets) {
        text += (text.empty() ? "[" : ",") + std::to_string(static_cast<std::int64_t>(id));
    }
    return text.empty() ? "[]" : text + "]";
}

Statement page_query(Database& database, const ListFilter& filter) {
    if (!filter.status.empty()) {
        return database.prepare(SELECT_TICKETS "WHERE status = ?10 " THE_REST
                                               "ORDER BY id LIMIT ?9");
    }
    // The words of the index tickets_unfinished.
    return filter.all
               ? database.prepare(SELECT_TICKETS "WHERE ?10 = '' " THE_REST "ORDER BY id LIMIT ?9")
               : database.prepare(
                     SELECT_TICKETS
                     "WHERE status NOT IN ('resolved', 'closed') AND ?10 = '' " THE_REST
                     "ORDER BY id LIMIT ?9");
}

}  // namespace

std::vector<rules::Ticket> TicketList::page(const ListFilter& filter, rules::TicketId after) const {
    Statement query = page_query(database_, filter);
    query.bind(after, filter.priority, filter.school, filter.team, filter.assignee,
               filter.unassigned ? 1 : 0, parsers::lower_case(filter.requester),
               filter.opened_since, static_cast<std::int64_t>(page_size), filter.status);
    std::vector<rules::Ticket> tickets;
    while (query.step()) tickets.push_back(ticket_of(query));
    return tickets;
}

std::vector<rules::Ticket> TicketList::latest_of(const std::string& address,
                                                 rules::TicketId without,
                                                 std::size_t most) const {
    Statement query = database_.prepare(
        SELECT_TICKETS "WHERE lower(requester_address) = ?1 AND id <> ?2 ORDER BY id DESC LIMIT ?3",
        parsers::lower_case(address), without, static_cast<std::int64_t>(most));
    std::vector<rules::Ticket> tickets;
    while (query.step()) tickets.push_back(ticket_of(query));
    return tickets;
}

std::map<rules::TicketId, std::vector<rules::TicketEvent>> TicketList::events_of(
    const std::vector<rules::TicketId>& tickets) const {
    Statement query = database_.prepare(
        "SELECT ticket, dated_at, type, actor, detail, fields FROM events "
        "WHERE ticket IN (SELECT value FROM json_each(?1)) ORDER BY ticket, id",
        numbers_as_json(tickets));
    std::map<rules::TicketId, std::vector<rules::TicketEvent>> events;
    while (query.step()) {
        events[query.id<rules::TicketId>(0)].push_back(
            {query.instant(1), rules::EventType::stored(query.text(2)), query.text(3),
             query.text(4), pairs_of_json(query.text(5))});
    }
    return events;
}

std::map<rules::TicketId, LastWord> TicketList::last_words(
    const std::vector<rules::TicketId>& tickets) const {
    Statement query = database_.prepare(
        "SELECT m.ticket, m.direction, m.dated_at FROM json_each(?1) wanted "
        "JOIN messages m ON m.id = (SELECT id FROM messages WHERE ticket = wanted.value "
        "AND direction <> 'note' AND kind = 'human' ORDER BY dated_at DESC, id DESC LIMIT 1)",
        numbers_as_json(tickets));
    std::map<rules::TicketId, LastWord> words;
    while (query.step()) {
        words[query.id<rules::TicketId>(0)] = {direction_of(query.text(1)), query.instant(2)};
    }
    return words;
}

}  // namespace bellhop::storage
