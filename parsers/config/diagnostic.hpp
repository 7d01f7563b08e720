// Complaints about a configuration file that point at the wrong word.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

/// A span of one line. Lines and columns count from 1; columns count bytes.
struct TextSpan {
    std::string file = {};
    std::size_t line = 1;
    std::size_t column = 1;
    std::size_t length = 1;

    friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

enum class Severity { error, warning };

struct Diagnostic {
    TextSpan where = {};
    std::string message = {};             ///< what is wrong, lower case, no full stop
    std::vector<std::string> hints = {};  ///< what would be right; printed one per line
    Severity severity = Severity::error;

    friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

using Diagnostics = std::vector<Diagnostic>;

/// The text shown to the operator, ending in a newline. `source` is the whole file that
/// `diagnostic.where` points into. Never fails: a span outside `source` prints no excerpt.
std::string render(const Diagnostic& diagnostic, std::string_view source);

/// The candidate nearest to `word` by edit distance, for "did you mean"; empty where none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// `foreign` in double quotes for a message: one line, control characters replaced, cut where long.
std::string in_quotes(std::string_view foreign);

/// Orders by file (as they first occur), line and column; what stands at one place keeps its order.
void sort_by_place(Diagnostics& diagnostics);

/// Whether anything is worse than a warning.
bool has_errors(const Diagnostics& diagnostics);

}  // namespace bellhop::parsers
