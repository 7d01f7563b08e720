#include "rules/ticket/own_message_id.hpp"

#include <algorithm>
#include <charconv>

#include "parsers/header/address.hpp"
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

/// What the second token is made over. No other token of ours is made over lines.
std::string bond_words(std::string_view words, std::string_view address, ReplyMeans reply) {
    return "bond\n" + std::string{words} + "\n" + std::to_string(static_cast<int>(reply)) + "\n" +
           parsers::address_key(address);
}

/// Judges a token over `words` about `ticket`.
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

bool is_label(std::string_view text) {
    return !text.empty() && text.size() <= longest_label &&
           std::all_of(text.begin(), text.end(), is_label_character);
}

bool is_token(std::string_view text) {
    return text.size() == token_length && std::all_of(text.begin(), text.end(), is_token_character);
}

/// A msg-id of our form, taken apart.
struct Parts {
    OwnMessageId id = {};
    std::string words = {};  ///< that the tokens are made over: ticket and label
    std::string token = {};
    std::string bond = {};  ///< empty: it is bound to nobody
};

std::optional<Parts> parts_of(std::string_view message_id) {
    const std::string local = parsers::lower_case(message_id.substr(0, message_id.rfind('@')));
    std::vector<std::string_view> words;
    for (std::string_view rest = local; words.size() <= 4;) {
        const std::size_t dot = std::min(rest.find('.'), rest.size());
        words.push_back(rest.substr(0, dot));
        if (dot == rest.size()) break;
        rest.remove_prefix(dot + 1);
    }
    if (words.size() != 3 && words.size() != 4) return {};
    const auto ticket = read_number(words[0]);
    const bool is_about_none = words[0] == "0";
    if ((!ticket && !is_about_none) || !is_label(words[1]) || !is_token(words[2])) return {};
    if (words.size() == 4 && !is_token(words[3])) return {};
    Parts parts{{ticket.value_or(TicketId{}), std::string{words[1]}}, {}, std::string{words[2]}};
    parts.words = std::string{words[0]} + "." + parts.id.label;
    if (words.size() == 4) parts.bond = words[3];
    return parts;
}

std::string words_of(const OwnMessageId& id) {
    ensure(id.label.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
           std::string::npos);
    return std::to_string(static_cast<std::int64_t>(id.ticket)) + "." + id.label;
}

}  // namespace

std::string make_message_id(const OwnMessageId& id, std::string_view key, std::string_view domain) {
    const std::string words = words_of(id);
    return words + "." + token_of(words, key) + "@" + std::string{domain};
}

std::string make_message_id(const OwnMessageId& id,
                            const Bond& bond,
                            std::string_view key,
                            std::string_view domain) {
    if (bond.reply == ReplyMeans::nothing) return make_message_id(id, key, domain);
    const std::string words = words_of(id);
    return words + "." + token_of(words, key) + "." +
           token_of(bond_words(words, bond.reader, bond.reply), key) + "@" + std::string{domain};
}

std::optional<std::pair<OwnMessageId, Genuine>> read_message_id(std::string_view message_id,
                                                                const TokenKeys& keys) {
    const std::optional<Parts> parts = parts_of(message_id);
    if (!parts || parts->id.ticket == TicketId{}) return {};
    return std::pair{parts->id, judged(parts->id.ticket, parts->words, parts->token, keys)};
}

bool is_ours(std::string_view message_id, const TokenKeys& keys) {
    const std::optional<Parts> parts = parts_of(message_id);
    return parts && judged(parts->id.ticket, parts->words, parts->token, keys) != Genuine::no;
}

std::optional<Proof> proof_in(std::string_view message_id,
                              std::string_view address,
                              const TokenKeys& keys) {
    const std::optional<Parts> parts = parts_of(message_id);
    if (!parts || parts->bond.empty() || parsers::address_key(address).empty()) return {};
    using enum ReplyMeans;
    for (const ReplyMeans reply : {answer, note, approval, confirmation}) {
        const std::string words = bond_words(parts->words, address, reply);
        if (judged(parts->id.ticket, words, parts->bond, keys) == Genuine::yes) {
            return Proof{parts->id, reply};
        }
    }
    return {};
}

bool is_about_no_ticket(std::string_view message_id, const TokenKeys& keys) {
    const std::optional<Parts> parts = parts_of(message_id);
    return parts && parts->id.ticket == TicketId{} &&
           judged(parts->id.ticket, parts->words, parts->token, keys) == Genuine::yes;
}

bool is_bound(std::string_view message_id) {
    const std::optional<Parts> parts = parts_of(message_id);
    return parts && !parts->bond.empty();
}

}  // namespace bellhop::rules
