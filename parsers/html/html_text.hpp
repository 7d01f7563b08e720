// HTML made into text that reads as the sender saw it. A linear tokenizer, no tree: the DOM parsers
// in Debian are quadratic or crash on hostile mail.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

/// The text of an HTML document (UTF-8 in, UTF-8 with "\n" line ends out): paragraphs, lists,
/// tables as text, links as `text <url>`, quoted blocks as "> "; script, style and hidden text left
/// out. Never fails; linear time; the result is at most a few times as long as `html`.
std::string html_to_text(std::string_view html);

}  // namespace bellhop::parsers
