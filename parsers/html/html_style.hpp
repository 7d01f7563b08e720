// What the "style" attribute of an element means for a reader of plain text.
#pragma once

#include <optional>
#include <string_view>

namespace bellhop::parsers {

struct HtmlStyle {
    bool hidden = false;                 ///< display:none and its like
    std::optional<bool> zero_font = {};  ///< whether font-size is zero, where the style says one
    bool keeps_space = false;            ///< white-space: pre, pre-wrap, pre-line
    bool no_margin = false;   ///< vertical margins are zero: a line rather than a paragraph
    bool no_border = false;   ///< border:none, as on a blockquote that only indents
    bool top_border = false;  ///< the line that Outlook and Windows Mail draw above a quoted mail
};

/// Reads declarations as they stand in a mail: in any case, with blanks anywhere, entities not
/// decoded.
HtmlStyle read_style(std::string_view declarations);

}  // namespace bellhop::parsers
