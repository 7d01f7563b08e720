#include "rules/sla/ladder.hpp"

#include <algorithm>

#include "parsers/text/lists.hpp"
#include "rules/sla/told_due.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

/// A notice that stands a chance, and whether the clock has come to it.
struct Candidate {
    Notice notice = {};
    bool is_reached = false;
};

void add_new(const std::vector<std::string>& names, std::vector<std::string>& list) {
    for (const std::string& name : names) {
        if (!parsers::contains(list, name)) list.push_back(name);
    }
}

class TimerLadder {
public:
    TimerLadder(const std::vector<LadderStep>& steps,
                const Cycle& cycle,
                TimerKind kind,
                const Targets& targets,
                const BusinessCalendar& calendar,
                sys_seconds now)
        : steps_(steps),
          cycle_(cycle),
          kind_(kind),
          targets_(targets),
          calendar_(calendar),
          now_(now),
          timer_(timer_at(cycle, kind, targets, calendar, now)) {}

    /// The steps in the order in which they are reached.
    std::vector<Candidate> candidates() const {
        std::vector<Candidate> found;
        const bool has_stopped = cycle_.stop_of(kind_).has_value();
        if (timer_.state == TimerState::none || has_stopped || !timer_.is_scheduled) return found;
        for (const LadderStep& step : steps_) {
            if (!applies(step)) continue;
            auto candidate = candidate_of(step);
            if (!candidate) continue;
            const auto same = std::find_if(found.begin(), found.end(), [&](const Candidate& one) {
                return one.notice.key == candidate->notice.key;
            });
            if (same == found.end()) {
                found.push_back(*std::move(candidate));
            } else {
                add_new(candidate->notice.tell, same->notice.tell);
            }
        }
        std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
            return a.notice.reached < b.notice.reached;
        });
        return found;
    }

private:
    bool applies(const LadderStep& step) const {
        const bool is_of_timer =
            std::find(step.timers.begin(), step.timers.end(), kind_) != step.timers.end();
        return is_of_timer &&
               (step.priorities.empty() || parsers::contains(step.priorities, cycle_.priority));
    }

    std::optional<Candidate> candidate_of(const LadderStep& step) const {
        const auto* warning = std::get_if<WarningPoint>(&step.point);
        const std::optional<sys_seconds> reached =
            warning != nullptr ? warning_step(*warning)
                               : breach_step(std::get<BreachPoint>(step.point));
        if (!reached || is_behind_pause(*reached)) return std::nullopt;
        const std::optional<sys_seconds> planned = calendar_.next_open(*reached);
        if (!planned) return std::nullopt;
        Candidate candidate;
        candidate.notice.key =
            std::to_string(cycle_.number) + "/" + std::string{to_text(kind_)} + "/" + step.name;
        candidate.notice.cycle = cycle_.number;
        candidate.notice.timer = kind_;
        candidate.notice.step = step.name;
        candidate.notice.is_breach = warning == nullptr;
        candidate.notice.reached = *reached;
        candidate.notice.planned = *planned;
        candidate.notice.due = told_due(timer_, calendar_);
        candidate.notice.tell = step.tell;
        candidate.notice.by_new_priority = reached == cycle_.priority_since;
        candidate.is_reached = *planned <= now_;
        return candidate;
    }

    std::optional<sys_seconds> warning_step(const WarningPoint& point) const {
        const auto reached = instant_of_fraction(cycle_, kind_, targets_, calendar_, point.percent);
        return reached ? std::optional{not_before_priority(*reached)} : std::nullopt;
    }

    /// The first instant of the breach, or of the step after it, which is counted in working time.
    std::optional<sys_seconds> breach_step(const BreachPoint& point) const {
        if (!timer_.breach_after) return std::nullopt;
        const sys_seconds breach = not_before_priority(*timer_.breach_after + seconds{1});
        if (point == BreachPoint{}) return breach;
        if (const auto* days = std::get_if<BusinessDays>(&point.after)) {
            return calendar_.add_business_days(breach, days->days);
        }
        return after_running(breach, std::get<seconds>(point.after));
    }

    /// When so much working time has passed since `start` in which the ticket did not wait.
    std::optional<sys_seconds> after_running(sys_seconds start, seconds time) const {
        for (const ClockSpan& span : cycle_.spans) {
            if (span.to <= start || span.mode != ClockMode::run) continue;
            const sys_seconds from = std::max(span.from, start);
            const seconds work = calendar_.working_time_between(from, span.to);
            if (work >= time) return calendar_.add_working_time(from, time);
            time -= work;
        }
        // What the spans do not hold is yet to come.
        const sys_seconds end = cycle_.spans.empty() ? start : cycle_.spans.back().to;
        return calendar_.add_working_time(std::max(start, end), time);
    }

    sys_seconds not_before_priority(sys_seconds reached) const {
        return std::max(reached, cycle_.priority_since.value_or(reached));
    }

    /// Whether the instant is only reached once the pause that the ticket is in has ended. What a
    /// new priority has brought is true at once.
    bool is_behind_pause(sys_seconds reached) const {
        return reached != cycle_.priority_since && cycle_.mode == ClockMode::pause &&
               !cycle_.spans.empty() && cycle_.spans.back().mode == ClockMode::pause &&
               reached >= cycle_.spans.back().from;
    }

    const std::vector<LadderStep>& steps_;
    const Cycle& cycle_;
    TimerKind kind_;
    const Targets& targets_;
    const BusinessCalendar& calendar_;
    sys_seconds now_;
    Timer timer_;
};

}  // namespace

LadderOutlook ladder_outlook(const SlaPolicy& policy,
                             const Cycle& cycle,
                             const Targets& targets,
                             const BusinessCalendar& calendar,
                             const std::set<std::string>& done,
                             sys_seconds now) {
    return ladder_outlook(policy.ladder, cycle, targets, calendar, done, now);
}

LadderOutlook ladder_outlook(const std::vector<LadderStep>& steps,
                             const Cycle& cycle,
                             const Targets& targets,
                             const BusinessCalendar& calendar,
                             const std::set<std::string>& done,
                             sys_seconds now) {
    LadderOutlook outlook;
    for (const TimerKind kind : {TimerKind::response, TimerKind::resolution}) {
        const TimerLadder ladder{steps, cycle, kind, targets, calendar, now};
        std::optional<Notice> highest;
        for (const Candidate& candidate : ladder.candidates()) {
            const Notice& notice = candidate.notice;
            if (!candidate.is_reached) {
                outlook.next_at =
                    std::min(outlook.next_at.value_or(notice.planned), notice.planned);
                continue;
            }
            std::vector<std::string> also = {};
            if (highest && !done.contains(highest->key)) {
                outlook.passed.insert(highest->key);
                // Whoever was to hear of the breach still does.
                if (highest->is_breach) also = highest->tell;
            }
            highest = notice;
            add_new(also, highest->tell);
        }
        if (highest && !done.contains(highest->key)) outlook.due.push_back(*highest);
    }
    return outlook;
}

}  // namespace bellhop::rules
