// Message-IDs of the mails that we send: they name the ticket and prove that we wrote them.
//
//     1042.ack-1.k5x2h4m7q3w6e8r2t4y1@school.example
//     ticket . label . token
//
// The token is the first 100 bits of HMAC-SHA-256 over the two words before it. Who quotes such a
// msg-id in In-Reply-To or References has had a mail of that ticket in hands; nobody can guess one.
//
// A mail to somebody of the desk carries a second token, which binds it to him and to what his
// reply to it is:
//
//     1042.notify-3.k5x2h4m7q3w6e8r2t4y1.b2c7d3e8f4g9h5a1k6m2@school.example
//     ticket . label . token             . bond
//
// Where he quotes it, he has been sent that mail: what he writes may count as his. Quoted by
// anybody else it proves no more than the ticket.
//
// A database that was restored from a backup may give numbers again that were given before, to
// other people. It signs with another key from then on: so no msg-id is ever given twice, and a
// token says whether the number in it is one that the backup knew.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/ticket/mail_kind.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

struct OwnMessageId {
    TicketId ticket = {};
    std::string label = {};  ///< "ack-1", "reminder-2": the same mail has the same label for ever

    friend bool operator==(const OwnMessageId&, const OwnMessageId&) = default;
};

/// A key that is not signed with any more, and the last ticket that was opened under it and is
/// still known: what it says of later ones was lost with them.
struct EarlierKey {
    std::string key = {};
    TicketId last = {};
};

/// The keys of our tokens. A single text is a key without predecessors.
struct TokenKeys {
    std::string current = {};  ///< signs
    std::vector<EarlierKey> earlier = {};

    TokenKeys() = default;
    TokenKeys(std::string key, std::vector<EarlierKey> before = {})
        : current(std::move(key)), earlier(std::move(before)) {}
    TokenKeys(std::string_view key) : current(key) {}
    TokenKeys(const char* key) : current(key) {}
};

/// Whom a mail to the desk's people is bound to, and what his reply to it is.
struct Bond {
    std::string reader = {};  ///< his address
    ReplyMeans reply = ReplyMeans::nothing;

    friend bool operator==(const Bond&, const Bond&) = default;
};

/// The msg-id without angle brackets. `domain` is the domain of the desk's address. Precondition:
/// `label` is made of lower-case letters, digits and "-".
std::string make_message_id(const OwnMessageId& id, std::string_view key, std::string_view domain);

/// The msg-id of a mail to somebody of the desk; of a bond that means nothing, the plain one. A
/// mail about no ticket has the ticket 0.
std::string make_message_id(const OwnMessageId& id,
                            const Bond& bond,
                            std::string_view key,
                            std::string_view domain);

enum class Genuine {
    yes,
    lost,  ///< ours, but about a ticket that a restored database does not know
    no,    ///< forged, or from another installation
};

/// Reads a msg-id of our form, whatever its domain (some relays rewrite it) and case. Nothing where
/// it has not our form, or names no ticket.
std::optional<std::pair<OwnMessageId, Genuine>> read_message_id(std::string_view message_id,
                                                                const TokenKeys& keys);

/// Whether one of our keys has signed it, also where it is about a ticket that was lost, or about
/// none.
bool is_ours(std::string_view message_id, const TokenKeys& keys);

/// A mail of ours that somebody was sent, and what his reply to it is.
struct Proof {
    OwnMessageId mail = {};
    ReplyMeans reply = ReplyMeans::nothing;

    friend bool operator==(const Proof&, const Proof&) = default;
};

/// What `message_id` proves of whoever writes from `address`: that he was sent this mail. Nothing
/// where it is bound to nobody or to somebody else, forged, or of a ticket that was lost.
std::optional<Proof> proof_in(std::string_view message_id,
                              std::string_view address,
                              const TokenKeys& keys);

/// Whether it is of a genuine mail of ours that is about no ticket, as a digest of many is. Only
/// the desk's people are sent such mails.
bool is_about_no_ticket(std::string_view message_id, const TokenKeys& keys);

/// Whether it has the form of a msg-id that is bound to somebody.
bool is_bound(std::string_view message_id);

}  // namespace bellhop::rules
