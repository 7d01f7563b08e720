// Base64 as we write it (RFC 4648): in SASL exchanges, and in the form for tokens.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bellhop::parsers {

/// RFC 4648 section 4, padded, on one line.
std::string encode_base64(std::string_view bytes);

/// RFC 4648 section 5, without padding: safe in a URL, and what RFC 7515 wants.
std::string encode_base64url(std::string_view bytes);

/// The inverse of encode_base64url(). nullopt where `text` is no such encoding.
std::optional<std::string> decode_base64url(std::string_view text);

}  // namespace bellhop::parsers
