#include "parsers/reply/text_piece.hpp"

#include <algorithm>
#include <array>

#include "parsers/text/ensure.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::array<std::string_view, 6> kind_names = {"kept",        "quotation", "signature",
                                                        "boilerplate", "sent_from", "file"};

/// Without empty lines at both ends, and with no more than two of them in a row.
std::string tidy(std::string_view text) {
    std::string out;
    std::size_t empty_lines = 0;
    for (const std::string_view line : lines_of(text)) {
        if (stripped(line).empty()) {
            ++empty_lines;
            continue;
        }
        if (!out.empty()) out.append(1 + std::min<std::size_t>(empty_lines, 2), '\n');
        empty_lines = 0;
        out += line;
    }
    return out;
}

bool is_chosen(PieceKind kind, PieceChoice choice) {
    if (kind == PieceKind::file) return false;
    return (kind == PieceKind::kept) == (choice == PieceChoice::kept);
}

}  // namespace

std::string_view piece_kind_name(PieceKind kind) {
    return kind_names[static_cast<std::size_t>(kind)];
}

std::optional<PieceKind> piece_kind_named(std::string_view name) {
    const auto* const found = std::find(kind_names.begin(), kind_names.end(), name);
    if (found == kind_names.end()) return std::nullopt;
    return static_cast<PieceKind>(found - kind_names.begin());
}

std::string_view piece_of(std::string_view text, const TextPiece& piece) {
    ensure(piece.begin <= text.size() && piece.size <= text.size() - piece.begin);
    return text.substr(piece.begin, piece.size);
}

bool make_up(std::span<const TextPiece> pieces, std::string_view text) {
    std::size_t at = 0;
    for (const TextPiece& piece : pieces) {
        if (piece.begin != at || piece.size > text.size() - at) return false;
        at += piece.size;
    }
    return at == text.size();
}

std::string joined_pieces(std::string_view text,
                          std::span<const TextPiece> pieces,
                          PieceChoice choice) {
    std::string joined;
    for (const TextPiece& piece : pieces) {
        if (!is_chosen(piece.kind, choice)) continue;
        if (!joined.empty() && !joined.ends_with('\n')) joined += '\n';
        joined += piece_of(text, piece);
    }
    return tidy(joined);
}

void add_piece(std::vector<TextPiece>& pieces, PieceKind kind, std::size_t size) {
    if (size == 0) return;
    if (pieces.empty()) {
        pieces.push_back({kind, 0, size});
    } else if (pieces.back().kind == kind) {
        pieces.back().size += size;
    } else {
        pieces.push_back({kind, pieces.back().begin + pieces.back().size, size});
    }
}

std::vector<TextPiece> with_files(std::span<const TextPiece> pieces,
                                  std::span<const TextPiece> files) {
    std::vector<TextPiece> all;
    std::size_t at = 0;  // in the longer text
    const auto add_files = [&] {
        while (!files.empty() && files.front().begin <= at) {
            add_piece(all, PieceKind::file, files.front().size);
            at += files.front().size;
            files = files.subspan(1);
        }
    };
    for (const TextPiece& piece : pieces) {
        for (std::size_t left = piece.size; left > 0;) {
            add_files();
            const std::size_t room = files.empty() ? left : files.front().begin - at;
            const std::size_t size = std::min(left, room);
            add_piece(all, piece.kind, size);
            at += size;
            left -= size;
        }
    }
    add_files();
    return all;
}

}  // namespace bellhop::parsers
