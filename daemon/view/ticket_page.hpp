// One ticket whole, as JSON and for people.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "daemon/work/ticket_clocks.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// A ticket with what is stored about it.
struct TicketPage {
    rules::Ticket ticket = {};
    TicketClocks clocks = {};
    std::vector<storage::TicketLink> links = {};
    std::vector<storage::StoredMessage> messages = {};  ///< oldest first
    std::vector<rules::TicketEvent> log = {};
};

/// `desk` outlives the result.
TicketPage ticket_page(const storage::Store& store,
                       const Desk& desk,
                       rules::Ticket ticket,
                       std::chrono::sys_seconds now);

boost::json::object to_json(const TicketPage& page);

/// How much of a mail is shown.
enum class Extent { new_text, whole_text };

/// Times are those of the ticket's school. What is left out of a mail is told
/// as "[5 more lines: signature]"; logos that stand in many mails of a domain are left out, too.
std::string in_words(const TicketPage& page,
                     const Desk& desk,
                     Extent extent,
                     std::chrono::sys_seconds now);

/// An entry of the log without its instant: "status: open → resolved, by agent Tess (a new lamp)".
std::string event_in_words(const rules::TicketEvent& event);

/// The tickets that a search found, as an array of tickets with "excerpt".
boost::json::array to_json(const std::vector<storage::SearchHit>& hits);
std::string in_words(const std::vector<storage::SearchHit>& hits,
                     const Desk& desk,
                     std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
