// The tag that names a ticket in subjects: "[HELP#1042]".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// The tag in outgoing subjects: "[HELP#1042]".
std::string subject_tag(std::string_view tag, TicketId ticket);

/// A tag as it stands in a text: bytes [begin, end).
struct FoundTag {
    std::size_t begin = 0;
    std::size_t end = 0;
    TicketId ticket = {};
};

/// The tags in `text` (UTF-8), in order, at most `most`. Mail programs and people change them: they
/// are found in any case, with blanks of any kind around their parts, and in full-width letters.
/// At most the first 64 KiB are looked at. None where `tag` is empty.
std::vector<FoundTag> find_tags(std::string_view text, std::string_view tag, std::size_t most);

/// `subject` without our own tags.
std::string without_tags(std::string_view subject, std::string_view tag);

}  // namespace bellhop::rules
