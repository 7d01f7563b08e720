// Fields with parameters: Content-Type and Content-Disposition (RFC 2045, 2183, 2231), as they
// occur.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

struct Parameter {
    std::string name = {};  ///< lower case, without RFC 2231 suffixes
    std::string value =
        {};  ///< bytes where undeclared, else UTF-8; quotes and continuations resolved

    friend bool operator==(const Parameter&, const Parameter&) = default;
};

/// A value with parameters: "text/plain; charset=utf-8", "attachment; filename=a.pdf".
struct ParameterField {
    std::string value = {};  ///< lower case, without blanks and comments
    std::vector<Parameter> parameters = {};
    bool truncated = false;  ///< parameters beyond the limit were left out

    /// The parameter of that (lower-case) name, or an empty view.
    std::string_view parameter(std::string_view name) const;
};

constexpr std::size_t max_parameters = 200;         // of one field
constexpr std::size_t max_parameter_bytes = 65536;  // of one value, continuations together

/// Reads a Content-Type or Content-Disposition field. Quoted values with ";" inside, RFC 2231
/// pieces in any order and with a charset, encoded words in values, unquoted values with blanks:
/// all read. Never fails.
ParameterField parse_parameter_field(std::string_view field_body);

/// A file name as a person may see it: encoded words decoded, NFC, one line, without any path.
std::string display_filename(std::string_view value, std::string_view fallback_charset = {});

}  // namespace bellhop::parsers
