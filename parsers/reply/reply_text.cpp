#include "parsers/reply/reply_text.hpp"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "parsers/html/html_layout.hpp"
#include "parsers/reply/mail_header_words.hpp"
#include "parsers/reply/reply_markers.hpp"
#include "parsers/reply/splitter.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

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

ReplyParts parts_of(std::string_view text, Splitter& splitter) {
    Splitter::Result result = splitter.split(text);
    ReplyParts parts;
    parts.reply = joined_pieces(text, result.pieces, PieceChoice::kept);
    parts.quoted = joined_pieces(text, result.pieces, PieceChoice::set_apart);
    parts.pieces = std::move(result.pieces);
    parts.signature_only = result.signature_only;
    return parts;
}

}  // namespace

ReplyParts split_reply(std::string_view text, const MailSetting& setting) {
    const std::string low = folded(text);
    const std::vector<TextLine> lines = text_lines(text, low);
    Splitter splitter{setting};
    for (std::size_t i = 0; i < lines.size(); ++i) add_plain_line(splitter, lines, i);
    return parts_of(text, splitter);
}

namespace {

/// Adds the lines of an HTML layout with what its marks say of them.
class MarkedLines {
public:
    MarkedLines(Splitter& splitter, const HtmlLayout& layout, const MailSetting& setting)
        : splitter_(splitter), layout_(layout), answers_(setting.answers) {}

    void add_all(std::span<const TextLine> lines);

private:
    void pass_marks_before(std::size_t line_start);
    void apply(HtmlMarkKind kind);

    Splitter& splitter_;
    const HtmlLayout& layout_;
    bool answers_;
    std::size_t next_mark_ = 0;
    std::vector<std::size_t> containers_ = {};
    bool is_below_line_ = false;  // of a new mail: what may be quoted
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
        case HtmlMarkKind::rest_may_be_quoted:
            // Forms and reports are drawn with such lines, too.
            if (answers_) splitter_.add({}, LineClass::separator);
            is_below_line_ = true;
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

/// "From: Ann <ann@example.org>" at the beginning of an older mail.
bool names_sender(std::string_view low) {
    const auto header = header_line(low);
    return header && header->kind == HeaderLineKind::from && low.find('@') != low.npos;
}

void MarkedLines::add_all(std::span<const TextLine> lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        pass_marks_before(static_cast<std::size_t>(lines[i].text.data() - layout_.text.data()));
        const LineClass own = class_of(lines[i]);
        if (is_below_line_ && own != LineClass::empty) {
            if (!answers_ && names_sender(lines[i].low)) splitter_.add({}, LineClass::separator);
            is_below_line_ = false;
        }
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

ReplyParts split_html_reply(std::string_view html, const MailSetting& setting) {
    const HtmlLayout layout = lay_out_html(html);
    const std::string low = folded(layout.text);
    Splitter splitter{setting};
    splitter.quotes_are_markup();
    MarkedLines{splitter, layout, setting}.add_all(text_lines(layout.text, low));
    return parts_of(layout.text, splitter);
}

}  // namespace bellhop::parsers
