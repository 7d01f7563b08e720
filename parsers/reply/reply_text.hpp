// What the sender wrote this time, apart from quoted history, signature and boilerplate.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/reply/signature.hpp"
#include "parsers/reply/text_piece.hpp"

namespace bellhop::parsers {

struct ReplyParts {
    std::string reply =
        {};  ///< what was written this time; the whole text where nothing else would remain
    std::string quoted = {};  ///< the rest, in order; together with `reply` nothing is lost
    std::vector<TextPiece> pieces = {};  ///< of the text, or of the HTML read as text
    bool signature_only = false;         ///< `reply` is a signature: nothing else would remain
};

/// Splits the text of a mail (UTF-8, "\n" line ends). Never fails; linear time.
///
/// In a new mail (`setting.answers` false) quoted lines stay, too, unless something introduces them
/// as a mail program does.
ReplyParts split_reply(std::string_view text, const MailSetting& setting = {});

/// The same for an HTML body: its markup (gmail_quote, divRplyFwdMsg, blockquote type=cite, ...)
/// tells more than the text. The parts are text.
ReplyParts split_html_reply(std::string_view html, const MailSetting& setting = {});

}  // namespace bellhop::parsers
