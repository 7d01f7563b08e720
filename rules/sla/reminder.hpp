// Reminders while a ticket waits: who is reminded when, and what becomes of the ticket in the end.
//
// The wait begins when the ticket enters the status; everything is reckoned from there in business
// days, so nobody is written to in the holidays. A reply ends the wait, and with it all that was
// still to come.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "rules/calendar/business_calendar.hpp"
#include "rules/sla/sla_policy.hpp"

namespace bellhop::rules {

/// A ticket in a waiting status.
struct Wait {
    std::string status = {};
    std::chrono::sys_seconds since = {};
    int number =
        1;  ///< of this ticket's waits in this status, over all cycles: tells their mails apart

    friend bool operator==(const Wait&, const Wait&) = default;
};

/// The wait that the ticket is in at the end of its cycles; nothing where its status has no
/// reminders.
std::optional<Wait> current_wait(const std::vector<Cycle>& cycles, const SlaPolicy& policy);

/// A mail of this wait that has gone out.
struct SentReminder {
    int number = 0;  ///< 0: what is waited for; 1 and more: the reminders
    std::chrono::sys_seconds at = {};
};

enum class ReminderKind { announcement, reminder, end };

struct ReminderStep {
    ReminderKind kind = ReminderKind::reminder;
    int number = 0;                         ///< of a reminder, from 1; of the end: sent in fact
    int of = 0;                             ///< reminders in all
    bool is_last = false;                   ///< it says what will happen
    std::chrono::sys_seconds planned = {};  ///< when it falls due, in working time
    /// When the wait ends if nobody answers; nothing where it does not.
    std::optional<std::chrono::sys_seconds> ends_at = {};
    AfterReminders then = AfterReminders::nothing;

    friend bool operator==(const ReminderStep&, const ReminderStep&) = default;
};

struct ReminderOutlook {
    std::optional<ReminderStep> due = {};                  ///< to be done now
    std::optional<std::chrono::sys_seconds> next_at = {};  ///< when to look again

    friend bool operator==(const ReminderOutlook&, const ReminderOutlook&) = default;
};

/// What is to be done at `now`, and when there is more to do. After a standstill the latest
/// reminder goes out alone, and the end keeps its distance from the last reminder that was really
/// sent: nobody's ticket is resolved without the notice that it would be.
ReminderOutlook reminder_outlook(const ReminderRule& rule,
                                 const Wait& wait,
                                 const std::vector<SentReminder>& sent,
                                 const BusinessCalendar& calendar,
                                 std::chrono::sys_seconds now);

/// A ticket that waits for a visit comes back when the desk opens on the day of the visit.
std::optional<std::chrono::sys_seconds> visit_begins(const BusinessCalendar& calendar,
                                                     std::chrono::local_days day);

}  // namespace bellhop::rules
