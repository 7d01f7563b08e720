#include "rules/mail/late_mail.hpp"

#include <algorithm>

#include "rules/sla/ticket_history.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

/// What is sent within this was said a moment ago: times of day are told by the minute.
constexpr auto a_moment = 1min;

bool was_answered(const std::vector<TicketEvent>& log) {
    const std::vector<ClockEvent> events = clock_events_of(log);
    return std::any_of(events.begin(), events.end(), [](const ClockEvent& event) {
        return std::holds_alternative<AgentReplied>(event.what);
    });
}

}  // namespace

bool is_late(const WaitingMail& mail, std::chrono::sys_seconds now) {
    return now >= mail.composed_at + a_moment || now < mail.composed_at;
}

std::optional<std::string> why_pointless(const WaitingMail& mail,
                                         const Ticket& ticket,
                                         const std::vector<TicketEvent>& log,
                                         const StatusRules& statuses,
                                         std::chrono::sys_seconds now) {
    if (mail.until && *mail.until <= now) return "what it speaks of is past";
    if (mail.kind != MailKind::acknowledgement) return std::nullopt;
    if (was_answered(log)) return "somebody has answered meanwhile";
    if (clock_of(statuses, ticket.status) == ClockMode::stop) {
        return "the ticket is " + ticket.status + " meanwhile";
    }
    return std::nullopt;
}

}  // namespace bellhop::rules
