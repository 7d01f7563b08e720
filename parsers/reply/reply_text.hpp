// What the sender wrote this time, apart from quoted history, signature and disclaimer.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

struct ReplyParts {
    std::string reply =
        {};  ///< what was written this time; the whole text where nothing else would remain
    std::string quoted = {};      ///< the rest, in order; together with `reply` nothing is lost
    bool signature_only = false;  ///< `reply` is a signature: nothing else would remain
};

/// Splits the text of a mail (UTF-8, "\n" line ends). Never fails; linear time.
ReplyParts split_reply(std::string_view text);

/// The same for an HTML body: its markup (gmail_quote, divRplyFwdMsg, blockquote type=cite, ...)
/// tells more than the text. The parts are text.
ReplyParts split_html_reply(std::string_view html);

}  // namespace bellhop::parsers
