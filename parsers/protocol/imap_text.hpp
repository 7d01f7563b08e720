// The small texts of IMAP: mailbox names, flags, the arguments of response codes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/protocol/imap_response.hpp"

namespace bellhop::parsers {

/// A quoted string: `INBOX` is `"INBOX"`. Precondition: no CR, LF, NUL.
std::string imap_quoted(std::string_view text);

/// The mailbox with this UTF-8 name, as it stands in a command.
std::string imap_mailbox_argument(std::string_view name);

/// Whether `flags` has `flag`. Case does not matter in flags and keywords.
bool contains_flag(const std::vector<std::string>& flags, std::string_view flag);

/// The words of a response code's arguments: "(\Seen $X \*)" are three.
std::vector<std::string> code_words(std::string_view arguments);

/// Code and text of a reply for a person: "[OVERQUOTA] Quota exceeded". One line, at most `limit`
/// bytes.
std::string reply_words(const ImapResponse& reply, std::size_t limit);

/// Where copied mails are (RFC 4315 section 3): two lists of the same length.
struct CopyUid {
    std::uint32_t uidvalidity = 0;  ///< of the target
    std::vector<std::uint32_t> here = {};
    std::vector<std::uint32_t> there = {};

    friend bool operator==(const CopyUid&, const CopyUid&) = default;
};

/// Reads the arguments of a COPYUID code. nullopt where they are none, or name more than `limit`
/// mails.
std::optional<CopyUid> parse_copyuid(std::string_view arguments, std::size_t limit);

/// Reads a number that fills `digits`. nullopt where it does not, or is too large.
std::optional<std::uint32_t> imap_number(std::string_view digits);

}  // namespace bellhop::parsers
