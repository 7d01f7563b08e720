#include "parsers/protocol/imap_refusal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "parsers/protocol/imap_text.hpp"
#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t max_words = 500;                   // bytes of the server's words
constexpr seconds longest_wait = std::chrono::hours{1};  // whatever a server asks for

struct Sign {
    std::string_view text;
    RefusalKind kind;
};

/// RFC 5530; THROTTLED is Yahoo's.
constexpr std::array<Sign, 12> codes{{
    {"EXPUNGEISSUED", RefusalKind::expunged},
    {"THROTTLED", RefusalKind::throttled},
    {"LIMIT", RefusalKind::throttled},
    {"INUSE", RefusalKind::in_use},
    {"OVERQUOTA", RefusalKind::over_quota},
    {"UNAVAILABLE", RefusalKind::unavailable},
    {"AUTHENTICATIONFAILED", RefusalKind::forbidden},
    {"AUTHORIZATIONFAILED", RefusalKind::forbidden},
    {"EXPIRED", RefusalKind::forbidden},
    {"NOPERM", RefusalKind::forbidden},
    {"CANNOT", RefusalKind::forbidden},
    {"READ-ONLY", RefusalKind::forbidden},
}};

/// What servers write where they give no code, in lower case. The first that fits counts.
constexpr std::array<Sign, 19> phrases{{
    {"throttled", RefusalKind::throttled},
    {"backoff time", RefusalKind::throttled},  // Exchange Online, with the milliseconds behind it
    {"bandwidth limit", RefusalKind::throttled},
    {"rate limit", RefusalKind::throttled},
    {"too many requests", RefusalKind::throttled},
    {"too many simultaneous connections", RefusalKind::throttled},
    {"maximum number of connections", RefusalKind::throttled},
    {"no longer exist", RefusalKind::expunged},
    {"is locked", RefusalKind::in_use},
    {"quota exceeded", RefusalKind::over_quota},
    {"authenticated but not connected",
     RefusalKind::unavailable},  // Exchange, while it moves house
    {"server unavailable", RefusalKind::unavailable},
    {"service unavailable", RefusalKind::unavailable},
    {"temporarily unavailable", RefusalKind::unavailable},
    {"temporary failure", RefusalKind::unavailable},
    {"server busy", RefusalKind::unavailable},
    {"server is busy", RefusalKind::unavailable},
    {"try again later", RefusalKind::unavailable},
    {"shutting down", RefusalKind::unavailable},
}};

std::string in_lower_case(std::string_view text) {
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

RefusalKind kind_of(const ImapResponse& reply, const std::string& words) {
    for (const Sign& sign : codes) {
        if (reply.code == sign.text) return sign.kind;
    }
    for (const Sign& sign : phrases) {
        if (words.find(sign.text) != std::string::npos) return sign.kind;
    }
    return RefusalKind::unclear;
}

/// The unit that a word names, in milliseconds; nullopt where it names none.
std::optional<std::int64_t> unit(std::string_view word) {
    if (word.starts_with("ms") || word.starts_with("millisec")) return 1;
    if (word.starts_with("s")) return 1'000;
    if (word.starts_with("min")) return 60'000;
    if (word.starts_with("h")) return 3'600'000;
    return std::nullopt;
}

/// "299910 milliseconds", wherever it stands behind a word that asks for patience.
std::optional<seconds> wait_in(const std::string& words) {
    constexpr std::array<std::string_view, 4> leads{"backoff", "retry", "again in", "wait"};
    for (const std::string_view lead : leads) {
        const std::size_t at = words.find(lead);
        if (at == std::string::npos) continue;
        const std::size_t digits = words.find_first_of("0123456789", at);
        if (digits == std::string::npos) continue;
        std::int64_t count = 0;
        const auto [end, error] =
            std::from_chars(words.data() + digits, words.data() + words.size(), count);
        if (error != std::errc{}) continue;
        std::string_view rest{end, static_cast<std::size_t>(words.data() + words.size() - end)};
        rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
        const std::optional<std::int64_t> each = unit(rest);
        if (!each) continue;
        const std::int64_t most = milliseconds{longest_wait}.count();
        const std::int64_t wanted = count > most / *each ? most : count * *each;
        return std::chrono::ceil<seconds>(milliseconds{wanted});
    }
    return std::nullopt;
}

}  // namespace

Refusal refusal_of(const ImapResponse& reply) {
    const std::string words = in_lower_case(reply.text);
    return {kind_of(reply, words), wait_in(words), reply_words(reply, max_words)};
}

Refusal refusal_of_line(std::string_view line) {
    ImapResponseParser parser;
    const std::string whole = std::string{line} + "\r\n";
    if (parser.feed(whole).state == ImapResponseParser::State::response) {
        const ImapResponse reply = parser.take();
        if (reply.status != ImapStatus::none) return refusal_of(reply);
    }
    ImapResponse bare;
    bare.text = line;
    return refusal_of(bare);
}

bool concerns_everything(RefusalKind kind) {
    switch (kind) {
        case RefusalKind::throttled:
        case RefusalKind::in_use:
        case RefusalKind::over_quota:
        case RefusalKind::unavailable:
        case RefusalKind::forbidden:
            return true;
        case RefusalKind::unclear:
        case RefusalKind::expunged:
            break;
    }
    return false;
}

}  // namespace bellhop::parsers
