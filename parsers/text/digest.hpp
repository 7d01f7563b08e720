// Digests: SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104), and the text forms we write them in.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace bellhop::parsers {

using Sha256 = std::array<unsigned char, 32>;

Sha256 sha256(std::string_view bytes);

Sha256 hmac_sha256(std::string_view key, std::string_view bytes);

/// Lower-case hexadecimal, two digits a byte.
std::string hex(std::string_view bytes);
std::string hex(const Sha256& digest);

/// Lower-case base32 (RFC 4648 section 6) without padding: safe in a message-id and in an address,
/// and indifferent to a server that changes the case.
std::string base32(std::string_view bytes);

/// Compares without telling by its duration where two texts differ.
bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace bellhop::parsers
