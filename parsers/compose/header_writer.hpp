// Header fields of outgoing mail: folded, encoded, one field whatever the value says.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bellhop::parsers {

constexpr std::size_t preferred_header_line = 78;  // octets without CRLF (RFC 5322 section 2.1.1)
constexpr std::size_t max_encoded_word = 75;       // octets (RFC 2047 section 2)
constexpr std::size_t max_field_text = 4096;  // octets of one value; a longer subject is nobody's

/// `value` as one line of valid UTF-8, at most max_field_text octets: control characters (C0, DEL,
/// C1, U+2028, U+2029) become blanks, several blanks one, none at the ends; what is not UTF-8
/// becomes U+FFFD.
std::string header_text(std::string_view value);

/// Whether it may stand before the colon (RFC 5322 section 2.2): visible ASCII, no colon.
bool is_field_name(std::string_view name);

/// Writes one field. Whatever is added, no line of it is empty and none but the first begins
/// without a blank: nothing can look like another field.
class HeaderWriter {
public:
    /// Precondition: is_field_name(name).
    explicit HeaderWriter(std::string_view name);

    /// Adds a piece that must not be broken: printable ASCII. A blank stands before it, or a fold
    /// where the line would grow too long.
    void add_atom(std::string_view atom);

    /// Adds text as RFC 5322's unstructured: words that are not printable ASCII, look like encoded
    /// words, or are too long for a line become encoded words (RFC 2047 section 5 (1)).
    void add_unstructured(std::string_view value);

    /// Adds a display name: as atoms, as a quoted string, or as encoded words (section 5 (3)).
    /// `value` must not be empty after header_text.
    void add_phrase(std::string_view value);

    /// The field with its CRLF.
    std::string finish() &&;

private:
    void add_encoded(std::string_view text);
    void add_word(std::string_view text);

    std::string lines_;
    std::size_t column_ = 0;  // octets in the line so far
    bool is_empty_ = true;    // nothing stands behind the colon yet
};

}  // namespace bellhop::parsers
