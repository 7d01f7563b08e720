// Instants at which something becomes due for a ticket: targets, warnings, reminders. An index
// only: what is due follows from the ticket's events, and these rows are written anew with them.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "rules/ticket/ticket.hpp"

namespace bellhop::storage {

class Database;

struct Timer {
    rules::TicketId ticket = {};
    std::string kind = {};  ///< "response_breach", "reminder", ...; one of each to a ticket
    std::chrono::sys_seconds due_at = {};

    friend bool operator==(const Timer&, const Timer&) = default;
};

class Timers {
public:
    explicit Timers(Database& database);

    /// From now on these are the timers of `ticket`, and no others. The `ticket` in them is
    /// ignored. Writes nothing where they are so already. Throws DatabaseError where the ticket is
    /// gone. Precondition: no kind twice.
    void replace(rules::TicketId ticket, const std::vector<Timer>& timers);
    /// One more, in place of another of its kind: the ticket is to be looked at.
    void add(const Timer& timer);
    std::vector<Timer> of_ticket(rules::TicketId ticket) const;  ///< by kind

    /// Those with due_at <= now, earliest first.
    std::vector<Timer> due(std::chrono::sys_seconds now, std::size_t limit) const;
    /// When the earliest of all is due; nothing where there is none.
    std::optional<std::chrono::sys_seconds> next_due() const;

private:
    Database& database_;
};

}  // namespace bellhop::storage
