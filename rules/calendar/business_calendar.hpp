// Business hours: which seconds count towards an SLA target, and which do not.
//
// Instants are UTC (std::chrono::sys_seconds). Opening hours are local wall-clock time in the
// calendar's own IANA time zone: an opening that spans a change of the clock is an hour shorter or
// longer than it looks, a minute that the clock skips is never open, and one that it shows twice is
// open both times. Callers never reckon in local time.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

#include "rules/calendar/local_zone.hpp"
#include "rules/calendar/opening_hours.hpp"

namespace bellhop::rules {

/// A dated layer with a week of its own: a term, a half-term. Both dates belong to it.
struct CalendarPeriod {
    std::string name = {};
    std::chrono::local_days first = {};
    std::chrono::local_days last = {};
    WeeklyHours hours = {};
    std::string hours_name = {};  ///< as people call these hours, "term"
    /// False: the hours are yet to be announced. They are reckoned as closed, and all that depends
    /// on them is marked (unpublished_between).
    bool published = true;

    friend bool operator==(const CalendarPeriod&, const CalendarPeriod&) = default;
};

/// Whole dates on which the desk is closed. Both belong to it.
struct Closure {
    std::string name = {};
    std::chrono::local_days first = {};
    std::chrono::local_days last = {};

    friend bool operator==(const Closure&, const Closure&) = default;
};

/// A date with hours of its own: an exam download day, a half-day.
struct SpecialDay {
    std::string name = {};
    std::chrono::local_days date = {};
    DayHours hours = {};

    friend bool operator==(const SpecialDay&, const SpecialDay&) = default;
};

/// All that a calendar consists of. For a date holds, in this order: the special day, the closure,
/// the period, the weekly hours. What is more specific replaces the rest, it never adds to it.
struct CalendarPlan {
    std::string name = {};
    std::string zone = {};  ///< "Europe/London"
    WeeklyHours weekly = {};
    std::string weekly_name = {};  ///< as people call these hours, "non-term"
    std::vector<CalendarPeriod> periods = {};
    std::vector<Closure> closures = {};
    std::vector<SpecialDay> special_days = {};

    friend bool operator==(const CalendarPlan&, const CalendarPlan&) = default;
};

/// Which part of the plan decides about a date.
enum class DaySource { weekly, period, unpublished, closure, special_day };

/// The hours in force on a date.
struct DayInForce {
    DayHours hours = {};
    DaySource source = DaySource::weekly;
    std::string name = {};  ///< of the special day, closure or period; of the weekly hours

    friend bool operator==(const DayInForce&, const DayInForce&) = default;
};

/// A span [opens, closes) of working time.
struct OpenSpan {
    std::chrono::sys_seconds opens = {};
    std::chrono::sys_seconds closes = {};

    friend bool operator==(const OpenSpan&, const OpenSpan&) = default;
};

/// Nothing is looked for further ahead than this: a calendar without hours ahead must not mean an
/// endless search.
constexpr std::chrono::days search_horizon{800};

/// An immutable calendar. It keeps a memo of the spans that it has been asked about, so one object
/// is not for two threads at a time.
class BusinessCalendar {
public:
    /// Errors: all that is wrong with the plan, one line each: unknown zone, hours out of order or
    /// overlapping, overlapping periods or closures, two special days on a date.
    static boost::system::result<BusinessCalendar, std::vector<std::string>> create(
        CalendarPlan plan);

    const CalendarPlan& plan() const { return plan_; }

    bool is_open(std::chrono::sys_seconds instant) const;

    /// `instant` itself where it is open, else the first open instant after it; nothing within the
    /// horizon.
    std::optional<std::chrono::sys_seconds> next_open(std::chrono::sys_seconds instant) const;

    /// The end of the working time that `instant` lies in, or would; nothing within the horizon.
    std::optional<std::chrono::sys_seconds> next_close(std::chrono::sys_seconds instant) const;

    /// The first instant by which `work` of working time has passed since `start`; it may be a
    /// closing instant. A `work` of zero gives next_open(start). Nothing within the horizon.
    /// Precondition: work >= 0 s.
    std::optional<std::chrono::sys_seconds> add_working_time(std::chrono::sys_seconds start,
                                                             std::chrono::seconds work) const;

    /// Working time inside [start, end); zero if `end` is not after `start`.
    std::chrono::seconds working_time_between(std::chrono::sys_seconds start,
                                              std::chrono::sys_seconds end) const;

    /// The same time of day, `days` later dates that have hours, counted from the date that
    /// next_open(start) belongs to, kept within the hours of the date it falls on. Nothing within
    /// the horizon. Precondition: days >= 0.
    std::optional<std::chrono::sys_seconds> add_business_days(std::chrono::sys_seconds start,
                                                              int days) const;

    /// `instant`, unless it lies strictly inside closed time: then the next opening. Nothing within
    /// the horizon.
    std::optional<std::chrono::sys_seconds> rolled_forward(std::chrono::sys_seconds instant) const;

    /// The working time inside [start, end), in order; adjacent spans are one. For people and
    /// feeds: spans as they open and close.
    std::vector<OpenSpan> open_spans(std::chrono::sys_seconds start,
                                     std::chrono::sys_seconds end) const;

    DayInForce day_in_force(std::chrono::local_days date) const;

    /// The name of the first unpublished period that [start, end) touches: what is reckoned over it
    /// may change.
    std::optional<std::string> unpublished_between(std::chrono::sys_seconds start,
                                                   std::chrono::sys_seconds end) const;

    /// For people only.
    WallClock wall_clock(std::chrono::sys_seconds instant) const {
        return zone_.wall_clock(instant);
    }

    /// The date whose hours `instant` lies in, which is the date before for the end of an overnight
    /// shift; the date on the wall where it is closed.
    std::chrono::local_days working_date(std::chrono::sys_seconds instant) const;

    /// The instant of a wall-clock time; one that does not exist becomes the change of the clock,
    /// of one that exists twice the first.
    std::chrono::sys_seconds instant_of(std::chrono::local_days date,
                                        std::chrono::seconds time_of_day) const {
        return zone_.instant_of(date, time_of_day);
    }

private:
    /// The working time of a stretch of days, with running sums.
    struct Block {
        std::vector<OpenSpan> spans = {};  // sorted, not touching
        std::vector<std::chrono::seconds> before =
            {};  // working time in the block before each span
        std::chrono::seconds total = {};
    };

    BusinessCalendar(CalendarPlan plan, LocalZone zone);

    const DayHours& hours_of(std::chrono::local_days date) const;
    std::optional<std::string> unpublished_on(std::chrono::local_days date) const;
    const Block& block(std::int64_t number) const;
    Block build_block(std::int64_t number) const;
    std::chrono::seconds worked_before(std::chrono::sys_seconds instant, std::int64_t number) const;

    CalendarPlan plan_;  // periods, closures and special days sorted by date
    LocalZone zone_;
    mutable std::map<std::int64_t, Block> blocks_ = {};  // memo: a pure function of plan and zone
};

}  // namespace bellhop::rules
