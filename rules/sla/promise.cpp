#include "rules/sla/promise.hpp"

#include <algorithm>

namespace bellhop::rules {
namespace {

using std::chrono::sys_seconds;

/// What keeps the desk closed on that day, if it is more than the night or the weekend.
std::string why_closed(const BusinessCalendar& calendar, std::chrono::local_days date) {
    const DayInForce day = calendar.day_in_force(date);
    if (!day.hours.empty() || day.source == DaySource::weekly) return {};
    if (day.source != DaySource::period) return day.name;
    const auto& periods = calendar.plan().periods;
    const auto period = std::find_if(
        periods.begin(), periods.end(),
        [date](const CalendarPeriod& one) { return one.first <= date && date <= one.last; });
    return period != periods.end() && period->hours.is_empty() ? day.name : std::string{};
}

void tell_hours(Promise& promise,
                const BusinessCalendar& calendar,
                sys_seconds now,
                WordStyle style) {
    promise.is_open = calendar.is_open(now);
    const std::chrono::local_days today = calendar.wall_clock(now).date;
    const DayInForce day = calendar.day_in_force(today);
    if (day.source != DaySource::weekly) promise.season = day.name;
    if (promise.is_open) {
        if (const auto closing = calendar.next_close(now)) {
            promise.closes = time_in_words(calendar.wall_clock(*closing).time_of_day, style);
        }
        return;
    }
    promise.closed_because = why_closed(calendar, today);
    if (const auto opening = calendar.next_open(now)) {
        promise.opens = moment_in_words(calendar, *opening, now, style);
    }
}

std::string by_when(const BusinessCalendar& calendar,
                    const std::optional<Target>& target,
                    sys_seconds arrived,
                    sys_seconds now,
                    WordStyle style,
                    Promise& promise) {
    if (!target) return {};
    const std::optional<Deadline> promised = deadline(calendar, arrived, *target);
    if (!promised) return {};
    // "Immediate" names the moment up to which nobody would call it late.
    const bool is_immediate = std::holds_alternative<Immediate>(target->kind);
    const sys_seconds told = is_immediate ? promised->breach_after : promised->due;
    // After a standstill of the gateway it may be past: a promise that is broken already is none.
    if (told <= now) return {};
    if (const auto unpublished = calendar.unpublished_between(arrived, promised->due)) {
        promise.unpublished = *unpublished;
    }
    return "by " + moment_in_words(calendar, told, now, style);
}

/// "11:30 a.m." brings its full stop along.
void end_sentence(std::string& text) {
    if (!text.ends_with('.')) text += '.';
}

}  // namespace

Promise promise_for(const BusinessCalendar& calendar,
                    const Targets& targets,
                    sys_seconds arrived,
                    sys_seconds now,
                    WordStyle style,
                    const std::string& boost) {
    Promise promise;
    promise.boost = boost;
    tell_hours(promise, calendar, now, style);
    promise.respond_by = by_when(calendar, targets.response, arrived, now, style, promise);
    promise.resolve_by = by_when(calendar, targets.resolution, arrived, now, style, promise);
    return promise;
}

std::string promise_in_sentences(const Promise& promise) {
    std::string text;
    if (!promise.is_open && !promise.opens.empty()) {
        text += "The help desk is closed now";
        if (!promise.closed_because.empty()) text += " (" + promise.closed_because + ")";
        text += " and opens on " + promise.opens;
        end_sentence(text);
        text += " ";
    }
    if (!promise.respond_by.empty()) {
        text += "Somebody will answer you " + promise.respond_by;
        if (!promise.resolve_by.empty()) {
            text += ", and we mean to have it solved " + promise.resolve_by;
        }
        end_sentence(text);
    } else if (!promise.resolve_by.empty()) {
        text += "We mean to have it solved " + promise.resolve_by;
        end_sentence(text);
    } else {
        text += "Somebody will answer you as soon as possible.";
    }
    if (!promise.unpublished.empty()) {
        text += " The hours of " + promise.unpublished +
                " are not published yet; if the desk is open then, it may be sooner.";
    }
    if (!promise.boost.empty()) {
        text += " Your school is served with priority at the moment (" + promise.boost + ").";
    }
    return text;
}

std::string targets_in_words(const Targets& targets) {
    std::string text;
    if (targets.response) text = "answer: " + describe(*targets.response);
    if (targets.resolution) {
        text += (text.empty() ? "solution: " : "; solution: ") + describe(*targets.resolution);
    }
    return text;
}

std::string chase_in_sentences(const Promise& promise, const std::string& phone) {
    const std::string& by = promise.respond_by.empty() ? promise.resolve_by : promise.respond_by;
    std::string text = by.empty() ? "If you do not hear from us, reply to this mail."
                                  : "If you have not heard from us " + by + ", reply to this mail.";
    if (!phone.empty()) text += " If it cannot wait, ring " + phone + ".";
    return text;
}

}  // namespace bellhop::rules
