// application/x-www-form-urlencoded, as a request to a token endpoint carries it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bellhop::parsers {

using FormFields = std::vector<std::pair<std::string, std::string>>;

/// "name=value&name=value": all but letters, digits and "-._~" as %XX (RFC 6749 appendix B).
std::string form_encoded(const FormFields& fields);

}  // namespace bellhop::parsers
