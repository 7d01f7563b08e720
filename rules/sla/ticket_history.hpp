// What a ticket's log says to computations: its clocks, the mails that have gone out, what is known
// about the requester's address.
//
// The log is the truth: nothing here is stored anywhere else. Its values are named in the table of
// rules/ticket/event_type.cpp; whoever records an event gives them so. `failed` is looked at in
// every entry: a server may refuse a mail at once, or report it later.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rules/sla/reminder.hpp"
#include "rules/ticket/cycle.hpp"
#include "rules/ticket/mail_kind.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// The value of that name; empty where the event has none.
std::string_view value_of(const TicketEvent& event, std::string_view name);

/// The log as the clocks read it, in the order recorded. A reply that did not reach the requester,
/// refused or given up or cancelled, has answered nobody; one that is sent at last answers then. An
/// instant before that of an earlier entry counts as that one: a mail that lay in the mailbox while
/// the desk set a status came to a desk that did not know of it. Entries that no clock cares for
/// are left out; a customer's reply is among them, since the log says itself which status it led
/// to.
std::vector<ClockEvent> clock_events_of(const std::vector<TicketEvent>& log);

/// The latest instant of an entry; nothing for an empty log. Where it lies ahead of the clock, the
/// clock has been set back.
std::optional<std::chrono::sys_seconds> last_entry_at(const std::vector<TicketEvent>& log);

/// Keys of the ladder's notices that are sent, or overtaken.
std::set<std::string> notices_done(const std::vector<TicketEvent>& log);

/// The mails of a wait that have gone out, or been withheld for a reason that the log tells.
std::vector<SentReminder> reminders_sent(const std::vector<TicketEvent>& log, const Wait& wait);

/// The day of the visit that the ticket's status waits for: `until` of the latest status entry.
std::optional<std::chrono::local_days> visit_day(const std::vector<TicketEvent>& log);

/// Mail to an address that came back for good.
struct ReturnedMail {
    std::chrono::sys_seconds at = {};
    std::string why = {};  ///< one line

    friend bool operator==(const ReturnedMail&, const ReturnedMail&) = default;
};

/// The last time that mail to `address` came back for good, unless somebody has written from there
/// since.
std::optional<ReturnedMail> mail_returned_from(const std::vector<TicketEvent>& log,
                                               std::string_view address);

/// The actor of the reply that has this msg-id; empty where the log names none.
std::string writer_of_mail(const std::vector<TicketEvent>& log, std::string_view message_id);

/// A mail of ours that one of its recipients has not got.
struct UndeliveredMail {
    std::chrono::sys_seconds at = {};  ///< when that became clear
    MailKind kind = MailKind::reply;
    std::string message_id = {};
    std::string recipient = {};
    std::string why = {};     ///< the server's words
    std::string writer = {};  ///< the actor of a person's mail, "agent NAME"; empty: unknown
    bool is_told = false;     ///< the log says that somebody has been told

    friend bool operator==(const UndeliveredMail&, const UndeliveredMail&) = default;
};

/// Those of every kind that were refused for good, were given up or came back, and have not been
/// sent or cancelled since.
std::vector<UndeliveredMail> undelivered_mails(const std::vector<TicketEvent>& log);

}  // namespace bellhop::rules
