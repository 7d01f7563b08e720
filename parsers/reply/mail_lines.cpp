#include "parsers/reply/mail_lines.hpp"

#include <algorithm>

#include "parsers/text/ensure.hpp"

namespace bellhop::parsers {

LineClass class_of(const TextLine& line) {
    if (line.is_empty()) return LineClass::empty;
    return is_quoted(line.text) ? LineClass::quoted : LineClass::text;
}

void MailLines::add(const TextLine& line, LineClass is) {
    texts_.push_back(line);
    LineState state;
    state.is = is;
    states_.push_back(state);
}

std::span<const TextLine> MailLines::view(std::size_t first, std::size_t count) const {
    return std::span{texts_}.subspan(first, std::min(count, texts_.size() - first));
}

void MailLines::mark(std::size_t first, std::size_t end, LineClass is) {
    for (std::size_t i = first; i < end; ++i) states_[i].is = is;
}

void MailLines::cut(std::size_t first, std::size_t end, PieceKind kind) {
    for (std::size_t i = first; i < end; ++i) states_[i].kind = kind;
}

void MailLines::keep_all() {
    cut(0, size(), PieceKind::kept);
}

bool MailLines::is_cut_anywhere(PieceKind kind) const {
    return std::any_of(states_.begin(), states_.end(),
                       [kind](const LineState& state) { return state.kind == kind; });
}

bool MailLines::says_something(std::size_t at) const {
    return states_[at].is == LineClass::text && is_kept(at) && !is_rule(texts_[at].text);
}

std::size_t MailLines::count_text(std::size_t first, std::size_t end) const {
    std::size_t count = 0;
    for (std::size_t i = first; i < end; ++i) count += says_something(i) ? 1 : 0;
    return count;
}

std::size_t MailLines::above(std::size_t at) const {
    for (std::size_t i = at; i > 0; --i) {
        if (states_[i - 1].is != LineClass::empty) return i - 1;
    }
    return at;
}

std::vector<TextPiece> MailLines::pieces(std::string_view whole) const {
    std::vector<TextPiece> all;
    std::size_t done = 0;
    PieceKind kind = PieceKind::kept;
    PieceKind above = PieceKind::kept;
    for (std::size_t i = 0; i < texts_.size(); ++i) {
        const bool is_mark = texts_[i].text.data() == nullptr;
        if (is_mark || !texts_[i].is_empty()) above = states_[i].kind;
        if (is_mark || above == kind) continue;
        const auto at = static_cast<std::size_t>(texts_[i].text.data() - whole.data());
        ensure(at >= done && at <= whole.size());
        add_piece(all, kind, at - done);
        done = at;
        kind = above;
    }
    add_piece(all, kind, whole.size() - done);
    return all;
}

}  // namespace bellhop::parsers
