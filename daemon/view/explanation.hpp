// Why a ticket is as it is: what was read in its mails, decided, reckoned and sent.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "daemon/work/ticket_clocks.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// All that is known about one ticket. The desk and the store outlive it.
struct ExplainedTicket {
    const Desk& desk;
    const storage::Store& store;
    rules::Ticket ticket = {};
    std::vector<rules::TicketEvent> log = {};
    TicketClocks clocks = {};
    std::chrono::sys_seconds now = {};
};

/// As it stands at `now`. Throws storage::DatabaseError.
ExplainedTicket explained(const Desk& desk,
                          const storage::Store& store,
                          const rules::Ticket& ticket,
                          std::chrono::sys_seconds now);

boost::json::object to_json(const ExplainedTicket& subject);

/// For a terminal: several sections, each with a heading.
std::string in_words(const ExplainedTicket& subject);

}  // namespace bellhop::daemon
