#include "rules/sla/ticket_history.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "parsers/header/address.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/calendar/opening_hours.hpp"
#include "rules/ticket/mail_report.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::sys_seconds;

std::optional<int> number_of(const TicketEvent& event, std::string_view name) {
    const std::string_view text = value_of(event, name);
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<ClockEvent> agreed_event(const TicketEvent& event) {
    const auto due = parse_instant(value_of(event, "due"));
    if (!due) return std::nullopt;
    const TimerKind timer = value_of(event, "timer") == to_text(TimerKind::response)
                                ? TimerKind::response
                                : TimerKind::resolution;
    return ClockEvent{event.at, DueAgreed{timer, *due}};
}

std::optional<ClockEvent> clock_event_of(const TicketEvent& event) {
    if (event.type == Event::created) {
        return ClockEvent{event.at, Created{std::string{value_of(event, "priority")},
                                            std::string{value_of(event, "status")}}};
    }
    if (event.type == Event::status) {
        return ClockEvent{event.at, StatusSet{std::string{value_of(event, "to")}}};
    }
    if (event.type == Event::priority) {
        return ClockEvent{event.at, PrioritySet{std::string{value_of(event, "to")}}};
    }
    if (event.type == Event::agent_reply) return ClockEvent{event.at, AgentReplied{}};
    if (event.type == Event::agreed) return agreed_event(event);
    return std::nullopt;
}

bool is_failure(MailWay way) {
    return way == MailWay::refused || way == MailWay::given_up;
}

/// What the log says of a mail that a person has written; nothing for other entries.
std::optional<MailReport> report_of_reply(const TicketEvent& entry) {
    std::optional<MailReport> report = mail_report_of(entry);
    if (!report || entry_of(report->kind).writer != MailWriter::person) return std::nullopt;
    return report;
}

/// Holds what people of the desk have written against what became of it.
class Replies {
public:
    explicit Replies(const std::vector<TicketEvent>& log) : log_(log) {}

    /// For each entry of the log what it means to a clock.
    std::vector<std::optional<ClockEvent>> answered() && {
        for (const TicketEvent& entry : log_) {
            events_.push_back(clock_event_of(entry));
            if (entry.type == Event::agent_reply) {
                answers_[std::string{value_of(entry, "mail")}] = {
                    events_.size() - 1, std::string{value_of(entry, "to")}};
            }
            if (const auto report = report_of_reply(entry)) follow(*report, entry.at);
            if (entry.type == Event::undone) take_back(entry);
        }
        return std::move(events_);
    }

private:
    struct Answer {
        std::size_t index = 0;  // among the events
        std::string to = {};
    };

    void follow(const MailReport& report, sys_seconds at) {
        const auto answer = answers_.find(report.message_id);
        if (answer == answers_.end() || answer->second.to != report.recipient) return;
        std::optional<ClockEvent>& event = events_.at(answer->second.index);
        if (is_failure(report.way) || report.way == MailWay::cancelled) event.reset();
        if (report.way != MailWay::sent || event) return;
        events_.back() = ClockEvent{at, AgentReplied{}};
        answer->second.index = events_.size() - 1;
    }

    /// What somebody has taken back has never been, for the clocks.
    void take_back(const TicketEvent& undone) {
        const std::string_view at = value_of(undone, "at");
        for (std::size_t i = 0; i + 1 < events_.size(); ++i) {
            const TicketEvent& entry = log_[i];
            if (entry.actor == undone.actor && to_text(entry.at) == at) events_[i].reset();
        }
    }

    const std::vector<TicketEvent>& log_;
    std::vector<std::optional<ClockEvent>> events_ = {};
    std::map<std::string, Answer> answers_ = {};  // by msg-id
};

/// Whether `word` is among `list`, whose entries are parted by blanks.
bool lists(std::string_view list, std::string_view word) {
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(' '), list.size());
        if (list.substr(0, end) == word) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

}  // namespace

std::string_view value_of(const TicketEvent& event, std::string_view name) {
    const auto found = std::find_if(event.values.begin(), event.values.end(),
                                    [name](const auto& value) { return value.first == name; });
    return found == event.values.end() ? std::string_view{} : std::string_view{found->second};
}

std::vector<ClockEvent> clock_events_of(const std::vector<TicketEvent>& log) {
    std::vector<ClockEvent> events;
    for (std::optional<ClockEvent>& event : Replies{log}.answered()) {
        if (!event) continue;
        if (!events.empty()) event->at = std::max(event->at, events.back().at);
        events.push_back(*std::move(event));
    }
    return events;
}

std::optional<sys_seconds> last_entry_at(const std::vector<TicketEvent>& log) {
    const auto last = std::max_element(
        log.begin(), log.end(),
        [](const TicketEvent& left, const TicketEvent& right) { return left.at < right.at; });
    return last == log.end() ? std::nullopt : std::optional{last->at};
}

std::set<std::string> notices_done(const std::vector<TicketEvent>& log) {
    std::set<std::string> keys;
    for (const TicketEvent& entry : log) {
        if (entry.type == Event::notice || entry.type == Event::notice_passed) {
            keys.emplace(value_of(entry, "key"));
        }
    }
    return keys;
}

std::vector<SentReminder> reminders_sent(const std::vector<TicketEvent>& log, const Wait& wait) {
    const EventType reminder_withheld{MailEvent{MailKind::reminder, MailStep::withheld}};
    std::vector<SentReminder> sent;
    for (const TicketEvent& entry : log) {
        if (entry.type != Event::reminder && entry.type != reminder_withheld) continue;
        if (value_of(entry, "status") != wait.status) continue;
        if (number_of(entry, "wait") != wait.number) continue;
        if (const auto number = number_of(entry, "number")) sent.push_back({*number, entry.at});
    }
    return sent;
}

std::optional<std::chrono::local_days> visit_day(const std::vector<TicketEvent>& log) {
    const auto latest = std::find_if(log.rbegin(), log.rend(), [](const TicketEvent& entry) {
        return entry.type == Event::status || entry.type == Event::created;
    });
    return latest == log.rend() ? std::nullopt : parse_date(value_of(*latest, "until"));
}

std::optional<ReturnedMail> mail_returned_from(const std::vector<TicketEvent>& log,
                                               std::string_view address) {
    const std::string key = parsers::address_key(address);
    std::optional<ReturnedMail> returned;
    for (const TicketEvent& entry : log) {
        if (entry.type == Event::customer_reply && parsers::address_key(entry.actor) == key) {
            returned.reset();
        } else if (!key.empty() && lists(value_of(entry, "failed"), key)) {
            returned = {entry.at, entry.detail};
        }
    }
    return returned;
}

std::string writer_of_mail(const std::vector<TicketEvent>& log, std::string_view message_id) {
    const auto reply = std::find_if(log.begin(), log.end(), [&](const TicketEvent& entry) {
        return entry.type == Event::agent_reply && value_of(entry, "mail") == message_id;
    });
    return reply == log.end() ? std::string{} : reply->actor;
}

std::vector<UndeliveredMail> undelivered_mails(const std::vector<TicketEvent>& log) {
    std::map<std::string, std::string> writers;  // by msg-id
    std::vector<UndeliveredMail> mails;
    const auto find = [&mails](std::string_view message_id, std::string_view recipient) {
        return std::find_if(mails.begin(), mails.end(), [&](const UndeliveredMail& one) {
            return one.message_id == message_id && one.recipient == recipient;
        });
    };
    for (const TicketEvent& entry : log) {
        if (entry.type == Event::agent_reply) {
            writers[std::string{value_of(entry, "mail")}] = entry.actor;
        } else if (entry.type == Event::undelivered_told) {
            const auto told = find(value_of(entry, "mail"), value_of(entry, "to"));
            if (told != mails.end()) told->is_told = true;
        }
        const std::optional<MailReport> report = mail_report_of(entry);
        if (!report || report->way == MailWay::deferred) continue;
        const auto earlier = find(report->message_id, report->recipient);
        if (earlier != mails.end()) mails.erase(earlier);
        if (!is_failure(report->way)) continue;
        const std::string& writer =
            report->writer.empty() ? writers[report->message_id] : report->writer;
        mails.push_back({entry.at, report->kind, report->message_id, report->recipient,
                         report->words, writer, false});
    }
    return mails;
}

}  // namespace bellhop::rules
