// Message-IDs of the mails that we send: they name the ticket and prove that we wrote them.
//
//     1042.ack-1.k5x2h4m7q3w6e8r2t4y1@school.example
//     ticket . label . token
//
// The token is the first 100 bits of HMAC-SHA-256 over the two words before it. Who quotes such a
// msg-id in In-Reply-To or References has had a mail of that ticket in hands; nobody can guess one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

struct OwnMessageId {
    TicketId ticket = {};
    std::string label = {};  ///< "ack-1", "reminder-2": the same mail has the same label for ever

    friend bool operator==(const OwnMessageId&, const OwnMessageId&) = default;
};

/// The msg-id without angle brackets. `domain` is the domain of the desk's address. Precondition:
/// `label` is made of lower-case letters, digits and "-".
std::string make_message_id(const OwnMessageId& id, std::string_view key, std::string_view domain);

enum class Genuine { yes, no };

/// Reads a msg-id of our form, whatever its domain (some relays rewrite it) and case. Nothing where
/// it has not our form; `no` where it has the form but the token is wrong: forged, or from another
/// installation.
std::optional<std::pair<OwnMessageId, Genuine>> read_message_id(std::string_view message_id,
                                                                std::string_view key);

}  // namespace bellhop::rules
