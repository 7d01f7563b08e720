// What stands below a mail and nobody has written for it: disclaimers, and the creeds of schools.
#pragma once

#include <cstddef>
#include <span>

#include "parsers/reply/reply_markers.hpp"

namespace bellhop::parsers {

/// Whether a paragraph of legal or technical boilerplate begins at `at`. Precondition: at <
/// lines.size(), and the line is not empty.
bool is_disclaimer(std::span<const TextLine> lines, std::size_t at);

/// Whether the line near the end of a mail is the school's creed ("committed to safeguarding"), or
/// says whom to call where a child is in danger: it speaks of children at risk, and of none.
bool is_school_creed(std::span<const TextLine> lines, std::size_t at);

}  // namespace bellhop::parsers
