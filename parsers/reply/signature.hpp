// The signature below what somebody wrote: with the line or the greeting above it.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "parsers/reply/reply_markers.hpp"
#include "parsers/text/text_print.hpp"

namespace bellhop::parsers {

/// What is known of a mail but its text.
struct MailSetting {
    bool answers = true;  ///< it answers or forwards a mail; false: nothing in its header says so
    std::string_view writer_address = {};  ///< empty where unknown
    std::string_view writer_name = {};     ///< as shown, or empty
    /// Paragraphs that stand in many mails of the writer's domain, and are nobody's words.
    std::span<const TextPrint> furniture = {};
};

/// "Kind regards", "Diolch / Many thanks", alone on a line, in some languages.
bool is_sign_off(const TextLine& line);

/// "Kind regards, Ann".
bool is_sign_off_with_name(const TextLine& line);

/// How many lines from `at` on are the signature, with what introduces it; 0 where none begins
/// there. `lines` end where the text ends, but for furniture.
///
/// Only a block that is a signature as a whole counts: each line a name, a role, a place, or a way
/// to reach somebody, down to the end or to a postscript. "-- " alone, which programs write, is
/// believed of any few lines that ask nothing.
std::size_t signature_at(std::span<const TextLine> lines,
                         std::size_t at,
                         const MailSetting& setting);

}  // namespace bellhop::parsers
