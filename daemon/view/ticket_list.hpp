// A list of tickets as a desk reads it: what is due first stands first.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "daemon/work/ticket_clocks.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

struct ListQuestion {
    storage::ListFilter filter = {};
    bool only_breached = false;  ///< those that have missed a target in the current cycle
    bool only_overdue = false;   ///< those that are late now, and still to be answered or solved
};

/// A ticket beside its clocks.
struct ListedTicket {
    rules::Ticket ticket = {};
    TicketClocks clocks = {};
    std::optional<storage::LastWord> last = {};

    /// By when something is still to be done; past where it is late. Nothing while it waits.
    std::optional<std::chrono::sys_seconds> due() const;
};

struct TicketListing {
    static constexpr std::size_t most = 10'000;  ///< tickets of one list

    std::vector<ListedTicket> tickets = {};  ///< by number
    bool is_cut = false;                     ///< there are more
};

/// Asks the database a few questions for every 500 tickets. `desk` outlives the result.
TicketListing listed_tickets(const storage::Store& store,
                             const Desk& desk,
                             const ListQuestion& question,
                             std::chrono::sys_seconds now);

/// An array, by number.
boost::json::array to_json(const TicketListing& listing);

/// A table, by what is due first; ends in a newline.
std::string in_words(const TicketListing& listing, std::chrono::sys_seconds now);

/// A ticket as a member of a list: its fields, and what its clocks show.
boost::json::object with_clocks(const rules::Ticket& ticket, const TicketClocks& clocks);

/// "in 1 h 20", "late 5 min", "Thu 3 Dec 12:00" for what is more than a day away, "waits" for
/// a clock that pauses; empty where nothing is promised.
std::string due_in_words(const ListedTicket& listed, std::chrono::sys_seconds now);

/// "customer, 5 min ago", "desk, 2 days ago".
std::string last_in_words(const storage::LastWord& last, std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
