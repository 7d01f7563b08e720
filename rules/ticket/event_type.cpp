#include "rules/ticket/event_type.hpp"

#include <algorithm>
#include <utility>

#include "parsers/text/ensure.hpp"

namespace bellhop::rules {
namespace {

/// Of a mail that is queued the kind alone is the type; its value is message_id. Of one that failed
/// for good the value is failed: the address. Of one that a budget keeps back: budget.
std::string_view suffix_of(MailStep step) {
    switch (step) {
        case MailStep::queued:
            return "";
        case MailStep::sent:
            return "_sent";
        case MailStep::deferred:
            return "_deferred";
        case MailStep::failed:
            return "_failed";
        case MailStep::cancelled:
            return "_cancelled";
        case MailStep::withheld:
            return "_withheld";
    }
    never_reached();
}

}  // namespace

// A switch rather than an array: the compiler finds a type that has no entry.
EventEntry entry_of(Event event) {
    using enum EventTopic;
    constexpr EventCause cause = EventCause::yes;
    switch (event) {
        case Event::created:
            return {"created", "priority status", ticket, cause};
        case Event::status:
            return {"status", "from to until", ticket, cause};  // until: a date
        case Event::priority:
            return {"priority", "from to"};
        case Event::team:
            return {"team", "from to"};
        case Event::assignee:
            return {"assignee", "from to"};
        case Event::category:
            return {"category", "from to"};
        case Event::participant:
            return {"participant", "added removed"};
        case Event::tag:
            return {"tag", "added removed"};
        case Event::restricted:
            return {"restricted"};
        case Event::linked:
            return {"linked", "", threading};
        case Event::reopened:
            return {"reopened", "", ticket, cause};
        case Event::note:
            return {"note"};
        case Event::agent_reply:
            return {"agent_reply", "mail to", ticket, cause};
        case Event::staff_mail:
            return {"staff_mail"};
        case Event::not_proved:
            return {"not_proved", "", threading, cause};
        case Event::confirmed:
            return {"confirmed", "message", threading};  // the row of the mail, as below
        case Event::disowned:
            return {"disowned", "message", threading};
        case Event::token_exposed:
            return {"token_exposed", "mails", threading};  // msg-ids, parted by blanks
        case Event::ordered:
            return {"ordered", "", ticket, cause};
        case Event::not_done:
            return {"not_done", "", ticket, cause};
        case Event::customer_reply:
            return {"customer_reply"};
        case Event::thanks:
            return {"thanks"};
        case Event::survey:
            return {"survey", "rating"};
        case Event::automatic_mail:
            return {"automatic_mail"};
        case Event::bounce:
            // about: a msg-id; named: addresses, parted by blanks; failed: the same of those that
            // failed for good, as reports were written down before 1.0
            return {"bounce", "about named failed"};
        case Event::oversize:
            return {"oversize", "", answer};
        case Event::duplicate:
            return {"duplicate", "", threading};
        case Event::collected:
            return {"collected", "budget", threading};
        case Event::thread_evidence:
            return {"thread_evidence", "", threading};
        case Event::rules:
            return {"rules",
                    "rules matched surge proposed priority team assignee category handling",
                    EventTopic::rules, cause};
        case Event::held:
            return {"held", "approver"};
        case Event::promised:
            return {"promised"};
        case Event::agreed:
            return {"agreed", "timer due", ticket, cause};  // due: RFC 3339
        case Event::reminder:
            return {"reminder", "status wait number of", ticket, cause};
        case Event::notice:
            return {"notice", "key timer cycle to reached due reason occasion words breach", ticket,
                    cause};
        case Event::notice_passed:
            return {"notice_passed", "key"};
        case Event::reopened_often_told:
            return {"reopened_often_told", "number"};
        case Event::missed_told:
            return {"missed_told", "key", ticket, cause};
        case Event::withdrawn:
            return {"withdrawn", "mail kind way to words"};
        case Event::undelivered_told:
            return {"undelivered_told", "mail to"};
        case Event::notify_failed:
            return {"notify_failed"};
        case Event::merged:
            return {"merged", "into from", threading};  // numbers of tickets
        case Event::requester:
            return {"requester", "from to name_before school_before proof_before"};
        case Event::undone:
            return {"undone", "at"};  // of the entries that were taken back: RFC 3339
        case Event::answers_crossed:
            return {"answers_crossed"};
        case Event::news:
            return {"news", "key occasion to words grave message", ticket, cause};
        case Event::told:
            return {"told", "key to"};
    }
    return {};  // of what is no type: ends the list below
}

const std::vector<Event>& events() {
    static const std::vector<Event> all = [] {
        std::vector<Event> list;
        for (int i = 0; !entry_of(Event{i}).name.empty(); ++i) list.push_back(Event{i});
        return list;
    }();
    return all;
}

const std::vector<MailStep>& mail_steps() {
    using enum MailStep;
    static const std::vector<MailStep> all{queued, sent, deferred, failed, cancelled, withheld};
    return all;
}

EventType::EventType(Event event) : text_(entry_of(event).name) {}

EventType::EventType(MailEvent event) : text_(name_of(event.kind)) {
    text_ += suffix_of(event.step);
}

EventType EventType::stored(std::string text) {
    EventType type;
    type.text_ = std::move(text);
    return type;
}

std::optional<Event> event_of(const EventType& type) {
    const auto found = std::find_if(events().begin(), events().end(), [&type](Event event) {
        return entry_of(event).name == type.text();
    });
    return found == events().end() ? std::nullopt : std::optional{*found};
}

std::optional<MailEvent> mail_event_of(const EventType& type) {
    for (const MailKind kind : mail_kinds()) {
        if (!type.text().starts_with(entry_of(kind).name)) continue;
        for (const MailStep step : mail_steps()) {
            if (const MailEvent event{kind, step}; EventType{event} == type) return event;
        }
    }
    return std::nullopt;
}

EventTopic topic_of(const EventType& type) {
    if (const auto event = event_of(type)) return entry_of(*event).topic;
    const auto mail = mail_event_of(type);
    const bool is_answer =
        mail && (mail->kind == MailKind::acknowledgement || mail->kind == MailKind::oversize);
    return is_answer ? EventTopic::answer : EventTopic::ticket;
}

}  // namespace bellhop::rules
