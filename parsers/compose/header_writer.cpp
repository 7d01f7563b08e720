#include "parsers/compose/header_writer.hpp"

#include <algorithm>
#include <cstdint>

#include "parsers/text/ensure.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::string_view word_begin = "=?UTF-8?";
constexpr std::size_t word_frame = word_begin.size() + 4;  // "B?" and "?="
constexpr std::size_t longest_plain_word = 70;  // octets; a longer one could not be folded
constexpr std::size_t longest_quoted_string = 60;
constexpr std::size_t least_room = word_frame + 16;  // of an encoded word; with less, the line ends

bool is_printable_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

/// A receiver would decode what looks like an encoded word: a subject that says
/// "=?utf-8?q?a=0D=0ABcc:_x?=" in so many letters must reach it as these letters.
bool needs_encoding(std::string_view word) {
    return !is_printable_ascii(word) || word.find("=?") != std::string_view::npos ||
           word.size() > longest_plain_word;
}

/// What may stand for itself in Q (RFC 2047 section 5 (3)): safe in a phrase, so safe everywhere.
bool is_plain_in_q(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"!*+-/"}.find(c) != std::string_view::npos;
}

std::string q_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        if (c == ' ') {
            result += '_';
        } else if (is_plain_in_q(c)) {
            result += c;
        } else {
            const auto octet = static_cast<unsigned char>(c);
            result += '=';
            result += digits[octet >> 4];
            result += digits[octet & 15U];
        }
    }
    return result;
}

std::string b_encoded(std::string_view text) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string result;
    for (std::size_t at = 0; at < text.size(); at += 3) {
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            bits <<= 8;
            if (at + i < text.size()) bits |= static_cast<unsigned char>(text[at + i]);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            const bool is_padding = at + i > text.size();
            result += is_padding ? '=' : alphabet[bits >> (18 - 6 * i) & 63U];
        }
    }
    return result;
}

struct Encoding {
    char letter;  // as it stands in the word
    std::string (*encoded)(std::string_view);
};

/// The shorter one: Q keeps western names readable, B is a third of Q for the rest of the world.
Encoding encoding_for(std::string_view text) {
    if (q_encoded(text).size() <= b_encoded(text).size()) return {'Q', q_encoded};
    return {'B', b_encoded};
}

bool is_atom_text(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos;
}

std::string quoted_string(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + '"';
}

std::string_view next_word(std::string_view text, std::size_t at) {
    return text.substr(at, text.find(' ', at) - at);
}

}  // namespace

bool is_field_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(),
                                        [](char c) { return c > 0x20 && c < 0x7f && c != ':'; });
}

std::string header_text(std::string_view value) {
    std::string result;
    const std::string_view text = value.substr(0, max_field_text);
    for (std::size_t at = 0; at < text.size();) {
        const Utf8Character character = first_character(text.substr(at));
        at += character.octets.size();
        if (!character.is_valid) {
            // Half a character at the limit is cut off, not shown as broken.
            const bool is_cut = value.size() > text.size() && text.size() - at < 3;
            if (!is_cut) result += "\uFFFD";
        } else if (character.octets == " " || is_control(character.code_point)) {
            if (!result.empty() && result.back() != ' ') result += ' ';
        } else {
            result += character.octets;
        }
    }
    if (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

HeaderWriter::HeaderWriter(std::string_view name) : lines_(name) {
    ensure(is_field_name(name));
    lines_ += ':';
    column_ = lines_.size();
}

void HeaderWriter::add_atom(std::string_view atom) {
    const bool fits = column_ + 1 + atom.size() <= preferred_header_line;
    // A fold right behind the colon leaves a line of a name only. That is allowed, and better than
    // a line that is too long.
    if (!fits) {
        lines_ += "\r\n";
        column_ = 0;
    }
    lines_ += ' ';
    lines_ += atom;
    column_ += 1 + atom.size();
    is_empty_ = false;
}

void HeaderWriter::add_encoded(std::string_view text) {
    const Encoding encoding = encoding_for(text);
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t left =
            preferred_header_line > column_ + 1 ? preferred_header_line - column_ - 1 : 0;
        const std::size_t room =
            std::min(left < least_room ? max_encoded_word : left, max_encoded_word);
        const std::size_t begin = at;
        // RFC 2047 section 5: no character is split between two words.
        for (std::size_t next = at; next < text.size();) {
            next += first_character(text.substr(next)).octets.size();
            const std::string_view piece = text.substr(begin, next - begin);
            if (at > begin && word_frame + encoding.encoded(piece).size() > room) break;
            at = next;
        }
        std::string word{word_begin};
        word += encoding.letter;
        word += '?' + encoding.encoded(text.substr(begin, at - begin)) + "?=";
        add_atom(word);
    }
}

void HeaderWriter::add_unstructured(std::string_view value) {
    const std::string text = header_text(value);
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view word = next_word(text, at);
        if (!needs_encoding(word)) {
            add_atom(word);
            at += word.size() + 1;
            continue;
        }
        // Blanks between encoded words vanish when they are decoded, so neighbours that need
        // encoding become one run with their blanks inside.
        std::size_t end = at + word.size();
        while (end < text.size() && needs_encoding(next_word(text, end + 1))) {
            end += 1 + next_word(text, end + 1).size();
        }
        add_encoded(std::string_view{text}.substr(at, end - at));
        at = end + 1;
    }
}

void HeaderWriter::add_phrase(std::string_view value) {
    const std::string text = header_text(value);
    if (text.size() <= longest_quoted_string && !needs_encoding(text)) {
        add_word(text);
        return;
    }
    bool is_foldable = true;
    for (std::size_t at = 0; at < text.size(); at += next_word(text, at).size() + 1) {
        const std::string_view word = next_word(text, at);
        is_foldable = is_foldable && !needs_encoding(word) && word.size() <= longest_quoted_string;
    }
    if (!is_foldable) {
        add_encoded(text);
        return;
    }
    // A phrase is a row of words, with a blank between each two: the same name, in pieces.
    for (std::size_t at = 0; at < text.size(); at += next_word(text, at).size() + 1) {
        add_word(next_word(text, at));
    }
}

void HeaderWriter::add_word(std::string_view text) {
    const bool is_plain =
        std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || is_atom_text(c); });
    add_atom(is_plain ? std::string{text} : quoted_string(text));
}

std::string HeaderWriter::finish() && {
    if (is_empty_) lines_ += ' ';
    return std::move(lines_) + "\r\n";
}

}  // namespace bellhop::parsers
