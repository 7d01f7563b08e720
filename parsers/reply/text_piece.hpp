// A mail's text in pieces: what was written this time, and what was set apart, each with its
// reason.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

enum class PieceKind {
    kept,         ///< the writer's words
    quotation,    ///< an older mail, and the lines that introduce it
    signature,    ///< the block below the writer's name, with its greeting
    boilerplate,  ///< disclaimers, creeds, banners of gateways, footers of lists
    sent_from,    ///< "Sent from my iPhone"
    file          ///< uuencoded: an attachment, too
};

/// "kept", "quotation", "signature", "boilerplate", "sent_from", "file".
std::string_view piece_kind_name(PieceKind kind);
/// The inverse; nothing for another word.
std::optional<PieceKind> piece_kind_named(std::string_view name);

/// A stretch of a text, in bytes. The pieces of a text are in order and leave nothing out.
struct TextPiece {
    PieceKind kind = PieceKind::kept;
    std::size_t begin = 0;
    std::size_t size = 0;

    friend bool operator==(const TextPiece&, const TextPiece&) = default;
};

/// The text of one piece. Precondition: the piece lies within `text`.
std::string_view piece_of(std::string_view text, const TextPiece& piece);

/// Whether they are the pieces of that text, by their sizes.
bool make_up(std::span<const TextPiece> pieces, std::string_view text);

enum class PieceChoice { kept, set_apart };

/// What was kept of `text`, or what was set apart, without files: in order, each piece beginning a
/// line, without empty lines at both ends, and with no more than two of them in a row.
std::string joined_pieces(std::string_view text,
                          std::span<const TextPiece> pieces,
                          PieceChoice choice);

/// Appends a piece of `size` bytes; one of the same kind as the last makes that longer.
void add_piece(std::vector<TextPiece>& pieces, PieceKind kind, std::size_t size);

/// `pieces` of a text that a longer one holds but for stretches at `files` ({begin, size} in the
/// longer text, in order): the pieces of the longer one.
std::vector<TextPiece> with_files(std::span<const TextPiece> pieces,
                                  std::span<const TextPiece> files);

}  // namespace bellhop::parsers
