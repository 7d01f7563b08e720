// How a due instant was reached, so that a person can check every minute of it with a calendar at
// hand.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "rules/calendar/business_calendar.hpp"
#include "rules/sla/sla.hpp"

namespace bellhop::rules {

enum class SpanKind { counted, paused, closed };

/// "counted", "paused", "closed"
std::string_view to_text(SpanKind kind);

/// One span of the way. Spans follow each other without gaps.
struct ExplanationStep {
    std::chrono::sys_seconds from = {};
    std::chrono::sys_seconds to = {};
    SpanKind kind = SpanKind::counted;
    std::chrono::seconds used = {};  ///< of the target, up to the end of the span
    std::string because = {};        ///< the hours in force, or what keeps the desk closed

    friend bool operator==(const ExplanationStep&, const ExplanationStep&) = default;
};

struct DueExplanation {
    TimerKind timer = TimerKind::resolution;
    std::optional<Target> target = {};
    Timer state = {};
    std::vector<ExplanationStep> steps = {};
    /// For what the spans do not show: how business days were counted, what a roll did.
    std::vector<std::string> notes = {};
    std::optional<std::string> unpublished =
        {};  ///< a period on whose unknown hours the result depends

    friend bool operator==(const DueExplanation&, const DueExplanation&) = default;
};

/// The way from the start of the cycle to the due instant; to `now` while the timer is paused.
DueExplanation explain_due(const Cycle& cycle,
                           TimerKind timer,
                           const Targets& targets,
                           const BusinessCalendar& calendar,
                           std::chrono::sys_seconds now);

/// The same as text, one line a step, local times; ends in a newline.
std::string render(const DueExplanation& explanation, const BusinessCalendar& calendar);

}  // namespace bellhop::rules
