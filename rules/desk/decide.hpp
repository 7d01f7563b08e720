// What the gateway does with a mail: the one place where it is decided.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/mail/acknowledgement.hpp"
#include "rules/mail/bounce.hpp"
#include "rules/mail/budget.hpp"
#include "rules/mail/parties.hpp"
#include "rules/people/staff.hpp"
#include "rules/proof/standing.hpp"
#include "rules/rule/ruling.hpp"
#include "rules/ticket/action.hpp"
#include "rules/ticket/cycle.hpp"
#include "rules/ticket/own_message_id.hpp"
#include "rules/ticket/threading.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// How much of the mail was read.
enum class Extent { whole, header_only };

struct MailReceived {
    parsers::Message message = {};
    std::string mailbox = {};          ///< name of the mailbox that it came in by
    std::string mailbox_address = {};  ///< the desk's address behind it
    std::chrono::sys_seconds at = {};  ///< arrival
    /// When its server took it, which may be long before: what is too many at once goes by it.
    std::optional<std::chrono::sys_seconds> sent_at = {};
    Extent extent = Extent::whole;
    std::uint64_t size = 0;  ///< of the mail as it lies on the server
    /// A person has looked at it and let it out of quarantine: no rule puts it back.
    bool is_released = false;
    /// It lies in the folder in which the mailbox keeps what was sent from it.
    bool was_sent_from_here = false;
    Authorship author = {};  ///< what is proved of its author
};

/// A mail that came in the name of somebody of the desk and proved nothing.
struct UnprovedMail {
    MailReceived mail = {};
    MessageId row = {};       ///< of the stored message
    bool is_settled = false;  ///< it has been confirmed or disowned
    bool has_opened = false;  ///< it has opened the ticket that it lies with
};

constexpr std::size_t most_asked = 10;  ///< times a day that one person is asked "was that you?"

/// Somebody of the desk, as the From of a mail names him: anybody can write that there.
struct DeskWriter {
    std::string name = {};  ///< in which he speaks for the desk (name_at_desk()); empty: it names
                            ///< an address of the desk itself, or of somebody outside who was
                            ///< sent a mail to the desk's people
    std::string address = {};  ///< where the desk knows that he reads; empty: nowhere
    /// That he was sent a mail of ours about this ticket, or about none.
    std::optional<Proof> proof = {};
    /// The mail that `proof` asks about: "was that you?"
    std::optional<UnprovedMail> asked_about = {};
    std::size_t asked = 0;  ///< how often he was asked so within a day
};

/// What is known when the mail is decided on, looked up by the caller.
struct Situation {
    ThreadDecision thread = {};
    std::optional<Ticket> ticket = {};        ///< that `thread.ticket` names
    std::optional<BouncedMail> bounced = {};  ///< the mail of ours that a report is about
    /// Who asks in the mail, and who takes part. If absent, the sender is the only party.
    std::optional<Parties> parties = {};
    /// Whether the desk knows whoever asks, and believes that it is him.
    Familiarity familiarity = Familiarity::known;
    Spent answers = {};  ///< automatic mails of late: AnswerPolicy::budget
    Spent tickets = {};  ///< tickets opened of late: MailPolicy::tickets
    std::optional<Ticket> flood =
        {};                   ///< the ticket that collects what is too many, if one is open
    std::string school = {};  ///< of whoever asks; empty: unknown
    std::optional<DeskWriter> desk_writer = {};
    /// Until when a reply reopens `ticket`, which is resolved; nothing: at any time.
    std::optional<std::chrono::sys_seconds> reopens_until = {};
    Ruling ruling = {};              ///< what the rules say of the mail
    std::string other_gateway = {};  ///< see rules/mail/other_gateway; nothing is decided by it
    /// It came before the database was restored from a backup: what has become of it then is lost.
    bool may_have_been_answered = false;
};

struct MailPolicy {
    std::string tag = {};  ///< of subjects
    AnswerPolicy answers = {};
    Budget tickets = {};          ///< of tickets that mails open
    std::string flood_team = {};  ///< who looks through what was collected
    Staff staff = {};             ///< who is of the desk
    TokenKeys keys = {};          ///< of our msg-ids' tokens
    StatusRules statuses = shipped_statuses();
};

/// Where a mail goes, whatever the rules make of it.
enum class Way {
    drop,    ///< our own mail come back, or a program's answer to what is about no ticket
    bounce,  ///< a delivery report about a mail of ours: onto its ticket, where it has one
    append,  ///< a follow-up
    desk,    ///< by somebody of the desk about a ticket that is there: rules/desk/desk_mail decides
    sent,    ///< from the mailbox, by whoever may write from it: rules/desk/sent_mail
    open     ///< a new ticket
};

/// Known before the rules are asked: they may look at it. Pure.
Way way_of(const MailReceived& mail, const Situation& situation, const MailPolicy& policy);

/// The limit of MailPolicy::tickets that a mail meets which would open a ticket; nothing where it
/// may, and where a person has looked at the mail. Pure.
std::optional<Exhausted> flood_limit(const MailReceived& mail,
                                     const Situation& situation,
                                     const MailPolicy& policy);

/// Decides on a mail. Pure: the same mail, situation and policy give the same actions.
/// Precondition: its way is neither `desk` nor `sent`.
Actions decide(const MailReceived& mail, const Situation& situation, const MailPolicy& policy);

}  // namespace bellhop::rules
