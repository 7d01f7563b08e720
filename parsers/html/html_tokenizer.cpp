#include "parsers/html/html_tokenizer.hpp"

#include <algorithm>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::string_view html_space = " \t\r\n\f";

/// Elements whose content is no text for a reader.
constexpr std::array<std::string_view, 7> raw_text_elements = {
    "script", "style", "title", "iframe", "noembed", "noframes", "xmp"};

bool is_raw_text(std::string_view name) {
    return std::find(raw_text_elements.begin(), raw_text_elements.end(), name) !=
           raw_text_elements.end();
}

}  // namespace

std::string_view HtmlToken::attribute(std::string_view wanted) const {
    for (const HtmlAttribute& each : attributes) {
        if (equal_ignoring_case(each.name, wanted)) return each.value;
    }
    return {};
}

bool HtmlToken::has_attribute(std::string_view wanted) const {
    return std::any_of(attributes.begin(), attributes.end(), [&](const HtmlAttribute& each) {
        return equal_ignoring_case(each.name, wanted);
    });
}

bool HtmlTokenizer::next(HtmlToken& token) {
    while (at_ < html_.size()) {
        const std::string_view rest = html_.substr(at_);
        if (rest[0] == '<' && !no_more_tag_ends_ && rest.size() > 1) {
            if (rest.starts_with("<!--")) {
                pass_comment();
                continue;
            }
            if (rest[1] == '!' || rest[1] == '?') {
                pass_declaration();
                continue;
            }
            const bool closes = rest[1] == '/';
            if (rest.size() > (closes ? 2U : 1U) && is_alpha(rest[closes ? 2 : 1]) &&
                read_tag(token)) {
                return true;
            }
        }
        const std::size_t end = std::min(html_.find('<', at_ + 1), html_.size());
        token.kind = HtmlTokenKind::text;
        token.text = html_.substr(at_, end - at_);
        at_ = end;
        return true;
    }
    token.kind = HtmlTokenKind::end_of_input;
    return false;
}

bool HtmlTokenizer::read_tag(HtmlToken& token) {
    const std::size_t start = at_;
    const bool closes = html_[at_ + 1] == '/';
    at_ += closes ? 2 : 1;
    const std::size_t name_end = std::min(html_.find_first_of(" \t\r\n\f/>", at_), html_.size());
    token.name.assign(html_.substr(at_, std::min(name_end - at_, max_tag_name)));
    std::transform(token.name.begin(), token.name.end(), token.name.begin(), lower);
    token.kind = closes ? HtmlTokenKind::end_tag : HtmlTokenKind::start_tag;
    token.attributes.clear();
    token.self_closing = false;
    at_ = name_end;
    read_attributes(token);
    if (no_more_tag_ends_) {
        // "if x <y": never closed, so it was no tag.
        at_ = start;
        return false;
    }
    if (!closes && is_raw_text(token.name) && !token.self_closing) pass_raw_text(token.name);
    return true;
}

void HtmlTokenizer::read_attributes(HtmlToken& token) {
    for (;;) {
        at_ = std::min(html_.find_first_not_of(html_space, at_), html_.size());
        if (at_ == html_.size()) {
            no_more_tag_ends_ = true;
            return;
        }
        if (html_[at_] == '>') {
            ++at_;
            return;
        }
        if (html_[at_] == '/') {
            token.self_closing = html_.substr(at_, 2) == "/>";
            ++at_;
            continue;
        }
        const std::size_t start = at_;
        at_ = std::min(html_.find_first_of("= \t\r\n\f/>", at_ + 1), html_.size());
        const std::string_view name = html_.substr(start, at_ - start);
        const std::size_t after = std::min(html_.find_first_not_of(html_space, at_), html_.size());
        std::string_view value;
        if (after < html_.size() && html_[after] == '=') {
            at_ = after + 1;
            value = read_value();
        }
        if (token.attributes.size() < max_attributes) token.attributes.push_back({name, value});
    }
}

std::string_view HtmlTokenizer::read_value() {
    at_ = std::min(html_.find_first_not_of(html_space, at_), html_.size());
    if (at_ == html_.size()) return {};
    const char quote = html_[at_];
    if (quote == '"' || quote == '\'') {
        bool& no_more = no_more_quotes_[quote == '"' ? 1 : 0];
        const std::size_t end = no_more ? std::string_view::npos : html_.find(quote, at_ + 1);
        if (end != std::string_view::npos) {
            const std::string_view value = html_.substr(at_ + 1, end - at_ - 1);
            at_ = end + 1;
            return value;
        }
        no_more = true;
        ++at_;
    }
    const std::size_t start = at_;
    at_ = std::min(html_.find_first_of(" \t\r\n\f>", at_), html_.size());
    return html_.substr(start, at_ - start);
}

void HtmlTokenizer::pass_comment() {
    // "<!-->" and "<!--->" are whole comments.
    const std::size_t end =
        no_more_comment_ends_ ? std::string_view::npos : html_.find("-->", at_ + 2);
    if (end != std::string_view::npos) {
        at_ = end + 3;
        return;
    }
    no_more_comment_ends_ = true;
    pass_declaration();
}

void HtmlTokenizer::pass_declaration() {
    const std::size_t end = html_.find('>', at_);
    if (end == std::string_view::npos) {
        no_more_tag_ends_ = true;
        at_ += 2;
    } else {
        at_ = end + 1;
    }
}

void HtmlTokenizer::pass_raw_text(std::string_view name) {
    if (std::find(never_closed_.begin(), never_closed_.end(), name) != never_closed_.end()) return;
    for (std::size_t at = html_.find("</", at_); at != std::string_view::npos;
         at = html_.find("</", at + 2)) {
        if (equal_ignoring_case(html_.substr(at + 2, name.size()), name)) {
            at_ = at;
            return;
        }
    }
    never_closed_.emplace_back(name);
}

}  // namespace bellhop::parsers
