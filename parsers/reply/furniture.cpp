#include "parsers/reply/furniture.hpp"

#include <algorithm>
#include <string_view>

#include "parsers/reply/boilerplate.hpp"
#include "parsers/reply/pgp_armor.hpp"
#include "parsers/reply/sent_from.hpp"
#include "parsers/reply/set_off.hpp"
#include "parsers/reply/signature_line.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

/// What lies far above the end is no signature, and looking below each line costs its length.
constexpr std::size_t signature_window = 60;  // lines

class Cutter {
public:
    Cutter(MailLines& lines, std::size_t end, const MailSetting& setting)
        : lines_{lines}, end_{end}, setting_{setting} {}

    void cut_all() {
        cut_armor();
        cut_banner();
        for (std::size_t i = 0; i < end_;) {
            std::size_t run_end = i;
            while (run_end < end_ && is_open_line(run_end)) ++run_end;
            if (run_end > i) {
                cut_run(i, run_end);
                i = run_end;
                continue;
            }
            while (run_end < end_ && lines_.is(run_end) == LineClass::signature) ++run_end;
            cut_marked_signature(i, run_end);
            i = std::max(run_end, i + 1);
        }
        cut_sent_from();
    }

private:
    /// A line of which nothing is known that makes it more than text.
    bool is_open_line(std::size_t at) const {
        const LineState& state = lines_.state(at);
        return lines_.is_kept(at) && !state.in_code &&
               (state.is == LineClass::text || state.is == LineClass::empty);
    }

    void cut_armor();
    void cut_banner();
    void cut_known_banner();
    void cut_run(std::size_t first, std::size_t end);
    void cut_known(std::size_t first, std::size_t end);
    std::size_t cut_boilerplate(std::size_t first, std::size_t at, std::size_t end);
    std::size_t bottom_signature(std::size_t first, std::size_t end) const;
    void cut_marked_signature(std::size_t first, std::size_t end);
    void cut_sent_from();

    MailLines& lines_;
    std::size_t end_;
    const MailSetting& setting_;
};

/// Cuts what PGP writes around a text, where there is a text.
void Cutter::cut_armor() {
    for (std::size_t at = 0; at < end_;) {
        const std::size_t size = armor_at(lines_.view(0, end_), at);
        const bool has_words =
            lines_.count_text(0, at) + lines_.count_text(at + size, end_) > 0;
        if (size > 0 && has_words) lines_.cut(at, at + size, PieceKind::boilerplate);
        at += std::max<std::size_t>(size, 1);
    }
}

/// Cuts a gateway's banner above everything else, where words follow.
void Cutter::cut_banner() {
    const std::size_t size = banner_at_top(lines_.view(0, end_));
    if (size > 0 && size < end_ && lines_.count_text(size, end_) > 0) {
        lines_.cut(0, size, PieceKind::boilerplate);
    } else {
        cut_known_banner();
    }
}

/// The same, where mails of the domain have it and words do not tell.
void Cutter::cut_known_banner() {
    constexpr std::size_t lowest = 8;  // line at which one of its paragraphs begins
    for (std::size_t at = 0; at < std::min(end_, lowest);) {
        if (lines_.is(at) == LineClass::empty) {
            ++at;
            continue;
        }
        if (!is_open_line(at)) return;
        const std::size_t size = unit_at(lines_.view(0, end_), at);
        if (!is_known(lines_.view(at, size), setting_.furniture)) return;
        if (lines_.count_text(at + size, end_) == 0) return;
        lines_.cut(at, at + size, PieceKind::boilerplate);
        at += size;
    }
}

void Cutter::cut_run(std::size_t first, std::size_t end) {
    while (end > first && lines_.is(end - 1) == LineClass::empty) --end;
    const std::size_t from = end - first > signature_window ? end - signature_window : first;
    cut_known(from, end);
    for (std::size_t i = from; i < end;) {
        const std::size_t behind = lines_.is_kept(i) ? cut_boilerplate(first, i, end) : i + 1;
        i = std::max(behind, i + 1);
    }
    // A signature ends where the text ends, or where only furniture follows.
    std::size_t last = end;
    const auto is_furniture = [&](std::size_t at) {
        return lines_.is(at) == LineClass::empty || !lines_.is_kept(at) ||
               is_sent_from(lines_.text(at));
    };
    while (last > first && is_furniture(last - 1)) --last;
    lines_.cut(bottom_signature(first, last), last, PieceKind::signature);
    for (std::size_t i = from; i < last; ++i) {
        if (!lines_.is_kept(i) || lines_.is(i) == LineClass::empty) continue;
        const std::size_t size =
            signature_at(lines_.view(first, last - first), i - first, setting_);
        if (size == 0) continue;
        lines_.cut(i, i + size, PieceKind::signature);
        return;
    }
}

/// Cuts the paragraphs below the first that mails of the domain are known to have.
void Cutter::cut_known(std::size_t first, std::size_t end) {
    if (setting_.furniture.empty()) return;
    for (std::size_t at = first; at < end;) {
        if (lines_.is(at) == LineClass::empty) {
            ++at;
            continue;
        }
        const std::size_t size = unit_at(lines_.view(0, end), at);
        const bool known = is_known(lines_.view(at, size), setting_.furniture);
        if (known && lines_.count_text(0, at) > 0)
            lines_.cut(at, at + size, PieceKind::boilerplate);
        at += size;
    }
}

/// Cuts the boilerplate at `at`, with the paragraphs below that belong to it. Returns the line
/// behind it, or `at` where there is none.
std::size_t Cutter::cut_boilerplate(std::size_t first, std::size_t at, std::size_t end) {
    const auto run = lines_.view(first, end - first);
    const std::size_t size = boilerplate_at(run, at - first);
    if (size == 0 || lines_.count_text(0, at) == 0) return at;
    std::size_t cut_to = at + size;
    for (std::size_t next = cut_to; next < end; ++next) {
        if (lines_.is(next) == LineClass::empty) continue;
        const auto below = paragraph_at(run, next - first);
        if (!belongs_to_disclaimer(below) && boilerplate_at(run, next - first) == 0) break;
        next += below.size() - 1;
        cut_to = next + 1;
    }
    lines_.cut(at, cut_to, PieceKind::boilerplate);
    return cut_to;
}

/// Where the signature begins that a program put below the quotation, with a line across the page
/// above it and nothing else; `end` where there is none.
std::size_t Cutter::bottom_signature(std::size_t first, std::size_t end) const {
    constexpr std::size_t most_lines = 8;
    constexpr std::size_t shortest_rule = 5;
    std::size_t at = first;
    while (at < end && lines_.is(at) == LineClass::empty) ++at;
    const std::size_t above = lines_.above(first);
    const bool below_quotation =
        above < first && (!lines_.is_kept(above) || lines_.is(above) == LineClass::quoted);
    if (at == end || !below_quotation) return end;
    const std::string_view rule = stripped(lines_.text(at).text);
    if (!is_rule(rule) || rule.size() < shortest_rule || lines_.count_text(at, end) > most_lines)
        return end;
    for (std::size_t i = at + 1; i < end; ++i) {
        const std::string_view shown = stripped(lines_.text(i).text);
        if (shown.ends_with('?') || is_rule(shown) || is_postscript(lines_.text(i))) return end;
    }
    return at;
}

/// What the markup calls a signature, but for a postscript or a question that was typed into it.
void Cutter::cut_marked_signature(std::size_t first, std::size_t end) {
    for (std::size_t i = first; i < end; ++i) {
        if (is_postscript(lines_.text(i)) || stripped(lines_.text(i).text).ends_with('?')) {
            lines_.mark(i, end, LineClass::text);
            return;
        }
        lines_.cut(i, i + 1, PieceKind::signature);
    }
}

void Cutter::cut_sent_from() {
    for (std::size_t i = 0; i < end_; ++i) {
        const LineState& state = lines_.state(i);
        const bool ours = state.is == LineClass::text && lines_.is_kept(i) && !state.in_code;
        if (!ours || !is_sent_from(lines_.text(i))) continue;
        lines_.cut(i, i + 1, PieceKind::sent_from);
        if (i > 0 && is_from_mobile(lines_.text(i - 1))) lines_.cut(i - 1, i, PieceKind::sent_from);
    }
}

}  // namespace

void cut_furniture(MailLines& lines, std::size_t end, const MailSetting& setting) {
    Cutter{lines, end, setting}.cut_all();
}

}  // namespace bellhop::parsers
