// Tickets as lists show them: a page at a time, chosen in SQL, and what belongs to a whole page in
// one query each.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "rules/ticket/ticket.hpp"
#include "storage/ticket_store.hpp"

namespace bellhop::storage {

class Database;

/// What is empty says nothing. Names are those that stand in the ticket.
struct ListFilter {
    bool all = false;         ///< also resolved and closed ones
    std::string status = {};  ///< where set, `all` does not matter
    std::string priority = {};
    std::string school = {};
    std::string team = {};
    std::string assignee = {};
    bool unassigned = false;
    std::string requester = {};  ///< a part of the name or the address, in any case (ASCII)
    std::chrono::sys_seconds opened_since = {};
};

/// Who wrote last, and when.
struct LastWord {
    Direction direction = Direction::in;
    std::chrono::sys_seconds at = {};

    friend bool operator==(const LastWord&, const LastWord&) = default;
};

class TicketList {
public:
    /// Tickets of a page, and the most that events_of() and last_words() take.
    static constexpr std::size_t page_size = 500;

    explicit TicketList(Database& database) : database_(database) {}

    /// The tickets behind the number `after`, by number; at most page_size. A page that is not full
    /// is the last one.
    std::vector<rules::Ticket> page(const ListFilter& filter, rules::TicketId after) const;

    /// The newest tickets of the requester with this address, in any case, but for `without`; at
    /// most `most`, newest first.
    std::vector<rules::Ticket> latest_of(const std::string& address,
                                         rules::TicketId without,
                                         std::size_t most) const;

    /// The log of each, in the order recorded; absent for a ticket without entries.
    std::map<rules::TicketId, std::vector<rules::TicketEvent>> events_of(
        const std::vector<rules::TicketId>& tickets) const;

    /// The newest mail of a person, to or from the desk; notes and automatic mails do not count.
    /// Absent where there is none.
    std::map<rules::TicketId, LastWord> last_words(
        const std::vector<rules::TicketId>& tickets) const;

private:
    Database& database_;
};

}  // namespace bellhop::storage
