#include "rules/desk/order_line.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "parsers/text/plain_text.hpp"

namespace bellhop::rules {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t longest_order = 1000;    // bytes of a line that may be one
constexpr std::size_t lines_of_sign_off = 12;  // below the writer's name

using IsOrder = std::function<bool(std::string_view name)>;

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::any_of(words.begin(), words.end(), [word](std::string_view one) {
        return parsers::equal_ignoring_case(one, word);
    });
}

/// What a phone or a mail program has made of a plain character, undone; nothing where it is to be
/// left out: marks of direction, zero widths, the frame of a keycap.
std::string_view plain_form(char32_t c) {
    if (c == 0xa0 || c == 0x202f || c == 0x3000 || (c >= 0x2000 && c <= 0x200a)) return " "sv;
    if (c == 0xff03 || c == 0xfe5f || c == 0x266f) return "#"sv;
    if (c == 0x2018 || c == 0x2019 || c == 0x201b || c == 0x2032) return "'"sv;
    if (c == 0x201c || c == 0x201d || c == 0x201e || c == 0x2033) return "\""sv;
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2022 || c == 0xb7) return "-"sv;
    if (c == 0x2026) return "..."sv;
    if (c == '\t' || c == '\r') return " "sv;
    return {};
}

bool is_invisible(char32_t c) {
    return c < 0x20 || c == 0x7f || c == 0xad || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
           (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff || c == 0x20e3;
}

std::string plain_line(std::string_view line) {
    line = line.substr(0, longest_order);
    std::string plain;
    for (std::size_t at = 0; at < line.size();) {
        const parsers::CodePoint c = parsers::code_point_at(line, at);
        const std::string_view form = plain_form(c.value);
        if (!form.empty()) {
            plain += form;
        } else if (!is_invisible(c.value)) {
            plain += line.substr(at, c.length);
        }
        at += c.length;
    }
    return plain;
}

/// Bold, a bullet, quotes: what stands around an order and is none of it.
bool is_dressing(char c) {
    return c == '*' || c == '_' || c == '"' || c == '\'' || c == '\\' || c == '`' || c == '-' ||
           parsers::is_space(c);
}

std::string_view undressed(std::string_view line) {
    while (!line.empty() && is_dressing(line.front())) line.remove_prefix(1);
    while (!line.empty() && is_dressing(line.back())) line.remove_suffix(1);
    return line;
}

/// Blanks in a row are one.
std::string with_single_blanks(std::string_view text) {
    std::string single;
    for (const char c : text) {
        if (c != ' ' || (!single.empty() && single.back() != ' ')) single += c;
    }
    return std::string{parsers::trimmed(single)};
}

/// The line as "#" and a word and what stands behind; nothing for any other line.
std::optional<OrderLine> order_in(std::string_view line) {
    const std::string plain = plain_line(line);
    std::string_view text = undressed(plain);
    if (!text.starts_with('#')) return std::nullopt;
    text = parsers::trimmed(text.substr(1));
    std::size_t end = 0;
    while (end < text.size() && parsers::is_word_byte(text[end])) ++end;
    if (end == 0 || parsers::is_digit(text.front()) || text.front() == '#') return std::nullopt;
    OrderLine order;
    order.name = text.substr(0, end);
    std::string_view rest = text.substr(end);
    // "#Close." and "#wait: customer".
    while (!rest.empty() &&
           (is_dressing(rest.front()) || rest.front() == ':' || rest.front() == ',' ||
            rest.front() == ';' || rest.front() == '!' || rest.front() == '.')) {
        rest.remove_prefix(1);
    }
    order.rest = with_single_blanks(rest);
    return order;
}

bool takes_a_letter(std::string_view name) {
    constexpr std::array names{"note"sv, "internal"sv, "reply"sv, "answer"sv};
    return is_one_of(name, names);
}

/// Orders with words of their own, which people may write with "#": "#tag #wifi", "#assign #me".
bool takes_a_name(std::string_view name) {
    constexpr std::array names{"tag"sv, "untag"sv, "assign"sv};
    return is_one_of(name, names);
}

/// "#close #me" is two orders: where in `line.rest` the next one begins; npos where none does.
std::size_t next_order(const OrderLine& line, const IsOrder& is_order) {
    if (takes_a_letter(line.name)) return std::string::npos;
    const std::string_view rest = line.rest;
    for (std::size_t at = rest.find('#'); at != std::string_view::npos;
         at = rest.find('#', at + 1)) {
        const bool begins_word = at == 0 ? !takes_a_name(line.name) : rest[at - 1] == ' ';
        if (!begins_word) continue;
        const auto order = order_in(rest.substr(at));
        if (order && is_order(order->name)) return at;
    }
    return std::string::npos;
}

void add_orders(OrderLine line, const IsOrder& is_order, std::vector<OrderLine>& orders) {
    for (std::size_t next = next_order(line, is_order); next != std::string::npos;
         next = next_order(line, is_order)) {
        OrderLine behind = order_in(std::string_view{line.rest}.substr(next)).value();
        line.rest = parsers::without_punctuation(std::string_view{line.rest}.substr(0, next));
        orders.push_back(std::move(line));
        line = std::move(behind);
    }
    if (!takes_a_letter(line.name)) line.rest = parsers::without_punctuation(line.rest);
    orders.push_back(std::move(line));
}

std::string joined_lines(const std::vector<std::string_view>& lines,
                         std::size_t first,
                         std::size_t end) {
    std::string text;
    for (std::size_t i = first; i < end; ++i) {
        text += lines[i];
        text += '\n';
    }
    return std::string{parsers::stripped(text)};
}

/// "Tom", "Tom Brown", "Tom Brown | IT": not "Tom," and not "Tom Brown will come".
bool is_writers_name(std::string_view line, std::string_view writer) {
    const std::string plain = plain_line(line);
    const std::string_view text = undressed(plain);
    if (text.ends_with(',') || writer.empty()) return false;
    const std::string_view bare = parsers::without_punctuation(text);
    if (parsers::equal_ignoring_case(bare, writer.substr(0, writer.find(' ')))) return true;
    if (!parsers::starts_with_ignoring_case(text, writer)) return false;
    const std::string_view behind = parsers::trimmed(text.substr(writer.size()));
    return behind.empty() || !parsers::is_word_byte(behind.front());
}

bool is_farewell(std::string_view line) {
    constexpr std::array words{"kind regards"sv, "best regards"sv, "regards"sv,     "best wishes"sv,
                               "best"sv,         "many thanks"sv,  "thanks"sv,      "thank you"sv,
                               "cheers"sv,       "all the best"sv, "with thanks"sv, "kr"sv,
                               "yours"sv,        "thx"sv};
    line = parsers::stripped(line);
    return line == "--" || is_one_of(parsers::without_punctuation(line), words);
}

}  // namespace

OrderedText split_orders(std::string_view text,
                         const std::function<bool(std::string_view name)>& is_order) {
    OrderedText parts;
    const std::vector<std::string_view> lines = parsers::lines_of(text);
    std::size_t at = 0;
    for (; at < lines.size(); ++at) {
        if (undressed(plain_line(lines[at])).empty()) continue;
        auto order = order_in(lines[at]);
        if (!order) break;
        add_orders(*std::move(order), is_order, parts.orders);
    }
    parts.letter = joined_lines(lines, at, lines.size());
    for (; at < lines.size(); ++at) {
        const auto order = order_in(lines[at]);
        if (order && is_order(order->name)) parts.late.push_back("#" + order->name);
    }
    return parts;
}

std::string without_sign_off(std::string_view letter, std::string_view writer) {
    const std::vector<std::string_view> lines = parsers::lines_of(letter);
    std::size_t end = lines.size();
    const std::size_t first = end > lines_of_sign_off ? end - lines_of_sign_off : 0;
    for (std::size_t i = first; i < lines.size(); ++i) {
        if (!is_writers_name(lines[i], writer)) continue;
        end = i;
        break;
    }
    if (end == lines.size()) return std::string{parsers::stripped(letter)};
    while (end > 0 && (parsers::stripped(lines[end - 1]).empty() || is_farewell(lines[end - 1]))) {
        --end;
    }
    return joined_lines(lines, 0, end);
}

}  // namespace bellhop::rules
