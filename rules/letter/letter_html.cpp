#include "rules/letter/letter_html.hpp"

#include <algorithm>
#include <vector>

#include "parsers/text/ascii.hpp"
#include "parsers/text/html_escape.hpp"

namespace bellhop::rules {
namespace {

constexpr std::string_view paragraph_style = "margin: 0 0 16px 0;";
constexpr std::string_view fact_style =
    "margin: 0 0 4px 0; padding-left: 12px; border-left: 4px solid #d9dee3;";

/// A list, and what somebody has written, where they are a paragraph of their own.
constexpr std::string_view list_style =
    "margin: 0 0 16px 0; padding-left: 12px; border-left: 4px solid #d9dee3;";
constexpr std::string_view words_style =
    "margin: 0 0 16px 0; padding-left: 12px; border-left: 4px solid #0b57a4; word-break: "
    "break-word;";

std::string_view style_of(std::string_view paragraph) {
    if (paragraph == "{{list}}") return list_style;
    return paragraph == "{{words}}" ? words_style : paragraph_style;
}

/// A tag that opens, closes or comments, alone on its line: it goes around paragraphs, not into
/// one.
bool is_section_line(std::string_view line) {
    const bool is_one_tag = line.starts_with("{{") && line.find("}}") == line.size() - 2;
    if (!is_one_tag || line.size() < 5) return false;
    const char mark = line[2];
    return mark == '#' || mark == '^' || mark == '/' || mark == '!';
}

/// What a reader wants to press.
std::string tag_in_html(std::string_view tag) {
    constexpr std::string_view style = "\" style=\"color: #0b57a4; white-space: nowrap;\">";
    std::string link;
    if (tag == "{{desk_phone}}") link = "tel:{{desk_phone_link}}";
    if (tag == "{{mailbox_address}}") link = "mailto:{{mailbox_address}}";
    if (link.empty()) return std::string{tag};
    return "<a href=\"" + link + std::string{style} + std::string{tag} + "</a>";
}

/// What stands between tags is text.
std::string escaped_line(std::string_view line) {
    std::string html;
    while (!line.empty()) {
        const std::size_t tag = std::min(line.find("{{"), line.size());
        html += parsers::html_escaped(line.substr(0, tag));
        line.remove_prefix(tag);
        const std::size_t end = line.find("}}");
        const std::size_t length = end == std::string_view::npos ? line.size() : end + 2;
        html += tag_in_html(line.substr(0, length));
        line.remove_prefix(length);
    }
    return html;
}

class LetterWriter {
public:
    void add(std::string_view line) {
        const std::string_view content = parsers::trimmed(line);
        const bool is_fact = !content.empty() && (line.front() == ' ' || line.front() == '\t');
        if (content.empty()) {
            end_paragraph();
        } else if (is_section_line(content)) {
            end_paragraph();
            html_ += std::string{content} + "\n";
        } else if (is_fact) {
            end_paragraph();
            add_paragraph(fact_style, escaped_line(content));
        } else {
            lines_.push_back(escaped_line(content));
        }
    }

    std::string finish() && {
        end_paragraph();
        return std::move(html_);
    }

private:
    void end_paragraph() {
        if (lines_.empty()) return;
        std::string content;
        for (const std::string& line : lines_) content += (content.empty() ? "" : "<br>\n") + line;
        lines_.clear();
        add_paragraph(style_of(content), content);
    }

    void add_paragraph(std::string_view style, const std::string& content) {
        // The frame has another colour for their bars in the dark.
        const bool has_grey_bar = style == fact_style || style == list_style;
        html_ += std::string{has_grey_bar ? "<p class=\"facts\" " : "<p "} + "style=\"" +
                 std::string{style} + "\">" + content + "</p>\n";
    }

    std::string html_ = {};
    std::vector<std::string> lines_ = {};  // of the paragraph at hand
};

}  // namespace

std::string framed(std::string_view inside, std::string_view frame) {
    std::string html{frame};
    const std::size_t place = html.find(letter_place);
    if (place != std::string::npos) html.replace(place, letter_place.size(), inside);
    return html;
}

std::string letter_html(std::string_view text, std::string_view frame) {
    LetterWriter writer;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        writer.add(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return framed(std::move(writer).finish(), frame);
}

}  // namespace bellhop::rules
