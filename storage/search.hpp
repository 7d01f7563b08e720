// Full-text search over the messages of all tickets (SQLite's FTS5).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rules/ticket/ticket.hpp"

namespace bellhop::storage {

class Database;

/// What a person typed, as an expression of FTS5: every word in quotes, so that nothing in it is
/// an operator; the last may be the beginning of one. Empty where there is nothing to search for.
std::string match_expression(std::string_view query);

struct FoundTicket {
    rules::TicketId ticket = {};
    std::string excerpt = {};  ///< one line, the found words between U+0002 and U+0003

    friend bool operator==(const FoundTicket&, const FoundTicket&) = default;
};

/// Notes a stored message for the index. FTS5 writes its part of the index out at every savepoint,
/// and a batch of mails has one for each: all of them are indexed together, before the commit.
void index_later(Database& database, rules::MessageId message);

/// Puts into the index what was noted.
void index_waiting(Database& database);

/// Tickets, restricted ones apart, with a message in which every word of `query` occurs; those with
/// the newest such message first, each ticket once.
std::vector<FoundTicket> find_text(Database& database, std::string_view query, std::size_t limit);

}  // namespace bellhop::storage
