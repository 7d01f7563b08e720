// Mail addresses (RFC 5322 section 3.4), as they stand in From, To, Cc and Reply-To.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

/// One mailbox of an address list.
struct Address {
    std::string name = {};     ///< decoded display name, one line of UTF-8; may be empty
    std::string address = {};  ///< addr-spec, domain in lower case; empty where none is readable

    friend bool operator==(const Address&, const Address&) = default;
};

/// Reads an address list: groups are flattened, comments and encoded words decoded. Never fails:
/// what cannot be read as an address is left out, or kept as a name without address.
/// Bounded: at most `max_addresses` results. `fallback_charset` is tried for raw 8-bit bytes in
/// names.
std::vector<Address> parse_address_list(std::string_view field_body,
                                        std::string_view fallback_charset = {});

constexpr std::size_t max_addresses = 1000;  // in one field; more is never a help-desk mail

/// Lower-case form under which two spellings of an address are the same: for comparing only.
/// The local part is folded too: RFC 5321 section 2.4 allows case to matter, no school's server
/// does.
std::string address_key(std::string_view address);

/// The key of whoever reads an address: its address_key() without what stands behind a "+" in the
/// local part, which many servers deliver to the same person (RFC 5233).
std::string person_key(std::string_view address);

/// Whether `address` may stand in an SMTP command and in a header field of ours: one "@", no blank,
/// no control character, no angle bracket, within RFC 5321 section 4.5.3.1's lengths.
bool is_sendable(std::string_view address);

}  // namespace bellhop::parsers
