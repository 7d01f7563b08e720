#include "parsers/html/html_style.hpp"

#include <algorithm>
#include <string>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

/// "0", "0px", "0.0 pt", but not "0.9em".
bool is_zero(std::string_view value) {
    if (value.empty() || value[0] != '0') return false;
    const std::size_t end = value.find_first_not_of("0.");
    return end == std::string_view::npos || !is_digit(value[end]);
}

/// The sides of a "margin" shorthand that stand above and below are zero.
bool is_zero_above_and_below(std::string_view value) {
    std::size_t side = 0;
    while (!value.empty() && side < 4) {
        const std::string_view each = value.substr(0, value.find(' '));
        if (side % 2 == 0 && !is_zero(each)) return false;
        value.remove_prefix(std::min(value.size(), each.size() + 1));
        ++side;
    }
    return side > 0;
}

struct Seen {
    bool zero_size = false;
    bool overflow_hidden = false;
    bool zero_margin_top = false;
    bool zero_margin_bottom = false;
    bool border_top = false;
    bool border_none = false;
    bool padding_top = false;
};

void read_declaration(std::string_view name, std::string_view value, HtmlStyle& style, Seen& seen) {
    if (name == "display") {
        style.hidden = style.hidden || value.starts_with("none");
    } else if (name == "visibility") {
        style.hidden = style.hidden || value.starts_with("hidden");
    } else if (name == "opacity") {
        style.hidden =
            style.hidden || (is_zero(value) && value.find_first_of("123456789") == value.npos);
    } else if (name == "font-size") {
        style.zero_font = is_zero(value);
    } else if (name == "max-height" || name == "height" || name == "max-width" || name == "width") {
        seen.zero_size = seen.zero_size || is_zero(value);
    } else if (name == "overflow") {
        seen.overflow_hidden = value.starts_with("hidden");
    } else if (name == "white-space") {
        style.keeps_space = value.starts_with("pre");
    } else if (name == "margin") {
        seen.zero_margin_top = seen.zero_margin_bottom = is_zero_above_and_below(value);
    } else if (name == "margin-top") {
        seen.zero_margin_top = is_zero(value);
    } else if (name == "margin-bottom") {
        seen.zero_margin_bottom = is_zero(value) || value.starts_with(".0001");
    } else if (name == "border" || name == "border-left") {
        seen.border_none = seen.border_none || value.starts_with("none") || is_zero(value);
    } else if (name == "border-top" || name == "border-top-style") {
        seen.border_top = value.find("solid") != value.npos;
    } else if (name == "padding" || name == "padding-top") {
        seen.padding_top =
            value.starts_with("3.0pt") || value.starts_with("3pt") || value.starts_with("5px");
    }
}

}  // namespace

HtmlStyle read_style(std::string_view declarations) {
    HtmlStyle style;
    Seen seen;
    const std::string lower = folded(declarations);
    std::string_view rest = lower;
    while (!rest.empty()) {
        const std::string_view each = rest.substr(0, rest.find(';'));
        rest.remove_prefix(std::min(rest.size(), each.size() + 1));
        const std::size_t colon = each.find(':');
        if (colon == each.npos) continue;
        read_declaration(stripped(each.substr(0, colon)), stripped(each.substr(colon + 1)), style,
                         seen);
    }
    style.hidden = style.hidden || (seen.zero_size && seen.overflow_hidden);
    style.no_margin = seen.zero_margin_top && seen.zero_margin_bottom;
    style.no_border = seen.border_none;
    style.top_border = seen.border_top && seen.padding_top;
    return style;
}

}  // namespace bellhop::parsers
