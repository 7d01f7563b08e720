// What its writer wrote this time in a mail, apart from all else that its text holds.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/message.hpp"
#include "parsers/reply/set_off.hpp"
#include "parsers/text/text_print.hpp"

namespace bellhop::parsers {

/// What the mails of a domain are known to carry, though nobody wrote it.
struct KnownFurniture {
    std::vector<TextPrint> paragraphs = {};
    std::vector<std::string> images = {};  ///< SHA-256 in hexadecimal

    bool is_empty() const { return paragraphs.empty() && images.empty(); }
    friend bool operator==(const KnownFurniture&, const KnownFurniture&) = default;
};

/// Parts `message.text` into pieces, and fills in reply_text, quoted_text, content and the
/// furniture among the attachments. Reads text, HTML, attachments and header fields of `message`
/// only; may be done again with more `known`. Never fails; linear time.
void find_own_words(Message& message, const KnownFurniture& known = {});

/// Sets apart what was boilerplate when the mail came, by the pieces that were noted then: what is
/// known of its domain today is more, or less. Nothing where they are not pieces of this text.
void set_apart_as_before(Message& message, std::span<const TextPiece> noted);

/// The domain by which furniture is known: that of the author's address in lower case; empty where
/// there is none.
std::string furniture_domain(const Message& message);

}  // namespace bellhop::parsers
