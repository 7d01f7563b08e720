#include "parsers/reply/quotation.hpp"

#include <algorithm>
#include <span>
#include <string_view>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

/// A reply longer than this below quoted text answers it point by point, so that the quotation is
/// needed to understand it; a shorter one stands for itself. (email_reply_trimmer draws the line
/// there too.)
constexpr std::size_t long_answer_lines = 7;

/// Attributions, or separators, with nothing but empty lines between them: [first, end).
struct MarkerRun {
    LineClass is = LineClass::attribution;
    std::size_t first = 0;
    std::size_t end = 0;
    bool is_strong = false;         // one of them counts without quoted lines behind it
    std::size_t container_end = 0;  // of the HTML that they begin; 0: they begin none
};

struct QuotedBlock {
    std::size_t first = 0;
    std::size_t end = 0;
};

/// Whether the next line that says anything, from `at` on, is quoted with ">".
bool quoted_follows(const MailLines& lines, std::size_t at) {
    while (at < lines.size() && lines.is(at) == LineClass::empty) ++at;
    return at < lines.size() && lines.is(at) == LineClass::quoted;
}

MarkerRun marker_run(const MailLines& lines, std::size_t first) {
    MarkerRun run{lines.is(first), first, first};
    for (; run.end < lines.size(); ++run.end) {
        const LineState& state = lines.state(run.end);
        if (state.is != run.is && state.is != LineClass::empty) break;
        run.is_strong = run.is_strong || (state.is == run.is && state.strong);
        run.container_end = std::max(run.container_end, state.container_end);
    }
    return run;
}

/// The line from which on nothing but empty lines and drawn ones stand above `at`.
std::size_t without_rules_above(const MailLines& lines, std::size_t at) {
    std::size_t first = at;
    for (std::size_t i = at; i > 0; --i) {
        if (lines.is(i - 1) == LineClass::empty) continue;
        if (lines.is(i - 1) != LineClass::text || !is_rule(lines.text(i - 1).text)) break;
        first = i - 1;
    }
    return first;
}

std::vector<QuotedBlock> quoted_blocks(const MailLines& lines, std::size_t end) {
    std::vector<QuotedBlock> blocks;
    for (std::size_t i = 0; i < end;) {
        if (lines.is(i) != LineClass::quoted || !lines.is_kept(i)) {
            ++i;
            continue;
        }
        const std::size_t first = i;
        std::size_t last = i;
        for (; i < end && !lines.says_something(i) && lines.is(i) != LineClass::attribution; ++i) {
            if (lines.is(i) == LineClass::quoted) last = i;
        }
        blocks.push_back({first, last + 1});
    }
    return blocks;
}

/// "> Begin forwarded message:", "> On … Ann wrote:"
bool introduces_itself(const MailLines& lines, const QuotedBlock& block) {
    constexpr std::size_t lines_looked_at = 6;
    std::vector<TextLine> bare;
    for (std::size_t i = block.first; i < std::min(block.end, block.first + lines_looked_at); ++i) {
        const TextLine& line = lines.text(i);
        const std::size_t words = line.text.find_first_not_of("> \t");
        if (words == std::string_view::npos) continue;
        bare.push_back({line.text.substr(words), line.low.substr(words)});
    }
    for (std::size_t i = 0; i < bare.size(); ++i) {
        const auto rest = std::span{bare}.subspan(i);
        if (is_message_separator(bare[i]) || attribution_at(rest).is_machine_written ||
            header_block_at(rest) > 0)
            return true;
    }
    return false;
}

/// Whether something above the block, or its own first lines, say whose words it quotes.
bool is_introduced(const MailLines& lines, const QuotedBlock& block) {
    const std::size_t line = lines.above(block.first);
    return (line < block.first && lines.is(line) == LineClass::attribution) ||
           introduces_itself(lines, block);
}

/// Whether a new mail shows quoted lines as its writer's own: in a blockquote an older mail may
/// stand as well, unless the words above lead to it.
bool is_shown_by_writer(const MailLines& lines, const QuotedBlock& block, const QuotingMail& mail) {
    if (mail.answers) return false;
    if (!mail.has_markup) return true;
    const std::size_t line = lines.above(block.first);
    const std::string_view shown = stripped(lines.text(line).text);
    return line == block.first || shown.ends_with(':') || shown.ends_with('?') ||
           line + 1 == block.first;
}

}  // namespace

std::size_t cut_older_mail(MailLines& lines) {
    bool text_before = false;
    for (std::size_t i = 0; i < lines.size();) {
        const LineClass is = lines.is(i);
        if (is != LineClass::attribution && is != LineClass::separator) {
            text_before = text_before || (is == LineClass::text && !is_rule(lines.text(i).text));
            ++i;
            continue;
        }
        const MarkerRun run = marker_run(lines, i);
        i = run.end;
        if (quoted_follows(lines, run.first) || quoted_follows(lines, run.end)) {
            lines.mark(run.first, run.end, LineClass::attribution);
            lines.cut(run.first, run.end, PieceKind::quotation);
        } else if (text_before && run.is_strong) {
            if (run.container_end <= run.end || is == LineClass::separator) {
                const std::size_t first = without_rules_above(lines, run.first);
                lines.cut(first, lines.size(), PieceKind::quotation);
                return first;
            }
            lines.mark(run.first, run.container_end, LineClass::quoted);
            lines.cut(run.first, run.container_end, PieceKind::quotation);
            i = run.container_end;
        } else if (is == LineClass::separator) {
            return lines.size();
        } else if (run.is_strong) {
            lines.cut(run.first, run.end, PieceKind::quotation);
        } else {
            lines.mark(run.first, run.end, LineClass::text);
            text_before = true;
        }
    }
    return lines.size();
}

bool holds_older_mail(const MailLines& lines, std::size_t end) {
    const std::vector<QuotedBlock> blocks = quoted_blocks(lines, end);
    return !blocks.empty() && is_introduced(lines, blocks.front());
}

void cut_quotations(MailLines& lines, std::size_t end, const QuotingMail& mail) {
    if (lines.count_text(0, end) == 0) return;
    std::vector<QuotedBlock> blocks = quoted_blocks(lines, end);
    if (blocks.empty()) return;
    const bool interleaved = blocks.size() > 1;
    if (!is_shown_by_writer(lines, blocks.back(), mail) &&
        lines.count_text(blocks.back().end, end) == 0) {
        lines.cut(blocks.back().first, end, PieceKind::quotation);
        blocks.pop_back();
    }
    if (interleaved || blocks.empty()) return;
    const QuotedBlock only = blocks.front();
    const bool attributed = only.first > 0 && lines.is(only.first - 1) == LineClass::attribution;
    const bool text_above = lines.count_text(0, only.first) > 0;
    if (attributed && (!text_above || lines.count_text(only.end, end) < long_answer_lines))
        lines.cut(only.first, only.end, PieceKind::quotation);
}

}  // namespace bellhop::parsers
