// Mails that somebody forwards to the desk: whose they were.
#pragma once

#include <optional>
#include <string_view>

#include "parsers/message/message.hpp"

namespace bellhop::parsers {

/// The mail forwarded inline in `text` (the whole body as text), recognised by its block of header
/// lines in the languages and habits of the common mail programs. `subject` is the outer mail's:
/// "Fwd:", "FW:", "WG:" are a sign. Nothing where `text` is a reply or an ordinary mail.
std::optional<Forwarded> find_forwarded(std::string_view subject, std::string_view text);

/// Whether a subject's first prefix says "forwarded", in any language: in "Re: Fwd: …" somebody
/// answers a forwarded mail.
bool is_forward_subject(std::string_view subject);

}  // namespace bellhop::parsers
