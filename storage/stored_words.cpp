#include "storage/stored_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include "storage/database.hpp"

namespace bellhop::storage {
namespace {

// Each in the order of its enumerators.
constexpr std::array<std::string_view, 3> direction_names{"in", "out", "note"};
constexpr std::array<std::string_view, 3> kind_names{"human", "automatic", "bounce"};
constexpr std::array<std::string_view, 2> disposition_names{"inline", "attachment"};
constexpr std::array<std::string_view, 3> grade_names{"weak", "medium", "strong"};

template <class Names, class Word>
std::string_view name_in(const Names& names, Word word) {
    return names.at(static_cast<std::size_t>(word));
}

template <class Word, class Names>
Word word_in(const Names& names, std::string_view name) {
    for (std::size_t index = 0; index < names.size(); ++index) {
        if (names[index] == name) return static_cast<Word>(index);
    }
    throw DatabaseError(DatabaseFault::damaged,
                        "unknown word \"" + std::string{name} + "\" in a column");
}

}  // namespace

std::string_view name_of(Direction direction) {
    return name_in(direction_names, direction);
}
std::string_view name_of(parsers::MessageKind kind) {
    return name_in(kind_names, kind);
}
std::string_view name_of(parsers::Disposition disposition) {
    return name_in(disposition_names, disposition);
}

Direction direction_of(std::string_view name) {
    return word_in<Direction>(direction_names, name);
}
parsers::MessageKind kind_of(std::string_view name) {
    return word_in<parsers::MessageKind>(kind_names, name);
}
parsers::Disposition disposition_of(std::string_view name) {
    return word_in<parsers::Disposition>(disposition_names, name);
}

TextPairs pairs_of(const std::vector<parsers::Evidence>& evidence) {
    TextPairs pairs;
    for (const auto& [signal, grade] : evidence) {
        pairs.emplace_back(signal, name_in(grade_names, grade));
    }
    return pairs;
}

TextPairs pairs_of(const std::vector<parsers::Defect>& defects) {
    TextPairs pairs;
    for (const auto& [code, text] : defects) pairs.emplace_back(code, text);
    return pairs;
}

std::vector<parsers::Evidence> evidence_of(const TextPairs& pairs) {
    std::vector<parsers::Evidence> evidence;
    for (const auto& [signal, grade] : pairs) {
        evidence.push_back({signal, word_in<parsers::EvidenceGrade>(grade_names, grade)});
    }
    return evidence;
}

std::vector<parsers::Defect> defects_of(const TextPairs& pairs) {
    std::vector<parsers::Defect> defects;
    for (const auto& [code, text] : pairs) defects.push_back({code, text});
    return defects;
}

std::vector<std::string> texts_of(const std::vector<parsers::TextPiece>& pieces) {
    std::vector<std::string> texts;
    for (const parsers::TextPiece& piece : pieces) {
        texts.push_back(std::string{parsers::piece_kind_name(piece.kind)} + " " +
                        std::to_string(piece.size));
    }
    return texts;
}

std::vector<parsers::TextPiece> pieces_of(const std::vector<std::string>& texts) {
    std::vector<parsers::TextPiece> pieces;
    for (const std::string& text : texts) {
        const std::size_t blank = std::min(text.find(' '), text.size());
        const auto kind = parsers::piece_kind_named(std::string_view{text}.substr(0, blank));
        std::size_t size = 0;
        const char* const end = text.data() + text.size();
        const auto [stop, error] =
            std::from_chars(text.data() + std::min(blank + 1, text.size()), end, size);
        if (!kind || error != std::errc{} || stop != end)
            throw DatabaseError(DatabaseFault::damaged, "no piece of a text: \"" + text + "\"");
        parsers::add_piece(pieces, *kind, size);
    }
    return pieces;
}

}  // namespace bellhop::storage
