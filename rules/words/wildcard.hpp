// Names and addresses with "*" for any characters and "#" for one digit.
#pragma once

#include <string_view>

namespace bellhop::rules {

/// Whether the whole of `text` fits `pattern`; letters are compared as they stand. Time is bounded
/// by the product of the lengths.
bool matches_wildcard(std::string_view pattern, std::string_view text);

/// Whether `address` fits: "ann@example.org", "*@example.org", "##*@pupils.example.org", or a
/// domain, "example.org", which stands for the domains below it too. `address` is an address_key().
bool matches_address(std::string_view pattern, std::string_view address);

}  // namespace bellhop::rules
