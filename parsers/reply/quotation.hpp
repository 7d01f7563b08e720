// Which lines of a mail are an older one: cut at what introduces it, or line by line.
#pragma once

#include <cstddef>
#include <vector>

#include "parsers/reply/mail_lines.hpp"

namespace bellhop::parsers {

/// Cuts the older mails that stand unquoted below the reply. Returns where the part that may be the
/// reply ends.
///
/// What a run of attributions or separators is, in this order:
///  1. the head of lines quoted with ">": it goes, what becomes of them says cut_quotations();
///  2. with text above it, the head of an older mail: that goes with all that is below it, or as
///     far as the markup says that it reaches;
///  3. a separator at the top: a mail forwarded without a word, all of which the writer has to say;
///  4. an attribution at the top: it alone goes;
///  5. else a sentence that only looks like an attribution: text.
std::size_t cut_older_mail(MailLines& lines);

/// What is known of a mail that may quote another.
struct QuotingMail {
    bool answers = false;     ///< it answers or forwards a mail, by its header or by what it holds
    bool has_markup = false;  ///< lines with ">" stand in blockquotes of HTML
};

/// Whether an older mail before line `end` is introduced as programs do it: that makes an answer of
/// a mail whose header does not say so.
bool holds_older_mail(const MailLines& lines, std::size_t end);

/// Quoted lines with nothing behind them go, unless a new mail shows them; those that are answered
/// below line by line stay.
void cut_quotations(MailLines& lines, std::size_t end, const QuotingMail& mail);

}  // namespace bellhop::parsers
