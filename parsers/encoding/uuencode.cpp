#include "parsers/encoding/uuencode.hpp"

#include <algorithm>
#include <optional>

#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

struct Line {
    std::string_view text = {};
    std::size_t next = 0;
};

Line line_at(std::string_view text, std::size_t start) {
    const std::size_t end = text.find('\n', start);
    std::string_view line = text.substr(start, end == std::string_view::npos ? end : end - start);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return {line, end == std::string_view::npos ? text.size() : end + 1};
}

/// The name in "begin 644 photo.jpg"; nothing where the line is none.
std::optional<std::string_view> name_in_begin_line(std::string_view line) {
    constexpr std::string_view begin = "begin ";
    if (!line.starts_with(begin)) return std::nullopt;
    line.remove_prefix(begin.size());
    const std::size_t blank = line.find(' ');
    if (blank != 3 && blank != 4) return std::nullopt;
    const std::string_view mode = line.substr(0, blank);
    if (mode.find_first_not_of("01234567") != std::string_view::npos) return std::nullopt;
    const std::string_view name = trimmed(line.substr(blank));
    return name.empty() ? std::nullopt : std::optional{name};
}

unsigned six_bits(char c) {
    return (static_cast<unsigned char>(c) - 32U) & 63U;
}

/// How many characters the octets that the first character of `line` announces are written in.
std::size_t announced(std::string_view line) {
    constexpr std::size_t octets_in_group = 3;
    constexpr std::size_t digits_in_group = 4;
    return (six_bits(line.front()) + octets_in_group - 1) / octets_in_group * digits_in_group;
}

/// Whether `line` has not more characters than its first one says; blanks at its end may have been
/// lost, and one or two may have been added to check it.
bool is_encoded_line(std::string_view line) {
    if (line.empty() || line.front() < ' ' || line.front() > '`') return false;
    if (line.size() - 1 > announced(line) + 2 || six_bits(line.front()) > 45) return false;
    return std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '`'; });
}

void append_decoded(std::string& bytes, std::string_view line) {
    const std::size_t length = six_bits(line.front());
    line.remove_prefix(1);
    const auto digit = [&](std::size_t i) { return i < line.size() ? six_bits(line[i]) : 0U; };
    const std::size_t end = bytes.size() + length;
    for (std::size_t i = 0; bytes.size() < end; i += 4) {
        const unsigned bits =
            digit(i) << 18 | digit(i + 1) << 12 | digit(i + 2) << 6 | digit(i + 3);
        for (int shift = 16; shift >= 0 && bytes.size() < end; shift -= 8) {
            bytes += static_cast<char>(bits >> shift & 0xff);
        }
    }
}

struct Found {
    EncodedFile file = {};
    std::size_t next = 0;
};

/// The file whose encoded lines start at `start`.
std::optional<Found> file_at(std::string_view text, std::size_t start) {
    Found found;
    bool has_lines = false;
    while (start < text.size()) {
        const Line line = line_at(text, start);
        if (line.text == "end" && has_lines) {
            found.next = line.next;
            return found;
        }
        if (!line.text.empty() && !is_encoded_line(line.text)) return std::nullopt;
        if (!line.text.empty()) {
            append_decoded(found.file.bytes, line.text);
            has_lines = true;
        }
        start = line.next;
    }
    return std::nullopt;
}

/// The file whose encoded lines start at `start` and whose end is missing, as where a limit has cut
/// the mail. Prose is told from it by its lines: each has to be as long as it says.
std::optional<Found> cut_file_at(std::string_view text, std::size_t start) {
    constexpr std::size_t enough = 3;  // full lines: less may be prose
    Found found;
    found.file.is_cut = true;
    std::size_t full = 0;
    while (start < text.size()) {
        const Line line = line_at(text, start);
        start = line.next;
        if (line.text.empty()) continue;
        if (!is_encoded_line(line.text)) break;
        const bool is_whole = line.text.size() - 1 >= announced(line.text);
        // The cut goes through the text's last line, which was to be as full as those before it.
        const bool is_last = line.text.front() == 'M' && line.next >= text.size();
        if (!is_whole && !is_last) break;
        const std::size_t had = found.file.bytes.size();
        append_decoded(found.file.bytes, line.text);
        if (!is_whole) found.file.bytes.resize(had + (line.text.size() - 1) * 3 / 4);
        if (is_whole && line.text.front() == 'M') ++full;
        found.next = line.next;
    }
    return full >= enough ? std::optional{std::move(found)} : std::nullopt;
}

}  // namespace

UnpackedText unpack_uuencoded(std::string_view text) {
    UnpackedText result;
    if (text.find("begin ") == std::string_view::npos) {
        result.text = text;
        return result;
    }
    std::size_t kept = 0;
    std::size_t failures = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Line line = line_at(text, at);
        const auto name =
            failures < max_uuencoded_files ? name_in_begin_line(line.text) : std::nullopt;
        auto found = name ? file_at(text, line.next) : std::nullopt;
        if (name && !found) {
            ++failures;
            found = cut_file_at(text, line.next);
        }
        const bool is_full = result.files.size() >= max_uuencoded_files;
        if (found && is_full) result.has_more = true;
        if (!found || is_full) {
            at = line.next;
            continue;
        }
        found->file.name = *name;
        result.text += text.substr(kept, at - kept);
        result.files.push_back(std::move(found->file));
        result.places.push_back({at, found->next - at});
        at = kept = found->next;
    }
    result.text += text.substr(kept);
    return result;
}

}  // namespace bellhop::parsers
