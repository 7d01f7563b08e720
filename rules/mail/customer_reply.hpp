// What a person's reply means to a ticket that the desk has done with, and to one that waits.
//
// A thank-you must not open a ticket again, an answer to the survey neither; whatever else somebody
// writes is taken as work: better a ticket open for nothing than a teacher unheard.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/calendar/business_calendar.hpp"
#include "rules/sla/sla_policy.hpp"
#include "rules/ticket/cycle.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

struct ReplyReading {
    bool wants_work = true;
    std::optional<int> rating = {};  ///< 1 to 5, the answer to the survey

    friend bool operator==(const ReplyReading&, const ReplyReading&) = default;
};

/// Reads the sender's own new words. A thank-you is short, asks nothing, and consists of words of
/// thanks, of praise, of courtesy and a name or two; English and a dozen languages more.
ReplyReading read_reply(const parsers::Message& message);

enum class ReplyEffect {
    none,      ///< it is attached
    moves_on,  ///< the ticket gets another status: it has waited for this
    reopens,   ///< the ticket is worked on again: the next cycle
    follows    ///< too late: a new ticket that follows it
};

struct ReplyVerdict {
    ReplyEffect effect = ReplyEffect::none;
    std::string to = {};  ///< status, where it changes
    ReplyReading reading = {};

    friend bool operator==(const ReplyVerdict&, const ReplyVerdict&) = default;
};

/// Until when a reply may reopen the ticket, as its log tells when it was resolved. Nothing where
/// it is not, or where no working time is known that far ahead.
std::optional<std::chrono::sys_seconds> reopens_until(const std::vector<TicketEvent>& log,
                                                      const SlaPolicy& policy,
                                                      const BusinessCalendar& calendar);

/// What a person's reply to `ticket` at `at` does. Until `reopens_until` it may reopen a ticket
/// that is resolved; without it at any time. A closed one has been reported on and stays closed.
ReplyVerdict verdict_on(const parsers::Message& message,
                        const Ticket& ticket,
                        const StatusRules& statuses,
                        std::optional<std::chrono::sys_seconds> reopens_until,
                        std::chrono::sys_seconds at);

}  // namespace bellhop::rules
