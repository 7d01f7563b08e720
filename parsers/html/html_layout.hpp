// An HTML document laid out as plain text, with the places where its markup says that a quotation
// or a signature begins.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

enum class HtmlMarkKind {
    quote_begins,  ///< a container of quoted text; replies may stand between its blockquotes
    quote_ends,
    rest_is_quoted,      ///< everything behind is the mail answered or forwarded
    attribution_begins,  ///< "On … Ann wrote:", whatever its language
    attribution_ends,
    signature_begins,
    signature_ends,
};

/// Stands before the first line of the text that begins behind `offset`, or at it where `offset` is
/// 0.
struct HtmlMark {
    std::size_t offset = 0;
    HtmlMarkKind kind = HtmlMarkKind::quote_begins;
};

struct HtmlLayout {
    std::string text = {};
    std::vector<HtmlMark> marks = {};  ///< by offset; begins and ends pair up
};

/// Never fails; linear time. See html_to_text().
HtmlLayout lay_out_html(std::string_view html);

}  // namespace bellhop::parsers
