// What a desk promises: to respond or to resolve within some time, and by which instant that is.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "rules/calendar/business_calendar.hpp"

namespace bellhop::rules {

/// So much working time: "4 hours".
struct BusinessTime {
    std::chrono::seconds amount = {};
    friend bool operator==(const BusinessTime&, const BusinessTime&) = default;
};

/// The same time of day, so many working dates later: "3 business days".
struct BusinessDays {
    int days = 0;
    friend bool operator==(const BusinessDays&, const BusinessDays&) = default;
};

/// What becomes of a due instant of calendar time in which the desk is closed.
enum class Roll { forward, none };

/// So much time on any clock: "48 hours, nights and weekends too".
struct CalendarTime {
    std::chrono::seconds amount = {};
    Roll roll = Roll::forward;
    friend bool operator==(const CalendarTime&, const CalendarTime&) = default;
};

/// At once; when the desk opens if it is closed. Missed only after `grace` of working time.
struct Immediate {
    std::chrono::seconds grace = {};
    friend bool operator==(const Immediate&, const Immediate&) = default;
};

/// An instant that was agreed with the requester ("5 days or timeframe agreed"). Pauses do not move
/// it.
struct Agreed {
    std::chrono::sys_seconds due = {};
    friend bool operator==(const Agreed&, const Agreed&) = default;
};

using TargetKind = std::variant<BusinessTime, BusinessDays, CalendarTime, Immediate, Agreed>;

struct Target {
    TargetKind kind = BusinessTime{};
    std::string text = {};  ///< as the desk publishes it: "Within 30 minutes"

    friend bool operator==(const Target&, const Target&) = default;
};

struct Deadline {
    std::chrono::sys_seconds start = {};  ///< from when the time counts
    /// What people are told: the first instant at which the target is used up; it may be a closing
    /// instant.
    std::chrono::sys_seconds due = {};
    /// The last instant at which the target is not yet missed: what is used up at closing time is
    /// missed only once the desk has opened again.
    std::chrono::sys_seconds breach_after = {};

    friend bool operator==(const Deadline&, const Deadline&) = default;
};

/// Where the target ends if nothing happens on the way. Nothing: no working time within the
/// horizon.
std::optional<std::chrono::sys_seconds> nominal_due(const BusinessCalendar& calendar,
                                                    std::chrono::sys_seconds arrived,
                                                    const Target& target);

/// The same with all that people and the breach watch need. Nothing: no working time within the
/// horizon.
std::optional<Deadline> deadline(const BusinessCalendar& calendar,
                                 std::chrono::sys_seconds arrived,
                                 const Target& target);

/// "4 business hours", "3 business days", "48 hours", "at once", for people; the target's own text
/// where it has one.
std::string describe(const Target& target);

}  // namespace bellhop::rules
