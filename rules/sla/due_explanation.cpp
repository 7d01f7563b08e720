#include "rules/sla/due_explanation.hpp"

#include <algorithm>

#include "parsers/text/ensure.hpp"
#include "rules/calendar/local_words.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::seconds;
using std::chrono::sys_seconds;

/// What the hours of a date are called: "autumn term, first half: 08:30-16:30".
std::string hours_text(const BusinessCalendar& calendar, local_days date) {
    const DayInForce day = calendar.day_in_force(date);
    const std::string unnamed = day.hours.empty() ? "outside all periods" : "usual hours";
    const std::string name = day.name.empty() ? unnamed : day.name;
    if (day.source == DaySource::unpublished) return name + ", hours not yet published";
    return name + ": " + to_text(day.hours);
}

std::string dates_text(local_days first, local_days last) {
    return first == last ? to_text(first) : to_text(first) + " to " + to_text(last);
}

/// Why nothing is open in [from, to): the whole dates in it that have no hours, by reason.
std::string why_closed(const BusinessCalendar& calendar, sys_seconds from, sys_seconds to) {
    constexpr int most_reasons = 20;
    std::string text;
    const local_days last = calendar.wall_clock(to - seconds{1}).date;
    int reasons = 0;
    for (local_days date = calendar.wall_clock(from).date;
         date <= last && reasons < most_reasons;) {
        const DayInForce day = calendar.day_in_force(date);
        local_days end = date;
        if (day.hours.empty()) {
            while (end + days{1} <= last) {
                const DayInForce next = calendar.day_in_force(end + days{1});
                if (!next.hours.empty() || next.name != day.name) break;
                end += days{1};
            }
            text += (text.empty() ? "" : "; ") + dates_text(date, end) + " " +
                    hours_text(calendar, date);
            ++reasons;
        }
        date = end + days{1};
    }
    return text;
}

class Explainer {
public:
    /// `runs_until`: on any clock until then; nothing where only working time counts.
    Explainer(const Cycle& cycle,
              const BusinessCalendar& calendar,
              std::optional<sys_seconds> runs_until)
        : cycle_(cycle), calendar_(calendar), runs_until_(runs_until) {}

    /// The spans from the cycle's start to `end`.
    std::vector<ExplanationStep> steps_until(sys_seconds end) {
        sys_seconds at = cycle_.started_at;
        if (runs_until_) {
            add_open(at, std::min(*runs_until_, end));
            add_closed(*runs_until_, end);
            return std::move(steps_);
        }
        for (const OpenSpan& span : calendar_.open_spans(at, end)) {
            add_closed(at, span.opens);
            add_open(span.opens, span.closes);
            at = span.closes;
        }
        add_closed(at, end);
        return std::move(steps_);
    }

private:
    void add_closed(sys_seconds from, sys_seconds to) {
        if (from >= to) return;
        steps_.push_back({from, to, SpanKind::closed, used_, why_closed(calendar_, from, to)});
    }

    /// Cuts a span where the clock pauses or runs on. After the cycle's last span it runs.
    void add_open(sys_seconds from, sys_seconds to) {
        sys_seconds at = from;
        for (const ClockSpan& span : cycle_.spans) {
            if (span.mode != ClockMode::pause || span.to <= at || span.from >= to) continue;
            add(at, std::max(at, span.from), SpanKind::counted);
            add(std::max(at, span.from), std::min(to, span.to), SpanKind::paused);
            at = std::min(to, span.to);
        }
        add(at, to, SpanKind::counted);
    }

    void add(sys_seconds from, sys_seconds to, SpanKind kind) {
        if (from >= to) return;
        if (kind == SpanKind::counted) used_ += to - from;
        const std::string because =
            runs_until_ ? "" : hours_text(calendar_, calendar_.working_date(from));
        steps_.push_back({from, to, kind, used_, because});
    }

    const Cycle& cycle_;
    const BusinessCalendar& calendar_;
    std::optional<sys_seconds> runs_until_;
    seconds used_{0};
    std::vector<ExplanationStep> steps_ = {};
};

/// "business day 1: 2026-10-23 (autumn term: 08:30-16:00)", and what became of the time of day.
std::vector<std::string> notes_on_days(const BusinessCalendar& calendar,
                                       sys_seconds arrived,
                                       int count) {
    constexpr int most_lines = 40;
    std::vector<std::string> notes;
    const auto start = calendar.next_open(arrived);
    const auto due = calendar.add_business_days(arrived, count);
    if (!start || !due) return notes;
    local_days date = calendar.working_date(*start);
    notes.push_back("counted from " + moment_for_log(calendar, *start));
    for (int day = 1; day <= count && day <= most_lines;) {
        date += days{1};
        if (calendar.day_in_force(date).hours.empty()) continue;
        notes.push_back("business day " + std::to_string(day) + ": " + to_text(date) + ", " +
                        hours_text(calendar, date));
        ++day;
    }
    notes.push_back("the same time of day within the hours of that date: " +
                    moment_for_log(calendar, *due));
    return notes;
}

std::vector<std::string> notes_on(const Target& target,
                                  const Cycle& cycle,
                                  const BusinessCalendar& calendar) {
    if (const auto* later = std::get_if<BusinessDays>(&target.kind)) {
        return notes_on_days(calendar, cycle.started_at, later->days);
    }
    if (std::holds_alternative<Agreed>(target.kind)) return {"agreed with the requester"};
    if (const auto* immediate = std::get_if<Immediate>(&target.kind)) {
        return {"due at once; missed after " + span_for_log(immediate->grace) + " of working time"};
    }
    if (const auto* time = std::get_if<CalendarTime>(&target.kind)) {
        const std::string text = "on any clock, nights and weekends too";
        return {time->roll == Roll::forward
                    ? text + "; what ends while the desk is closed moves to the next opening"
                    : text};
    }
    return {};
}

}  // namespace

std::string_view to_text(SpanKind kind) {
    switch (kind) {
        case SpanKind::counted:
            return "counted";
        case SpanKind::paused:
            return "paused";
        case SpanKind::closed:
            return "closed";
    }
    never_reached();
}

DueExplanation explain_due(const Cycle& cycle,
                           TimerKind timer,
                           const Targets& targets,
                           const BusinessCalendar& calendar,
                           sys_seconds now) {
    DueExplanation explanation;
    explanation.timer = timer;
    explanation.target = target_in_force(cycle, timer, targets);
    explanation.state = timer_at(cycle, timer, targets, calendar, now);
    if (!explanation.target) return explanation;
    std::optional<sys_seconds> runs_until;
    if (std::holds_alternative<CalendarTime>(explanation.target->kind)) {
        runs_until = instant_of_fraction(cycle, timer, targets, calendar, 100);
    }
    const sys_seconds end = std::max(explanation.state.due.value_or(now), cycle.started_at);
    if (!std::holds_alternative<Agreed>(explanation.target->kind)) {
        explanation.steps = Explainer{cycle, calendar, runs_until}.steps_until(end);
    }
    explanation.notes = notes_on(*explanation.target, cycle, calendar);
    explanation.unpublished = calendar.unpublished_between(cycle.started_at, end);
    return explanation;
}

std::string render(const DueExplanation& explanation, const BusinessCalendar& calendar) {
    std::string text{to_text(explanation.timer)};
    if (!explanation.target) return text + ": no target\n";
    text +=
        ": " + describe(*explanation.target) + ", " + std::string{to_text(explanation.state.state)};
    if (explanation.state.due) {
        text += ", due " + moment_for_log(calendar, *explanation.state.due);
    }
    if (!explanation.state.is_scheduled) text += ", no working time ahead";
    text += "\n";
    for (const std::string& note : explanation.notes) text += "    " + note + "\n";
    for (const ExplanationStep& step : explanation.steps) {
        text += "    " + moment_for_log(calendar, step.from) + " - " +
                moment_for_log(calendar, step.to) + "  " + std::string{to_text(step.kind)};
        if (step.kind != SpanKind::closed) text += " " + span_for_log(step.to - step.from);
        if (step.kind == SpanKind::counted) text += ", " + span_for_log(step.used) + " in all";
        if (!step.because.empty()) text += " (" + step.because + ")";
        text += "\n";
    }
    if (explanation.state.breach_after && explanation.state.breach_after != explanation.state.due) {
        text += "    missed only after " +
                moment_for_log(calendar, *explanation.state.breach_after) + "\n";
    }
    if (explanation.unpublished) {
        text +=
            "    depends on hours that are not yet published: " + *explanation.unpublished + "\n";
    }
    return text;
}

}  // namespace bellhop::rules
