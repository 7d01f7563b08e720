// An HTML document laid out as plain text, with the places where its markup says that a quotation
// or a signature begins.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/html/html_mark.hpp"

namespace bellhop::parsers {

struct HtmlLayout {
    std::string text = {};
    std::vector<HtmlMark> marks = {};  ///< by offset; begins and ends pair up
};

/// Never fails; linear time. See html_to_text().
HtmlLayout lay_out_html(std::string_view html);

}  // namespace bellhop::parsers
