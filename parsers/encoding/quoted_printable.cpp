#include "parsers/encoding/quoted_printable.hpp"

#include <cstddef>

#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_line = 76;  // octets with the "=" of a soft line break

/// Collects encoded characters into lines.
class LineWriter {
public:
    explicit LineWriter(std::size_t expected) { text_.reserve(expected); }

    void add(std::string_view encoded) {
        if (line_ + encoded.size() > max_line - 1) {
            text_ += "=\r\n";
            line_ = 0;
        }
        text_ += encoded;
        line_ += encoded.size();
    }

    void end_line() {
        text_ += "\r\n";
        line_ = 0;
    }

    bool at_line_begin() const { return line_ == 0; }
    /// Whether the next octet would be the first of a line, after a soft break.
    bool may_begin_line() const { return line_ == 0 || line_ + 3 > max_line - 1; }
    std::string take() && { return std::move(text_); }

private:
    std::string text_;
    std::size_t line_ = 0;
};

std::string escaped(std::string_view octets) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : octets) {
        const auto octet = static_cast<unsigned char>(c);
        result += '=';
        result += digits[octet >> 4];
        result += digits[octet & 15U];
    }
    return result;
}

/// The character as it may stand in a mail.
std::string_view harmless(const Utf8Character& character) {
    if (!character.is_valid) return "\uFFFD";
    return character.code_point != '\t' && is_control(character.code_point) ? " "
                                                                            : character.octets;
}

bool is_line_end(std::string_view text, std::size_t at) {
    return at >= text.size() || text[at] == '\n' || text[at] == '\r';
}

/// Whether a server on the way might stuff or escape a line that begins so (RFC 5321 section 4.5.2,
/// and the mbox format).
bool is_touched_at_line_begin(std::string_view rest) {
    return rest.front() == '.' || rest.starts_with("From ");
}

}  // namespace

std::string encode_quoted_printable(std::string_view text) {
    LineWriter lines{text.size() + text.size() / 8 + 16};
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        if (is_line_end(text, at)) {
            at += rest.starts_with("\r\n") ? 2 : 1;
            lines.end_line();
            continue;
        }
        const Utf8Character character = first_character(rest);
        const std::string_view octets = harmless(character);
        at += character.octets.size();
        const bool is_trailing_blank = (octets == " " || octets == "\t") && is_line_end(text, at);
        const bool is_touched = lines.may_begin_line() && is_touched_at_line_begin(rest);
        const bool is_plain =
            octets.size() == 1 && octets != "=" && !is_trailing_blank && !is_touched;
        lines.add(is_plain ? std::string{octets} : escaped(octets));
    }
    if (!lines.at_line_begin() || text.empty()) lines.end_line();
    return std::move(lines).take();
}

}  // namespace bellhop::parsers
