#include "parsers/reply/set_off.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "parsers/reply/boilerplate.hpp"
#include "parsers/reply/signature.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t most_paragraphs = 12;
constexpr std::size_t top_lines = 12;       // in which a banner stands
constexpr std::size_t bottom_lines = 60;    // in which a disclaimer stands
constexpr std::size_t few_words = 6;        // in fewer, people say the same as others
constexpr std::size_t many_words = 15;      // in which nobody does
constexpr std::size_t words_in_a_line = 5;  // of prose: lists and forms have fewer
constexpr std::size_t enough_legal_words = 2;

/// How people begin, in folded form.
constexpr std::array<std::string_view, 40> salutations = {
    "hi",           "hello",       "dear",      "hey",          "good morning", "good afternoon",
    "good evening", "morning",     "afternoon", "hiya",         "to whom",      "hallo",
    "guten",        "liebe",       "lieber",    "sehr geehrte", "moin",         "servus",
    "bonjour",      "bonsoir",     "cher",      "chère",        "madame",       "hola",
    "buenos",       "buenas",      "estimad",   "buongiorno",   "salve",        "gentile",
    "goedemorgen",  "goedemiddag", "beste",     "geachte",      "dzień dobry",  "szanown",
    "bore da",      "annwyl",      "helo",      "prynhawn da"};
constexpr std::array<std::string_view, 12> more_salutations = {
    "olá",  "bom dia",  "boa tarde", "caro",    "cara", "hej",
    "god ", "здравств", "добрый",    "merhaba", "您好", "你好"};

bool is_salutation(std::string_view low) {
    constexpr std::size_t longest = 60;  // bytes
    low = stripped(low);
    if (low.size() > longest) return false;
    const auto begins = [low](std::string_view word) {
        return low.starts_with(word) &&
               (low.size() == word.size() || !is_alpha(low[word.size()]) || word.size() > 5);
    };
    return std::any_of(salutations.begin(), salutations.end(), begins) ||
           std::any_of(more_salutations.begin(), more_salutations.end(), begins);
}

/// The lines of a text that its writer may have written, with what is known of them.
struct OwnLines {
    std::vector<TextLine> texts = {};
    std::vector<PieceKind> kinds = {};
};

OwnLines own_lines(const std::vector<TextLine>& lines,
                   std::string_view text,
                   std::span<const TextPiece> pieces) {
    OwnLines own;
    std::size_t piece = 0;
    for (const TextLine& line : lines) {
        const auto at = static_cast<std::size_t>(line.text.data() - text.data());
        while (piece + 1 < pieces.size() && pieces[piece + 1].begin <= at) ++piece;
        const PieceKind kind = pieces.empty() ? PieceKind::kept : pieces[piece].kind;
        if (kind != PieceKind::kept && kind != PieceKind::boilerplate &&
            kind != PieceKind::signature)
            continue;
        own.texts.push_back(line);
        own.kinds.push_back(kind);
    }
    return own;
}

/// The line at which a greeting begins the mail proper, below something else; 0 where none does.
std::size_t salutation_line(const OwnLines& own) {
    bool text_above = false;
    for (std::size_t i = 0; i < std::min(own.texts.size(), top_lines); ++i) {
        if (own.texts[i].is_empty()) continue;
        if (is_salutation(own.texts[i].low)) return text_above ? i : 0;
        text_above = true;
    }
    return 0;
}

/// The first line below the greeting at the end, or the signature; behind the end where there is
/// none.
std::size_t line_below_sign_off(const OwnLines& own) {
    bool text_above = false;
    for (std::size_t i = 0; i < own.texts.size(); ++i) {
        if (own.texts[i].is_empty()) continue;
        const bool signs = own.kinds[i] == PieceKind::signature || is_sign_off(own.texts[i]) ||
                           is_sign_off_with_name(own.texts[i]);
        if (signs && text_above) return i + 1;
        text_above = true;
    }
    return own.texts.size();
}

std::string joined(std::span<const TextLine> unit) {
    std::string text;
    for (const TextLine& line : unit) {
        text += line.low;
        text += '\n';
    }
    return text;
}

bool is_prose(std::span<const TextLine> unit, const TextPrint& print) {
    return print.words >= few_words && print.words >= unit.size() * words_in_a_line;
}

class Finder {
public:
    explicit Finder(const OwnLines& own)
        : own_{own}, salutation_{salutation_line(own)}, below_{line_below_sign_off(own)} {}

    std::vector<SetOffParagraph> find() {
        const std::size_t size = own_.texts.size();
        for (std::size_t at = 0; at < salutation_;) at = look_at(at, salutation_);
        std::size_t at = size > bottom_lines ? size - bottom_lines : 0;
        at = std::max(at, salutation_);
        // The first paragraph of a mail is its writer's, whatever else is not.
        if (at == 0) at = end_of_first();
        while (at < size) at = look_at(at, size);
        return std::move(found_);
    }

private:
    std::size_t end_of_first() const {
        std::size_t at = 0;
        while (at < own_.texts.size() && own_.texts[at].is_empty()) ++at;
        return at < own_.texts.size() ? at + unit_at(own_.texts, at) : at;
    }

    /// Looks at the paragraph at `at`, which ends before `end`. Returns the line behind it.
    std::size_t look_at(std::size_t at, std::size_t end) {
        if (own_.texts[at].is_empty() || own_.kinds[at] == PieceKind::signature) return at + 1;
        const std::size_t size = std::min(unit_at(std::span{own_.texts}.first(end), at), end - at);
        const auto unit = std::span{own_.texts}.subspan(at, size);
        const TextPrint print = print_of_lines(unit);
        const bool in_place = at >= below_ || at < salutation_;
        const bool is_worded = furniture_words_in(joined(unit)) >= enough_legal_words;
        const bool counts = in_place || is_worded || print.words >= many_words;
        if (counts && is_prose(unit, print) && found_.size() < most_paragraphs) {
            found_.push_back({print, in_place    ? Apart::place
                                     : is_worded ? Apart::words
                                                 : Apart::nothing});
        }
        return at + size;
    }

    const OwnLines& own_;
    std::size_t salutation_;
    std::size_t below_;
    std::vector<SetOffParagraph> found_ = {};
};

}  // namespace

std::size_t unit_at(std::span<const TextLine> lines, std::size_t at) {
    constexpr std::size_t short_line = 45;  // bytes: a name, a role, a number
    constexpr std::size_t long_line = 60;
    ensure(at < lines.size());
    std::size_t end = at + 1;
    while (end < lines.size() && !lines[end].is_empty() && !is_rule(lines[end].text)) {
        const bool begins_prose = stripped(lines[end - 1].text).size() < short_line &&
                                  stripped(lines[end].text).size() >= long_line;
        if (begins_prose) break;
        ++end;
    }
    return end - at;
}

TextPrint print_of_lines(std::span<const TextLine> unit) {
    return print_of(joined(unit));
}

bool is_known(std::span<const TextLine> unit, std::span<const TextPrint> furniture) {
    if (furniture.empty()) return false;
    const TextPrint print = print_of_lines(unit);
    return std::any_of(furniture.begin(), furniture.end(),
                       [&](const TextPrint& known) { return are_alike(print, known); });
}

std::vector<SetOffParagraph> set_off_paragraphs(std::string_view text,
                                                std::span<const TextPiece> pieces) {
    const std::string low = folded(text);
    const OwnLines own = own_lines(text_lines(text, low), text, pieces);
    return Finder{own}.find();
}

}  // namespace bellhop::parsers
