// Mails that go out: values made into RFC 5322 bytes.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "parsers/compose/attached_part.hpp"
#include "parsers/header/address.hpp"

namespace bellhop::parsers {

struct OutgoingMessage {
    Address from = {};
    std::vector<Address> to = {};
    std::vector<Address> cc = {};
    std::vector<Address> reply_to = {};
    std::string subject = {};
    std::chrono::sys_seconds date = {};
    std::string message_id = {};  ///< without brackets
    std::string in_reply_to = {};
    std::vector<std::string> references = {};
    /// Further fields in order: name and body in UTF-8 ("Auto-Submitted", "auto-replied").
    std::vector<std::pair<std::string, std::string>> fields = {};
    std::string text = {};  ///< "\n" line ends
    std::string html = {};  ///< empty: text/plain alone; else multipart/alternative
    /// Those with a content_id stand beside the HTML (multipart/related), the others behind the
    /// text (multipart/mixed).
    std::vector<OutgoingFile> files = {};
};

/// The mail as bytes: CRLF line ends only, every line at most 998 octets and header lines folded at
/// 78, encoded words where needed (RFC 2047), quoted-printable bodies, exactly one of each
/// singleton field. No control character of any value can begin a header field or a line: they
/// become blanks. References are cut to the first and the last nine (RFC 5322 section 3.6.4 wants
/// them all; servers refuse long fields). Deterministic: the same value gives the same bytes.
///
/// Addresses that are not sendable (address.hpp) and msg-ids with blanks, brackets or 8-bit octets
/// are left out; so are further fields of a name that stands already, that names a recipient, or
/// that is no field name. Precondition: `from` is sendable and `message_id` is a msg-id.
std::string compose(const OutgoingMessage& message);

}  // namespace bellhop::parsers
