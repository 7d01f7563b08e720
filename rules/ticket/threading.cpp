#include "rules/ticket/threading.hpp"

#include <algorithm>

#include "parsers/text/ensure.hpp"
#include "rules/ticket/own_message_id.hpp"
#include "rules/ticket/subject_tag.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t most_references =
    100;  // LIM-5; longer chains are looked at from their new end
constexpr std::size_t shortest_message_id = 6;
constexpr std::size_t most_tags = 10;

/// Seen in the wild: "<>", "< >", "<@>", "<1>", a bare word. Such ids joined strangers' mails
/// elsewhere.
bool is_usable(std::string_view message_id) {
    const std::size_t at = message_id.find('@');
    return message_id.size() >= shortest_message_id && at != std::string_view::npos && at > 0 &&
           at + 1 < message_id.size() &&
           message_id.find_first_of(" \t\r\n") == std::string_view::npos;
}

std::string number(TicketId id) {
    return std::to_string(static_cast<std::int64_t>(id));
}

std::vector<std::string> message_ids_newest_first(const parsers::Message& message) {
    std::vector<std::string> ids;
    const auto add = [&ids](const std::string& id) {
        if (ids.size() < most_references && std::find(ids.begin(), ids.end(), id) == ids.end()) {
            ids.push_back(id);
        }
    };
    for (const std::string& id : message.in_reply_to) add(id);
    for (auto id = message.references.rbegin(); id != message.references.rend(); ++id) add(*id);
    return ids;
}

const Candidate* find_candidate(const std::vector<Candidate>& candidates, const Claim& claim) {
    const auto found =
        std::find_if(candidates.begin(), candidates.end(),
                     [&claim](const Candidate& one) { return one.claim == claim.value; });
    return found == candidates.end() ? nullptr : &*found;
}

/// A msg-id that two people have used, or that stands in two tickets, says nothing.
bool is_ambiguous(const std::vector<Candidate>& candidates, const Claim& claim) {
    const Candidate* first = find_candidate(candidates, claim);
    return std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& other) {
        return other.claim == claim.value &&
               (other.ticket.id != first->ticket.id || other.sender != first->sender);
    });
}

std::string describe(const Claim& claim) {
    switch (claim.kind) {
        case ClaimKind::token:
            return "our message-id <" + claim.value + "> with a genuine token";
        case ClaimKind::about_none:
            return "our message-id <" + claim.value + "> of a mail that is about no one ticket";
        case ClaimKind::lost_token:
            return "our message-id <" + claim.value +
                   "> of a ticket that was lost when the database was restored";
        case ClaimKind::forged_token:
            return "message-id <" + claim.value + "> of our form with a wrong token";
        case ClaimKind::reference:
            return "known message-id <" + claim.value + ">";
        case ClaimKind::subject_tag:
            return "subject tag " + claim.value;
        case ClaimKind::quoted_tag:
            return "tag " + claim.value + " in the quotation";
    }
    never_reached();
}

}  // namespace

std::vector<Claim> thread_claims(const parsers::Message& message, const ThreadPolicy& policy) {
    std::vector<Claim> tokens;
    std::vector<Claim> weaker;
    std::vector<TicketId> lost;  // their numbers may have been given to somebody else by now
    for (const std::string& id : message_ids_newest_first(message)) {
        if (!is_usable(id)) continue;
        if (is_about_no_ticket(id, policy.keys)) {
            tokens.push_back({ClaimKind::about_none, id, {}});
            continue;
        }
        const auto own = read_message_id(id, policy.keys);
        if (!own) {
            weaker.push_back({ClaimKind::reference, id, {}});
        } else if (own->second == Genuine::yes) {
            tokens.push_back({ClaimKind::token, id, own->first.ticket});
        } else if (own->second == Genuine::lost) {
            lost.push_back(own->first.ticket);
            weaker.push_back({ClaimKind::lost_token, id, {}});
        } else {
            weaker.push_back({ClaimKind::forged_token, id, own->first.ticket});
        }
    }
    tokens.insert(tokens.end(), weaker.begin(), weaker.end());
    const auto add_tag = [&](ClaimKind kind, TicketId ticket) {
        if (std::find(lost.begin(), lost.end(), ticket) != lost.end()) return;
        tokens.push_back({kind, subject_tag(policy.tag, ticket), ticket});
    };
    for (const FoundTag& found : find_tags(message.subject, policy.tag, most_tags)) {
        add_tag(ClaimKind::subject_tag, found.ticket);
    }
    // Below it may stand other conversations: the newest quoted mail is the one that is answered.
    for (const FoundTag& found : find_tags(message.quoted_text, policy.tag, 1)) {
        add_tag(ClaimKind::quoted_tag, found.ticket);
    }
    return tokens;
}

ThreadDecision thread_of(const parsers::Message& message,
                         const std::vector<Claim>& claims,
                         const std::vector<Candidate>& candidates,
                         Writer writer) {
    ThreadDecision decision;
    const std::string sender = message.from ? message.from->address : std::string{};
    const auto may_join = [&](const Ticket& ticket) {
        if (writer == Writer::not_believed) return false;
        return writer == Writer::of_the_desk || takes_part(ticket, sender);
    };
    for (const Claim& claim : claims) {
        if (claim.kind == ClaimKind::lost_token) decision.evidence.push_back(describe(claim));
        if (claim.kind == ClaimKind::about_none) {
            decision.evidence.push_back(describe(claim));
            decision.is_about_none = true;
            break;
        }
        const Candidate* candidate = find_candidate(candidates, claim);
        if (candidate == nullptr) continue;
        const std::string where = describe(claim) + " names ticket " + number(candidate->ticket.id);
        if (claim.kind == ClaimKind::token) {
            decision.ticket = candidate->ticket.id;
            decision.evidence.push_back(where);
            if (!may_join(candidate->ticket)) {
                decision.evidence.push_back(writer == Writer::not_believed
                                                ? "nothing proves who has sent it"
                                                : "the sender takes no part in the ticket yet");
            }
            break;
        }
        if (claim.kind == ClaimKind::forged_token) {
            decision.evidence.push_back(where + ", which proves nothing");
        } else if (claim.kind == ClaimKind::reference && is_ambiguous(candidates, claim)) {
            decision.evidence.push_back(describe(claim) +
                                        " is ambiguous: more than one mail bears it");
            continue;
        } else if (may_join(candidate->ticket)) {
            decision.ticket = candidate->ticket.id;
            decision.evidence.push_back(where + (writer == Writer::of_the_desk
                                                     ? ", and the sender is of the desk"
                                                     : ", and the sender takes part in it"));
            break;
        } else {
            decision.evidence.push_back(where + (writer == Writer::not_believed
                                                     ? ", but nothing proves who has sent it"
                                                     : ", but the sender takes no part in it"));
        }
        if (!decision.possibly_belongs_to) decision.possibly_belongs_to = candidate->ticket.id;
    }
    if (decision.ticket) decision.possibly_belongs_to.reset();
    return decision;
}

bool takes_part(const Ticket& ticket, std::string_view address) {
    const std::string key = parsers::address_key(address);
    return !key.empty() && std::find(ticket.participants.begin(), ticket.participants.end(), key) !=
                               ticket.participants.end();
}

}  // namespace bellhop::rules
