#include "rules/proof/standing.hpp"

#include <utility>

#include "parsers/header/address.hpp"
#include "parsers/text/ensure.hpp"

namespace bellhop::rules {
namespace {

Standing standing_of(const parsers::Message& message,
                     const SenderProof& proof,
                     const ProofPolicy& policy) {
    // Where the reader that guesses has found somebody else, nobody is meant.
    const bool is_plain =
        !proof.address.empty() && message.from &&
        parsers::address_key(message.from->address) == parsers::address_key(proof.address);
    if (!is_plain || proof.level == ProofLevel::failed) return Standing::nobody;
    const bool is_proved = proof.level != ProofLevel::unknown;
    return is_proved || !policy.can_prove() ? Standing::himself : Standing::claimed;
}

}  // namespace

std::string_view to_text(Standing standing) {
    switch (standing) {
        case Standing::himself:
            return "himself";
        case Standing::claimed:
            return "claimed";
        case Standing::nobody:
            return "nobody";
    }
    never_reached();
}

std::optional<Standing> standing_named(std::string_view name) {
    for (const Standing each : {Standing::himself, Standing::claimed, Standing::nobody}) {
        if (name == to_text(each)) return each;
    }
    return std::nullopt;
}

bool names_one_author(const Authorship& author) {
    return author.standing != Standing::nobody || author.proof == ProofLevel::failed;
}

std::optional<ProofLevel> noted_proof(const Authorship& author) {
    return author.was_judged() ? std::optional{author.proof} : std::nullopt;
}

Authorship authorship_of(const parsers::Message& message, const ProofPolicy& policy) {
    SenderProof proof = sender_proof(message, policy);
    const Standing standing = standing_of(message, proof, policy);
    return {proof.level, standing, std::move(proof.reason)};
}

Authorship vouched_for() {
    return {ProofLevel::inside, Standing::himself, {}};
}

std::string in_words(const Authorship& author) {
    if (author.reason.empty()) return {};
    switch (author.proof) {
        case ProofLevel::proved:
            return "proved: " + author.reason;
        case ProofLevel::inside:
            return "inside: " + author.reason;
        case ProofLevel::failed:
            return "FORGED? " + author.reason;
        case ProofLevel::unknown:
            break;
    }
    const bool is_believed = author.standing == Standing::himself;
    return (is_believed ? "not proved, believed: " : "NOT PROVED: ") + author.reason;
}

}  // namespace bellhop::rules
