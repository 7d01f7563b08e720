// What the rules look at: one mail and what is known about it, as values.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/proof/standing.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// Whether a mail opens a ticket or belongs to one.
enum class Arrival { new_ticket, follow_up };

/// A ticket of the last hour or so, for telling a surge from single mails.
struct RecentTicket {
    TicketId ticket = {};
    std::chrono::sys_seconds at = {};
    std::string requester = {};  ///< an address in any spelling
    std::string school = {};
    std::optional<TicketId> parent = {};
    /// Rules with a surge whose other conditions the ticket's first mail met:
    /// Decision::surge_rules.
    std::vector<std::string> surge_rules = {};
};

/// What the caller knows of a mail that does not stand in it.
struct MailContext {
    std::string mailbox = {};  ///< the configured name
    std::string school = {};   ///< empty: unknown
    std::string plan = {};     ///< the school's service plan; empty: none
    /// "staff", "nominated contact", "slt", "technician", "parent", "pupil", "monitoring"; a person
    /// may be in several; "unknown" alone for a stranger.
    std::vector<std::string> groups = {};
    /// Whether the desk has said who its people are: only then is "unknown" worth anything.
    bool knows_people = false;
    ProofLevel proof = ProofLevel::unknown;  ///< of the sender
    /// Whether he may count as himself; else `groups` is "unknown" alone.
    Standing standing = Standing::himself;
    Arrival arrival = Arrival::new_ticket;
    std::optional<Ticket> ticket = {};  ///< that a follow-up belongs to, as it is before the mail
    bool open = true;                   ///< whether the desk is open
    std::vector<std::string> layers = {};   ///< of the calendar, in force today: "term", "exam day"
    std::chrono::year_month_day date = {};  ///< today, where the desk is
    std::chrono::sys_seconds at = {};       ///< arrival
    std::vector<RecentTicket> recent = {};

    /// For a mail of which only that is known: a mailbox that can prove senders says so.
    void set_proof(ProofLevel level);
    /// Whether the desk does not know the sender, or does not believe that it is him.
    bool is_from_stranger() const;
};

struct AttachmentFacts {
    std::string name = {};
    std::string type = {};  ///< media type, lower case

    friend bool operator==(const AttachmentFacts&, const AttachmentFacts&) = default;
};

/// One mail, as the rules see it.
struct MailFacts {
    std::string subject = {};
    std::string body = {};        ///< what was written this time, with the mail that it forwards
    std::string whole_body = {};  ///< with quoted history, signature and disclaimer
    std::string quoted = {};      ///< these alone
    std::string from = {};        ///< address
    std::string from_name = {};
    std::vector<std::string> recipients = {};  ///< To, Cc and where it was delivered, addresses
    std::vector<parsers::HeaderField> fields = {};  ///< of the header, decoded
    std::vector<AttachmentFacts> attachments = {};
    parsers::MessageContent content = parsers::MessageContent::text;
    parsers::MessageKind kind = parsers::MessageKind::human;
    MailContext context = {};
};

/// What the rules read as written this time: the reply, and a forwarded mail, which is what its
/// sender asks about, however it stands in the text; below a bare "Fwd:" it may be nothing but
/// quoted lines.
std::string asked_text(std::string_view subject,
                       const std::string& reply,
                       std::string_view quoted,
                       const std::optional<parsers::Forwarded>& forwarded);

/// Puts together what a mail says and what is known about it.
MailFacts facts_of(const parsers::Message& message, MailContext context);

}  // namespace bellhop::rules
