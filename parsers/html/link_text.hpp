// Where a link leads, as a reader of plain text should see it.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

/// The address in an "href" (entities not decoded), or an empty text where it leads nowhere outside
/// the mail: "#top", "javascript:", "cid:", "data:". At most `max_link` bytes, no blanks, no angle
/// brackets.
std::string link_target(std::string_view href);

constexpr std::size_t max_link = 2000;  // bytes; a longer address says nothing to a person

/// Whether the text of a link already says its address: without scheme, "www.", final slash and
/// case.
bool is_same_link(std::string_view shown, std::string_view url);

}  // namespace bellhop::parsers
