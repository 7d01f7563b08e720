// A structured header field cut into words, quoted strings, comments and marks (RFC 5322
// section 3.2), strictly: what does not close is refused.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

enum class LexemeKind { word, quoted, comment, mark };

struct Lexeme {
    LexemeKind kind = LexemeKind::word;
    std::string text = {};  ///< of a quoted string or comment what stands inside, unescaped
    bool spaced = false;    ///< whether a blank stands before it

    friend bool operator==(const Lexeme&, const Lexeme&) = default;
};

constexpr std::size_t max_lexemes = 10'000;  // of one field; a busy trace field has a hundred

/// The lexemes of an unfolded field body. Each of `marks` is a lexeme of its own; a word is what
/// stands between blanks, marks, quotes and parentheses. Bounded and linear.
///
/// Errors: nullopt where a quoted string or comment is not closed, a parenthesis is closed that was
/// not opened, a comment holds one end of a quoted string (it was closed from inside of a text that
/// somebody else wrote), or there are more than `max_lexemes`.
std::optional<std::vector<Lexeme>> lexemes(std::string_view body, std::string_view marks);

/// The same without its comments; what stood behind one counts as spaced.
std::vector<Lexeme> without_comments(std::vector<Lexeme> all);

}  // namespace bellhop::parsers
