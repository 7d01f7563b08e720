// Whether a text is a thank-you and nothing else.
#pragma once

#include <string_view>

namespace bellhop::rules {

/// Word for word and clause by clause: each says thanks, praises, is polite, says that something
/// works again, or gives leave to close; one of them at least is kind; nothing is asked, and
/// nothing is wrong. English, and a dozen languages more by their words of thanks. What is not
/// understood is no thank-you.
bool is_thanks(std::string_view text);

/// A question mark stands in it.
bool asks_something(std::string_view text);

}  // namespace bellhop::rules
