// What somebody of the desk does to a ticket, and what follows from it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/system/result.hpp>

#include "rules/people/staff.hpp"
#include "rules/sla/sla_policy.hpp"
#include "rules/ticket/action.hpp"
#include "rules/ticket/cycle.hpp"
#include "rules/ticket/ticket_in_time.hpp"

namespace bellhop::rules {

struct StatusOrder {
    std::string to = {};
    std::string reason = {};  ///< for a wait on the customer: what is waited for
    std::optional<std::chrono::local_days> until = {};  ///< the day of a visit
};
struct PriorityOrder {
    std::string to = {};
    std::string reason = {};
};
/// What is empty stays as it is.
struct AssignOrder {
    std::string team = {};
    std::string person = {};
};
/// A person's words to the requester; with a status, which then holds at once.
struct ReplyOrder {
    std::string text = {};
    std::string status = {};
    bool requester_only = false;                        ///< nobody else who takes part gets a copy
    std::optional<std::chrono::local_days> until = {};  ///< the day of a visit
};
/// Who takes part in the ticket besides the requester: gets copies of replies, may answer them.
struct ParticipantOrder {
    std::string add = {};
    std::string remove = {};
};
struct NoteOrder {
    std::string text = {};
};
struct ReopenOrder {
    std::string reason = {};
};
/// A due instant that was agreed with the requester: holds in this cycle instead of the target.
struct AgreeOrder {
    TimerKind timer = TimerKind::resolution;
    std::chrono::sys_seconds due = {};
};

using DeskOrder = std::variant<StatusOrder,
                               PriorityOrder,
                               AssignOrder,
                               ReplyOrder,
                               ParticipantOrder,
                               NoteOrder,
                               ReopenOrder,
                               AgreeOrder>;

/// What an order is judged by.
struct DeskRules {
    const SlaPolicy& policy;
    const Staff& staff;  ///< without people: names of teams and people are taken as they are
    std::vector<std::string> priorities = {};  ///< the most urgent first
};

/// The actions that carry out `order`, given by `actor` ("agent Tom"), on a ticket. None where it
/// is so already. The requester is told of a ticket that is resolved, the day of a visit and an
/// instant agreed; a reply that sets the status at once says so itself, and no second mail goes
/// out. Pure.
///
/// Errors: why it cannot be done, one line, with what would be right.
boost::system::result<Actions, std::string> actions_for(const DeskOrder& order,
                                                        const TicketInTime& subject,
                                                        const DeskRules& desk,
                                                        const std::string& actor,
                                                        std::chrono::sys_seconds now);

}  // namespace bellhop::rules
