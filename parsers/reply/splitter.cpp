#include "parsers/reply/splitter.hpp"

#include <algorithm>

#include "parsers/reply/boilerplate.hpp"
#include "parsers/reply/sent_from.hpp"
#include "parsers/reply/signature_line.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

/// A reply longer than this below quoted text answers it point by point, so that the quotation is
/// needed to understand it; a shorter one stands for itself. (email_reply_trimmer draws the line
/// there too.)
constexpr std::size_t long_answer_lines = 7;

constexpr std::size_t lines_looked_ahead = 24;  // for a marker of several lines

/// What lies far above the end is no signature, and looking below each line costs its length.
constexpr std::size_t signature_window = 60;  // lines

/// Four columns of blanks, or a tab: what programs print, pasted into a text.
bool is_indented(std::string_view line) {
    constexpr std::string_view indent = "    ";
    return line.starts_with('\t') || line.starts_with(indent);
}

}  // namespace

LineClass class_of(const TextLine& line) {
    if (line.is_empty()) return LineClass::empty;
    return is_quoted(line.text) ? LineClass::quoted : LineClass::text;
}

void Splitter::add(const TextLine& line, LineClass is) {
    texts_.push_back(line);
    LineState state;
    state.is = is;
    states_.push_back(state);
}

/// Lines between ``` and ``` are the writer's, whatever they look like.
void Splitter::find_code_blocks() {
    const std::size_t none = texts_.size();
    std::size_t opened = none;
    for (std::size_t i = 0; i < texts_.size(); ++i) {
        if (states_[i].is != LineClass::text || !stripped(texts_[i].text).starts_with("```"))
            continue;
        if (opened == none) {
            opened = i;
            continue;
        }
        for (std::size_t j = opened; j <= i; ++j) {
            states_[j].in_code = true;
            if (states_[j].is == LineClass::quoted) states_[j].is = LineClass::text;
        }
        opened = none;
    }
}

/// In a new mail also what is indented below an empty line.
void Splitter::find_indented_code() {
    bool may_begin = true;
    for (std::size_t i = 0; i < texts_.size(); ++i) {
        if (states_[i].is == LineClass::empty) {
            may_begin = true;
        } else if (may_begin && is_indented(texts_[i].text)) {
            states_[i].in_code = true;
            if (states_[i].is == LineClass::quoted) states_[i].is = LineClass::text;
        } else {
            may_begin = false;
        }
    }
}

void Splitter::mark(std::size_t first, std::size_t count, LineClass is) {
    for (std::size_t i = first; i < first + count; ++i) states_[i].is = is;
}

void Splitter::find_markers() {
    for (std::size_t i = 0; i < texts_.size(); i += read_marker(i)) {
    }
}

/// Gives the lines of a marker that begins at `at` their class. Returns how many lines have been
/// read.
std::size_t Splitter::read_marker(std::size_t at) {
    if (states_[at].is != LineClass::text || states_[at].in_code) return 1;
    if (is_message_separator(texts_[at]) || is_framed_above_header(view(at, lines_looked_ahead))) {
        mark(at, 1, LineClass::separator);
        return 1;
    }
    if (const std::size_t size = header_block_at(view(at, lines_looked_ahead)); size > 0) {
        mark(at, size, LineClass::separator);
        return size;
    }
    const Attribution found = attribution_at(view(at, lines_looked_ahead));
    if (found.strength == MarkerStrength::none) return 1;
    mark(at, found.lines, LineClass::attribution);
    const bool strong =
        found.strength == MarkerStrength::strong && (setting_.answers || found.is_machine_written);
    for (std::size_t i = at; i < at + found.lines; ++i) states_[i].strong = strong;
    return found.lines;
}

/// Whether the next line that says anything, from `at` on, is quoted with ">".
bool Splitter::quoted_follows(std::size_t at) const {
    while (at < texts_.size() && states_[at].is == LineClass::empty) ++at;
    return at < texts_.size() && states_[at].is == LineClass::quoted;
}

bool Splitter::says_something(std::size_t at) const {
    return states_[at].is == LineClass::text && is_kept(at) && !is_rule(texts_[at].text);
}

std::size_t Splitter::count_text(std::size_t first, std::size_t end) const {
    std::size_t count = 0;
    for (std::size_t i = first; i < end; ++i) count += says_something(i) ? 1 : 0;
    return count;
}

void Splitter::cut(std::size_t first, std::size_t end, PieceKind kind) {
    for (std::size_t i = first; i < end; ++i) states_[i].kind = kind;
}

Splitter::MarkerRun Splitter::marker_run(std::size_t first) const {
    MarkerRun run{states_[first].is, first, first};
    for (; run.end < texts_.size(); ++run.end) {
        const LineState& state = states_[run.end];
        if (state.is != run.is && state.is != LineClass::empty) break;
        run.is_strong = run.is_strong || (state.is == run.is && state.strong);
        run.container_end = std::max(run.container_end, state.container_end);
    }
    return run;
}

/// The line from which on nothing but empty lines and drawn ones stand above `at`.
std::size_t Splitter::without_rules_above(std::size_t at) const {
    std::size_t first = at;
    for (std::size_t i = at; i > 0; --i) {
        const LineState& state = states_[i - 1];
        if (state.is == LineClass::empty) continue;
        if (state.is != LineClass::text || !is_rule(texts_[i - 1].text)) break;
        first = i - 1;
    }
    return first;
}

/// Cuts the older mails that stand unquoted below the reply. Returns where the part that may be the
/// reply ends.
///
/// What a run of attributions or separators is, in this order:
///  1. the head of lines quoted with ">": it goes, what becomes of them says cut_quotations();
///  2. with text above it, the head of an older mail: that goes with all that is below it, or as
///  far
///     as the markup says that it reaches;
///  3. a separator at the top: a mail forwarded without a word, all of which the writer has to say;
///  4. an attribution at the top: it alone goes;
///  5. else a sentence that only looks like an attribution: text.
std::size_t Splitter::cut_older_mail() {
    bool text_before = false;
    for (std::size_t i = 0; i < texts_.size();) {
        const LineClass is = states_[i].is;
        if (is != LineClass::attribution && is != LineClass::separator) {
            text_before = text_before || (is == LineClass::text && !is_rule(texts_[i].text));
            ++i;
            continue;
        }
        const MarkerRun run = marker_run(i);
        i = run.end;
        if (quoted_follows(run.first) || quoted_follows(run.end)) {
            mark(run.first, run.end - run.first, LineClass::attribution);
            cut(run.first, run.end, PieceKind::quotation);
        } else if (text_before && run.is_strong) {
            if (run.container_end <= run.end || is == LineClass::separator) {
                const std::size_t first = without_rules_above(run.first);
                cut(first, texts_.size(), PieceKind::quotation);
                return first;
            }
            mark(run.first, run.container_end - run.first, LineClass::quoted);
            cut(run.first, run.container_end, PieceKind::quotation);
            i = run.container_end;
        } else if (is == LineClass::separator) {
            return texts_.size();
        } else if (run.is_strong) {
            cut(run.first, run.end, PieceKind::quotation);
        } else {
            mark(run.first, run.end - run.first, LineClass::text);
            text_before = true;
        }
    }
    return texts_.size();
}

/// Cuts a gateway's banner above everything else, where words follow.
void Splitter::cut_banner(std::size_t end) {
    const std::size_t size = banner_at_top(view(0, end));
    if (size > 0 && size < end && count_text(size, end) > 0) cut(0, size, PieceKind::boilerplate);
}

void Splitter::cut_furniture(std::size_t end) {
    cut_banner(end);
    for (std::size_t i = 0; i < end;) {
        const auto in_run = [&](std::size_t at) {
            return at < end && is_kept(at) && !states_[at].in_code &&
                   (states_[at].is == LineClass::text || states_[at].is == LineClass::empty);
        };
        std::size_t run_end = i;
        while (in_run(run_end)) ++run_end;
        if (run_end > i) {
            cut_furniture_of_run(i, run_end);
            i = run_end;
            continue;
        }
        while (run_end < end && states_[run_end].is == LineClass::signature) ++run_end;
        cut_marked_signature(i, run_end);
        i = std::max(run_end, i + 1);
    }
}

/// What the markup calls a signature, but for a postscript or a question that was typed into it.
void Splitter::cut_marked_signature(std::size_t first, std::size_t end) {
    for (std::size_t i = first; i < end; ++i) {
        if (is_postscript(texts_[i]) || stripped(texts_[i].text).ends_with('?')) {
            mark(i, end - i, LineClass::text);
            return;
        }
        cut(i, i + 1, PieceKind::signature);
    }
}

/// Cuts the boilerplate at `at`, with the paragraphs below that belong to it. Returns the line
/// behind it, or `at` where there is none.
std::size_t Splitter::cut_boilerplate(std::size_t first, std::size_t at, std::size_t end) {
    const auto run = view(first, end - first);
    const std::size_t size = boilerplate_at(run, at - first);
    if (size == 0 || count_text(0, at) == 0) return at;
    std::size_t cut_to = at + size;
    for (std::size_t next = cut_to; next < end; ++next) {
        if (states_[next].is == LineClass::empty) continue;
        const auto below = paragraph_at(run, next - first);
        if (!belongs_to_disclaimer(below) && boilerplate_at(run, next - first) == 0) break;
        next += below.size() - 1;
        cut_to = next + 1;
    }
    cut(at, cut_to, PieceKind::boilerplate);
    return cut_to;
}

void Splitter::cut_furniture_of_run(std::size_t first, std::size_t end) {
    while (end > first && states_[end - 1].is == LineClass::empty) --end;
    const std::size_t from = end - first > signature_window ? end - signature_window : first;
    for (std::size_t i = from; i < end;) {
        const std::size_t behind = cut_boilerplate(first, i, end);
        i = std::max(behind, i + 1);
    }
    // A signature ends where the text ends, or where only furniture follows.
    std::size_t last = end;
    const auto is_furniture = [&](std::size_t at) {
        return states_[at].is == LineClass::empty || !is_kept(at) || is_sent_from(texts_[at]);
    };
    while (last > first && is_furniture(last - 1)) --last;
    cut(bottom_signature(first, last), last, PieceKind::signature);
    MailSetting setting = setting_;
    setting.answers = looks_like_answer_;
    for (std::size_t i = from; i < last; ++i) {
        if (!is_kept(i) || states_[i].is == LineClass::empty) continue;
        const std::size_t size = signature_at(view(first, last - first), i - first, setting);
        if (size == 0) continue;
        cut(i, i + size, PieceKind::signature);
        return;
    }
}

/// Where the signature begins that a program put below the quotation, with a line across the page
/// above it and nothing else; `end` where there is none.
std::size_t Splitter::bottom_signature(std::size_t first, std::size_t end) const {
    constexpr std::size_t most_lines = 8;
    constexpr std::size_t shortest_rule = 5;
    std::size_t at = first;
    while (at < end && states_[at].is == LineClass::empty) ++at;
    const bool below_quotation = above(first) < first && !is_kept(above(first));
    const bool quoted_above = above(first) < first && states_[above(first)].is == LineClass::quoted;
    if (at == end || !(below_quotation || quoted_above)) return end;
    const std::string_view rule = stripped(texts_[at].text);
    if (!is_rule(rule) || rule.size() < shortest_rule || count_text(at, end) > most_lines)
        return end;
    for (std::size_t i = at + 1; i < end; ++i) {
        const std::string_view shown = stripped(texts_[i].text);
        if (shown.ends_with('?') || is_rule(shown) || is_postscript(texts_[i])) return end;
    }
    return at;
}

void Splitter::cut_sent_from(std::size_t end) {
    for (std::size_t i = 0; i < end; ++i) {
        const bool ours = states_[i].is == LineClass::text && is_kept(i) && !states_[i].in_code;
        if (!ours || !is_sent_from(texts_[i])) continue;
        cut(i, i + 1, PieceKind::sent_from);
        if (i > 0 && is_from_mobile(texts_[i - 1])) cut(i - 1, i, PieceKind::sent_from);
    }
}

std::vector<Splitter::QuotedBlock> Splitter::quoted_blocks(std::size_t end) const {
    std::vector<QuotedBlock> blocks;
    for (std::size_t i = 0; i < end;) {
        if (states_[i].is != LineClass::quoted || !is_kept(i)) {
            ++i;
            continue;
        }
        const std::size_t first = i;
        std::size_t last = i;
        for (; i < end && !says_something(i) && states_[i].is != LineClass::attribution; ++i) {
            if (states_[i].is == LineClass::quoted) last = i;
        }
        blocks.push_back({first, last + 1});
    }
    return blocks;
}

/// The line above `at` that says something; `at` where there is none.
std::size_t Splitter::above(std::size_t at) const {
    for (std::size_t i = at; i > 0; --i) {
        if (states_[i - 1].is != LineClass::empty) return i - 1;
    }
    return at;
}

/// Whether something above the block, or its own first lines, say whose words it quotes.
bool Splitter::is_introduced(const QuotedBlock& block) const {
    const std::size_t line = above(block.first);
    return (line < block.first && states_[line].is == LineClass::attribution) ||
           introduces_itself(block);
}

/// "> Begin forwarded message:", "> On … Ann wrote:"
bool Splitter::introduces_itself(const QuotedBlock& block) const {
    constexpr std::size_t lines_looked_at = 6;
    std::vector<TextLine> bare;
    for (std::size_t i = block.first; i < std::min(block.end, block.first + lines_looked_at); ++i) {
        const std::size_t words = texts_[i].text.find_first_not_of("> \t");
        if (words == std::string_view::npos) continue;
        bare.push_back({texts_[i].text.substr(words), texts_[i].low.substr(words)});
    }
    for (std::size_t i = 0; i < bare.size(); ++i) {
        const auto rest = std::span{bare}.subspan(i);
        if (is_message_separator(bare[i]) || attribution_at(rest).is_machine_written ||
            header_block_at(rest) > 0)
            return true;
    }
    return false;
}

/// Whether a new mail shows quoted lines as its writer's own: in a blockquote an older mail may
/// stand as well, unless the words above lead to it.
bool Splitter::is_shown_by_writer(const QuotedBlock& block) const {
    if (looks_like_answer_) return false;
    if (!quotes_are_markup_) return true;
    const std::size_t line = above(block.first);
    const std::string_view shown = stripped(texts_[line].text);
    return line == block.first || shown.ends_with(':') || shown.ends_with('?') ||
           line + 1 == block.first;
}

/// An older mail that is introduced as programs do it makes an answer of a mail whose header does
/// not say so.
void Splitter::find_answer(std::size_t end) {
    looks_like_answer_ = setting_.answers || end < texts_.size() ||
                         std::any_of(states_.begin(), states_.end(), [](const LineState& state) {
                             return state.kind == PieceKind::quotation;
                         });
    if (looks_like_answer_) return;
    const std::vector<QuotedBlock> blocks = quoted_blocks(end);
    looks_like_answer_ = !blocks.empty() && is_introduced(blocks.front());
}

/// Quoted lines with nothing behind them go, unless a new mail shows them; those that are answered
/// below line by line stay.
void Splitter::cut_quotations(std::size_t end) {
    if (count_text(0, end) == 0) return;
    std::vector<QuotedBlock> blocks = quoted_blocks(end);
    if (blocks.empty()) return;
    const bool interleaved = blocks.size() > 1;
    if (!is_shown_by_writer(blocks.back()) && count_text(blocks.back().end, end) == 0) {
        cut(blocks.back().first, end, PieceKind::quotation);
        blocks.pop_back();
    }
    if (interleaved || blocks.empty()) return;
    const QuotedBlock only = blocks.front();
    const bool attributed = only.first > 0 && states_[only.first - 1].is == LineClass::attribution;
    const bool text_above = count_text(0, only.first) > 0;
    if (attributed && (!text_above || count_text(only.end, end) < long_answer_lines))
        cut(only.first, only.end, PieceKind::quotation);
}

void Splitter::separate(Furniture furniture) {
    for (LineState& state : states_) state.kind = PieceKind::kept;
    const std::size_t end = cut_older_mail();
    find_answer(end);
    if (furniture == Furniture::cut) {
        cut_furniture(end);
        cut_sent_from(end);
    }
    cut_quotations(end);
}

/// Empty lines belong to what stands above them, a mark in the markup too.
std::vector<TextPiece> Splitter::pieces(std::string_view whole) const {
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

Splitter::Result Splitter::split(std::string_view whole) {
    find_code_blocks();
    if (!setting_.answers) find_indented_code();
    find_markers();
    for (const Furniture furniture : {Furniture::cut, Furniture::keep}) {
        separate(furniture);
        // Without the signature a quotation may be left that is nobody's reply.
        const bool has_words = count_text(0, texts_.size()) > 0;
        if (furniture == Furniture::cut && !has_words) continue;
        Result result{pieces(whole), furniture == Furniture::keep && has_words};
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
