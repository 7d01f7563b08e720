// Paragraphs that stand apart from what somebody wrote: below his name, or above his greeting.
// Where the same ones come back in mail after mail, nobody of them wrote them.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "parsers/reply/reply_markers.hpp"
#include "parsers/reply/text_piece.hpp"
#include "parsers/text/text_print.hpp"

namespace bellhop::parsers {

/// The lines from `at` on that are one paragraph: to an empty line or a drawn one, or to a long
/// line below a short one, as a disclaimer stands below a name. At least one.
///
/// Precondition: at < lines.size().
std::size_t unit_at(std::span<const TextLine> lines, std::size_t at);

/// The fingerprint of a paragraph.
TextPrint print_of_lines(std::span<const TextLine> unit);

/// Whether a paragraph is nearly one of `furniture`.
bool is_known(std::span<const TextLine> unit, std::span<const TextPrint> furniture);

/// What sets a paragraph apart.
enum class Apart {
    place,   ///< it stands below a greeting and a name at the end, or above the greeting at the top
    words,   ///< the last paragraphs, with words of the law or of a gateway in it
    nothing  ///< it is a long last paragraph
};

struct SetOffParagraph {
    TextPrint print = {};
    Apart by = Apart::nothing;

    friend bool operator==(const SetOffParagraph&, const SetOffParagraph&) = default;
};

/// The paragraphs of a mail's text that might be printed below, or above, every mail of its
/// writer's domain, at most 12: prose of some length, in no quotation. Their fingerprints only.
/// Linear time.
std::vector<SetOffParagraph> set_off_paragraphs(std::string_view text,
                                                std::span<const TextPiece> pieces);

}  // namespace bellhop::parsers
