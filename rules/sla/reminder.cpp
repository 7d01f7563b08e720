#include "rules/sla/reminder.hpp"

#include <algorithm>

namespace bellhop::rules {
namespace {

using std::chrono::sys_seconds;

/// A closing instant belongs to the next morning: mail goes out in working time only.
std::optional<sys_seconds> in_working_time(const BusinessCalendar& calendar,
                                           std::optional<sys_seconds> instant) {
    return instant ? calendar.next_open(*instant) : std::nullopt;
}

class Outlook {
public:
    Outlook(const ReminderRule& rule,
            const Wait& wait,
            const std::vector<SentReminder>& sent,
            const BusinessCalendar& calendar)
        : rule_(rule), wait_(wait), calendar_(calendar) {
        for (const SentReminder& mail : sent) {
            if (!last_sent_ || mail.number >= last_sent_->number) last_sent_ = mail;
            if (mail.number > 0) ++reminders_sent_;
        }
    }

    ReminderOutlook at(sys_seconds now) const {
        ReminderOutlook outlook;
        const auto consider = [&](const ReminderStep& step) {
            if (step.planned <= now) {
                outlook.due = step;
            } else if (!outlook.next_at || step.planned < *outlook.next_at) {
                outlook.next_at = step.planned;
            }
        };
        if (rule_.tells_at_once && !last_sent_) consider(announcement());
        for (int number = last_number() + 1; number <= count(); ++number) {
            if (const auto step = reminder(number, now)) consider(*step);
        }
        const bool all_are_sent = last_number() == count();
        if (const auto end = all_are_sent ? ending() : std::nullopt) consider(*end);
        return outlook;
    }

private:
    int count() const { return static_cast<int>(rule_.after_days.size()); }
    int last_number() const { return last_sent_ ? last_sent_->number : 0; }
    int days_until_last() const { return rule_.after_days.empty() ? 0 : rule_.after_days.back(); }

    std::optional<sys_seconds> planned(int days) const {
        return in_working_time(calendar_, calendar_.add_business_days(wait_.since, days));
    }

    ReminderStep announcement() const {
        ReminderStep step{ReminderKind::announcement, 0, count(), count() == 0, wait_.since};
        step.ends_at = planned_end();
        step.then = rule_.then;
        return step;
    }

    /// Sent after a standstill it names the end that it will have, counted from then.
    std::optional<ReminderStep> reminder(int number, sys_seconds now) const {
        const auto at = planned(rule_.after_days[static_cast<std::size_t>(number - 1)]);
        if (!at) return std::nullopt;
        ReminderStep step{ReminderKind::reminder, number, count(), number == count(), *at};
        step.ends_at = number == count() ? end_after_last(std::max(*at, now)) : planned_end();
        step.then = rule_.then;
        return step;
    }

    /// The end keeps its distance from the last reminder.
    std::optional<sys_seconds> end_after_last(sys_seconds sent) const {
        const std::optional<sys_seconds> end = planned_end();
        if (!end) return std::nullopt;
        const int distance = *rule_.ends_after - days_until_last();
        const auto after_last =
            in_working_time(calendar_, calendar_.add_business_days(sent, distance));
        return after_last ? std::optional{std::max(*end, *after_last)} : std::nullopt;
    }

    std::optional<sys_seconds> planned_end() const {
        const bool ends = rule_.ends_after && rule_.then != AfterReminders::nothing;
        return ends ? planned(*rule_.ends_after) : std::nullopt;
    }

    std::optional<ReminderStep> ending() const {
        const bool has_reminded = last_sent_ && last_sent_->number > 0;
        const auto end = has_reminded ? end_after_last(last_sent_->at) : planned_end();
        if (!end) return std::nullopt;
        ReminderStep step{ReminderKind::end, reminders_sent_, count(), true, *end};
        step.ends_at = end;
        step.then = rule_.then;
        return step;
    }

    const ReminderRule& rule_;
    const Wait& wait_;
    const BusinessCalendar& calendar_;
    std::optional<SentReminder> last_sent_ = {};
    int reminders_sent_ = 0;
};

}  // namespace

std::optional<Wait> current_wait(const std::vector<Cycle>& cycles, const SlaPolicy& policy) {
    if (cycles.empty() || cycles.back().stays.empty()) return std::nullopt;
    const StatusStay& stay = cycles.back().stays.back();
    if (reminder_rule(policy, stay.status) == nullptr) return std::nullopt;
    Wait wait{stay.status, stay.from, 0};
    for (const Cycle& cycle : cycles) {
        wait.number += static_cast<int>(
            std::count_if(cycle.stays.begin(), cycle.stays.end(),
                          [&](const StatusStay& one) { return one.status == stay.status; }));
    }
    return wait;
}

ReminderOutlook reminder_outlook(const ReminderRule& rule,
                                 const Wait& wait,
                                 const std::vector<SentReminder>& sent,
                                 const BusinessCalendar& calendar,
                                 sys_seconds now) {
    return Outlook{rule, wait, sent, calendar}.at(now);
}

std::optional<sys_seconds> visit_begins(const BusinessCalendar& calendar,
                                        std::chrono::local_days day) {
    return calendar.next_open(calendar.instant_of(day, std::chrono::seconds{0}));
}

}  // namespace bellhop::rules
