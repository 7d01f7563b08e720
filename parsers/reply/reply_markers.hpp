// The lines with which mail programs introduce the mail that is answered.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

/// A line of a mail's text beside its folded form, byte for byte (plain_text.hpp).
struct TextLine {
    std::string_view text = {};
    std::string_view low = {};

    bool is_empty() const;
};

/// The lines of `text`; `low` is folded(text). The views live as long as both.
std::vector<TextLine> text_lines(std::string_view text, std::string_view low);

enum class MarkerStrength {
    none,
    weak,   ///< introduces a quotation only where quoted lines follow: "On 3 May 2021 the board
            ///< wrote:"
    strong  ///< with an address or the time of day
};

struct Attribution {
    MarkerStrength strength = MarkerStrength::none;
    std::size_t lines = 0;            ///< that it takes, beginning with the first
    bool is_machine_written = false;  ///< with an address, or with time and year
};

/// Reads "On Mon, 3 May 2021 at 10:12, Ann <ann@example.org> wrote:" at the beginning of `lines`,
/// in any of some forty languages, also wrapped over several lines.
Attribution attribution_at(std::span<const TextLine> lines);

/// Where an attribution begins in a line that begins with the reply itself ("yes On … wrote:"), or
/// npos.
std::size_t attribution_behind_text(const TextLine& line);

/// "-----Original Message-----", "Begin forwarded message:", "## reply above this line ##".
bool is_message_separator(const TextLine& line);

/// How many lines, beginning with the first, are the header of a mail ("From:", "Sent:", "To:",
/// "Subject:"); 0 where there is none. `lines` begins with a header line or there is none.
std::size_t header_block_at(std::span<const TextLine> lines);

/// Whether the first line is of words between dashes, and a header block follows: what a mail
/// program writes above an older mail, in whatever language.
bool is_framed_above_header(std::span<const TextLine> lines);

/// Nothing but a run of "-", "_", "=", "*" or the like.
bool is_rule(std::string_view line);

/// "> text", "CH> text".
bool is_quoted(std::string_view line);

}  // namespace bellhop::parsers
