// Text put into HTML.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

/// `text` so that HTML shows it, also inside an attribute's quotes.
std::string html_escaped(std::string_view text);

}  // namespace bellhop::parsers
