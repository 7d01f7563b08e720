// What the gateway does with a mail: the one place where it is decided.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "parsers/message.hpp"
#include "rules/acknowledgement.hpp"
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
};

/// What is known when the mail is decided on, looked up by the caller.
struct Situation {
    ThreadDecision thread = {};
    std::optional<Ticket> ticket = {};     ///< that `thread.ticket` names
    std::optional<TicketId> bounced = {};  ///< the ticket whose mail a delivery report is about
    std::string bounced_recipient = {};
    std::vector<std::size_t> recent = {};  ///< automatic mails to the sender, one number a limit
};

struct MailPolicy {
    std::string default_priority = {};
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
    friend bool operator==(const SendMail&, const SendMail&) = default;
};
/// The mail makes no ticket and joins none; stands alone.
struct Ignore {
    std::string reason = {};
    friend bool operator==(const Ignore&, const Ignore&) = default;
};

using Action =
    std::variant<OpenTicket, AppendTo, SetStatus, Reopen, LinkTo, Record, SendMail, Ignore>;
using Actions = std::vector<Action>;

/// Decides on a mail. Pure: the same mail, situation and policy give the same actions.
Actions decide(const MailReceived& mail, const Situation& situation, const MailPolicy& policy);

}  // namespace bellhop::rules
