#include "parsers/text/text_print.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "parsers/text/ascii.hpp"
#include "parsers/text/plain_text.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t most_bytes = 8192;
constexpr std::size_t many_words = 12;
constexpr int most_bits_of_few = 0;    // that may differ
constexpr int most_bits_of_many = 12;  // of 64; texts that have nothing to do with each other: 32

/// FNV-1a with the last step of MurmurHash3: each bit of the result depends on each byte.
std::uint64_t hash_of(std::string_view word) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdU;
    hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53U;
    return hash ^ (hash >> 33);
}

/// Scripts without blanks: each character is a word.
bool is_word_by_itself(char32_t c) {
    return c >= 0x2E80 && c < 0xFF00;
}

/// Calls `each` with the hash of every word of a folded text.
template <class Each>
void for_each_word(std::string_view low, Each each) {
    std::size_t at = 0;
    while (at < low.size()) {
        std::size_t end = at;
        bool is_address = false;
        while (end < low.size() && !is_space(low[end])) {
            const CodePoint c = code_point_at(low, end);
            if (is_word_by_itself(c.value)) break;
            is_address = is_address || low[end] == '@' || low.compare(end, 3, "://") == 0;
            end += c.length;
        }
        std::string word;
        for (const char c : low.substr(at, end - at)) {
            if (is_word_byte(c) && !is_digit(c)) word += c;
        }
        if (!word.empty() && !is_address) each(hash_of(word));
        if (end < low.size() && !is_space(low[end])) {
            const std::size_t length = code_point_at(low, end).length;
            each(hash_of(low.substr(end, length)));
            end += length;
        }
        at = std::max(end, at + 1);
        while (at < low.size() && is_space(low[at])) ++at;
    }
}

}  // namespace

TextPrint print_of(std::string_view text) {
    const std::string low = folded(utf8_prefix(text, most_bytes));
    std::array<int, 64> votes{};
    TextPrint print;
    std::uint64_t before = 0;
    for_each_word(low, [&](std::uint64_t word) {
        ++print.words;
        const std::uint64_t pair = std::rotl(before, 23) * 0x9e3779b97f4a7c15U ^ word;
        before = word;
        for (std::size_t bit = 0; bit < votes.size(); ++bit)
            votes[bit] += ((pair >> bit) & 1U) != 0 ? 1 : -1;
    });
    for (std::size_t bit = 0; bit < votes.size(); ++bit) {
        if (votes[bit] > 0) print.bits |= std::uint64_t{1} << bit;
    }
    return print;
}

bool are_alike(const TextPrint& one, const TextPrint& other) {
    const std::size_t fewer = std::min(one.words, other.words);
    const std::size_t more = std::max(one.words, other.words);
    if (fewer == 0 || more - fewer > fewer / 6) return false;
    const int most = fewer < many_words ? most_bits_of_few : most_bits_of_many;
    return std::popcount(one.bits ^ other.bits) <= most;
}

}  // namespace bellhop::parsers
