#include "rules/sla/sla_report.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "rules/calendar/local_words.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

std::string month_text(std::chrono::year_month month) {
    return to_text(std::chrono::local_days{month / 1}).substr(0, 7);
}

/// Working time in each status up to `end`.
std::vector<std::pair<std::string, seconds>> time_spent(const Cycle& cycle,
                                                        const BusinessCalendar& calendar,
                                                        sys_seconds end) {
    std::vector<std::pair<std::string, seconds>> spent;
    for (const StatusStay& stay : cycle.stays) {
        if (stay.from >= end) break;
        const seconds time = calendar.working_time_between(stay.from, std::min(stay.to, end));
        const auto known = std::find_if(spent.begin(), spent.end(), [&](const auto& entry) {
            return entry.first == stay.status;
        });
        if (known == spent.end()) {
            spent.emplace_back(stay.status, time);
        } else {
            known->second += time;
        }
    }
    return spent;
}

/// The change of priority without which the timer would have been kept, if there was one.
std::optional<std::string> raised_by(const TicketHistory& ticket,
                                     const SlaPolicy& policy,
                                     const Cycle& cycle,
                                     TimerKind timer,
                                     sys_seconds end) {
    std::string before;
    std::optional<std::string> cause;
    for (const ClockEvent& event : ticket.events) {
        if (const auto* created = std::get_if<Created>(&event.what)) before = created->priority;
        const auto* change = std::get_if<PrioritySet>(&event.what);
        if (change == nullptr) continue;
        // It may be raised after a timer has stopped, too, and then have stopped too late.
        const bool is_of_cycle = event.at >= cycle.started_at && event.at <= cycle.stays.back().to;
        if (is_of_cycle && change->to == cycle.priority) {
            Cycle unchanged = cycle;
            unchanged.priority = before;
            const Targets targets = targets_for(policy, unchanged, ticket.plan, *ticket.calendar);
            const Timer judged = timer_at(unchanged, timer, targets, *ticket.calendar, end);
            cause.reset();
            if (judged.state != TimerState::breached) {
                cause = "the priority was changed from " + before + " to " + change->to + " on " +
                        moment_for_log(*ticket.calendar, event.at);
            }
        }
        before = change->to;
    }
    return cause;
}

std::string cause_of(const TicketHistory& ticket,
                     const SlaPolicy& policy,
                     const Cycle& cycle,
                     const TimerResult& result,
                     sys_seconds end) {
    if (const auto raised = raised_by(ticket, policy, cycle, result.timer, end)) return *raised;
    const std::pair<std::string, seconds>* longest = nullptr;
    for (const auto& entry : result.spent) {
        if (clock_of(policy.statuses, entry.first) != ClockMode::run) continue;
        if (longest == nullptr || entry.second > longest->second) longest = &entry;
    }
    const bool is_silent = result.timer == TimerKind::response && !cycle.responded_at;
    std::string text = is_silent ? "nobody has answered" : "";
    if (longest != nullptr) {
        text += (text.empty() ? "" : "; ") + span_for_log(longest->second) + " in \"" +
                name_of_status(policy, longest->first) + "\"";
    }
    return text.empty() ? "agreed instant passed" : text;
}

/// Counts for one row.
struct Counts {
    int met[2] = {0, 0};  // first cycles, later ones
    int judged[2] = {0, 0};

    void add(const TimerResult& result) {
        const std::size_t index = result.cycle > 1 ? 1 : 0;
        ++judged[index];
        if (result.is_met) ++met[index];
    }

    ReportRow row(const std::string& group) const {
        return {group, share_of(met[0], judged[0]), share_of(met[1], judged[1])};
    }
};

std::vector<ReportRow> rows_of(const std::map<std::string, Counts>& counts) {
    std::vector<ReportRow> rows;
    for (const auto& [group, count] : counts) rows.push_back(count.row(group));
    return rows;
}

}  // namespace

std::vector<TimerResult> results_of(const TicketHistory& ticket,
                                    const SlaPolicy& policy,
                                    sys_seconds now) {
    std::vector<TimerResult> results;
    for (const Cycle& cycle : cycles_of(ticket.events, policy.statuses, now)) {
        const Targets targets = targets_for(policy, cycle, ticket.plan, *ticket.calendar);
        for (const TimerKind kind : {TimerKind::response, TimerKind::resolution}) {
            const Timer timer = timer_at(cycle, kind, targets, *ticket.calendar, now);
            const bool is_judged =
                timer.state == TimerState::met || timer.state == TimerState::breached;
            if (!is_judged) continue;
            TimerResult result;
            result.ticket = ticket.id;
            result.cycle = cycle.number;
            result.timer = kind;
            result.priority = cycle.priority;
            result.school = ticket.school;
            result.is_met = timer.state == TimerState::met;
            const sys_seconds breach = timer.breach_after.value_or(now) + seconds{1};
            result.judged_at = cycle.stop_of(kind).value_or(breach);
            const std::chrono::year_month_day day{
                ticket.calendar->wall_clock(result.judged_at).date};
            result.month = day.year() / day.month();
            result.due = timer.due;
            const sys_seconds end = cycle.stop_of(kind).value_or(now);
            result.spent = time_spent(cycle, *ticket.calendar, end);
            if (!result.is_met) result.cause = cause_of(ticket, policy, cycle, result, end);
            results.push_back(std::move(result));
        }
    }
    return results;
}

Share share_of(int met, int judged) {
    Share share{met, judged};
    if (judged == 0) return share;
    constexpr double z = 1.959963984540054;  // 97.5 % quantile of the normal distribution
    const double n = judged;
    const double p = met / n;
    const double scale = 1 + z * z / n;
    const double centre = (p + z * z / (2 * n)) / scale;
    const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale;
    share.percent = 100 * p;
    share.low = 100 * std::max(0.0, centre - half);
    share.high = 100 * std::min(1.0, centre + half);
    return share;
}

SlaReport report_of(const std::vector<TicketHistory>& tickets,
                    const SlaPolicy& policy,
                    sys_seconds from,
                    sys_seconds to,
                    sys_seconds now) {
    SlaReport report;
    Counts all;
    std::map<std::string, Counts> by_priority;
    std::map<std::string, Counts> by_school;
    std::map<std::string, Counts> by_month;
    for (const TicketHistory& ticket : tickets) {
        const std::vector<Cycle> cycles = cycles_of(ticket.events, policy.statuses, now);
        for (std::size_t i = 0; i < cycles.size(); ++i) {
            const auto& stopped = cycles[i].stopped_at;
            if (!stopped || *stopped < from || *stopped >= to) continue;
            ++report.resolved;
            if (i + 1 < cycles.size()) ++report.reopened;
        }
        for (TimerResult& result : results_of(ticket, policy, now)) {
            if (result.judged_at < from || result.judged_at >= to) continue;
            all.add(result);
            by_priority[result.priority].add(result);
            by_school[result.school].add(result);
            by_month[month_text(result.month)].add(result);
            if (!result.is_met) report.breaches.push_back(std::move(result));
        }
    }
    std::stable_sort(
        report.breaches.begin(), report.breaches.end(),
        [](const TimerResult& a, const TimerResult& b) { return a.judged_at < b.judged_at; });
    report.all = all.row("all");
    for (const Priority& priority : policy.priorities) {
        const auto found = by_priority.find(priority.id);
        if (found != by_priority.end())
            report.by_priority.push_back(found->second.row(priority.id));
    }
    report.by_school = rows_of(by_school);
    report.by_month = rows_of(by_month);
    return report;
}

}  // namespace bellhop::rules
