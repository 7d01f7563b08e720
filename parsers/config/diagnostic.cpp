#include "parsers/config/diagnostic.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_excerpt =
    160;                                // bytes of a line that are shown; a terminal's width or two
constexpr std::size_t max_quoted = 60;  // bytes of a foreign word that a message repeats
constexpr std::size_t max_word = 64;    // bytes; "did you mean" is quadratic in it
constexpr std::size_t line_number_width = 5;

bool is_continuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// A control character would let a file move the cursor of the terminal that shows it.
bool is_control_byte(char byte) {
    const auto octet = static_cast<unsigned char>(byte);
    return octet < 0x20 || octet == 0x7f;
}

std::string_view line_of(std::string_view source, std::size_t number) {
    for (; number > 1; --number) {
        const std::size_t end = source.find('\n');
        if (end == std::string_view::npos) return {};
        source.remove_prefix(end + 1);
    }
    std::string_view line = source.substr(0, source.find('\n'));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

std::size_t next_character(std::string_view text, std::size_t at) {
    if (at < text.size()) ++at;
    while (at < text.size() && is_continuation(text[at])) ++at;
    return at;
}

/// The part of a long line that is shown: [begin, end) in bytes, on character boundaries.
struct Window {
    std::size_t begin = 0;
    std::size_t end = 0;
};

Window window_around(std::string_view line, std::size_t at) {
    if (line.size() <= max_excerpt) return {0, line.size()};
    std::size_t begin = at > max_excerpt / 2 ? at - max_excerpt / 2 : 0;
    begin = std::min(begin, line.size() - max_excerpt);
    std::size_t end = begin + max_excerpt;
    while (begin > 0 && is_continuation(line[begin])) --begin;
    while (end < line.size() && is_continuation(line[end])) ++end;
    return {begin, end};
}

std::string shown(std::string_view text) {
    std::string result{text};
    for (char& byte : result) {
        if (byte != '\t' && is_control_byte(byte)) byte = '?';
    }
    return result;
}

/// What stands below the line up to the caret: a blank for each character, tabs kept, so that the
/// caret stands right whatever the terminal makes of a tab.
std::string margin(std::string_view before) {
    std::string result;
    for (const char byte : before) {
        if (byte == '\t') {
            result += '\t';
        } else if (!is_continuation(byte)) {
            result += ' ';
        }
    }
    return result;
}

std::string gutter(const std::string& number) {
    const std::size_t missing =
        number.size() < line_number_width ? line_number_width - number.size() : 0;
    return std::string(missing, ' ') + number + " | ";
}

std::string excerpt(const TextSpan& where, std::string_view source) {
    const std::string_view line = line_of(source, where.line);
    const std::size_t at = where.column - 1;
    if (where.line == 0 || where.column == 0 || line.empty() || at > line.size()) return {};
    const Window window = window_around(line, at);
    const std::size_t stop = std::min(at + std::max<std::size_t>(where.length, 1), window.end);

    std::string text = gutter(std::to_string(where.line));
    const std::size_t width = text.size();
    text += shown(line.substr(window.begin, window.end - window.begin));
    text += '\n' + std::string(width - 2, ' ') + "| ";
    text += margin(line.substr(window.begin, at - window.begin)) + '^';
    for (std::size_t i = next_character(line, at); i < stop; i = next_character(line, i))
        text += '~';
    return text + '\n';
}

/// Edits that turn one word into the other: insert, delete, replace, exchange two neighbours
/// (optimal string alignment).
std::size_t edit_distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> before_last(right.size() + 1);
    std::vector<std::size_t> last(right.size() + 1);
    std::vector<std::size_t> current(right.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= left.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
            current[j] = std::min({replaced, last[j] + 1, current[j - 1] + 1});
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
                current[j] = std::min(current[j], before_last[j - 2] + 1);
            }
        }
        std::swap(before_last, last);
        std::swap(last, current);
    }
    return last[right.size()];
}

}  // namespace

std::string render(const Diagnostic& diagnostic, std::string_view source) {
    const TextSpan& where = diagnostic.where;
    std::string text =
        where.file + ':' + std::to_string(where.line) + ':' + std::to_string(where.column) + ": ";
    text += diagnostic.severity == Severity::error ? "error: " : "warning: ";
    text += diagnostic.message + '\n' + excerpt(where, source);
    for (const std::string& hint : diagnostic.hints) {
        text += std::string(line_number_width, ' ') + " = " + hint + '\n';
    }
    return text;
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    if (word.empty() || word.size() > max_word) return {};
    const std::string folded = lower_case(word);
    // One slip in a short word, two in a long one: what is further away is another word.
    std::size_t best = word.size() <= 2 ? 1 : word.size() <= 5 ? 2 : 3;
    std::string result;
    for (const std::string& candidate : candidates) {
        if (candidate.empty() || candidate.size() > max_word) continue;
        const std::size_t distance = edit_distance(folded, lower_case(candidate));
        if (distance < best && distance < candidate.size()) {
            best = distance;
            result = candidate;
        }
    }
    return result;
}

std::string in_quotes(std::string_view foreign) {
    std::size_t end = std::min(foreign.size(), max_quoted);
    while (end < foreign.size() && end > 0 && is_continuation(foreign[end])) --end;
    std::string text = shown(foreign.substr(0, end));
    std::replace(text.begin(), text.end(), '\t', ' ');
    return '"' + text + (end < foreign.size() ? "..." : "") + '"';
}

void sort_by_place(Diagnostics& diagnostics) {
    std::vector<std::string> files;
    for (const Diagnostic& each : diagnostics) {
        if (std::find(files.begin(), files.end(), each.where.file) == files.end()) {
            files.push_back(each.where.file);
        }
    }
    const auto place = [&files](const Diagnostic& each) {
        const auto file = std::find(files.begin(), files.end(), each.where.file) - files.begin();
        return std::tuple{file, each.where.line, each.where.column};
    };
    std::stable_sort(diagnostics.begin(), diagnostics.end(),
                     [&place](const Diagnostic& left, const Diagnostic& right) {
                         return place(left) < place(right);
                     });
}

bool has_errors(const Diagnostics& diagnostics) {
    return std::any_of(diagnostics.begin(), diagnostics.end(),
                       [](const Diagnostic& each) { return each.severity == Severity::error; });
}

}  // namespace bellhop::parsers
