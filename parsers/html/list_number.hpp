// The numbers of ordered lists in HTML, as browsers show them.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

/// What the attribute "type" says: "1", "a", "A", "i" or "I"; "1" for anything else.
char list_style(std::string_view type);

/// The number in an attribute ("start", "value"), of at most six digits, or `otherwise`.
int number_or(std::string_view attribute, int otherwise);

/// "4", "d", "D", "iv" or "IV". What letters cannot say is said in digits.
std::string list_number(int number, char style);

}  // namespace bellhop::parsers
