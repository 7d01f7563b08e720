#include "parsers/text/plain_text.hpp"

#include <array>

#include "parsers/text/ensure.hpp"

namespace bellhop::parsers {
namespace {

constexpr char32_t replacement = 0xFFFD;

/// Simple case folding within two-byte UTF-8; letters whose lower case is longer or shorter stay.
constexpr char32_t lower_of_two_bytes(char32_t c) {
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 0x20;
    if (c == 0x130 || c == 0x138 || c == 0x149) return c;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c % 2 == 1 ? c + 1 : c;
    if (c >= 0x100 && c <= 0x177) return c % 2 == 0 ? c + 1 : c;
    if (c == 0x178) return 0xFF;
    if (c >= 0x391 && c <= 0x3A9) return c + 0x20;
    if (c == 0x386) return 0x3AC;
    if (c >= 0x388 && c <= 0x38A) return c + 37;
    if (c >= 0x410 && c <= 0x42F) return c + 0x20;
    if (c >= 0x400 && c <= 0x40F) return c + 0x50;
    return c;
}

constexpr bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

bool is_nbsp_at(std::string_view text, std::size_t at) {
    return at + 1 < text.size() && text[at] == '\xC2' && text[at + 1] == '\xA0';
}

}  // namespace

std::string folded(std::string_view text) {
    std::string out{text};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto lead = static_cast<unsigned char>(out[i]);
        if (lead < 0x80) {
            if (lead >= 'A' && lead <= 'Z') out[i] = static_cast<char>(lead + 0x20);
        } else if (lead >= 0xC2 && lead <= 0xDF && i + 1 < out.size() &&
                   is_continuation(out[i + 1])) {
            const auto trail = static_cast<unsigned char>(out[i + 1]);
            const char32_t c = ((lead & 0x1FU) << 6U) | (trail & 0x3FU);
            if (c == 0xA0) {
                out[i] = out[i + 1] = ' ';
            } else {
                const char32_t lower = lower_of_two_bytes(c);
                out[i] = static_cast<char>(0xC0U | (lower >> 6U));
                out[i + 1] = static_cast<char>(0x80U | (lower & 0x3FU));
            }
            ++i;
        }
    }
    return out;
}

std::string_view stripped(std::string_view text) {
    const auto is_white = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
    for (;;) {
        while (!text.empty() && is_white(text.front())) text.remove_prefix(1);
        if (!is_nbsp_at(text, 0)) break;
        text.remove_prefix(2);
    }
    for (;;) {
        while (!text.empty() && is_white(text.back())) text.remove_suffix(1);
        if (text.size() < 2 || !is_nbsp_at(text, text.size() - 2)) return text;
        text.remove_suffix(2);
    }
}

std::string_view without_punctuation(std::string_view text) {
    text = stripped(text);
    const std::size_t last = text.find_last_not_of(" ,.!-");
    return text.substr(0, last == text.npos ? 0 : last + 1);
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.push_back(line);
    }
    return lines;
}

bool has_word(std::string_view text, std::string_view needle) {
    for (std::size_t at = text.find(needle); at != std::string_view::npos;
         at = text.find(needle, at + 1)) {
        const std::size_t end = at + needle.size();
        const bool free_before = at == 0 || !is_word_byte(text[at - 1]);
        if (free_before && (end == text.size() || !is_word_byte(text[end]))) return true;
    }
    return false;
}

void append_utf8(std::string& out, char32_t c) {
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = replacement;
    if (c < 0x80) {
        out.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
        out.push_back(static_cast<char>(0xC0U | (c >> 6U)));
        out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
    } else if (c < 0x10000) {
        out.push_back(static_cast<char>(0xE0U | (c >> 12U)));
        out.push_back(static_cast<char>(0x80U | ((c >> 6U) & 0x3FU)));
        out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
    } else {
        out.push_back(static_cast<char>(0xF0U | (c >> 18U)));
        out.push_back(static_cast<char>(0x80U | ((c >> 12U) & 0x3FU)));
        out.push_back(static_cast<char>(0x80U | ((c >> 6U) & 0x3FU)));
        out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
    }
}

CodePoint code_point_at(std::string_view text, std::size_t at) {
    ensure(at < text.size());
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return {replacement, 1};
    char32_t value = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(text[at + i])) return {replacement, 1};
        value = (value << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> smallest = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < smallest[length] || surrogate || value > 0x10FFFF) return {replacement, 1};
    return {value, length};
}

}  // namespace bellhop::parsers
