// Which ticket a mail belongs to, on what evidence. One function decides for every way in.
//
// Evidence is graded. A msg-id of ours that carries a genuine token, found in In-Reply-To or
// References, proves the ticket: whoever quotes it has had our mail. A foreign msg-id that we have
// stored, or the tag in the subject, can be guessed or copied: it counts only together with a
// sender who takes part in that ticket; people of the desk take part in all of them, which says
// where their mail lies and not that it is theirs. What does not suffice makes a new ticket, linked
// as "possibly belongs to" for the desk's eyes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/ticket/own_message_id.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

enum class ClaimKind {
    token,
    about_none,  ///< a genuine token of a mail of ours that is about no ticket
    lost_token,  ///< genuine, but its ticket was lost when the database was restored
    forged_token,
    reference,
    subject_tag,
    quoted_tag  ///< in the quotation: programs that write no References quote our subject
};

/// One thing in a mail that says where it belongs.
struct Claim {
    ClaimKind kind = ClaimKind::reference;
    std::string value = {};  ///< the msg-id or the tag, as found
    std::optional<TicketId> ticket =
        {};  ///< all but `reference`, `about_none` and `lost_token` name it themselves

    friend bool operator==(const Claim&, const Claim&) = default;
};

struct ThreadPolicy {
    TokenKeys keys = {};   ///< of our tokens
    std::string tag = {};  ///< "HELP": the subject's [HELP#1042]
};

/// What a mail claims, the strongest first: tokens, references from the newest to the oldest, tags
/// of the subject, the first tag of the quotation.
/// Msg-ids that are empty, short or without "@" are left out. At most 100 references are looked at.
std::vector<Claim> thread_claims(const parsers::Message& message, const ThreadPolicy& policy);

/// A stored ticket that a claim leads to.
struct Candidate {
    std::string claim = {};  ///< Claim::value
    Ticket ticket = {};
    /// Who sent the stored mail that bears the claimed msg-id (address key); only for references.
    std::string sender = {};
};

/// Who writes: people of the desk take part in every ticket, whoever is not believed in none.
enum class Writer { anybody, of_the_desk, not_believed };

struct ThreadDecision {
    std::optional<TicketId> ticket = {};               ///< the mail follows up on it
    std::optional<TicketId> possibly_belongs_to = {};  ///< not enough evidence; for the desk
    std::vector<std::string> evidence = {};            ///< why, a line each
    /// It answers a mail of ours that is about no ticket, a digest: it joins none of those that it
    /// quotes.
    bool is_about_none = false;

    friend bool operator==(const ThreadDecision&, const ThreadDecision&) = default;
};

/// Decides on claims and the tickets that they lead to (looked up by the caller; a claim without a
/// candidate names no ticket of ours).
ThreadDecision thread_of(const parsers::Message& message,
                         const std::vector<Claim>& claims,
                         const std::vector<Candidate>& candidates,
                         Writer writer = Writer::anybody);

bool takes_part(const Ticket& ticket, std::string_view address);

}  // namespace bellhop::rules
