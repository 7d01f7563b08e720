// Which elements mail programs put around the mail that is answered, its attribution and
// signatures.
#pragma once

#include <optional>
#include <string_view>

#include "parsers/html/html_mark.hpp"
#include "parsers/html/html_style.hpp"
#include "parsers/html/html_tag.hpp"
#include "parsers/html/html_tokenizer.hpp"

namespace bellhop::parsers {

/// What `tag` marks, if anything: one of quote_begins, rest_is_quoted, attribution_begins,
/// signature_begins.
std::optional<HtmlMarkKind> quote_mark_of(HtmlTag tag,
                                          const HtmlToken& token,
                                          const HtmlStyle& style);

}  // namespace bellhop::parsers
