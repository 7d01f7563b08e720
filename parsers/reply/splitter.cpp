#include "parsers/reply/splitter.hpp"

#include <algorithm>

#include "parsers/reply/furniture.hpp"
#include "parsers/reply/quotation.hpp"
#include "parsers/reply/reply_markers.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t lines_looked_ahead = 24;  // for a marker of several lines

/// Four columns of blanks, or a tab: what programs print, pasted into a text.
bool is_indented(std::string_view line) {
    constexpr std::string_view indent = "    ";
    return line.starts_with('\t') || line.starts_with(indent);
}

}  // namespace

void Splitter::set_code(std::size_t first, std::size_t end) {
    for (std::size_t i = first; i < end; ++i) {
        lines_.state(i).in_code = true;
        if (lines_.is(i) == LineClass::quoted) lines_.state(i).is = LineClass::text;
    }
}

/// Lines between ``` and ``` are the writer's, whatever they look like.
void Splitter::find_code_blocks() {
    const std::size_t none = lines_.size();
    std::size_t opened = none;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (lines_.is(i) != LineClass::text || !stripped(lines_.text(i).text).starts_with("```"))
            continue;
        if (opened == none) {
            opened = i;
            continue;
        }
        set_code(opened, i + 1);
        opened = none;
    }
}

/// In a new mail also what is indented below an empty line.
void Splitter::find_indented_code() {
    bool may_begin = true;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (lines_.is(i) == LineClass::empty) {
            may_begin = true;
        } else if (may_begin && is_indented(lines_.text(i).text)) {
            set_code(i, i + 1);
        } else {
            may_begin = false;
        }
    }
}

void Splitter::find_markers() {
    for (std::size_t i = 0; i < lines_.size(); i += read_marker(i)) {
    }
}

/// Gives the lines of a marker that begins at `at` their class. Returns how many lines have been
/// read.
std::size_t Splitter::read_marker(std::size_t at) {
    if (lines_.is(at) != LineClass::text || lines_.state(at).in_code) return 1;
    const auto ahead = lines_.view(at, lines_looked_ahead);
    if (is_message_separator(lines_.text(at)) || is_framed_above_header(ahead)) {
        lines_.mark(at, at + 1, LineClass::separator);
        return 1;
    }
    if (const std::size_t size = header_block_at(ahead); size > 0) {
        lines_.mark(at, at + size, LineClass::separator);
        return size;
    }
    const Attribution found = attribution_at(ahead);
    if (found.strength == MarkerStrength::none) return 1;
    lines_.mark(at, at + found.lines, LineClass::attribution);
    const bool strong =
        found.strength == MarkerStrength::strong && (setting_.answers || found.is_machine_written);
    for (std::size_t i = at; i < at + found.lines; ++i) lines_.state(i).strong = strong;
    return found.lines;
}

/// By its header, or by an older mail in it that is introduced as programs do it.
bool Splitter::looks_like_answer(std::size_t end) const {
    return setting_.answers || end < lines_.size() ||
           lines_.is_cut_anywhere(PieceKind::quotation) || holds_older_mail(lines_, end);
}

void Splitter::separate(Furniture furniture) {
    lines_.keep_all();
    const std::size_t end = cut_older_mail(lines_);
    MailSetting setting = setting_;
    setting.answers = looks_like_answer(end);
    if (furniture == Furniture::cut) cut_furniture(lines_, end, setting);
    cut_quotations(lines_, end, {setting.answers, has_markup_});
}

Splitter::Result Splitter::split(std::string_view whole) {
    find_code_blocks();
    if (!setting_.answers) find_indented_code();
    find_markers();
    for (const Furniture furniture : {Furniture::cut, Furniture::keep}) {
        separate(furniture);
        // Without the signature a quotation may be left that is nobody's reply.
        const bool has_words = lines_.count_text(0, lines_.size()) > 0;
        if (furniture == Furniture::cut && !has_words) continue;
        Result result{lines_.pieces(whole), furniture == Furniture::keep && has_words};
        const bool any =
            std::any_of(result.pieces.begin(), result.pieces.end(), [&](const TextPiece& piece) {
                return piece.kind == PieceKind::kept && !stripped(piece_of(whole, piece)).empty();
            });
        if (any) return result;
    }
    Result result;
    add_piece(result.pieces, PieceKind::kept, whole.size());
    return result;
}

}  // namespace bellhop::parsers
