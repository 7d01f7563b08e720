// Foreign text made fit for one line of a log, a report or a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bellhop::parsers {

/// `foreign` as one line of UTF-8: control characters, line separators and what is not UTF-8 become
/// "?", blanks at both ends are left out, and after `limit` bytes it ends in "...".
std::string printable(std::string_view foreign, std::size_t limit);

}  // namespace bellhop::parsers
