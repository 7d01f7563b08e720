// Texts that the desk sends, with {{placeholders}}.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

#include "parsers/config/diagnostic.hpp"

namespace bellhop::rules {

/// Values by placeholder name. A section {{#name}}...{{/name}} shows where the value is not empty,
/// an inverted one {{^name}} where it is.
using TemplateValues = std::map<std::string, std::string, std::less<>>;

enum class Escaping { none, html };

/// A checked template: Mustache (mustache.github.io) without partials, lambdas, other delimiters
/// and unescaped values. A tag of a section that stands alone on its line takes the line with it.
/// Values are put in once and never scanned again.
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
    enum class PieceKind { text, value, section, inverted_section, section_end };

    struct Piece {
        PieceKind kind = PieceKind::text;
        std::string text = {};  ///< as it goes out, or a placeholder's name
        std::size_t end = 0;    ///< of a section: the index of its end
    };

    MailTemplate() = default;

    std::vector<Piece> pieces_ = {};  // sections are closed and nested rightly
    Escaping escaping_ = Escaping::none;
};

}  // namespace bellhop::rules
