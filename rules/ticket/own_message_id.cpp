#include "rules/ticket/own_message_id.hpp"

#include <algorithm>
#include <charconv>

#include "parsers/text/ascii.hpp"
#include "parsers/text/digest.hpp"
#include "parsers/text/ensure.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t token_length =
    20;  // base32 characters: 100 bits, more than the 80 that SEC-3 wants
constexpr std::size_t longest_label = 40;   // ours are shorter
constexpr std::size_t longest_number = 18;  // decimal digits that a ticket number can have

std::string token_of(std::string_view words, std::string_view key) {
    const parsers::Sha256 mac = parsers::hmac_sha256(key, words);
    const std::string_view octets{reinterpret_cast<const char*>(mac.data()), mac.size()};
    return parsers::base32(octets).substr(0, token_length);
}

bool is_label_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool is_token_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7');
}

std::optional<TicketId> read_number(std::string_view digits) {
    if (digits.empty() || digits.size() > longest_number || digits.front() == '0') return {};
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size() || number <= 0) return {};
    return TicketId{number};
}

bool is_signed(std::string_view words, std::string_view token, std::string_view key) {
    return parsers::equal_in_constant_time(token, token_of(words, key));
}

Genuine judged(TicketId ticket,
               std::string_view words,
               std::string_view token,
               const TokenKeys& keys) {
    if (is_signed(words, token, keys.current)) return Genuine::yes;
    for (const EarlierKey& one : keys.earlier) {
        if (!is_signed(words, token, one.key)) continue;
        return ticket <= one.last ? Genuine::yes : Genuine::lost;
    }
    return Genuine::no;
}

}  // namespace

std::string make_message_id(const OwnMessageId& id, std::string_view key, std::string_view domain) {
    ensure(id.label.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
           std::string::npos);
    const std::string words = std::to_string(static_cast<std::int64_t>(id.ticket)) + "." + id.label;
    return words + "." + token_of(words, key) + "@" + std::string{domain};
}

std::optional<std::pair<OwnMessageId, Genuine>> read_message_id(std::string_view message_id,
                                                                const TokenKeys& keys) {
    const std::string local = parsers::lower_case(message_id.substr(0, message_id.rfind('@')));
    const std::size_t first_dot = local.find('.');
    const std::size_t last_dot = local.rfind('.');
    if (first_dot == std::string::npos || first_dot == last_dot) return {};

    const std::string_view text{local};
    const std::optional<TicketId> ticket = read_number(text.substr(0, first_dot));
    const std::string_view label = text.substr(first_dot + 1, last_dot - first_dot - 1);
    const std::string_view token = text.substr(last_dot + 1);
    const bool our_form = ticket && !label.empty() && label.size() <= longest_label &&
                          std::all_of(label.begin(), label.end(), is_label_character) &&
                          token.size() == token_length &&
                          std::all_of(token.begin(), token.end(), is_token_character);
    if (!our_form) return {};

    return std::pair{OwnMessageId{*ticket, std::string{label}},
                     judged(*ticket, text.substr(0, last_dot), token, keys)};
}

}  // namespace bellhop::rules
