// What somebody of the desk does to a ticket, and what follows from it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/system/result.hpp>

#include "parsers/header/address.hpp"
#include "rules/people/staff.hpp"
#include "rules/sla/sla_policy.hpp"
#include "rules/ticket/action.hpp"
#include "rules/ticket/cycle.hpp"
#include "rules/ticket/ticket_in_time.hpp"

namespace bellhop::rules {

/// Who hears of an order that the requester is told of usually.
enum class Telling { requester, nobody };

struct StatusOrder {
    std::string to = {};
    std::string reason = {};  ///< for a wait on the customer: what is waited for
    std::optional<std::chrono::local_days> until = {};  ///< the day of a visit
    Telling tells = Telling::requester;
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
    std::vector<AttachedFile> files = {};
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

/// The ticket becomes a part of another one, for ever: its mails stand there, whoever takes part in
/// it takes part in the other, and what comes for it goes there.
struct MergeOrder {
    TicketId into = {};
};
/// Whose ticket it is: where somebody wrote for another.
struct RequesterOrder {
    parsers::Address requester = {};
};
struct TagOrder {
    std::string add = {};
    std::string remove = {};
};
/// Nobody asks for help in it: closed without a word to anybody.
struct SpamOrder {
    std::string reason = {};
};
/// Takes back what the same person has ordered last, where all of it can be taken back: no server
/// has seen a mail of it.
struct UndoOrder {};

using DeskOrder = std::variant<StatusOrder,
                               PriorityOrder,
                               AssignOrder,
                               ReplyOrder,
                               ParticipantOrder,
                               NoteOrder,
                               ReopenOrder,
                               AgreeOrder,
                               MergeOrder,
                               RequesterOrder,
                               TagOrder,
                               SpamOrder,
                               UndoOrder>;

/// A ticket for somebody who rang or came by: not an order on one, but one that opens it. What is
/// empty is as the rules say.
struct NewTicketOrder {
    parsers::Address requester = {};
    std::string subject = {};
    std::string text = {};
    std::string priority = {};
    std::string team = {};
    std::string person = {};
};

/// What an order is judged by.
struct DeskRules {
    const SlaPolicy& policy;
    const Staff& staff;  ///< without people: names of teams and people are taken as they are
    std::vector<std::string> priorities = {};  ///< the most urgent first
    std::optional<Ticket> other = {};          ///< that other_ticket_of() leads to by now
    std::vector<std::string> unsent = {};      ///< msg-ids of its mails that no server has seen
};

/// The ticket that an order names besides the one that it is given on.
std::optional<TicketId> other_ticket_of(const DeskOrder& order);

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
