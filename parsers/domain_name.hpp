// Domain names beyond ASCII (IDNA 2008, UTS 46).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bellhop::parsers {

/// The name in A-labels, as DNS and servers without SMTPUTF8 know it: "b\u00fccher.example" is
/// "xn--bcher-kva.example". A name that is ASCII stays as it is. nullopt where no such name exists.
std::optional<std::string> ascii_domain(std::string_view domain);

}  // namespace bellhop::parsers
