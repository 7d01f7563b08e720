#include "rules/calendar/calendar_lint.hpp"

#include <algorithm>

#include "rules/calendar/bank_holidays.hpp"

namespace bellhop::rules {
namespace {

using parsers::Diagnostics;
using parsers::in_quotes;
using parsers::TextSpan;
using std::chrono::days;
using std::chrono::local_days;

constexpr days lint_horizon{800};  // as far as due instants are looked for

std::string dates_text(local_days first, local_days last) {
    return first == last ? to_text(first) : to_text(first) + " to " + to_text(last);
}

class CalendarLint {
public:
    CalendarLint(const CalendarEntry& entry, const BusinessCalendar& calendar, local_days today)
        : entry_(entry), plan_(entry.plan), calendar_(calendar), today_(today) {
        for (std::size_t i = 0; i < plan_.periods.size(); ++i) by_date_.push_back(i);
        std::sort(by_date_.begin(), by_date_.end(), [this](std::size_t a, std::size_t b) {
            return plan_.periods[a].first < plan_.periods[b].first;
        });
    }

    Diagnostics run() {
        warnings_ = entry_.left_out;
        warn_of_gaps();
        warn_of_idle_closures();
        warn_of_bank_holidays();
        warn_of_clock_changes();
        warn_of_what_is_not_published();
        warn_of_the_end();
        parsers::sort_by_place(warnings_);
        return std::move(warnings_);
    }

private:
    void warn(const TextSpan& where, std::string message, std::vector<std::string> hints) {
        warnings_.push_back(
            {where, std::move(message), std::move(hints), parsers::Severity::warning});
    }

    /// Weekdays between two periods, if nothing is said about the time outside periods.
    void warn_of_gaps() {
        if (entry_.says_otherwise) return;
        for (std::size_t i = 1; i < by_date_.size(); ++i) {
            const CalendarPeriod& before = plan_.periods[by_date_[i - 1]];
            const CalendarPeriod& after = plan_.periods[by_date_[i]];
            const local_days first = before.last + days{1};
            const local_days last = after.first - days{1};
            if (last < today_ || !has_unsaid_weekday(first, last)) continue;
            warn(entry_.period_places[by_date_[i]],
                 "nothing is said about " + dates_text(first, last) + ", before " +
                     in_quotes(after.name) + "; it is reckoned as closed",
                 {"add a [[period]] with hours = \"closed\" or hours = \"not yet published\", or "
                  "say "
                  "otherwise = \"closed\" for all such days"});
        }
    }

    bool has_unsaid_weekday(local_days first, local_days last) const {
        for (local_days date = first; date <= last; date += days{1}) {
            const std::chrono::weekday weekday{date};
            const bool is_weekend =
                weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
            if (!is_weekend && calendar_.day_in_force(date).source == DaySource::weekly)
                return true;
        }
        return false;
    }

    /// A day off on a day that has no hours anyway is mostly a wrong date.
    void warn_of_idle_closures() {
        for (std::size_t i = 0; i < plan_.closures.size(); ++i) {
            const Closure& closure = plan_.closures[i];
            if (closure.last < today_ || !is_idle(closure)) continue;
            warn(entry_.closure_places[i],
                 in_quotes(closure.name) + " closes " + dates_text(closure.first, closure.last) +
                     ", when the desk has no hours anyway",
                 {"is the date right?"});
        }
    }

    bool is_idle(const Closure& closure) const {
        for (local_days date = closure.first; date <= closure.last; date += days{1}) {
            const auto period = std::find_if(plan_.periods.begin(), plan_.periods.end(),
                                             [date](const CalendarPeriod& one) {
                                                 return one.first <= date && date <= one.last;
                                             });
            const WeeklyHours& week = period == plan_.periods.end() ? plan_.weekly : period->hours;
            if (!week.on(std::chrono::weekday{date}).empty()) return false;
        }
        return true;
    }

    void warn_of_bank_holidays() {
        if (plan_.zone != "Europe/London") return;
        const std::chrono::year first = std::chrono::year_month_day{today_}.year();
        for (int ahead = 0; ahead <= 2; ++ahead) {
            for (const BankHoliday& holiday : bank_holidays_of(first + std::chrono::years{ahead})) {
                if (holiday.date >= today_) warn_of_bank_holiday(holiday);
            }
        }
    }

    void warn_of_bank_holiday(const BankHoliday& holiday) {
        const DayInForce day = calendar_.day_in_force(holiday.date);
        if (day.source != DaySource::period || day.hours.empty()) return;
        const auto period = std::find_if(
            plan_.periods.begin(), plan_.periods.end(), [&](const CalendarPeriod& one) {
                return one.first <= holiday.date && holiday.date <= one.last;
            });
        const auto index = static_cast<std::size_t>(period - plan_.periods.begin());
        warn(entry_.period_places[index],
             in_quotes(period->name) + " is open on " + to_text(holiday.date) + ", " + holiday.name,
             {"add a [[closed]] entry, or a [[day]] with hours if the desk is open"});
    }

    void warn_of_clock_changes() {
        const std::chrono::sys_seconds from = calendar_.instant_of(today_, std::chrono::seconds{0});
        const std::chrono::sys_seconds to = from + lint_horizon;
        std::chrono::seconds offset = calendar_.wall_clock(from).offset;
        for (auto at = from; at < to; at += days{1}) {
            const std::chrono::seconds next = calendar_.wall_clock(at + days{1}).offset;
            const std::chrono::sys_seconds change = next == offset ? at : change_after(at);
            const bool is_open =
                calendar_.is_open(change) || calendar_.is_open(change - std::chrono::seconds{1});
            if (next != offset && is_open) {
                warn(entry_.where,
                     "the desk is open while the clock is changed on " +
                         to_text(calendar_.wall_clock(change).date) +
                         "; a minute that is skipped or shown twice counts as the clock shows it",
                     {});
                return;
            }
            offset = next;
        }
    }

    /// The change of the clock that lies within a day from `at`.
    std::chrono::sys_seconds change_after(std::chrono::sys_seconds at) const {
        std::chrono::sys_seconds before = at;
        std::chrono::sys_seconds after = at + days{1};
        const std::chrono::seconds offset = calendar_.wall_clock(before).offset;
        while (after - before > std::chrono::seconds{1}) {
            const std::chrono::sys_seconds middle = before + (after - before) / 2;
            (calendar_.wall_clock(middle).offset == offset ? before : after) = middle;
        }
        return after;
    }

    void warn_of_what_is_not_published() {
        for (std::size_t i = 0; i < plan_.periods.size(); ++i) {
            const CalendarPeriod& period = plan_.periods[i];
            const bool is_near = period.last >= today_ && period.first <= today_ + calendar_notice;
            if (period.published || !is_near) continue;
            warn(entry_.period_places[i],
                 "the hours of " + in_quotes(period.name) + " (" +
                     dates_text(period.first, period.last) +
                     ") are not yet published; they are reckoned as closed",
                 {"say their hours as soon as they are known"});
        }
    }

    void warn_of_the_end() {
        const std::optional<local_days> end = said_until(plan_);
        if (!end || *end >= today_ + calendar_notice) return;
        const bool is_over = *end < today_;
        warn(entry_.where,
             "calendar " + in_quotes(plan_.name) + (is_over ? " ended on " : " ends on ") +
                 to_text(*end) +
                 (is_over ? "; since then the desk counts as closed"
                          : "; after it the desk counts as closed"),
             {"add the periods of the next school year"});
    }

    const CalendarEntry& entry_;
    const CalendarPlan& plan_;
    const BusinessCalendar& calendar_;
    local_days today_;
    std::vector<std::size_t> by_date_ = {};  // indices of the periods
    Diagnostics warnings_ = {};
};

}  // namespace

Diagnostics lint_calendar(const CalendarEntry& entry, std::chrono::sys_seconds now) {
    const auto calendar = BusinessCalendar::create(entry.plan);
    if (calendar.has_error()) return {};
    return CalendarLint{entry, *calendar, calendar->wall_clock(now).date}.run();
}

std::optional<local_days> said_until(const CalendarPlan& plan) {
    if (!plan.weekly.is_empty()) return std::nullopt;
    std::optional<local_days> latest;
    for (const CalendarPeriod& period : plan.periods) {
        if (period.hours.is_empty()) continue;
        latest = std::max(latest.value_or(period.last), period.last);
    }
    for (const SpecialDay& day : plan.special_days) {
        if (!day.hours.empty()) latest = std::max(latest.value_or(day.date), day.date);
    }
    return latest.value_or(local_days{});
}

std::optional<CalendarPeriod> next_unpublished(const CalendarPlan& plan, local_days today) {
    std::optional<CalendarPeriod> next;
    for (const CalendarPeriod& period : plan.periods) {
        if (period.published || period.last < today) continue;
        if (!next || period.first < next->first) next = period;
    }
    return next;
}

}  // namespace bellhop::rules
