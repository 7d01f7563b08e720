// A text that its sender gave twice, as plain text and as HTML (RFC 2046 section 5.1.4): which of
// the two is read. They should say the same, and often do not.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

enum class TextForm {
    plain,
    html,  ///< the plain text says nothing, or much less, or leaves out a link
    both   ///< each says what the other does not
};

struct FormChoice {
    TextForm form = TextForm::plain;
    std::string addition = {};  ///< of `both`: the lines of the HTML that the plain text lacks
};

/// Whether `text` says all that `other` does, in whatever lines.
bool says_all_of(std::string_view text, std::string_view other);

/// Nothing that one of them says gets lost, but for single words. The HTML is laid out only where a
/// quick look tells that it may say more. Linear time.
FormChoice choose_form(std::string_view plain, std::string_view html);

}  // namespace bellhop::parsers
