// Calendars and instants for the tests, written as people write them.
#pragma once

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "rules/calendar/business_calendar.hpp"

namespace bellhop::rules {

/// week({{"mon tue wed thu", "08:30-16:30"}, {"fri", "08:30-12:00, 13:00-16:00"}}); other days are
/// closed.
WeeklyHours week(std::initializer_list<std::pair<std::string_view, std::string_view>> days);

/// "08:30-12:00, 13:00-16:00"; "closed" or "" for none.
DayHours hours(std::string_view text);

/// "2026-10-26"
std::chrono::local_days date(std::string_view text);

/// "2026-10-26T12:30:00Z"
std::chrono::sys_seconds utc(std::string_view text);

/// "2026-10-26 12:30" or "2026-10-26 12:30:15" on a London clock; what is shown twice means the
/// first.
std::chrono::sys_seconds london(std::string_view text);

/// The calendar of a plan that must be in order.
BusinessCalendar calendar_of(CalendarPlan plan);

/// A desk for many schools: term 08:30-16:30, Friday until 16:00, half an hour less outside term,
/// exam days from 07:00, closed on bank holidays and over Christmas 2026.
CalendarPlan provider_plan();

/// A primary school's own desk: 08:00-16:00 in term, closed otherwise; October half-term 2026 not
/// published.
CalendarPlan school_plan();

/// Monday to Friday 09:00-17:00 in `zone`, always.
CalendarPlan office_plan(std::string_view zone = "Europe/London");

}  // namespace bellhop::rules
