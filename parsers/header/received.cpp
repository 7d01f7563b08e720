#include "parsers/header/received.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "parsers/header/lexemes.hpp"
#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

bool is_word(const Lexeme& lexeme, std::string_view word) {
    return lexeme.kind == LexemeKind::word && equal_ignoring_case(lexeme.text, word);
}

/// The four numbers of an IPv4 address.
std::optional<std::array<std::uint8_t, 4>> ipv4(std::string_view text) {
    std::array<std::uint8_t, 4> octets{};
    for (std::size_t i = 0; i < octets.size(); ++i) {
        const char* end = text.data() + text.size();
        const auto [next, error] = std::from_chars(text.data(), end, octets[i]);
        if (error != std::errc{}) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(next - text.data()));
        const bool is_last = i + 1 == octets.size();
        if (is_last != text.empty() || (!is_last && text.front() != '.')) return std::nullopt;
        if (!is_last) text.remove_prefix(1);
    }
    return octets;
}

bool is_ipv6(std::string_view text) {
    text = text.substr(0, text.find('%'));  // a zone: "fe80::1%6"
    return std::count(text.begin(), text.end(), ':') >= 2 &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return hex_value(c) >= 0 || c == ':' || c == '.'; });
}

/// "[IPv6:2001:db8::1]:25" is 2001:db8::1; empty where no address stands.
std::string address_in(std::string_view word) {
    if (word.starts_with('[')) word = word.substr(1, word.find(']') - 1);
    if (starts_with_ignoring_case(word, "ipv6:")) word.remove_prefix(5);
    return ipv4(word) || is_ipv6(word) ? lower_case(word) : "";
}

std::string name_in(std::string_view word) {
    while (word.ends_with('.')) word.remove_suffix(1);
    return lower_case(word);
}

/// The words of a comment.
std::vector<std::string_view> words_of(std::string_view comment) {
    constexpr std::string_view blanks = " \t,;()";
    std::vector<std::string_view> words;
    while (words.size() < max_lexemes) {
        const std::size_t start = std::min(comment.find_first_not_of(blanks), comment.size());
        comment.remove_prefix(start);
        if (comment.empty()) break;
        const std::size_t end = std::min(comment.find_first_of(blanks), comment.size());
        words.push_back(comment.substr(0, end));
        comment.remove_prefix(end);
    }
    return words;
}

/// Sendmail writes "may be forged" where name and address do not fit.
bool is_name(std::string_view word) {
    constexpr std::array<std::string_view, 3> lone{"unknown", "localhost", "forged"};
    if (word.find('=') != std::string_view::npos) return false;
    return word.find('.') != std::string_view::npos ||
           std::any_of(lone.begin(), lone.end(),
                       [&](std::string_view each) { return equal_ignoring_case(word, each); });
}

/// What the comment says of the other host: "mail.example.org. [192.0.2.1]", "unknown [...]",
/// "HELO name", "[192.0.2.1] helo=name". What the host said of itself is passed over.
void take_comment(std::string_view comment, Received& received) {
    bool is_greeting = false;
    for (const std::string_view word : words_of(comment)) {
        if (is_greeting) {
            is_greeting = false;
        } else if (equal_ignoring_case(word, "helo") || equal_ignoring_case(word, "ehlo")) {
            is_greeting = true;
        } else if (std::string address = address_in(word); !address.empty()) {
            received.addresses.push_back(std::move(address));
        } else if (is_name(word)) {
            received.looked_up.push_back(name_in(word));
        }
    }
}

}  // namespace

std::optional<Received> parse_received(std::string_view body) {
    const auto all = lexemes(body, ";");
    if (!all) return std::nullopt;
    Received received;
    auto at = all->begin();
    if (at != all->end() && is_word(*at, "from")) {
        ++at;
        received.from.emplace();
        if (at != all->end() && at->kind == LexemeKind::word) received.from = name_in(at++->text);
        // The other host's comments end where its address has been told; TLS comes behind.
        for (; at != all->end() && at->kind == LexemeKind::comment; ++at) {
            if (received.addresses.empty()) take_comment(at->text, received);
        }
    }
    at = std::find_if(at, all->end(), [](const Lexeme& each) {
        return is_word(each, "by") || each.kind == LexemeKind::mark;
    });
    if (at != all->end() && is_word(*at, "by") && ++at != all->end() &&
        at->kind == LexemeKind::word) {
        received.by = lower_case(at->text);
    }
    return received;
}

bool is_private_address(std::string_view address) {
    if (const auto octets = ipv4(address)) {
        const auto [first, second, third, fourth] = *octets;
        return first == 10 || first == 127 || (first == 172 && second >= 16 && second <= 31) ||
               (first == 192 && second == 168) || (first == 169 && second == 254);
    }
    constexpr std::array<std::string_view, 6> beginnings{"fe8", "fe9", "fea", "feb", "fc", "fd"};
    return address == "::1" ||
           (is_ipv6(address) && address.find(':') == 4 &&
            std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) {
                return starts_with_ignoring_case(address, beginning);
            }));
}

}  // namespace bellhop::parsers
