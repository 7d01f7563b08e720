// The HTML form of a mail whose text is all that somebody has written.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::rules {

/// Where the text goes in a frame.
inline constexpr std::string_view letter_place = "<!-- letter -->";

/// `inside` in the place of `letter_place` in `frame`.
std::string framed(std::string_view inside, std::string_view frame);

/// A template of HTML that says what `text`, the body of a template of plain text, says: a
/// paragraph for each, indented lines as a list of facts, what a template's tags say untouched. It
/// stands in `frame` in place of `letter_place`. Linear in its size.
std::string letter_html(std::string_view text, std::string_view frame);

}  // namespace bellhop::rules
