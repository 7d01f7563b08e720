// One Received field: which host took a mail, and from which (RFC 5321 section 4.4).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

struct Received {
    /// As the other host called itself; may be empty. Nullopt: the mail began here.
    std::optional<std::string> from = {};
    /// What the server knows of that host besides, from the comment behind it: names that DNS has
    /// for its address ("unknown" where it has none), and the address.
    std::vector<std::string> looked_up = {};
    std::vector<std::string> addresses = {};
    std::string by = {};  ///< the server that wrote the field; may be empty

    friend bool operator==(const Received&, const Received&) = default;
};

/// Reads the body of the field, unfolded. Names are in lower case, addresses without brackets.
/// Nullopt where quotes or parentheses do not close. Bounded and linear.
std::optional<Received> parse_received(std::string_view body);

/// Whether an IP address is of no network but the machine's own or a private one (RFC 6890:
/// loopback, link-local, private use).
bool is_private_address(std::string_view address);

}  // namespace bellhop::parsers
