#include "parsers/html/html_layout.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "parsers/html/html_entities.hpp"
#include "parsers/html/html_quote_marks.hpp"
#include "parsers/html/html_style.hpp"
#include "parsers/html/html_tag.hpp"
#include "parsers/html/html_tokenizer.hpp"
#include "parsers/html/link_text.hpp"
#include "parsers/html/list_number.hpp"
#include "parsers/text/plain_text.hpp"
#include "parsers/text/text_writer.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_open =
    200;  // elements remembered; deeper ones are read, but mean nothing

/// An open element that changes how its content reads. Elements without a meaning are only counted,
/// by the open element of the same name that stands above them.
struct OpenElement {
    HtmlTag tag = HtmlTag::other;
    int nested = 0;  // open elements of the same name inside, which mean nothing
    bool hidden = false;
    bool zero_font = false;
    bool keeps_space = false;
    bool is_quote = false;
    std::optional<HtmlMarkKind> mark = {};
    std::string url = {};        // of a link
    std::size_t text_start = 0;  // where the link's text begins
    int next_number = 0;         // of an ordered list
    char number_style = '1';
    TextWriter::RowState row = {};  // of the table around this table
};

class Layout {
public:
    HtmlLayout run(std::string_view html);

private:
    void text(std::string_view raw);
    void character(char32_t c);
    void white_space(char32_t c);
    void end_word();
    void start(const HtmlToken& token);
    void start_visible(HtmlTag tag, const HtmlToken& token, OpenElement element, bool matters);
    bool prepare(HtmlTag tag, const HtmlToken& token, OpenElement& element);
    void breaks_before(HtmlTag tag, const HtmlStyle& style, const HtmlToken& token);
    void list_item(const HtmlToken& token);
    void rule();
    void end(const HtmlToken& token);
    void close_implied(HtmlTag starting);
    void close_down_to(std::size_t index);
    void close(OpenElement element);
    void mark(HtmlMarkKind kind);

    bool hidden() const {
        return !open_.empty() && (open_.back().hidden || open_.back().zero_font);
    }
    int list_depth() { return open_count(HtmlTag::ol) + open_count(HtmlTag::ul); }
    bool keeps_space() const { return !open_.empty() && open_.back().keeps_space; }
    int& open_count(HtmlTag tag) { return open_counts_[static_cast<std::size_t>(tag)]; }

    TextWriter out_ = {};
    std::vector<OpenElement> open_ = {};
    std::array<int, static_cast<std::size_t>(HtmlTag::count)> open_counts_ = {};  // in open_
    std::vector<HtmlMark> marks_ = {};
    std::string word_ = {};
};

HtmlLayout Layout::run(std::string_view html) {
    HtmlTokenizer tokens{html};
    HtmlToken token;
    while (tokens.next(token)) {
        switch (token.kind) {
            case HtmlTokenKind::text:
                text(token.text);
                break;
            case HtmlTokenKind::start_tag:
                start(token);
                break;
            case HtmlTokenKind::end_tag:
                end(token);
                break;
            case HtmlTokenKind::end_of_input:
                break;
        }
    }
    close_down_to(0);
    return {out_.take(), std::move(marks_)};
}

/// Characters that show nothing. Newsletters fill the preview of a mail list with them.
bool is_invisible(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x34F || c == 0x200B ||
           c == 0x2060 || c == 0xFEFF || (c >= 0x202A && c <= 0x202E);
}

void Layout::text(std::string_view raw) {
    if (hidden()) return;
    word_.clear();
    for (std::size_t at = 0; at < raw.size();) {
        CodePoint point{static_cast<unsigned char>(raw[at]), 1};
        if (raw[at] == '&') {
            const Entity entity = entity_at(raw.substr(at), EntityPlace::text);
            if (entity.length > 0) point = {entity.value, entity.length};
        } else if (point.value >= 0x80) {
            point = code_point_at(raw, at);
        }
        at += point.length;
        character(point.value);
    }
    end_word();
}

void Layout::end_word() {
    if (!word_.empty()) out_.word(word_);
    word_.clear();
}

void Layout::character(char32_t c) {
    if (c == ' ' || (c >= 0x9 && c <= 0xD)) {
        end_word();
        white_space(c);
    } else if (c == 0xA0 || c == 0x2007 || c == 0x202F) {
        end_word();
        out_.hard_blank();
    } else if (!is_invisible(c)) {
        append_utf8(word_, c);
    }
}

void Layout::white_space(char32_t c) {
    if (!keeps_space()) {
        out_.blank();
    } else if (c == '\n') {
        out_.kept_line_end();
    } else {
        out_.kept_blank();
    }
}

void Layout::start(const HtmlToken& token) {
    const HtmlTag tag = html_tag(token.name);
    close_implied(tag);
    OpenElement element;
    element.tag = tag;
    if (!open_.empty()) {
        element.hidden = open_.back().hidden;
        element.zero_font = open_.back().zero_font;
        element.keeps_space = open_.back().keeps_space;
    }
    bool matters = false;
    HtmlStyle style;
    if (!token.attributes.empty()) {
        if (const std::string_view css = token.attribute("style"); !css.empty())
            style = read_style(css);
        style.hidden = style.hidden || token.has_attribute("hidden");
        element.mark = quote_mark_of(tag, token, style);
        matters = style.hidden || style.keeps_space || element.mark ||
                  (style.zero_font && *style.zero_font != element.zero_font);
        element.hidden = element.hidden || style.hidden;
        element.zero_font = style.zero_font.value_or(element.zero_font);
        element.keeps_space = element.keeps_space || style.keeps_space;
    }
    const bool never_shown = tag == HtmlTag::svg || tag == HtmlTag::math || tag == HtmlTag::xml ||
                             tag == HtmlTag::select || tag == HtmlTag::canvas ||
                             tag == HtmlTag::audio || tag == HtmlTag::video;
    if (never_shown) element.hidden = matters = true;
    if (tag == HtmlTag::blockquote) element.is_quote = !style.no_border;
    if (!element.hidden) breaks_before(tag, style, token);
    start_visible(tag, token, std::move(element), matters);
}

void Layout::start_visible(HtmlTag tag, const HtmlToken& token, OpenElement element, bool matters) {
    if (element.mark && !element.hidden) mark(*element.mark);
    if (is_void(tag) || tag == HtmlTag::other) return;
    matters = prepare(tag, token, element) || matters;
    if (matters && open_.size() < max_open) {
        open_.push_back(std::move(element));
        ++open_count(tag);
        if (open_.back().is_quote) out_.set_quote_depth(open_count(HtmlTag::blockquote));
        if (tag == HtmlTag::ol || tag == HtmlTag::ul) out_.set_indent(list_depth() - 1);
    } else if (open_count(tag) > 0) {
        const auto above = std::find_if(open_.rbegin(), open_.rend(),
                                        [&](const OpenElement& e) { return e.tag == tag; });
        ++above->nested;
    }
}

/// Notes what the end of `element` will need. Returns whether there is anything.
bool Layout::prepare(HtmlTag tag, const HtmlToken& token, OpenElement& element) {
    switch (tag) {
        case HtmlTag::a:
            if (element.hidden) return false;
            element.url = link_target(token.attribute("href"));
            element.text_start = out_.size();
            return !element.url.empty();
        case HtmlTag::ol:
            element.next_number = number_or(token.attribute("start"), 1);
            element.number_style = list_style(token.attribute("type"));
            return true;
        case HtmlTag::ul:
        case HtmlTag::menu:
        case HtmlTag::dir:
            return true;
        case HtmlTag::pre:
        case HtmlTag::textarea:
            element.keeps_space = true;
            return true;
        case HtmlTag::table:
            if (!element.hidden) element.row = out_.begin_table();
            return true;
        default:
            return element.is_quote;
    }
}

/// Word writes each line as a <p> of this class.
bool is_line_of_word(const HtmlToken& token) {
    const std::string name = folded(token.attribute("class"));
    return name.find("msonormal") != name.npos || name.find("msolist") != name.npos ||
           name.find("msoplaintext") != name.npos;
}

void Layout::breaks_before(HtmlTag tag, const HtmlStyle& style, const HtmlToken& token) {
    switch (tag) {
        case HtmlTag::br:
            out_.forced_break();
            break;
        case HtmlTag::hr:
            rule();
            break;
        case HtmlTag::p:
            if (style.no_margin || is_line_of_word(token)) {
                out_.break_line();
            } else {
                out_.break_paragraph();
            }
            break;
        case HtmlTag::li:
            list_item(token);
            break;
        case HtmlTag::tr:
            out_.end_row();
            break;
        case HtmlTag::td:
        case HtmlTag::th:
            out_.begin_cell();
            break;
        case HtmlTag::ol:
        case HtmlTag::ul:
            if (list_depth() == 0) {
                out_.break_paragraph();
            } else {
                out_.break_line();
            }
            break;
        case HtmlTag::h1:
        case HtmlTag::h2:
        case HtmlTag::h3:
        case HtmlTag::h4:
        case HtmlTag::h5:
        case HtmlTag::h6:
        case HtmlTag::blockquote:
        case HtmlTag::pre:
        case HtmlTag::dl:
            out_.break_paragraph();
            break;
        case HtmlTag::q:
            out_.word("\"");
            break;
        case HtmlTag::table:
            break;  // TextWriter::begin_table()
        default:
            if (is_block(tag)) out_.break_line();
            break;
    }
}

void Layout::list_item(const HtmlToken& token) {
    out_.break_line();
    const auto list = std::find_if(open_.rbegin(), open_.rend(), [](const OpenElement& e) {
        return e.tag == HtmlTag::ol || e.tag == HtmlTag::ul;
    });
    if (list != open_.rend() && list->tag == HtmlTag::ol) {
        const int number = number_or(token.attribute("value"), list->next_number);
        list->next_number = number + 1;
        out_.list_mark(list_number(number, list->number_style) + ". ");
    } else {
        out_.list_mark("- ");
    }
}

void Layout::rule() {
    out_.break_line();
    out_.word("________");
    out_.break_line();
}

void Layout::end(const HtmlToken& token) {
    const HtmlTag tag = html_tag(token.name);
    if (tag == HtmlTag::br) {
        if (!hidden()) out_.forced_break();
        return;
    }
    if (open_count(tag) > 0 && tag != HtmlTag::other) {
        const auto found = std::find_if(open_.rbegin(), open_.rend(),
                                        [&](const OpenElement& e) { return e.tag == tag; });
        if (found->nested > 0) {
            --found->nested;
        } else {
            close_down_to(static_cast<std::size_t>(open_.rend() - found) - 1);
        }
    }
    if (hidden()) return;
    switch (tag) {
        case HtmlTag::p:
        case HtmlTag::div:
            out_.break_line();
            break;
        case HtmlTag::h1:
        case HtmlTag::h2:
        case HtmlTag::h3:
        case HtmlTag::h4:
        case HtmlTag::h5:
        case HtmlTag::h6:
        case HtmlTag::blockquote:
        case HtmlTag::dl:
        case HtmlTag::pre:
            out_.break_paragraph();
            break;
        case HtmlTag::ol:
        case HtmlTag::ul:
            if (list_depth() == 0) out_.break_paragraph();
            break;
        case HtmlTag::tr:
            out_.end_row();
            break;
        case HtmlTag::q:
            out_.word("\"");
            break;
        case HtmlTag::table:
            break;  // TextWriter::end_table()
        default:
            if (is_block(tag)) out_.break_line();
            break;
    }
}

/// Elements that end, without an end tag, where the next of their kind begins.
void Layout::close_implied(HtmlTag starting) {
    if (open_.empty()) return;
    const auto close_within = [&](auto is_one, HtmlTag barrier) {
        for (std::size_t i = open_.size(); i-- > 0 && open_[i].tag != barrier;) {
            if (is_one(open_[i].tag)) return close_down_to(i);
        }
    };
    if (starting == HtmlTag::td || starting == HtmlTag::th) {
        close_within([](HtmlTag t) { return t == HtmlTag::td || t == HtmlTag::th; },
                     HtmlTag::table);
    } else if (starting == HtmlTag::tr) {
        close_within(
            [](HtmlTag t) { return t == HtmlTag::td || t == HtmlTag::th || t == HtmlTag::tr; },
            HtmlTag::table);
    } else if (starting == HtmlTag::li) {
        close_within([](HtmlTag t) { return t == HtmlTag::li; },
                     open_count(HtmlTag::ol) > 0 ? HtmlTag::ol : HtmlTag::ul);
    } else if (starting == HtmlTag::a) {
        close_within([](HtmlTag t) { return t == HtmlTag::a; }, HtmlTag::table);
    } else if (is_block(starting) && open_.back().tag == HtmlTag::p) {
        close_down_to(open_.size() - 1);
    }
}

void Layout::close_down_to(std::size_t index) {
    while (open_.size() > index) {
        OpenElement last = std::move(open_.back());
        open_.pop_back();
        --open_count(last.tag);
        close(std::move(last));
    }
}

void Layout::close(OpenElement element) {
    if (element.tag == HtmlTag::ol || element.tag == HtmlTag::ul) {
        out_.set_indent(std::max(list_depth() - 1, 0));
    }
    if (element.is_quote) {
        out_.break_paragraph();
        out_.set_quote_depth(open_count(HtmlTag::blockquote));
    }
    if (element.hidden) return;
    if (element.tag == HtmlTag::table) out_.end_table(element.row);
    if (!element.url.empty() && !element.zero_font) {
        const std::string_view shown = out_.since(element.text_start);
        if (!stripped(shown).empty() && !is_same_link(shown, element.url)) {
            out_.blank();
            out_.word("<" + element.url + ">");
        }
    }
    if (!element.mark) return;
    switch (*element.mark) {
        case HtmlMarkKind::quote_begins:
            mark(HtmlMarkKind::quote_ends);
            break;
        case HtmlMarkKind::attribution_begins:
            mark(HtmlMarkKind::attribution_ends);
            break;
        case HtmlMarkKind::signature_begins:
            mark(HtmlMarkKind::signature_ends);
            break;
        default:
            break;
    }
}

void Layout::mark(HtmlMarkKind kind) {
    out_.break_line();
    marks_.push_back({out_.size(), kind});
}

}  // namespace

HtmlLayout lay_out_html(std::string_view html) {
    return Layout{}.run(html);
}

}  // namespace bellhop::parsers
