// The automatic answer to a mail: the template filled in, the header fields that keep it in its
// thread and keep robots from answering it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "parsers/compose/compose.hpp"
#include "parsers/message/message.hpp"
#include "rules/letter/mail_template.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// The subject of a ticket whose mail had none: for the desk's lists. No customer reads it.
inline const std::string no_subject = "(no subject)";

/// One kind of mail that goes out.
struct MailText {
    MailTemplate subject;
    MailTemplate text;
    MailTemplate html;
};

/// What all mails of the desk have in common.
struct Letterhead {
    std::string desk_name = {};
    std::string desk_phone = {};
    std::string tag = {};        ///< of subjects
    std::string time_zone = {};  ///< IANA
    std::string loop_mark = {};
    std::string key = {};          ///< of msg-ids
    std::uint64_t size_limit = 0;  ///< bytes a mail may have
    /// Stands for a subject that the reader may not see, or that there is not: "your request".
    std::string your_request = {};
};

/// Who reads a mail of ours, and so how much it may say.
enum class Reader {
    known_requester,
    stranger,  ///< gets none of the ticket's words back, and a small plain mail: anybody can write
               ///< with any sender
    staff
};

/// What an answer is made of besides.
struct AnswerFacts {
    std::string mailbox_address = {};  ///< From
    std::string recipient = {};
    Reader reader = Reader::known_requester;
    std::string label = {};          ///< of the msg-id: "ack-1"
    std::string received = {};       ///< when the ticket was opened, in words of its hours
    std::string promise = {};        ///< sentences: by when somebody responds; may be empty
    std::string chase = {};          ///< a sentence: what to do if nothing comes by then
    std::string notes = {};          ///< what else is to be said; may be empty
    std::string priority_name = {};  ///< "Major"
    TemplateValues more = {};        ///< what only this kind of mail has; placeholders of the same
                                     ///< names
    std::chrono::sys_seconds now = {};
    /// What a reply of the recipient's to a mail to staff is. No other mail is bound to anybody.
    ReplyMeans reply = ReplyMeans::nothing;
};

/// The msg-ids of a ticket that a later mail about it continues.
struct Conversation {
    std::string last = {};                  ///< that it answers; empty: none
    std::vector<std::string> earlier = {};  ///< oldest first, `last` not among them

    friend bool operator==(const Conversation&, const Conversation&) = default;
};

/// The conversation that an answer to `original` continues.
Conversation conversation_of(const parsers::Message& original);

/// A mail about `ticket` that answers nobody's: a notice to staff. All that a ticket brings them
/// are one conversation. Restricted tickets are named by their number only.
parsers::OutgoingMessage desk_mail(const MailText& text,
                                   const Letterhead& letterhead,
                                   const Ticket& ticket,
                                   const AnswerFacts& facts);

/// The automatic answer to a mail, about `ticket`; `conversation` is that of the mail. The sender's
/// own words appear in the subject only, made harmless (SEC-8): one line of at most 120 characters
/// without control, format or bidi characters.
parsers::OutgoingMessage answer_mail(const MailText& text,
                                     const Letterhead& letterhead,
                                     const Ticket& ticket,
                                     const Conversation& conversation,
                                     const AnswerFacts& facts);

/// A person's own words to the requester. Unlike all others it does not say that a machine has sent
/// it: out-of-office replies to it are welcome.
parsers::OutgoingMessage personal_mail(const MailText& text,
                                       const Letterhead& letterhead,
                                       const Ticket& ticket,
                                       const Conversation& conversation,
                                       const AnswerFacts& facts);

/// A mail about `ticket` to its requester that continues what has been written: a reminder.
parsers::OutgoingMessage later_mail(const MailText& text,
                                    const Letterhead& letterhead,
                                    const Ticket& ticket,
                                    const Conversation& conversation,
                                    const AnswerFacts& facts);

/// The placeholders that a template of an answer may use.
const std::vector<std::string>& answer_placeholders();

constexpr std::size_t longest_subject = 120;  // characters of foreign text in a subject of ours

/// A foreign subject, or another line, as it may stand in a mail of ours: at most `most` characters
/// of it.
std::string harmless_line(std::string_view text, std::size_t most = longest_subject);

}  // namespace bellhop::rules
