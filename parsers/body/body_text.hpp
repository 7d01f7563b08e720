// The text of a body part: decoded bytes made into lines of UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

/// Lines of valid UTF-8, NFC: line ends become "\n", control characters other than the tab go.
std::string clean_text(std::string utf8);

/// Joins the lines that format=flowed (RFC 3676) has wrapped. `delete_space`: DelSp=yes.
std::string unflowed(std::string_view text, bool delete_space);

/// The charset that an HTML document names in its own head; empty where it names none.
std::string declared_html_charset(std::string_view html);

}  // namespace bellhop::parsers
