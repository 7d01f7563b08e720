#include "daemon/view/clock_output.hpp"

#include "rules/calendar/instant.hpp"
#include "rules/calendar/local_words.hpp"
#include "rules/sla/told_due.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using rules::TimerKind;
using rules::TimerState;

json::object timer_json(const TicketClocks& clocks, TimerKind kind) {
    const rules::Timer& timer = clocks.of(kind);
    json::object object{{"state", rules::to_text(timer.state)}};
    if (timer.state == TimerState::none) return object;
    if (timer.due) object["due"] = rules::to_text(*timer.due);
    if (const auto stop = clocks.stop_of(kind)) object["met_at"] = rules::to_text(*stop);
    if (timer.elapsed) object["elapsed_seconds"] = timer.elapsed->count();
    if (timer.remaining) object["remaining_seconds"] = timer.remaining->count();
    return object;
}

std::string timer_words(const TicketClocks& clocks,
                        TimerKind kind,
                        rules::WordStyle style,
                        std::chrono::sys_seconds now) {
    const rules::Timer& timer = clocks.of(kind);
    if (timer.state == TimerState::none) return {};
    const auto words = [&](std::chrono::sys_seconds instant) {
        return rules::moment_in_words(*clocks.calendar, instant, now, style);
    };
    const bool is_response = kind == TimerKind::response;
    std::string text = is_response ? "answer " : "solution ";
    const auto stop = clocks.stop_of(kind);
    if (const auto told = rules::told_due(timer, *clocks.calendar)) {
        text += "due " + words(*told) + ", ";
    }
    if (timer.state == TimerState::breached) {
        text += stop ? "late: " + words(*stop) : "late";
    } else if (timer.state == TimerState::met) {
        text += stop ? "in time: " + words(*stop) : "in time";
    } else {
        text += std::string{rules::to_text(timer.state)};
        if (timer.remaining) {
            const auto left = std::chrono::floor<std::chrono::minutes>(*timer.remaining);
            text += ", " + rules::span_for_log(left) + " left";
        }
    }
    return text + '\n';
}

}  // namespace

json::object to_json(const TicketClocks& clocks) {
    return {{"response", timer_json(clocks, TimerKind::response)},
            {"resolution", timer_json(clocks, TimerKind::resolution)}};
}

json::object to_json(const rules::DueExplanation& way) {
    if (!way.target) return {{"state", "none"}};
    json::object object{{"target", rules::describe(*way.target)},
                        {"state", rules::to_text(way.state.state)}};
    if (way.state.due) object["due"] = rules::to_text(*way.state.due);
    if (way.state.breach_after) object["breach_after"] = rules::to_text(*way.state.breach_after);
    if (!way.state.is_scheduled) object["error"] = "no_open_time";
    if (way.unpublished) object["unpublished"] = *way.unpublished;
    object["notes"] = json::value_from(way.notes);
    json::array steps;
    for (const rules::ExplanationStep& step : way.steps) {
        steps.push_back({{"from", rules::to_text(step.from)},
                         {"to", rules::to_text(step.to)},
                         {"kind", rules::to_text(step.kind)},
                         {"used_seconds", step.used.count()},
                         {"because", step.because}});
    }
    object["steps"] = std::move(steps);
    return object;
}

std::string in_words(const TicketClocks& clocks,
                     const Desk& desk,
                     const rules::Ticket& ticket,
                     std::chrono::sys_seconds now) {
    const rules::WordStyle style = word_style_of(desk, ticket.school);
    return timer_words(clocks, TimerKind::response, style, now) +
           timer_words(clocks, TimerKind::resolution, style, now);
}

}  // namespace bellhop::daemon
