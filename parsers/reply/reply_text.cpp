#include "parsers/reply/reply_text.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "parsers/html/html_layout.hpp"
#include "parsers/reply/reply_markers.hpp"
#include "parsers/reply/signature.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

enum class LineClass {
    empty,
    text,
    quoted,       // "> "
    attribution,  // "On … Ann wrote:", and whatever else introduces quoted lines
    signature,    // said so by the markup
    separator     // everything behind is an older mail
};

struct LineState {
    LineClass is = LineClass::text;
    bool strong = true;  // an attribution that counts without quoted lines behind it
    bool in_reply = true;
    bool in_code = false;
    std::size_t container_end =
        0;  // of an attribution that begins a container of HTML: the line behind it
};

/// A reply longer than this below quoted text answers it point by point, so that the quotation is
/// needed to understand it; a shorter one stands for itself. (email_reply_trimmer draws the line
/// there too.)
constexpr std::size_t long_answer_lines = 7;

constexpr std::size_t lines_looked_ahead = 24;  // for a marker of several lines

LineClass class_of(const TextLine& line) {
    if (line.is_empty()) return LineClass::empty;
    return is_quoted(line.text) ? LineClass::quoted : LineClass::text;
}

/// The lines of a mail, each with what it is, and the steps that tell the reply from the rest.
class Splitter {
public:
    void add(const TextLine& line) { add(line, class_of(line)); }
    void add(const TextLine& line, LineClass is);
    void begin_container() { add({}, LineClass::attribution); }
    void end_container(std::size_t begun_at) { states_[begun_at].container_end = texts_.size(); }
    std::size_t size() const { return texts_.size(); }

    ReplyParts split(std::string_view whole);

private:
    enum class Signatures { cut, keep };

    void find_code_blocks();
    void find_markers();
    std::size_t read_marker(std::size_t at);
    void mark(std::size_t first, std::size_t count, LineClass is);
    bool quoted_follows(std::size_t at) const;
    void separate(Signatures signatures);
    /// Attributions, or separators, with nothing but empty lines between them: [first, end).
    struct MarkerRun {
        LineClass is = LineClass::attribution;
        std::size_t first = 0;
        std::size_t end = 0;
        bool is_strong = false;         // one of them counts without quoted lines behind it
        std::size_t container_end = 0;  // of the HTML that they begin; 0: they begin none
    };
    MarkerRun marker_run(std::size_t first) const;
    std::size_t cut_older_mail();
    void cut_signatures(std::size_t end);
    void cut_mobile_signatures(std::size_t end);
    void cut_quotations(std::size_t end);
    void cut(std::size_t first, std::size_t end);
    bool says_something(std::size_t at) const;
    std::size_t count_text(std::size_t first, std::size_t end) const;
    ReplyParts parts() const;

    std::span<const TextLine> view(std::size_t first, std::size_t count) const {
        return std::span{texts_}.subspan(first, std::min(count, texts_.size() - first));
    }

    std::vector<TextLine> texts_ = {};
    std::vector<LineState> states_ = {};
};

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
    for (std::size_t i = at; i < at + found.lines; ++i) {
        states_[i].strong = found.strength == MarkerStrength::strong;
    }
    return found.lines;
}

/// Whether the next line that says anything, from `at` on, is quoted with ">".
bool Splitter::quoted_follows(std::size_t at) const {
    while (at < texts_.size() && states_[at].is == LineClass::empty) ++at;
    return at < texts_.size() && states_[at].is == LineClass::quoted;
}

bool Splitter::says_something(std::size_t at) const {
    return states_[at].is == LineClass::text && states_[at].in_reply && !is_rule(texts_[at].text);
}

std::size_t Splitter::count_text(std::size_t first, std::size_t end) const {
    std::size_t count = 0;
    for (std::size_t i = first; i < end; ++i) count += says_something(i) ? 1 : 0;
    return count;
}

void Splitter::cut(std::size_t first, std::size_t end) {
    for (std::size_t i = first; i < end; ++i) states_[i].in_reply = false;
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
            cut(run.first, run.end);
        } else if (text_before && run.is_strong) {
            if (run.container_end <= run.end || is == LineClass::separator) {
                cut(run.first, texts_.size());
                return run.first;
            }
            mark(run.first, run.container_end - run.first, LineClass::quoted);
            cut(run.first, run.container_end);
            i = run.container_end;
        } else if (is == LineClass::separator) {
            return texts_.size();
        } else if (run.is_strong) {
            cut(run.first, run.end);
        } else {
            mark(run.first, run.end - run.first, LineClass::text);
            text_before = true;
        }
    }
    return texts_.size();
}

void Splitter::cut_signatures(std::size_t end) {
    for (std::size_t i = 0; i < end;) {
        const auto in_run = [&](std::size_t at) {
            return at < end && states_[at].in_reply &&
                   (states_[at].is == LineClass::text || states_[at].is == LineClass::empty);
        };
        std::size_t run_end = i;
        while (in_run(run_end)) ++run_end;
        if (run_end == i) {
            if (states_[i].is == LineClass::signature) cut(i, i + 1);
            ++i;
            continue;
        }
        cut(i + signature_start(view(i, run_end - i)), run_end);
        i = run_end;
    }
}

void Splitter::cut_mobile_signatures(std::size_t end) {
    for (std::size_t i = 0; i < end; ++i) {
        const bool ours =
            states_[i].is == LineClass::text && states_[i].in_reply && !states_[i].in_code;
        if (ours && is_mobile_signature(texts_[i])) cut(i, i + 1);
    }
}

/// Quoted lines with nothing behind them go; those that are answered below line by line stay.
void Splitter::cut_quotations(std::size_t end) {
    if (count_text(0, end) == 0) return;
    struct Block {
        std::size_t first;
        std::size_t end;
    };
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < end;) {
        if (states_[i].is != LineClass::quoted || !states_[i].in_reply) {
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
    if (blocks.empty()) return;
    const bool interleaved = blocks.size() > 1;
    if (count_text(blocks.back().end, end) == 0) {
        cut(blocks.back().first, end);
        blocks.pop_back();
    }
    if (interleaved || blocks.empty()) return;
    const Block only = blocks.front();
    const bool attributed = only.first > 0 && states_[only.first - 1].is == LineClass::attribution;
    const bool text_above = count_text(0, only.first) > 0;
    if (attributed && (!text_above || count_text(only.end, end) < long_answer_lines))
        cut(only.first, only.end);
}

void Splitter::separate(Signatures signatures) {
    for (LineState& state : states_) state.in_reply = true;
    const std::size_t end = cut_older_mail();
    if (signatures == Signatures::cut) {
        cut_signatures(end);
        cut_mobile_signatures(end);
    }
    cut_quotations(end);
}

ReplyParts Splitter::parts() const {
    ReplyParts parts;
    const auto append = [](std::string& out, std::string_view line) {
        out += line;
        out += '\n';
    };
    bool last_in_reply = true;
    for (std::size_t i = 0; i < texts_.size(); ++i) {
        const LineState& state = states_[i];
        if (state.is == LineClass::empty) {
            append(last_in_reply ? parts.reply : parts.quoted, {});
            continue;
        }
        last_in_reply = state.in_reply;
        append(state.in_reply ? parts.reply : parts.quoted, texts_[i].text);
    }
    return parts;
}

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

ReplyParts Splitter::split(std::string_view whole) {
    find_code_blocks();
    find_markers();
    for (const Signatures signatures : {Signatures::cut, Signatures::keep}) {
        separate(signatures);
        // Without the signature a quotation may be left that is nobody's reply.
        const bool has_words = count_text(0, texts_.size()) > 0;
        if (signatures == Signatures::cut && !has_words) continue;
        ReplyParts result = parts();
        result.reply = tidy(result.reply);
        result.quoted = tidy(result.quoted);
        result.signature_only = signatures == Signatures::keep && has_words;
        if (!result.reply.empty()) return result;
    }
    return {tidy(whole), {}};
}

TextLine part_of(const TextLine& line, std::size_t first, std::size_t count) {
    return {line.text.substr(first, count), line.low.substr(first, count)};
}

/// Adds a line, cut in two where an attribution stands behind the reply on the same line.
void add_plain_line(Splitter& splitter, std::span<const TextLine> lines, std::size_t at) {
    const TextLine& line = lines[at];
    const std::size_t split =
        class_of(line) == LineClass::text ? attribution_behind_text(line) : std::string_view::npos;
    std::size_t next = at + 1;
    while (next < lines.size() && lines[next].is_empty()) ++next;
    if (split == std::string_view::npos || next == lines.size() || !is_quoted(lines[next].text)) {
        splitter.add(line);
        return;
    }
    std::size_t end = line.text.substr(0, split).find_last_not_of(" \t-");
    end = end == std::string_view::npos ? 0 : end + 1;
    if (end > 0) splitter.add(part_of(line, 0, end));
    splitter.add(part_of(line, end, std::string_view::npos), LineClass::attribution);
}

}  // namespace

ReplyParts split_reply(std::string_view text) {
    const std::string low = folded(text);
    const std::vector<TextLine> lines = text_lines(text, low);
    Splitter splitter;
    for (std::size_t i = 0; i < lines.size(); ++i) add_plain_line(splitter, lines, i);
    return splitter.split(text);
}

namespace {

/// Adds the lines of an HTML layout with what its marks say of them.
class MarkedLines {
public:
    MarkedLines(Splitter& splitter, const HtmlLayout& layout)
        : splitter_(splitter), layout_(layout) {}

    void add_all(std::span<const TextLine> lines);

private:
    void pass_marks_before(std::size_t line_start);
    void apply(HtmlMarkKind kind);

    Splitter& splitter_;
    const HtmlLayout& layout_;
    std::size_t next_mark_ = 0;
    std::vector<std::size_t> containers_ = {};
    int attribution_ = 0;
    int signature_ = 0;
};

void MarkedLines::apply(HtmlMarkKind kind) {
    switch (kind) {
        case HtmlMarkKind::quote_begins:
            containers_.push_back(splitter_.size());
            splitter_.begin_container();
            break;
        case HtmlMarkKind::quote_ends:
            if (containers_.empty()) break;
            splitter_.end_container(containers_.back());
            containers_.pop_back();
            break;
        case HtmlMarkKind::rest_is_quoted:
            splitter_.add({}, LineClass::separator);
            break;
        case HtmlMarkKind::attribution_begins:
            ++attribution_;
            break;
        case HtmlMarkKind::attribution_ends:
            --attribution_;
            break;
        case HtmlMarkKind::signature_begins:
            ++signature_;
            break;
        case HtmlMarkKind::signature_ends:
            --signature_;
            break;
    }
}

void MarkedLines::pass_marks_before(std::size_t line_start) {
    while (next_mark_ < layout_.marks.size()) {
        const HtmlMark& mark = layout_.marks[next_mark_];
        if (mark.offset >= line_start && mark.offset > 0) return;
        apply(mark.kind);
        ++next_mark_;
    }
}

void MarkedLines::add_all(std::span<const TextLine> lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        pass_marks_before(static_cast<std::size_t>(lines[i].text.data() - layout_.text.data()));
        const LineClass own = class_of(lines[i]);
        if (own == LineClass::text && attribution_ > 0) {
            splitter_.add(lines[i], LineClass::attribution);
        } else if (own == LineClass::text && signature_ > 0) {
            splitter_.add(lines[i], LineClass::signature);
        } else {
            add_plain_line(splitter_, lines, i);
        }
    }
    pass_marks_before(layout_.text.size() + 1);
}

}  // namespace

ReplyParts split_html_reply(std::string_view html) {
    const HtmlLayout layout = lay_out_html(html);
    const std::string low = folded(layout.text);
    Splitter splitter;
    MarkedLines{splitter, layout}.add_all(text_lines(layout.text, low));
    return splitter.split(layout.text);
}

}  // namespace bellhop::parsers
