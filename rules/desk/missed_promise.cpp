#include "rules/desk/missed_promise.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "rules/sla/ladder.hpp"
#include "rules/sla/ticket_history.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::sys_seconds;

std::set<std::string> said_before(const std::vector<TicketEvent>& log) {
    std::set<std::string> keys;
    for (const TicketEvent& entry : log) {
        if (entry.type == Event::missed_told) keys.emplace(value_of(entry, "key"));
    }
    return keys;
}

/// Whether the requester was told of the timer's due instant as it stands: within the cycle, and
/// not before the priority that counts now.
bool was_promised(const std::vector<TicketEvent>& log, const Cycle& cycle, TimerKind timer) {
    const sys_seconds since =
        std::max(cycle.started_at, cycle.priority_since.value_or(sys_seconds{}));
    return std::any_of(log.begin(), log.end(), [&](const TicketEvent& entry) {
        const bool is_promise =
            entry.type == Event::promised ||
            (entry.type == Event::agreed && value_of(entry, "timer") == to_text(timer));
        return is_promise && entry.at >= since;
    });
}

}  // namespace

MissedPromises missed_promises(const TicketInTime& subject,
                               const SlaPolicy& policy,
                               const Staff& staff,
                               const Cycle& cycle,
                               MailLabels& labels,
                               sys_seconds now) {
    MissedPromises missed;
    if (policy.tell_missed.empty()) return missed;
    const LadderStep breach{
        "breach", BreachPoint{}, {TimerKind::response, TimerKind::resolution}, policy.tell_missed};
    const LadderOutlook outlook = ladder_outlook(
        std::vector{breach}, cycle, targets_for(policy, cycle, subject.plan, subject.calendar),
        subject.calendar, said_before(subject.log), now);
    missed.next_at = outlook.next_at;
    TemplateValues values;
    for (const Notice& notice : outlook.due) {
        if (!notice.due || !was_promised(subject.log, cycle, notice.timer)) continue;
        const std::string when = moment_in_words(subject.calendar, *notice.due, now, subject.style);
        values[notice.timer == TimerKind::response ? "respond_by" : "resolve_by"] = when;
        missed.actions.push_back(Record{{now,
                                         Event::missed_told,
                                         "gateway",
                                         std::string{to_text(notice.timer)} + " by " + when,
                                         {{"key", notice.key}}}});
    }
    if (values.empty()) return missed;
    missed.actions.push_back(tell_requester(MailKind::missed, std::move(values), subject, staff,
                                            labels, now, std::nullopt));
    return missed;
}

}  // namespace bellhop::rules
