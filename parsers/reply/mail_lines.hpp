// The lines of a mail's text, each with what it is and what has become of it.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "parsers/reply/reply_markers.hpp"
#include "parsers/reply/text_piece.hpp"

namespace bellhop::parsers {

enum class LineClass {
    empty,
    text,
    quoted,       // "> "
    attribution,  // "On … Ann wrote:", and whatever else introduces quoted lines
    signature,    // said so by the markup
    separator     // everything behind is an older mail
};

/// What a line is by itself.
LineClass class_of(const TextLine& line);

struct LineState {
    LineClass is = LineClass::text;
    bool strong = true;  ///< an attribution that counts without quoted lines behind it
    PieceKind kind = PieceKind::kept;
    bool in_code = false;
    /// Of an attribution that begins a container of HTML: the line behind it.
    std::size_t container_end = 0;
};

/// Ranges of lines are [first, end).
class MailLines {
public:
    /// `line` is a view into the text that pieces() is given; an empty one of no text is a mark in
    /// the markup.
    void add(const TextLine& line, LineClass is);

    std::size_t size() const { return texts_.size(); }
    const TextLine& text(std::size_t at) const { return texts_[at]; }
    LineState& state(std::size_t at) { return states_[at]; }
    const LineState& state(std::size_t at) const { return states_[at]; }
    LineClass is(std::size_t at) const { return states_[at].is; }

    /// At most `count` lines from `first` on.
    std::span<const TextLine> view(std::size_t first, std::size_t count) const;

    void mark(std::size_t first, std::size_t end, LineClass is);
    void cut(std::size_t first, std::size_t end, PieceKind kind);
    void keep_all();

    bool is_kept(std::size_t at) const { return states_[at].kind == PieceKind::kept; }
    bool is_cut_anywhere(PieceKind kind) const;
    /// Whether it is a line of the writer's that is kept, and more than drawn.
    bool says_something(std::size_t at) const;
    std::size_t count_text(std::size_t first, std::size_t end) const;  ///< such lines
    /// The line above `at` that is not empty; `at` where there is none.
    std::size_t above(std::size_t at) const;

    /// Empty lines belong to what stands above them, a mark in the markup too.
    std::vector<TextPiece> pieces(std::string_view whole) const;

private:
    std::vector<TextLine> texts_ = {};
    std::vector<LineState> states_ = {};
};

}  // namespace bellhop::parsers
