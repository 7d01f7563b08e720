// What stands above and below many mails and was written by nobody of them: disclaimers, creeds of
// schools, banners of gateways, footers of mailing lists.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "parsers/reply/reply_markers.hpp"

namespace bellhop::parsers {

/// How many lines from `at` on are such furniture; 0 where none begins there. At most to the end of
/// the paragraph, whatever the length of its lines.
///
/// Precondition: at < lines.size().
std::size_t boilerplate_at(std::span<const TextLine> lines, std::size_t at);

/// Whether a paragraph that stands below a disclaimer belongs to it: an address, the number of the
/// company, more of the law.
bool belongs_to_disclaimer(std::span<const TextLine> paragraph);

/// How many lines, empty ones too, are the banner of a gateway at the top: "[EXTERNAL] This email
/// originated from outside of the organisation. Do not click links …"
std::size_t banner_at_top(std::span<const TextLine> lines);

/// How many words and phrases of disclaimers and banners stand in a folded text.
std::size_t furniture_words_in(std::string_view low);

/// The lines from `at` on that are one paragraph.
std::span<const TextLine> paragraph_at(std::span<const TextLine> lines, std::size_t at);

}  // namespace bellhop::parsers
