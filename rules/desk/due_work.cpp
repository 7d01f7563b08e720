#include "rules/desk/due_work.hpp"

#include <algorithm>
#include <utility>

#include "parsers/text/lists.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/desk/missed_promise.hpp"
#include "rules/desk/tell_words.hpp"
#include "rules/mail/answer_mail.hpp"
#include "rules/mail/customer_mail.hpp"
#include "rules/mail/greeting_name.hpp"
#include "rules/sla/notice_words.hpp"
#include "rules/sla/reminder.hpp"
#include "rules/sla/ticket_history.hpp"
#include "rules/ticket/actor.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::sys_seconds;

/// Longer after the desk has asked for something, saying so has lost its hurry: it waits for the
/// opening hours like everything else. The gateway stood still, or the policy has changed.
constexpr std::chrono::hours announcement_is_fresh{1};

// More often than this within that time, and somebody is told.
constexpr int reopenings_borne = 3;
constexpr std::chrono::hours reopenings_within{24};

std::string times(int count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

class WorkFinder {
public:
    WorkFinder(const TicketInTime& subject,
               const SlaPolicy& policy,
               const Staff& staff,
               sys_seconds now)
        : subject_(subject),
          policy_(policy),
          staff_(staff),
          now_(now),
          cycles_(cycles_of(clock_events_of(subject.log), policy.statuses, now)),
          labels_(subject.log),
          is_open_(subject.calendar.is_open(now)) {}

    DueWork find() && {
        if (cycles_.empty()) return {};
        look_at_undelivered();
        if (work_.actions.empty()) look_at_visit();
        if (work_.actions.empty()) look_at_wait();
        if (work_.actions.empty()) look_at_reopenings();
        if (work_.actions.empty()) look_at_closing();
        if (work_.actions.empty()) look_at_missed();
        if (work_.actions.empty() && !subject_.is_led) look_at_ladder();
        if (work_.actions.empty()) look_at_news();
        return std::move(work_);
    }

private:
    const Cycle& current() const { return cycles_.back(); }
    const Ticket& ticket() const { return subject_.ticket; }

    void look_again(const std::string& kind, std::optional<sys_seconds> at) {
        if (at) work_.timers.push_back({kind, *at});
    }

    bool is_time(const std::string& kind, sys_seconds at) {
        if (at > now_) look_again(kind, at);
        return at <= now_;
    }

    /// The same for what sends mail: a gateway that stood still over a day catches up in the
    /// morning, not at night.
    bool is_time_in_hours(const std::string& kind, sys_seconds at) {
        if (!is_time(kind, at)) return false;
        if (!is_open_) look_again(kind, subject_.calendar.next_open(now_));
        return is_open_;
    }

    /// Who has written it believes that it has been read; what the gateway has sent was for
    /// somebody, too. One writer's mails at a time: to whoever hears of several things at once only
    /// the most telling is told.
    void look_at_undelivered() {
        const std::vector<UndeliveredMail> mails = undelivered_mails(subject_.log);
        Notify notify{{}, {}, Occasion::undelivered, {}};
        for (const UndeliveredMail& one : mails) notify.failing.push_back(one.recipient);
        std::optional<std::string> writer;
        bool waits = false;
        for (const UndeliveredMail& one : mails) {
            if (one.is_told || (writer && *writer != one.writer)) continue;
            if (!is_open_ && !is_grave() && !is_hurried(one)) {
                waits = true;
                continue;
            }
            writer = one.writer;
            record_told(one);
            notify.reason += (notify.reason.empty() ? "" : " ") + words_about(one);
        }
        if (writer) {
            if (!writer->empty()) notify.whom = {name_in_actor(*writer)};
            work_.actions.push_back(std::move(notify));
        }
        if (waits) look_again("undelivered", subject_.calendar.next_open(now_));
    }

    /// Told at any hour.
    bool is_grave() const {
        const auto& priorities = policy_.priorities;
        return ticket().restricted ||
               (!priorities.empty() && ticket().priority == priorities.front().id);
    }

    /// Somebody has written it just now, and is still there.
    bool is_hurried(const UndeliveredMail& mail) const {
        return entry_of(mail.kind).writer == MailWriter::person &&
               now_ - mail.at <= announcement_is_fresh;
    }

    void record_told(const UndeliveredMail& mail) {
        work_.actions.push_back(Record{{now_,
                                        Event::undelivered_told,
                                        "gateway",
                                        "mail to " + mail.recipient + " has not arrived",
                                        {{"mail", mail.message_id}, {"to", mail.recipient}}}});
    }

    static std::string words_about(const UndeliveredMail& mail) {
        const std::string why = harmless_line(mail.why);
        return !mail.writer.empty() && entry_of(mail.kind).writer == MailWriter::person
                   ? undelivered_words(mail.recipient, why)
                   : unreached_words(mail.kind, mail.recipient, why);
    }

    /// In the hours of the desk, as other mail; what is grave at any hour, and what has just gone
    /// wrong: whoever has written it is still there.
    void look_at_news() {
        for (PendingNews& one : pending_news(subject_.log)) {
            if (const char* why = why_no_news(one.occasion, ticket().status, policy_.statuses)) {
                work_.actions.push_back(Record{told_event(one, why, now_)});
                continue;
            }
            const bool is_fresh =
                one.occasion == Occasion::undelivered && now_ - one.at <= announcement_is_fresh;
            if (is_open_ || one.is_grave || is_fresh) {
                work_.news.push_back(std::move(one));
            } else {
                waits_for_opening_ = true;
            }
        }
        if (waits_for_opening_) look_again("news", subject_.calendar.next_open(now_));
    }

    void look_at_visit() {
        const auto day = visit_day(subject_.log);
        if (!day || current().mode == ClockMode::stop) return;
        const auto begins = visit_begins(subject_.calendar, *day);
        if (begins && is_time_in_hours("visit", *begins)) {
            hand_back("the day of the visit has come");
        }
    }

    void look_at_wait() {
        const std::optional<Wait> wait = current_wait(cycles_, policy_);
        if (!wait) return;
        const ReminderRule& rule = *reminder_rule(policy_, wait->status);
        if (rule.to == ReminderTo::customer) {
            const auto returned = mail_returned_from(subject_.log, ticket().requester.address);
            if (returned && returned->at >= wait->since) return answer_returned_mail(*returned);
        }
        const ReminderOutlook outlook = reminder_outlook(
            rule, *wait, reminders_sent(subject_.log, *wait), subject_.calendar, now_);
        if (!outlook.due) return look_again("reminder", outlook.next_at);
        const ReminderStep& step = *outlook.due;
        const bool is_fresh =
            step.kind == ReminderKind::announcement && now_ - step.planned <= announcement_is_fresh;
        if (!is_fresh && !is_time_in_hours("reminder", step.planned)) return;
        if (step.kind == ReminderKind::end) return end_wait(rule, step);
        remind(rule, *wait, step);
    }

    /// Nobody waits for an answer to a mail that did not arrive.
    void answer_returned_mail(const ReturnedMail& returned) {
        if (!is_time_in_hours("reminder", returned.at)) return;
        const std::string reason =
            "mail to " + ticket().requester.address + " came back (" + returned.why + ")";
        // One event, one mail: whoever works on it has heard that it came back.
        const bool is_known = std::any_of(
            subject_.log.begin(), subject_.log.end(), [&returned](const TicketEvent& entry) {
                return entry.at >= returned.at && entry.type == Event::news &&
                       value_of(entry, "occasion") == entry_of(Occasion::undelivered).name;
            });
        if (is_known) {
            work_.actions.push_back(SetStatus{status::open, reason});
        } else {
            hand_back(reason);
        }
    }

    void remind(const ReminderRule& rule, const Wait& wait, const ReminderStep& step) {
        const std::string what =
            step.kind == ReminderKind::announcement
                ? "told what is waited for"
                : "reminder " + std::to_string(step.number) + " of " + std::to_string(step.of);
        TicketEvent entry{now_, Event::reminder, "gateway", what, {}};
        entry.values = {{"status", wait.status},
                        {"wait", std::to_string(wait.number)},
                        {"number", std::to_string(step.number)},
                        {"of", std::to_string(step.of)}};
        const auto withhold = [&](const std::string& why) {
            entry.type = MailEvent{MailKind::reminder, MailStep::withheld};
            entry.detail += ": " + why;
            work_.actions.push_back(Record{std::move(entry)});
        };
        if (rule.to == ReminderTo::assignee) {
            const auto recipients = staff_addresses(staff_, ticket(), {"assignee"});
            if (recipients.empty()) return withhold("nobody of the desk is to be told");
            work_.actions.push_back(Record{std::move(entry)});
            work_.actions.push_back(Notify{{}, waits_in_words(step), Occasion::still_waits});
            return;
        }
        if (rule.to == ReminderTo::approver) {
            work_.actions.push_back(Record{std::move(entry)});
            return remind_approver(step);
        }
        if (const auto why = why_not_to_mail(ticket(), subject_.log, staff_)) return withhold(*why);
        work_.actions.push_back(Record{std::move(entry)});
        const MailKind kind = step.kind == ReminderKind::announcement ? MailKind::waiting
                              : step.is_last && step.ends_at          ? MailKind::last_reminder
                                                                      : MailKind::reminder;
        tell(kind, {ticket().requester.address}, values_for(step), step.ends_at);
    }

    /// Whoever can say yes; with the last reminder the desk hears that he does not.
    void remind_approver(const ReminderStep& step) {
        const std::string since = in_words(current().stays.back().from);
        const std::string who = ticket().requester.name.empty()
                                    ? ticket().requester.address
                                    : spoken_name(ticket().requester.name);
        work_.actions.push_back(
            Notify{{approver()},
                   approval_reminder_words(step.number, step.of, harmless_line(who), since),
                   Occasion::approval_wanted});
        if (step.number != step.of) return;
        work_.actions.push_back(Notify{{}, no_approval_words(since), Occasion::still_waits});
    }

    /// As the rule that has held the ticket names him; the team where somebody has set the status.
    std::string approver() const {
        for (auto entry = subject_.log.rbegin(); entry != subject_.log.rend(); ++entry) {
            const std::string_view name = value_of(*entry, "approver");
            if (entry->type == Event::held && !name.empty()) return std::string{name};
        }
        return "team";
    }

    void end_wait(const ReminderRule& rule, const ReminderStep& step) {
        const auto why_not = rule.to == ReminderTo::customer
                                 ? why_not_to_mail(ticket(), subject_.log, staff_)
                                 : std::nullopt;
        if (why_not) return hand_back("no answer, and " + *why_not);
        const std::string reason = step.number == 0
                                       ? std::string{"no answer"}
                                       : "no answer to " + times(step.number, "reminder");
        if (step.then == AfterReminders::hand_back) return hand_back(reason);
        work_.actions.push_back(SetStatus{status::resolved, reason});
        if (rule.to == ReminderTo::customer) {
            TemplateValues values = resolved_values(subject_, policy_, now_);
            values["unanswered"] = "yes";
            if (step.number > 0) values["number"] = std::to_string(step.number);
            const auto until =
                subject_.calendar.add_business_days(now_, policy_.reopen_window_days);
            work_.actions.push_back(tell_requester(MailKind::resolved, std::move(values), subject_,
                                                   staff_, labels_, now_, until));
        }
    }

    /// Back again and again within a day: something is wrong that no technician alone will see.
    void look_at_reopenings() {
        int count = 0;
        for (const TicketEvent& entry : subject_.log) {
            if (entry.at <= now_ - reopenings_within) continue;
            if (entry.type == Event::reopened) ++count;
            if (entry.type == Event::reopened_often_told) return;
        }
        if (count <= reopenings_borne || !is_time_in_hours("reopened", now_)) return;
        const std::string often = times(count, "time") + " within 24 hours";
        work_.actions.push_back(Record{{now_,
                                        Event::reopened_often_told,
                                        "gateway",
                                        "reopened " + often,
                                        {{"number", std::to_string(count)}}}});
        work_.actions.push_back(Notify{{},
                                       "This ticket was resolved and came back " + often +
                                           ". Please look at what goes wrong with it.",
                                       Occasion::reopened_often});
    }

    void look_at_closing() {
        if (current().status != status::resolved || !current().stopped_at) return;
        // Not before a reply could still reopen it, as the requester has been told.
        const int days = std::max(policy_.close_after_days, policy_.reopen_window_days);
        const auto at = subject_.calendar.add_business_days(*current().stopped_at, days);
        if (!at || !is_time("close", *at)) return;
        work_.actions.push_back(
            SetStatus{status::closed, "resolved for " + times(days, "business day")});
    }

    void look_at_ladder() {
        const Targets targets = targets_for(policy_, current(), subject_.plan, subject_.calendar);
        const LadderOutlook outlook = ladder_outlook(policy_, current(), targets, subject_.calendar,
                                                     notices_done(subject_.log), now_);
        const bool has_work = !outlook.due.empty() || !outlook.passed.empty();
        if (has_work && !is_time_in_hours("ladder", now_)) return;
        for (const std::string& key : outlook.passed) {
            TicketEvent entry{now_, Event::notice_passed, "gateway", "a later step has come", {}};
            entry.values = {{"key", key}};
            work_.actions.push_back(Record{std::move(entry)});
        }
        work_.notices = outlook.due;
        if (outlook.next_at) look_again("ladder", outlook.next_at);
    }

    void look_at_missed() {
        MissedPromises missed =
            missed_promises(subject_, policy_, staff_, current(), labels_, now_);
        look_again("missed", missed.next_at);
        if (missed.actions.empty() || !is_time_in_hours("missed", now_)) return;
        work_.actions = std::move(missed.actions);
    }

    void hand_back(const std::string& reason) {
        work_.actions.push_back(SetStatus{status::open, reason});
        work_.actions.push_back(
            Notify{{},
                   handed_back_words(name_of_status(policy_, current().status), reason),
                   Occasion::handed_back});
    }

    std::string waits_in_words(const ReminderStep& step) const {
        std::string words = still_waits_words(name_of_status(policy_, current().status),
                                              in_words(current().stays.back().from),
                                              ticket().restricted ? "" : reason_of_status());
        if (!step.ends_at) return words;
        const char* then =
            step.then == AfterReminders::resolve ? " it counts as resolved." : " it is open again.";
        return words + " If nothing happens by " + in_words(*step.ends_at) + "," + then;
    }

    void tell(MailKind kind,
              const std::vector<std::string>& recipients,
              const TemplateValues& values,
              std::optional<sys_seconds> until = std::nullopt) {
        for (Action& mail : tell_staff(kind, recipients, values, labels_, until)) {
            work_.actions.push_back(std::move(mail));
        }
    }

    TemplateValues values_for(const ReminderStep& step) const {
        TemplateValues values{{"number", std::to_string(step.number)},
                              {"of", std::to_string(step.of)},
                              {"status_name", name_of_status(policy_, current().status)},
                              {"since", in_words(current().stays.back().from)}};
        if (!ticket().restricted) values["reason"] = reason_of_status();
        if (!step.ends_at) return values;
        values["ends_at"] = in_words(*step.ends_at);
        values[step.then == AfterReminders::resolve ? "resolves" : "hands_back"] = "yes";
        return values;
    }

    /// What whoever set the status has said; the gateway's own reasons are not for the customer.
    std::string reason_of_status() const {
        for (auto entry = subject_.log.rbegin(); entry != subject_.log.rend(); ++entry) {
            if (entry->type == Event::status) {
                return entry->actor == "gateway" ? std::string{} : entry->detail;
            }
        }
        return {};
    }

    std::string in_words(sys_seconds instant) const {
        return moment_in_words(subject_.calendar, instant, now_, subject_.style);
    }

    const TicketInTime& subject_;
    const SlaPolicy& policy_;
    const Staff& staff_;
    sys_seconds now_;
    std::vector<Cycle> cycles_;
    MailLabels labels_;
    bool is_open_;
    bool waits_for_opening_ = false;
    DueWork work_ = {};
};

}  // namespace

DueWork due_work(const TicketInTime& subject,
                 const SlaPolicy& policy,
                 const Staff& staff,
                 sys_seconds now) {
    const auto last = last_entry_at(subject.log);
    if (last && *last > now) {
        DueWork waiting;
        waiting.timers.push_back({"clock", *last});
        return waiting;
    }
    return WorkFinder{subject, policy, staff, now}.find();
}

TicketEvent notice_event(const Notice& notice,
                         const std::vector<std::string>& to,
                         const BusinessCalendar& calendar,
                         WordStyle style,
                         sys_seconds now) {
    const std::string addresses = parsers::joined(to, ", ");
    const std::string due =
        notice.due ? moment_in_words(calendar, *notice.due, now, style) : std::string{};
    TicketEvent entry{now, Event::notice, "gateway", {}, {}};
    entry.detail = std::string{to_text(notice.timer)} + " " + notice.step + ", reached " +
                   moment_for_log(calendar, notice.reached) +
                   (notice.by_new_priority ? " by the change of its priority, " : ", ") +
                   (to.empty() ? "nobody of the desk is to be told" : "told " + addresses);
    entry.values = {{"key", notice.key},
                    {"timer", std::string{to_text(notice.timer)}},
                    {"cycle", std::to_string(notice.cycle)},
                    {"to", addresses},
                    {"reached", to_text(notice.reached)},
                    {"occasion", std::string{entry_of(Occasion::late).name}},
                    {"words", notice_sentence(notice, due)}};
    if (notice.is_breach) entry.values.emplace_back("breach", "yes");
    if (notice.due) entry.values.emplace_back("due", to_text(*notice.due));
    if (notice.by_new_priority) entry.values.emplace_back("reason", "priority_change");
    return entry;
}

}  // namespace bellhop::rules
