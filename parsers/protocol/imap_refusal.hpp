// Whom an IMAP server's refusal concerns: one mail, or everything for a while.
//
// Servers that are busy, locked or out of order refuse the very commands that they would refuse for
// a damaged mail, and often without a response code. What may pass must never be taken for the fate
// of a mail, so whatever is not known for certain counts as unclear.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "parsers/protocol/imap_response.hpp"

namespace bellhop::parsers {

enum class RefusalKind {
    unclear,     ///< may be about this mail, may be about everything
    expunged,    ///< some of the mails asked for are no longer there; the server does not say which
    throttled,   ///< the account asks too often
    in_use,      ///< somebody else has locked the mailbox
    over_quota,  ///< the account has used up its share of room or of traffic
    unavailable,  ///< the server, or what stands behind it, is out of order
    forbidden,    ///< the account may not do this here
};

struct Refusal {
    RefusalKind kind = RefusalKind::unclear;
    /// How long the server wants to be left alone, where it says so; at most an hour.
    std::optional<std::chrono::seconds> wait = {};
    std::string words = {};  ///< the server's own, one line, with the response code

    friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// Reads NO, BAD or BYE.
Refusal refusal_of(const ImapResponse& reply);

/// The same for a line as it came, "A003 NO [LIMIT] text": of a conversation that libcurl has led.
Refusal refusal_of_line(std::string_view line);

/// Whether everything that is asked for now would be refused.
bool concerns_everything(RefusalKind kind);

}  // namespace bellhop::parsers
