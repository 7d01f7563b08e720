// What is to be done with a ticket, as decided: the words between rules/ and whoever carries it
// out.
//
// Emitted by the three decisions of rules/desk, on a mail (OpenTicket and AppendTo come first,
// Ignore and Quarantine stand alone), on an instant and on an order (neither of these four).
// Carried out by daemon/work/filing in one transaction, in order.
//
// All actions of a list act on one ticket: the one that OpenTicket opens or AppendTo names, first
// in the list, or the one that the caller speaks of.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "rules/letter/mail_template.hpp"
#include "rules/ticket/mail_kind.hpp"
#include "rules/ticket/mail_report.hpp"
#include "rules/ticket/occasion.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

struct OpenTicket {
    Ticket ticket = {};
    friend bool operator==(const OpenTicket&, const OpenTicket&) = default;
};
struct AppendTo {
    TicketId ticket = {};
    bool is_proved = true;  ///< false: it only says that somebody of the desk has written it
    friend bool operator==(const AppendTo&, const AppendTo&) = default;
};
struct SetStatus {
    std::string to = {};
    std::string reason = {};
    std::string actor = "gateway";
    std::string until = {};  ///< "2026-11-02": the day that a visit waits for
    friend bool operator==(const SetStatus&, const SetStatus&) = default;
};
/// A resolved ticket comes back: the next cycle begins.
struct Reopen {
    std::string reason = {};
    std::string actor = "gateway";
    std::string to = status::open;
    friend bool operator==(const Reopen&, const Reopen&) = default;
};
enum class TicketField { priority, team, assignee, category };
/// The type of the entry that tells of a change.
Event event_of(TicketField field);

/// Changes one field of the ticket, and says who did it and why.
struct SetField {
    TicketField field = TicketField::priority;
    std::string to = {};
    std::string actor = {};
    std::string reason = {};
    friend bool operator==(const SetField&, const SetField&) = default;
};
/// Somebody takes part in the ticket from now on, or no more.
struct SetParticipant {
    std::string address = {};
    bool takes_part = true;
    std::string actor = {};
    friend bool operator==(const SetParticipant&, const SetParticipant&) = default;
};
struct AddTags {
    std::vector<std::string> tags = {};
    std::string actor = "gateway";
    friend bool operator==(const AddTags&, const AddTags&) = default;
};
struct RemoveTag {
    std::string tag = {};
    std::string actor = {};
    friend bool operator==(const RemoveTag&, const RemoveTag&) = default;
};
/// The ticket is somebody else's, at that school. He takes part; `leaves` takes part no more.
struct SetRequester {
    parsers::Address requester = {};
    std::string school = {};
    std::string leaves = {};  ///< an address; empty: nobody
    std::string actor = {};
    std::optional<ProofLevel> proof = {};  ///< of his mail; nothing: whoever orders it vouches
    friend bool operator==(const SetRequester&, const SetRequester&) = default;
};
/// The ticket is a part of another one from now on: its mails and whoever takes part move there.
struct MergeInto {
    TicketId other = {};
    std::string actor = {};
    friend bool operator==(const MergeInto&, const MergeInto&) = default;
};
/// Mails of the ticket that no server has seen do not go out.
struct TakeBackMails {
    std::vector<std::string> message_ids = {};
    std::string actor = {};
    std::string reason = {};
    friend bool operator==(const TakeBackMails&, const TakeBackMails&) = default;
};
/// Safeguarding: from now on the ticket's text stays out of notifications, logs and search results.
struct Restrict {
    std::string reason = {};
    friend bool operator==(const Restrict&, const Restrict&) = default;
};
struct LinkTo {
    TicketId other = {};
    std::string kind = {};
    friend bool operator==(const LinkTo&, const LinkTo&) = default;
};
/// An entry of the ticket's log, or of another one's.
struct Record {
    TicketEvent event = {};
    std::optional<TicketId> other = {};
    friend bool operator==(const Record&, const Record&) = default;
};
struct SendMail {
    MailKind kind = MailKind::acknowledgement;
    std::string recipient = {};
    std::string text = {};                ///< the template; empty: the usual one of its kind
    std::vector<std::string> notes = {};  ///< what the rules want to be said in it
    /// Goes into the msg-id, and must be unique within the ticket. May be empty for a kind of which
    /// a ticket gets one mail only. One that ends in "-" is completed by the row of the mail that
    /// is being filed.
    std::string label = {};
    TemplateValues values = {};  ///< for the placeholders that every mail of this kind has besides
    /// It speaks of something yet to come: where it is not sent by then, it is withdrawn.
    std::optional<std::chrono::sys_seconds> until = {};
    std::optional<ReplyMeans> reply =
        {};                               ///< what a reply to it is, where not as usual of its kind
    std::optional<MessageId> shown = {};  ///< of the ticket: its pictures stand in the mail
    friend bool operator==(const SendMail&, const SendMail&) = default;
};
/// A file that goes out with a person's words.
struct AttachedFile {
    std::string name = {};  ///< one line
    std::string bytes = {};
    friend bool operator==(const AttachedFile&, const AttachedFile&) = default;
};
/// A person's own words to the requester: kept with the ticket, and sent.
struct SendReply {
    std::string text = {};
    std::string actor = {};
    TemplateValues values = {};            ///< for further placeholders
    std::vector<std::string> copies = {};  ///< addresses that get it as well
    std::vector<AttachedFile> files = {};
    friend bool operator==(const SendReply&, const SendReply&) = default;
};
/// Words among the people of the desk: kept with the ticket, sent to nobody.
struct AddNote {
    std::string text = {};
    std::string actor = {};
    friend bool operator==(const AddNote&, const AddNote&) = default;
};
/// Tells people of the desk about the ticket: teams, technicians, or addresses; nobody named: whom
/// the table [tell] names for the occasion. The decision itself is rules/desk/tell.
struct Notify {
    std::vector<std::string> whom = {};
    std::string reason = {};
    Occasion occasion = Occasion::notified;
    /// Addresses that do not get what is sent to them: whoever comes next is told instead.
    std::vector<std::string> failing = {};
    friend bool operator==(const Notify&, const Notify&) = default;
};
/// A mail of ours that counted as sent has not arrived. Nothing happens where it counts so already.
struct MailCameBack {
    MailReport report = {};  ///< `refused` or `given_up`
    friend bool operator==(const MailCameBack&, const MailCameBack&) = default;
};
/// The mail makes no ticket and joins none. Beside it stands only what needs no ticket:
/// MailCameBack.
struct Ignore {
    std::string reason = {};
    friend bool operator==(const Ignore&, const Ignore&) = default;
};
/// The mail waits until a person has looked at it; stands alone.
struct Quarantine {
    std::string reason = {};
    friend bool operator==(const Quarantine&, const Quarantine&) = default;
};

using Action = std::variant<OpenTicket,
                            AppendTo,
                            SetStatus,
                            Reopen,
                            SetField,
                            SetParticipant,
                            AddTags,
                            RemoveTag,
                            SetRequester,
                            MergeInto,
                            TakeBackMails,
                            Restrict,
                            LinkTo,
                            Record,
                            SendMail,
                            SendReply,
                            AddNote,
                            Notify,
                            MailCameBack,
                            Ignore,
                            Quarantine>;
using Actions = std::vector<Action>;

/// Puts `more` behind `actions`.
void append(Actions more, Actions& actions);

}  // namespace bellhop::rules
