// The words of the desk: tickets, their states, what happened to them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "parsers/header/address.hpp"
#include "rules/proof/sender_proof.hpp"
#include "rules/ticket/event_type.hpp"

namespace bellhop::rules {

enum class TicketId : std::int64_t {};
enum class MessageId : std::int64_t {};  ///< a stored message's row, not its RFC 5322 msg-id

/// How a status counts for the service level: the clock runs, pauses or stops.
enum class ClockMode { run, pause, stop };

/// Names of the statuses that the gateway itself sets. Others may be added by configuration.
namespace status {
inline const std::string open = "open";
inline const std::string waiting_customer = "waiting_customer";
inline const std::string waiting_approval = "waiting_approval";
inline const std::string resolved = "resolved";
inline const std::string closed = "closed";
}  // namespace status

struct Ticket {
    TicketId id = {};
    std::string subject = {};
    parsers::Address requester = {};
    std::string status = {};
    std::string priority = {};
    std::string team = {};
    std::string assignee = {};
    std::string school = {};
    std::string category = {};
    std::vector<std::string> tags = {};
    bool restricted =
        false;  ///< safeguarding: text is kept out of notifications, logs and search results
    std::string mailbox = {};  ///< name of the mailbox that the ticket came in by
    std::chrono::sys_seconds opened_at = {};
    int cycle = 1;     ///< counts from 1; reopening begins the next
    int reopened = 0;  ///< times
    /// Addresses that take part: requester, people that the desk added. Keys
    /// (parsers::address_key).
    std::vector<std::string> participants = {};
    /// What is proved of the mail that names the requester. Absent: it was not asked, as in a
    /// mailbox that can prove nobody, or the desk has named him.
    std::optional<ProofLevel> requester_proof = {};

    /// Whether the requester may be believed to be who he says.
    bool is_requester_believed() const {
        return !requester_proof || *requester_proof == ProofLevel::proved ||
               *requester_proof == ProofLevel::inside;
    }

    friend bool operator==(const Ticket&, const Ticket&) = default;
};

/// An entry of a ticket's append-only log. `detail` is for people and for `explain`; `values` are
/// what a computation reads ("to" = "resolved"), named in the table of event_type.cpp.
struct TicketEvent {
    std::chrono::sys_seconds at = {};
    EventType type = {};
    std::string actor = {};   ///< "gateway", "rule NAME", an address, "agent NAME"
    std::string detail = {};  ///< one line: why
    std::vector<std::pair<std::string, std::string>> values = {};

    friend bool operator==(const TicketEvent&, const TicketEvent&) = default;
};

}  // namespace bellhop::rules
