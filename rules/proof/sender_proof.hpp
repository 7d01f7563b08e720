// Whether the address in From is proved to be the sender's, by what our own mail servers found out.
//
// From can be typed by anybody. The server that took the mail from outside knows more, and writes
// it into the header, where the sender can write, too: so only what stands in the part of the
// header that our servers wrote counts, and there only the topmost field that names us.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/message.hpp"

namespace bellhop::rules {

/// Whose servers bring the mail to the mailbox.
enum class MailProvider {
    rfc8601,       ///< any server that follows RFC 8601
    microsoft365,  ///< Exchange Online
    google
};

/// "rfc8601", "microsoft365", "google"; nullopt for any other name.
std::optional<MailProvider> provider_named(std::string_view name);

struct ProofPolicy {
    MailProvider provider = MailProvider::rfc8601;
    /// The names by which our servers sign their findings (RFC 8601 section 2.5). None: Google's is
    /// known; Microsoft's servers have none; of other servers nothing is believed then.
    std::vector<std::string> authserv_ids = {};

    /// Whether anything can be proved at all.
    bool can_prove() const { return provider != MailProvider::rfc8601 || !authserv_ids.empty(); }

    friend bool operator==(const ProofPolicy&, const ProofPolicy&) = default;
};

enum class ProofLevel {
    unknown,  ///< nothing that can be believed says who sent it
    failed,   ///< our server says that the domain in From did not send it (DMARC)
    proved,   ///< our server says that the domain in From sent it
    inside    ///< it was sent from inside: the sender had signed in at our servers
};

/// "unknown", "failed", "proved", "inside".
std::string_view to_text(ProofLevel level);
/// Nullopt for any other name.
std::optional<ProofLevel> proof_level_named(std::string_view name);

struct SenderProof {
    ProofLevel level = ProofLevel::unknown;
    /// The one address in From; empty where From is not plainly one address: then nobody is proved.
    std::string address = {};
    std::string reason = {};  ///< for a person, lower case, no full stop

    friend bool operator==(const SenderProof&, const SenderProof&) = default;
};

/// What is proved of the author of `message`. Pure; never fails.
SenderProof sender_proof(const parsers::Message& message, const ProofPolicy& policy);

}  // namespace bellhop::rules
