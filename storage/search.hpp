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

/// Notes a stored message for the index. With many tickets the index costs more than all else that
/// is done for a mail: it is kept by index_some(), when nothing else is to be done. Until then
/// find_text() reads the texts that wait.
void index_later(Database& database, rules::MessageId message);

/// Puts into the index what was noted first, at most `most` messages. Returns whether more wait. A
/// commit of its own where no transaction is open; it need not reach the disk, because the note
/// comes back with the text where it did not.
bool index_some(Database& database, std::size_t most);

/// Takes a message out of the index again, or out of those that wait for it. Precondition: its
/// texts are still as they were indexed.
void remove_from_index(Database& database, rules::MessageId message);

/// Messages that are noted for the index and do not stand in it: whether there are any, how many.
bool has_to_index(Database& database);
std::size_t waiting_for_index(Database& database);

/// How many of the messages that wait for the index find_text() does not look at: the oldest of
/// very many, in the middle of a great import.
std::size_t not_searched(Database& database);

/// Tickets, restricted ones apart, with a message in which every word of `query` occurs; those with
/// the newest such message first, each ticket once.
std::vector<FoundTicket> find_text(Database& database, std::string_view query, std::size_t limit);

/// Tickets, restricted ones apart, of which every word of `query` occurs in a message or in what is
/// written on them: the requester's name and address, school, team, technician, tags (there also
/// inside a word, in any case of ASCII). The newest first. Excerpts are of the words found in
/// messages; empty where all stand on the ticket.
std::vector<FoundTicket> find_anywhere(Database& database,
                                       std::string_view query,
                                       std::size_t limit);

}  // namespace bellhop::storage
