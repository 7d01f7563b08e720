#include "rules/ticket/subject_tag.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "parsers/text/ascii.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t most_bytes = 64 * 1024;
constexpr std::size_t most_removed = 10;

/// A character as a tag is made of them: an ASCII character, a blank for every kind of blank, or 0
/// for what no tag holds. It stands in bytes [begin, end) of the text.
struct Sign {
    char value = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
};

struct Point {
    char32_t value = 0;
    std::size_t bytes = 1;
};

/// Of UTF-8 what tags are made of: up to three bytes. Anything else is a point of one byte that
/// means nothing here.
Point point_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t offset) {
        return at + offset < text.size()
                   ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + offset]))
                   : 0U;
    };
    const auto follows = [&](std::size_t offset) { return (byte(offset) & 0xC0U) == 0x80U; };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80U) return {lead, 1};
    if ((lead & 0xE0U) == 0xC0U && follows(1)) {
        return {((lead & 0x1FU) << 6U) | (byte(1) & 0x3FU), 2};
    }
    if ((lead & 0xF0U) == 0xE0U && follows(1) && follows(2)) {
        return {((lead & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU), 3};
    }
    return {0xFFFD, 1};
}

/// No-break, en, em, thin, zero-width, ideographic: they look like a blank or like nothing.
bool is_blank(char32_t point) {
    return point == ' ' || point == '\t' || point == 0xA0 || point == 0xAD || point == 0x1680 ||
           (point >= 0x2000 && point <= 0x200F) || (point >= 0x202A && point <= 0x202F) ||
           (point >= 0x205F && point <= 0x2064) || (point >= 0x2066 && point <= 0x2069) ||
           point == 0x3000 || point == 0xFEFF;
}

char value_of(char32_t point) {
    if (is_blank(point)) return ' ';
    if (point >= 0xFF01 && point <= 0xFF5E) point -= 0xFF01 - U'!';  // full-width forms
    if (point == U'【' || point == U'［') return '[';
    if (point == U'】' || point == U'］') return ']';
    if (point > U' ' && point < 0x7F) return static_cast<char>(point);
    return 0;
}

std::vector<Sign> signs_of(std::string_view text) {
    std::vector<Sign> signs;
    signs.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Point point = point_at(text, at);
        signs.push_back({value_of(point.value), at, at + point.bytes});
        at += point.bytes;
    }
    return signs;
}

/// Reads the parts of a tag one by one, with blanks before each.
class TagReader {
public:
    TagReader(const std::vector<Sign>& signs, std::size_t at) : signs_(signs), at_(at) {}

    bool has_read(std::string_view word) {
        skip_blanks();
        if (signs_.size() - at_ < word.size()) return false;
        for (const char expected : word) {
            if (lower(signs_[at_].value) != lower(expected)) return false;
            ++at_;
        }
        return true;
    }

    std::optional<std::int64_t> number() {
        skip_blanks();
        std::int64_t read = 0;
        const std::size_t begin = at_;
        for (; at_ < signs_.size() && parsers::is_digit(signs_[at_].value); ++at_) {
            const int digit = signs_[at_].value - '0';
            if (read > (std::numeric_limits<std::int64_t>::max() - digit) / 10) return {};
            read = read * 10 + digit;
        }
        if (at_ == begin || read == 0) return {};
        return read;
    }

    std::size_t at() const { return at_; }

private:
    static char lower(char one) {
        return one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one;
    }
    void skip_blanks() {
        while (at_ < signs_.size() && signs_[at_].value == ' ') ++at_;
    }

    const std::vector<Sign>& signs_;
    std::size_t at_;
};

std::optional<FoundTag> tag_at(const std::vector<Sign>& signs,
                               std::size_t at,
                               std::string_view tag) {
    TagReader reader{signs, at};
    if (!reader.has_read("[") || !reader.has_read(tag) || !reader.has_read("#")) return {};
    const std::optional<std::int64_t> number = reader.number();
    if (!number || !reader.has_read("]")) return {};
    return FoundTag{signs[at].begin, signs[reader.at() - 1].end, TicketId{*number}};
}

}  // namespace

std::string subject_tag(std::string_view tag, TicketId ticket) {
    return "[" + std::string{tag} + "#" + std::to_string(static_cast<std::int64_t>(ticket)) + "]";
}

std::vector<FoundTag> find_tags(std::string_view text, std::string_view tag, std::size_t most) {
    std::vector<FoundTag> found;
    if (tag.empty()) return found;
    const std::vector<Sign> signs = signs_of(text.substr(0, most_bytes));
    for (std::size_t at = 0; at < signs.size() && found.size() < most; ++at) {
        if (signs[at].value != '[') continue;
        if (const auto one = tag_at(signs, at, tag)) found.push_back(*one);
    }
    return found;
}

std::string without_tags(std::string_view subject, std::string_view tag) {
    std::string rest;
    std::size_t from = 0;
    for (const FoundTag& one : find_tags(subject, tag, most_removed)) {
        rest += subject.substr(from, one.begin - from);
        from = std::min(subject.find_first_not_of(' ', one.end), subject.size());
    }
    rest += subject.substr(from);
    while (!rest.empty() && rest.back() == ' ') rest.pop_back();
    return rest;
}

}  // namespace bellhop::rules
