// What the markup of a mail says about a place in its text: a quotation or a signature begins or
// ends.
#pragma once

#include <cstddef>

namespace bellhop::parsers {

enum class HtmlMarkKind {
    quote_begins,  ///< a container of quoted text; replies may stand between its blockquotes
    quote_ends,
    rest_is_quoted,      ///< everything behind is the mail answered or forwarded
    rest_may_be_quoted,  ///< a line across the page, as Outlook draws it above what it quotes
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

}  // namespace bellhop::parsers
