// What may stand in a ticket's log, in one table: the name of each type, the values that an entry
// of it carries, and what asks for it.
//
// The names are in databases and in the output of commands: they may be added to, not changed. What
// becomes of a mail of ours makes types of its own, from the mail's kind and the step: "reminder"
// (queued), "reminder_sent", "reminder_failed".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/ticket/mail_kind.hpp"

namespace bellhop::rules {

enum class Event {
    created,
    status,
    priority,
    team,
    assignee,
    category,
    participant,
    tag,
    restricted,
    linked,
    reopened,
    note,
    agent_reply,
    staff_mail,
    not_proved,     ///< a mail in the name of somebody of the desk
    confirmed,      ///< he has said that it was his
    disowned,       ///< he has said that it was not
    token_exposed,  ///< others have read a mail that proves something of its reader
    ordered,        ///< by mail; the entries behind it say what was done
    not_done,       ///< what somebody of the desk wanted, and why
    customer_reply,
    thanks,
    survey,
    automatic_mail,
    bounce,
    oversize,  ///< of a mail of which the header was read only
    duplicate,
    collected,  ///< a mail that opened no ticket of its own, because too many did
    thread_evidence,
    rules,  ///< what rules.toml made of a mail
    held,
    promised,
    agreed,
    reminder,
    notice,
    notice_passed,
    reopened_often_told,
    withdrawn,
    missed_told,       ///< that a promise was not kept
    undelivered_told,  ///< that a person's mail has not arrived
    notify_failed,
    merged,           ///< into another, or another into this one
    requester,        ///< the ticket is somebody else's
    undone,           ///< what somebody ordered last
    answers_crossed,  ///< two people have answered within minutes
    news,             ///< something that people of the desk are to be told
    told              ///< that one of them has been told it
};

/// What an entry is about: `explain` sorts by it.
enum class EventTopic { ticket, threading, rules, answer };

/// Whether a mail that was sent may have been sent because of it: replay names the last one.
enum class EventCause { no, yes };

struct EventEntry {
    std::string_view name = {};
    std::string_view values = {};  ///< names of TicketEvent::values, parted by blanks
    EventTopic topic = EventTopic::ticket;
    EventCause causes_mail = EventCause::no;
};

EventEntry entry_of(Event event);

/// All of them, in the order of the enumeration.
const std::vector<Event>& events();

/// What becomes of a mail that was decided on.
enum class MailStep { queued, sent, deferred, failed, cancelled, withheld };

const std::vector<MailStep>& mail_steps();

struct MailEvent {
    MailKind kind = MailKind::acknowledgement;
    MailStep step = MailStep::queued;
    friend bool operator==(const MailEvent&, const MailEvent&) = default;
};

/// The type of a log entry. Made from the table or read from a database: no other word can become
/// one.
class EventType {
public:
    EventType() = default;
    EventType(Event event);      // implicit: an entry is written {at, Event::status, ...}
    EventType(MailEvent event);  // likewise

    /// What a database holds, perhaps written by another version.
    static EventType stored(std::string text);

    /// "customer_reply", "reminder_sent"
    const std::string& text() const { return text_; }

    friend bool operator==(const EventType&, const EventType&) = default;

private:
    std::string text_ = {};
};

/// The entry of the table; nothing for a step of a mail, and for what another version wrote.
std::optional<Event> event_of(const EventType& type);

/// The kind and the step; nothing for what is no step of a mail.
std::optional<MailEvent> mail_event_of(const EventType& type);

/// What the entry is about: of a mail's steps the acknowledgement's are about the answer.
EventTopic topic_of(const EventType& type);

}  // namespace bellhop::rules
