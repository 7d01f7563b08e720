// The one address that stands plainly in a From field, or none.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bellhop::parsers {

/// The address of a From field that holds exactly one mailbox, written so that every program reads
/// the same: "ann@example.org", "Ann Lee <ann@example.org>", with comments and obsolete blanks. The
/// domain is in lower case. Nullopt for anything else: several mailboxes, a group, a route, an
/// address literal, a quoted local part, an encoded word in place of an address, an address in
/// front of angle brackets. A display name that looks like an address does not matter where it is
/// quoted or encoded.
///
/// parse_address_list() finds the same, or it is nobody. That one reads more, and guesses; who
/// somebody *is* must not be guessed.
std::optional<std::string> sole_author(std::string_view from_body);

}  // namespace bellhop::parsers
