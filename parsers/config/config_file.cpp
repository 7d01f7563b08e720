#include "parsers/config/config_file.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <vector>

#include <toml++/toml.h>

#include "parsers/text/ascii.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

constexpr int max_syntax_errors = 20;  // each costs one more pass over the file

/// The file as lines, for turning toml++'s columns (which count characters) into ours (bytes).
class Lines {
public:
    Lines(std::string file, std::string_view text) : file_(std::move(file)) {
        while (true) {
            const std::size_t end = text.find('\n');
            lines_.push_back(text.substr(0, end));
            is_ascii_.push_back(
                std::none_of(lines_.back().begin(), lines_.back().end(), is_octet_8bit));
            if (end == std::string_view::npos) break;
            text.remove_prefix(end + 1);
        }
    }

    const std::vector<std::string_view>& all() const { return lines_; }

    /// Line `number`, counted from 1; empty where there is none.
    std::string_view at(std::size_t number) const {
        return number >= 1 && number <= lines_.size() ? lines_[number - 1] : std::string_view{};
    }

    TextSpan span(std::size_t line, std::size_t column, std::size_t length) const {
        return {file_, line, column, std::max<std::size_t>(length, 1)};
    }

    /// From the first visible character of a line to the last.
    TextSpan whole(std::size_t line) const {
        const std::string_view text = at(line);
        const std::string_view visible = trimmed(text);
        if (visible.empty()) return span(line, 1, 1);
        return span(line, static_cast<std::size_t>(visible.data() - text.data()) + 1,
                    visible.size());
    }

    /// What toml++ calls a region; cut to its first line.
    TextSpan span(const toml::source_region& region) const {
        const std::size_t line = region.begin.line;
        const std::size_t begin = byte_column(line, region.begin.column);
        const std::size_t end = region.end.line == region.begin.line
                                    ? byte_column(line, region.end.column)
                                    : trimmed_end(line);
        return span(line, begin, end > begin ? end - begin : 1);
    }

    std::size_t byte_column(std::size_t line, std::size_t character) const {
        const std::string_view text = at(line);
        // Of a list on one long line each value is asked for.
        if (is_ascii(line)) return std::clamp<std::size_t>(character, 1, text.size() + 1);
        std::size_t byte = 0;
        for (std::size_t seen = 1; seen < character && byte < text.size(); ++seen) {
            do {
                ++byte;
            } while (byte < text.size() &&
                     (static_cast<unsigned char>(text[byte]) & 0xC0U) == 0x80U);
        }
        return byte + 1;
    }

    /// Whether line `number` is there, and has nothing but ASCII.
    bool is_ascii(std::size_t number) const {
        return number >= 1 && number <= lines_.size() && is_ascii_[number - 1];
    }

private:
    std::size_t trimmed_end(std::size_t line) const {
        const std::string_view text = at(line);
        return text.find_last_not_of(" \t\r") + 2;
    }

    std::string file_;
    std::vector<std::string_view> lines_ = {};
    std::vector<bool> is_ascii_ = {};  // by line
};

// ---- syntax errors ---------------------------------------------------------------------------

/// A line "key = value", taken apart as far as it can be without knowing whether it is right.
struct Assignment {
    std::string_view key = {};
    std::string_view value = {};   ///< without a comment where the value is bare
    std::size_t value_column = 1;  ///< in bytes
};

std::optional<Assignment> assignment_of(std::string_view line) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view key = trimmed(line.substr(0, equals));
    if (key.empty() || key.find_first_of("[]{}#,") != std::string_view::npos) return std::nullopt;
    std::string_view value = trimmed(line.substr(equals + 1));
    const std::size_t column =
        value.empty() ? equals + 1 : static_cast<std::size_t>(value.data() - line.data()) + 1;
    const bool bare = value.find_first_of("\"'[{") != 0;
    if (bare) value = trimmed(value.substr(0, value.find('#')));
    return Assignment{key, value, column};
}

bool is_bare(const Assignment& assignment) {
    return assignment.value.find_first_of("\"'[{") != 0;
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::string with_double_quotes(std::string_view text) {
    std::string result{text};
    std::replace(result.begin(), result.end(), '\'', '"');
    return result;
}

/// toml++ says "Error while parsing table header: cannot ...": what it was parsing, and what it
/// met.
struct Complaint {
    std::string_view parsing = {};
    std::string_view met = {};
};

Complaint complaint_of(std::string_view description) {
    constexpr std::string_view prefix = "Error while parsing ";
    const std::size_t colon = description.find(": ");
    if (description.substr(0, prefix.size()) != prefix || colon == std::string_view::npos) {
        return {{}, description};
    }
    return {description.substr(prefix.size(), colon - prefix.size()),
            description.substr(colon + 2)};
}

/// The line above `line` that set `key` in the same section; 0 where it was not set that way.
std::size_t first_set_in(const Lines& lines, std::size_t line, std::string_view key) {
    std::size_t found = 0;
    for (std::size_t above = line - 1; above >= 1; --above) {
        const std::string_view text = trimmed(lines.at(above));
        if (text.substr(0, 1) == "[") break;
        const std::optional<Assignment> assignment = assignment_of(text);
        if (assignment && assignment->key == key) found = above;
    }
    return found;
}

std::size_t same_header_above(const Lines& lines, std::size_t line) {
    const std::string_view header = trimmed(lines.at(line));
    for (std::size_t above = 1; above < line; ++above) {
        if (trimmed(lines.at(above)) == header) return above;
    }
    return 0;
}

std::vector<std::string> first_in_line(std::size_t line) {
    if (line == 0) return {};
    return {"first set in line " + std::to_string(line)};
}

Diagnostic redefined(const Lines& lines, std::size_t line, std::string_view met) {
    const std::string_view text = lines.at(line);
    const std::optional<Assignment> assignment = assignment_of(text);
    if (assignment) {
        const auto column = static_cast<std::size_t>(assignment->key.data() - text.data()) + 1;
        return {lines.span(line, column, assignment->key.size()),
                in_quotes(assignment->key) + " is set twice",
                first_in_line(first_set_in(lines, line, assignment->key))};
    }
    const std::size_t first = same_header_above(lines, line);
    if (first != 0) {
        return {lines.whole(line),
                "section " + std::string{trimmed(text)} + " stands twice",
                {"first in line " + std::to_string(first),
                 "write [[name]] with two brackets for one of several"}};
    }
    return {lines.whole(line), with_double_quotes(met), {}};
}

bool looks_like_boolean(std::string_view value) {
    std::string folded{value};
    std::transform(folded.begin(), folded.end(), folded.begin(), [](unsigned char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32)
                                              : static_cast<char>(letter);
    });
    constexpr std::array<std::string_view, 6> words{"true", "false", "yes", "no", "on", "off"};
    return std::find(words.begin(), words.end(), folded) != words.end();
}

Diagnostic bare_value(const Lines& lines, std::size_t line, const Assignment& assignment) {
    const std::string key{assignment.key};
    const std::string value{assignment.value};
    const TextSpan where = lines.span(line, assignment.value_column, value.size());
    if (value.empty()) {
        return {where, in_quotes(key) + " has no value", {"write one, or put # before the line"}};
    }
    const std::string message = "cannot read the value of " + in_quotes(key);
    if (looks_like_boolean(value)) return {where, message, {"expected true or false"}};
    if (contains(value, "\u201c") || contains(value, "\u201d")) {
        return {where, message, {"use straight quotes: \""}};
    }
    return {where, message, {"a text stands in quotes: " + key + " = " + in_quotes(value)}};
}

Diagnostic bad_text(const Lines& lines,
                    std::size_t line,
                    std::size_t column,
                    std::string_view met) {
    const std::string_view text = lines.at(line);
    if (contains(met, "escape sequence")) {
        return {lines.span(line, column > 1 ? column - 1 : column, 2),
                "unknown escape in a text",
                {"between single quotes a backslash stands for itself: 'C:\\folder'"}};
    }
    if (contains(met, "end-of-file") || column > trimmed(text).size()) {
        const std::optional<Assignment> assignment = assignment_of(text);
        const std::size_t begin = assignment ? assignment->value_column : column;
        return {lines.span(line, begin, text.size() + 1 > begin ? text.size() + 1 - begin : 1),
                "a text is not closed",
                {"a text over several lines begins and ends with \"\"\""}};
    }
    return {lines.span(line, column, 1),
            "control character in a text",
            {"write it as an escape, \\u0007"}};
}

Diagnostic bad_header(const Lines& lines, std::size_t line) {
    return {lines.whole(line),
            "cannot read this section header",
            {"write [name], or [[name]] for one of several"}};
}

Diagnostic describe(const toml::parse_error& error, const Lines& lines) {
    const std::size_t line = error.source().begin.line;
    const std::size_t column = lines.byte_column(line, error.source().begin.column);
    const auto [parsing, met] = complaint_of(error.description());
    const TextSpan here = lines.span(line, column, 1);
    const std::optional<Assignment> assignment = assignment_of(lines.at(line));

    if (contains(met, "cannot redefine")) return redefined(lines, line, met);
    if (contains(parsing, "header")) return bad_header(lines, line);
    if (contains(parsing, "string")) return bad_text(lines, line, column, met);
    if (contains(parsing, "array")) {
        return {here, "expected a comma or \"]\" in a list", {"texts stand in quotes"}};
    }
    if (contains(parsing, "inline table") && contains(met, "\\n")) {
        return {here, "an inline table must stand on one line", {"write it as a section: [name]"}};
    }
    if (assignment && is_bare(*assignment) && column >= assignment->value_column) {
        return bare_value(lines, line, *assignment);
    }
    if (contains(met, "comment or whitespace")) {
        return {here, "unexpected text after a value", {"one key = value stands on a line"}};
    }
    if (contains(met, "value type")) {
        return {here, "cannot read this value", {"texts stand in quotes"}};
    }
    if (contains(met, "expected '='") || contains(met, "expected keys")) {
        return {lines.whole(line),
                "expected key = value",
                {"a key of other letters than a-z, 0-9, - and _ stands in quotes"}};
    }
    return {here, with_double_quotes(met), {}};
}

/// Whether the rest of the file can be read as if this line did not stand in it. A header cannot be
/// left out: what follows would count as belonging to the section before.
bool may_be_skipped(std::string_view line) {
    const std::optional<Assignment> assignment = assignment_of(line);
    return assignment && trimmed(line).substr(0, 1) != "[" &&
           assignment->value.find_first_of("[{") != 0 && !contains(line, "\"\"\"") &&
           !contains(line, "'''");
}

void blank_line(std::string& text,
                const Lines& lines,
                std::size_t line,
                std::string_view original) {
    const auto begin = static_cast<std::size_t>(lines.at(line).data() - original.data());
    std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(begin), lines.at(line).size(), ' ');
}

// ---- the tree --------------------------------------------------------------------------------

class TreeReader {
public:
    TreeReader(const Lines& lines, Diagnostics& complaints)
        : lines_(lines), complaints_(complaints) {}

    ConfigNode read(const toml::node& node, int depth) {
        ConfigNode result;
        result.where = lines_.span(node.source());
        if (depth > max_config_depth) {
            complaints_.push_back({result.where, "nested too deeply", {}});
            return result;
        }
        switch (node.type()) {
            case toml::node_type::table:
                read_table(*node.as_table(), depth, result);
                break;
            case toml::node_type::array:
                read_array(*node.as_array(), depth, result);
                break;
            default:
                read_value(node, result);
                break;
        }
        return result;
    }

private:
    void read_table(const toml::table& table, int depth, ConfigNode& result) {
        result.kind = ConfigKind::table;
        for (const auto& [key, value] : table) {
            result.entries.push_back(
                {std::string{key.str()}, lines_.span(key.source()), read(value, depth + 1)});
        }
        // toml++ sorts by name; people read, and we complain, in the order of the file.
        std::stable_sort(result.entries.begin(), result.entries.end(),
                         [](const ConfigEntry& left, const ConfigEntry& right) {
                             return std::tie(left.where.line, left.where.column) <
                                    std::tie(right.where.line, right.where.column);
                         });
    }

    void read_array(const toml::array& array, int depth, ConfigNode& result) {
        result.kind = ConfigKind::array;
        result.items.reserve(array.size());
        for (const toml::node& item : array) result.items.push_back(read(item, depth + 1));
    }

    void read_value(const toml::node& node, ConfigNode& result) {
        result.text = std::string{as_written(result.where)};
        if (const auto* text = node.as_string()) {
            result.kind = ConfigKind::text;
            read_text(text->get(), result);
        } else if (const auto* integer = node.as_integer()) {
            result.kind = ConfigKind::integer;
            result.integer = integer->get();
        } else if (const auto* real = node.as_floating_point()) {
            result.kind = ConfigKind::real;
            result.real = real->get();
        } else if (const auto* boolean = node.as_boolean()) {
            result.kind = ConfigKind::boolean;
            result.boolean = boolean->get();
        } else if (const auto* date = node.as_date()) {
            result.kind = ConfigKind::date;
            result.date = std::chrono::year{date->get().year} /
                          std::chrono::month{date->get().month} / std::chrono::day{date->get().day};
        } else {
            result.kind = node.is_time() ? ConfigKind::time : ConfigKind::instant;
        }
    }

    void read_text(const std::string& text, ConfigNode& result) {
        // Only a text without escapes, on one line, can be pointed into.
        const std::string_view written = result.text;
        if (written.size() == text.size() + 2 && written.substr(1, text.size()) == text) {
            result.text_offset = 1;
        }
        result.text = text;
    }

    std::string_view as_written(const TextSpan& where) const {
        return lines_.at(where.line).substr(where.column - 1, where.length);
    }

    const Lines& lines_;
    Diagnostics& complaints_;
};

/// toml++ says of a wrong byte only which character it read last.
std::optional<Diagnostic> not_utf8(const Lines& lines) {
    for (std::size_t line = 1; line <= lines.all().size(); ++line) {
        if (lines.is_ascii(line)) continue;
        const std::string_view text = lines.at(line);
        for (std::size_t at = 0; at < text.size();) {
            const Utf8Character character = first_character(text.substr(at));
            if (!character.is_valid) {
                return Diagnostic{lines.span(line, at + 1, 1),
                                  "the file is not UTF-8 here",
                                  {"save it as UTF-8"}};
            }
            at += character.octets.size();
        }
    }
    return std::nullopt;
}

std::optional<Diagnostic> beyond_limits(const std::string& file,
                                        std::string_view text,
                                        const Lines& lines) {
    if (text.size() > max_config_bytes) {
        return Diagnostic{{file, 1, 1, 1},
                          "the file is larger than " + std::to_string(max_config_bytes) + " bytes"};
    }
    for (std::size_t i = 0; i < lines.all().size(); ++i) {
        if (lines.all()[i].size() > max_config_line) {
            return Diagnostic{
                {file, i + 1, 1, 1},
                "the line is longer than " + std::to_string(max_config_line) + " bytes"};
        }
    }
    return std::nullopt;
}

}  // namespace

boost::system::result<ConfigFile, Diagnostics> ConfigFile::parse(const std::string& file,
                                                                 std::string_view text) {
    const Lines lines{file, text};
    if (const auto complaint = beyond_limits(file, text, lines)) return Diagnostics{*complaint};
    if (const auto complaint = not_utf8(lines)) return Diagnostics{*complaint};

    Diagnostics complaints;
    std::string remaining{text};
    while (complaints.size() < max_syntax_errors) {
        try {
            const toml::table table = toml::parse(std::string_view{remaining});
            if (!complaints.empty()) break;
            ConfigNode root = TreeReader{lines, complaints}.read(table, 0);
            if (!complaints.empty()) return complaints;
            root.where = lines.span(1, 1, 1);
            return ConfigFile{std::make_unique<const ConfigNode>(std::move(root))};
        } catch (const toml::parse_error& error) {
            complaints.push_back(describe(error, lines));
            const std::size_t line = error.source().begin.line;
            if (!may_be_skipped(lines.at(line))) break;
            blank_line(remaining, lines, line, text);
        }
    }
    return complaints;
}

}  // namespace bellhop::parsers
