// What a desk promises and how it keeps itself to it: priorities with their targets, plans,
// statuses, reminders, the ladder of warnings.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parsers/config/diagnostic.hpp"
#include "rules/sla/sla.hpp"
#include "rules/ticket/cycle.hpp"

namespace bellhop::rules {

/// Targets by priority: "P1" -> ...
using TargetTable = std::map<std::string, Targets, std::less<>>;

/// How urgent a ticket is, as the desk calls it.
struct Priority {
    std::string id = {};    ///< "P1": in rules, on tickets, in reports
    std::string name = {};  ///< "Major": for people

    friend bool operator==(const Priority&, const Priority&) = default;
};

/// The targets that hold for cycles that begin on or after a date.
struct PolicyVersion {
    std::optional<std::chrono::local_days> from = {};  ///< nothing: since ever
    TargetTable targets = {};
    /// What a service plan promises instead, where it differs: plan -> priority -> targets.
    std::map<std::string, TargetTable, std::less<>> plans = {};

    friend bool operator==(const PolicyVersion&, const PolicyVersion&) = default;
};

enum class ReminderTo { customer, assignee, approver };

/// What happens when all reminders have stayed without an answer.
enum class AfterReminders { nothing, resolve, hand_back };

/// What is sent while a ticket waits in a status.
struct ReminderRule {
    std::string status = {};
    ReminderTo to = ReminderTo::customer;
    bool tells_at_once = false;        ///< a mail on entering the status: what is waited for
    std::vector<int> after_days = {};  ///< business days since the wait began, rising
    std::optional<int> ends_after =
        {};  ///< business days since the wait began; more than the last reminder
    AfterReminders then = AfterReminders::nothing;

    friend bool operator==(const ReminderRule&, const ReminderRule&) = default;
};

/// A step of the ladder while the target is not used up: so much of it is.
struct WarningPoint {
    int percent = 75;
    friend bool operator==(const WarningPoint&, const WarningPoint&) = default;
};

/// A step at the breach, or so much working time or so many business days after it.
struct BreachPoint {
    std::variant<std::chrono::seconds, BusinessDays> after = std::chrono::seconds{0};
    friend bool operator==(const BreachPoint&, const BreachPoint&) = default;
};

struct LadderStep {
    std::string name = {};  ///< "warning", "breach", "breach + 1 hour": as it stands in the file
    std::variant<WarningPoint, BreachPoint> point = WarningPoint{};
    std::vector<TimerKind> timers = {TimerKind::response, TimerKind::resolution};
    std::vector<std::string> priorities = {};  ///< empty: all
    std::vector<std::string> tell = {};        ///< "assignee", "team", "manager", or an address
    parsers::TextSpan where = {};

    friend bool operator==(const LadderStep&, const LadderStep&) = default;
};

struct SlaPolicy {
    std::vector<Priority> priorities = {};  ///< the most urgent first
    std::string default_priority = {};
    std::vector<PolicyVersion> versions = {};  ///< by date; the first has none
    StatusRules statuses = shipped_statuses();
    std::map<std::string, std::string, std::less<>> status_names = {};  ///< for people
    std::vector<ReminderRule> reminders = {};
    std::vector<LadderStep> ladder = {};
    /// Priorities of which the requester is told that a promise was not kept.
    std::vector<std::string> tell_missed = {};
    int attainment_percent = 96;        ///< of the timers that the desk means to keep
    int reopen_window_days = 10;        ///< business days in which a reply reopens
    int close_after_days = 5;           ///< business days from resolved to closed
    std::size_t digest_threshold = 20;  ///< more notices to one recipient become one mail

    friend bool operator==(const SlaPolicy&, const SlaPolicy&) = default;
};

/// The targets of a cycle that began on `started`. Empty where the priority is unknown.
Targets targets_for(const SlaPolicy& policy,
                    std::string_view priority,
                    std::string_view plan,
                    std::chrono::local_days started);

/// The targets of a cycle, on the calendar's date of its start.
Targets targets_for(const SlaPolicy& policy,
                    const Cycle& cycle,
                    std::string_view plan,
                    const BusinessCalendar& calendar);

/// "Waiting on customer": the name of a status for people.
std::string name_of_status(const SlaPolicy& policy, std::string_view status);

/// The reminder rule of a status, if there is one.
const ReminderRule* reminder_rule(const SlaPolicy& policy, std::string_view status);

}  // namespace bellhop::rules
