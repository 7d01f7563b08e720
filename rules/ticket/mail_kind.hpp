// The kinds of mail that the gateway sends, in one table: what a kind is called, who reads it, and
// when it is taken back.
//
// A kind's words stand in templates/NAME.txt, unless it shares those of another; what values they
// may have besides those of every mail stands in rules/mail/answer_mail.cpp. HACKING says how to
// add one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::rules {

enum class MailKind {
    acknowledgement,
    oversize,
    waiting,         ///< what is waited for
    reminder,        ///< numbered
    last_reminder,   ///< says what will happen
    visit,           ///< the day on which somebody comes
    agreed,          ///< the instant agreed
    resolved,        ///< with the survey, and how to come back
    reply,           ///< a person's own words
    done,            ///< what somebody of the desk has ordered by mail is done
    returned,        ///< his mail has reached nobody, or nothing was done
    confirm,         ///< a mail came in his name that proves nothing: was it his?
    staff_reminder,  ///< a ticket still waits
    handed_back,     ///< a ticket is theirs again
    notice,          ///< a step of the ladder
    reopened_often,  ///< a ticket comes back again and again
    undelivered,     ///< what a person has written has not arrived
    notify,          ///< a rule wants them to know
    digest,          ///< many notices at once
    trouble,         ///< something is wrong with the gateway itself
    approval,        ///< somebody's request waits for their yes
    approved,        ///< it has it
    refused,         ///< it has not
    missed           ///< what was promised was not kept
};

enum class MailReader { requester, staff };

/// A program's mail is marked as such (RFC 3834), and not answered by one.
enum class MailWriter { gateway, person };

/// What a reply to a mail is, from the person of the desk who was sent it. Its msg-id proves that
/// he was (own_message_id.hpp).
enum class ReplyMeans {
    nothing,      ///< it proves nothing: a requester reads the mail
    answer,       ///< goes to the requester
    note,         ///< stays with the ticket
    approval,     ///< yes or no to what waits for it
    confirmation  ///< yes or no to "was that you?"
};

/// When a mail that has not gone out yet is taken back.
enum class Withdrawal {
    never,
    with_status  ///< it tells of the ticket's status; taken back as soon as that is another
};

struct MailKindEntry {
    std::string_view name = {};   ///< of the template, of outbox rows, in the types of log entries
    std::string_view label = {};  ///< begins the part of the msg-id that tells mails apart
    MailReader reader = MailReader::requester;
    MailWriter writer = MailWriter::gateway;
    Withdrawal withdrawal = Withdrawal::never;
    ReplyMeans reply =
        ReplyMeans::nothing;     ///< of a mail to staff, unless whoever sends it says so
    std::string_view text = {};  ///< the template of its words; empty: the one of its own name
};

MailKindEntry entry_of(MailKind kind);

/// "last_reminder"
std::string name_of(MailKind kind);

/// The template that holds its words: "notify" for all that tells the desk of one ticket.
std::string text_of(MailKind kind);

/// Nothing for a word that is the name of no kind, as in a database of a newer version.
std::optional<MailKind> mail_kind_of(std::string_view name);

/// All kinds, in the order of the enumeration.
const std::vector<MailKind>& mail_kinds();

}  // namespace bellhop::rules
