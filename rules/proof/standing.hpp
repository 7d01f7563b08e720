// What the author of a mail may count as: himself, perhaps himself, or nobody.
//
// Anybody can write any name into From. Who takes part in a ticket, works at the desk or may ask
// for something is told by an address: so that counts only where it stands plainly in From, and,
// where the servers of a mailbox can prove senders, only where they have.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rules/proof/sender_proof.hpp"

namespace bellhop::rules {

enum class Standing {
    /// Whoever the address belongs to: proved, or plain at a mailbox that can prove nobody.
    himself,
    /// Perhaps he: the mailbox can prove senders, and this one is not proved. Neither known, nor of
    /// the desk, nor one who takes part; the school is that of the address.
    claimed,
    /// Nobody: From is not plainly one address, or our server says that its domain has not sent it.
    nobody
};

/// "himself", "claimed", "nobody".
std::string_view to_text(Standing standing);
/// Nullopt for any other name.
std::optional<Standing> standing_named(std::string_view name);

/// What is known of a mail's author. Kept with the mail.
struct Authorship {
    ProofLevel proof = ProofLevel::unknown;
    Standing standing = Standing::himself;
    std::string reason = {};  ///< of `proof`; empty: it was never asked

    /// Whether more is known than that the mailbox can prove nobody.
    bool was_judged() const {
        return !reason.empty() && (standing != Standing::himself || proof != ProofLevel::unknown);
    }

    friend bool operator==(const Authorship&, const Authorship&) = default;
};

/// Whether the mail plainly names one author, true or forged.
bool names_one_author(const Authorship& author);

/// What is noted of whoever asks in such a mail; nothing where he is believed without proof.
std::optional<ProofLevel> noted_proof(const Authorship& author);

/// Of a mail that came to a mailbox with that policy. Pure; never fails.
Authorship authorship_of(const parsers::Message& message, const ProofPolicy& policy);

/// Of a mail that no server has seen: somebody of the desk has written it down for whoever rang.
Authorship vouched_for();

/// For people: "proved: DMARC passes for hill.example"; "NOT PROVED: ..."; "FORGED? ...". Empty
/// where it was never asked.
std::string in_words(const Authorship& author);

}  // namespace bellhop::rules
