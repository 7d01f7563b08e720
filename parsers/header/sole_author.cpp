#include "parsers/header/sole_author.hpp"

#include <algorithm>
#include <vector>

#include "parsers/header/address.hpp"
#include "parsers/header/domain_name.hpp"
#include "parsers/header/lexemes.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/printable.hpp"

namespace bellhop::parsers {
namespace {

using Lexemes = std::vector<Lexeme>;
using Place = Lexemes::const_iterator;

constexpr std::string_view marks = "<>@,;:.\\";  // brackets stay: "[IT] Ann Lee <ann@example.org>"

bool is_mark(const Lexeme& lexeme, char mark) {
    return lexeme.kind == LexemeKind::mark && lexeme.text.front() == mark;
}

/// RFC 5322 section 3.2.3, and UTF-8 (RFC 6532) that can be seen. No encoded word: programs differ
/// in reading it here.
bool is_atom(const Lexeme& lexeme) {
    if (lexeme.kind != LexemeKind::word) return false;
    if (printable(lexeme.text, lexeme.text.size()) != lexeme.text) return false;
    if (lexeme.text.find("=?") != std::string::npos) return false;
    return std::all_of(lexeme.text.begin(), lexeme.text.end(), [](char c) {
        return is_alpha(c) || is_digit(c) || is_octet_8bit(c) ||
               std::string_view{"!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos;
    });
}

/// Atoms with dots between them; nullopt for anything else.
std::optional<std::string> dot_atom(Place begin, Place end) {
    std::string text;
    bool wants_atom = true;
    for (Place at = begin; at != end; ++at, wants_atom = !wants_atom) {
        if (wants_atom ? !is_atom(*at) : !is_mark(*at, '.')) return std::nullopt;
        text += at->text;
    }
    return wants_atom ? std::nullopt : std::optional{text};
}

std::optional<std::string> addr_spec(Place begin, Place end) {
    constexpr std::size_t longest_local_part = 64;  // RFC 5321 section 4.5.3.1.1
    const Place at =
        std::find_if(begin, end, [](const Lexeme& each) { return is_mark(each, '@'); });
    if (at == end) return std::nullopt;
    const auto local_part = dot_atom(begin, at);
    const auto domain = dot_atom(at + 1, end);
    if (!local_part || local_part->size() > longest_local_part || !domain) return std::nullopt;
    if (!comparable_domain(*domain)) return std::nullopt;
    return *local_part + '@' + lower_case(*domain);
}

/// Words and quoted strings; dots, as in "J. Lee", are obsolete but common (RFC 5322 section 4.1).
bool is_phrase(Place begin, Place end) {
    return std::all_of(begin, end, [](const Lexeme& each) {
        return each.kind != LexemeKind::mark || each.text.front() == '.';
    });
}

std::optional<std::string> read_author(std::string_view from_body) {
    auto all = lexemes(from_body, marks);
    if (!all) return std::nullopt;
    const Lexemes parts = without_comments(std::move(*all));
    const auto open = std::find_if(parts.begin(), parts.end(),
                                   [](const Lexeme& each) { return is_mark(each, '<'); });
    if (open == parts.end()) return addr_spec(parts.begin(), parts.end());
    if (!is_phrase(parts.begin(), open) || !is_mark(parts.back(), '>')) return std::nullopt;
    return addr_spec(open + 1, parts.end() - 1);
}

}  // namespace

std::optional<std::string> sole_author(std::string_view from_body) {
    std::optional<std::string> author = read_author(from_body);
    if (!author) return std::nullopt;
    // Where the reader that guesses finds somebody else, other programs may, too.
    const std::vector<Address> guessed = parse_address_list(from_body);
    const bool agree =
        guessed.size() == 1 && address_key(guessed.front().address) == address_key(*author);
    return agree ? author : std::nullopt;
}

}  // namespace bellhop::parsers
