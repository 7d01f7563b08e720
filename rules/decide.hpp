// What the gateway does with a mail: the one place where it is decided.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "parsers/message.hpp"
#include "rules/acknowledgement.hpp"
#include "rules/ruling.hpp"
#include "rules/threading.hpp"
#include "rules/ticket.hpp"

namespace bellhop::rules {

/// How much of the mail was read.
enum class Extent { whole, header_only };

struct MailReceived {
    parsers::Message message = {};
    std::string mailbox = {};          ///< name of the mailbox that it came in by
    std::string mailbox_address = {};  ///< the desk's address behind it
    std::chrono::sys_seconds at = {};  ///< arrival
    Extent extent = Extent::whole;
    std::uint64_t size = 0;  ///< of the mail as it lies on the server
    /// A person has looked at it and let it out of quarantine: no rule puts it back.
    bool is_released = false;
};

/// What is known when the mail is decided on, looked up by the caller.
struct Situation {
    ThreadDecision thread = {};
    std::optional<Ticket> ticket = {};     ///< that `thread.ticket` names
    std::optional<TicketId> bounced = {};  ///< the ticket whose mail a delivery report is about
    std::string bounced_recipient = {};
    std::vector<std::size_t> recent = {};  ///< automatic mails to the sender, one number a limit
    std::string school = {};               ///< of the sender; empty: unknown
    Ruling ruling = {};                    ///< what the rules say of the mail
};

struct MailPolicy {
    std::string tag = {};  ///< of subjects
    AnswerPolicy answers = {};
    std::string key = {};  ///< of our msg-ids' tokens
};

// Actions. All act on one ticket: the one that OpenTicket opens or AppendTo names, first in the
// list.

struct OpenTicket {
    Ticket ticket = {};
    friend bool operator==(const OpenTicket&, const OpenTicket&) = default;
};
struct AppendTo {
    TicketId ticket = {};
    friend bool operator==(const AppendTo&, const AppendTo&) = default;
};
struct SetStatus {
    std::string to = {};
    std::string reason = {};
    friend bool operator==(const SetStatus&, const SetStatus&) = default;
};
/// A resolved ticket comes back: status open, the next cycle.
struct Reopen {
    std::string reason = {};
    friend bool operator==(const Reopen&, const Reopen&) = default;
};
enum class TicketField { priority, team, assignee, category };
/// "priority", "team", ...: the type of the event that tells of the change.
std::string name_of(TicketField field);

/// Changes one field of the ticket, and says who did it and why.
struct SetField {
    TicketField field = TicketField::priority;
    std::string to = {};
    std::string actor = {};
    std::string reason = {};
    friend bool operator==(const SetField&, const SetField&) = default;
};
struct AddTags {
    std::vector<std::string> tags = {};
    friend bool operator==(const AddTags&, const AddTags&) = default;
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
/// An entry of the ticket's log; its instant is that of the mail.
struct Record {
    TicketEvent event = {};
    friend bool operator==(const Record&, const Record&) = default;
};
enum class MailKind { acknowledgement, oversize };
struct SendMail {
    MailKind kind = MailKind::acknowledgement;
    std::string recipient = {};
    std::string text = {};                ///< the template; empty: the usual one of its kind
    std::vector<std::string> notes = {};  ///< what the rules want to be said in it
    friend bool operator==(const SendMail&, const SendMail&) = default;
};
/// Tells people of the desk about the ticket: teams, technicians, or addresses.
struct Notify {
    std::vector<std::string> whom = {};
    std::string reason = {};
    friend bool operator==(const Notify&, const Notify&) = default;
};
/// The mail makes no ticket and joins none; stands alone.
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
                            AddTags,
                            Restrict,
                            LinkTo,
                            Record,
                            SendMail,
                            Notify,
                            Ignore,
                            Quarantine>;
using Actions = std::vector<Action>;

/// Where a mail goes, whatever the rules make of it.
enum class Way {
    drop,    ///< our own mail come back
    bounce,  ///< a delivery report about a mail of ours: onto its ticket
    append,  ///< a follow-up
    open     ///< a new ticket
};

/// Known before the rules are asked: they may look at it. Pure.
Way way_of(const MailReceived& mail, const Situation& situation, const MailPolicy& policy);

/// Decides on a mail. Pure: the same mail, situation and policy give the same actions.
Actions decide(const MailReceived& mail, const Situation& situation, const MailPolicy& policy);

}  // namespace bellhop::rules
