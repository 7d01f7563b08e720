// What an IMAP server tells of one mail: the FETCH response (RFC 9051 section 7.5.2).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/protocol/imap_response.hpp"

namespace bellhop::parsers {

/// What a FETCH response tells of one mail, as far as the gateway asks for it.
struct ImapFetched {
    std::uint32_t uid = 0;  ///< 0: not told, as in the server's own news about flags
    std::optional<std::uint64_t> size = {};
    std::optional<std::chrono::sys_seconds> internal_date = {};
    std::optional<std::vector<std::string>> flags = {};
    std::optional<std::string> body = {};  ///< BODY[] or BODY[HEADER]
    bool body_is_nil = false;              ///< the server has no text for the mail
    bool body_is_cut = false;              ///< larger than ImapLimits::kept

    friend bool operator==(const ImapFetched&, const ImapFetched&) = default;
};

/// Reads a FETCH response. nullopt for any other one, and for one without a list of pairs.
std::optional<ImapFetched> fetched(ImapResponse response);

/// RFC 9051 section 9, date-time: " 1-Jul-2026 08:15:00 +0200". nullopt where it is none.
std::optional<std::chrono::sys_seconds> parse_internal_date(std::string_view text);

}  // namespace bellhop::parsers
