// Texts that the desk sends, with {{placeholders}}.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

#include "parsers/diagnostic.hpp"

namespace bellhop::rules {

/// Values by placeholder name. A section {{#name}}...{{/name}} shows where the value is not empty,
/// an inverted one {{^name}} where it is.
using TemplateValues = std::map<std::string, std::string, std::less<>>;

enum class Escaping { none, html };

/// A checked template. Values are put in once and never scanned again.
class MailTemplate {
public:
    /// Errors: unknown placeholder (with the nearest known one), unclosed section or tag; all at
    /// once, with file, line and column.
    static boost::system::result<MailTemplate, parsers::Diagnostics> create(
        const std::string& file,
        std::string source,
        Escaping escaping,
        const std::vector<std::string>& known);

    /// Precondition: none; a name that has no value renders empty.
    std::string render(const TemplateValues& values) const;

private:
    MailTemplate() = default;
    std::string source_;
    Escaping escaping_ = Escaping::none;
};

}  // namespace bellhop::rules
