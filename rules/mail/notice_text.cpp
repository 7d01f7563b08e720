#include "rules/mail/notice_text.hpp"

#include <algorithm>
#include <vector>

#include "parsers/text/ascii.hpp"
#include "rules/mail/answer_mail.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t most_of_a_line = 2000;     // characters
constexpr std::size_t most_scanned_lines = 400;  // for a telephone number
constexpr std::size_t signature_lines = 15;      // at the end of what somebody has written
constexpr std::size_t longest_phone_line = 200;  // bytes; a longer one is prose
constexpr std::size_t fewest_digits = 9;         // of a number with its area
constexpr std::size_t most_digits = 15;          // ITU-T E.164
constexpr std::string_view before_number = " \t:(|,;";
constexpr std::string_view phone_characters = "0123456789 ()-./";

std::vector<std::string_view> lines_of(std::string_view text, std::size_t most) {
    std::vector<std::string_view> lines;
    while (!text.empty() && lines.size() < most) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::size_t digits_in(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), parsers::is_digit));
}

/// The number that begins at `at`, with an extension behind it; empty where it is none.
std::string number_at(std::string_view line, std::size_t at) {
    const std::size_t begin = at;
    if (line[at] == '+') ++at;
    std::size_t end = at;
    while (end < line.size() && phone_characters.find(line[end]) != std::string_view::npos) ++end;
    const std::size_t digits = digits_in(line.substr(at, end - at));
    if (digits < fewest_digits || digits > most_digits) return {};
    std::string number{parsers::trimmed(line.substr(begin, end - begin))};
    while (number.ends_with('.') || number.ends_with('-')) number.pop_back();
    const std::string rest = parsers::lower_case(line.substr(end));
    if (!rest.starts_with("ext")) return number;
    const std::size_t extension = rest.find_first_of("0123456789");
    if (extension == std::string::npos || extension > std::string_view{"extension: "}.size()) {
        return number;
    }
    const std::size_t stop = rest.find_first_not_of("0123456789", extension);
    return number + " ext " + rest.substr(extension, stop - extension);
}

std::string phone_in(std::string_view line) {
    if (line.size() > longest_phone_line) return {};
    for (std::size_t at = 0; at < line.size(); ++at) {
        const bool begins = line[at] == '+' || line[at] == '0' || line[at] == '(';
        // "10.0.19045" and ".../0163296" are no numbers that begin here.
        const bool is_inside = at > 0 && before_number.find(line[at - 1]) == std::string_view::npos;
        if (!begins || is_inside) continue;
        if (std::string number = number_at(line, at); !number.empty()) return number;
    }
    return {};
}

/// Where what he quotes begins.
bool begins_quotation(std::string_view line) {
    return line.starts_with('>') || line.starts_with("From:") || line.starts_with("-----") ||
           line.starts_with("_____") || (line.starts_with("On ") && line.ends_with(':'));
}

}  // namespace

QuotedWords quoted_words(std::string_view text) {
    QuotedWords quoted;
    std::size_t lines = 0;
    std::size_t empty = 0;
    for (const std::string_view line : lines_of(text, most_quoted_lines * 4)) {
        const std::string clean = harmless_line(line, most_of_a_line);
        if (clean.empty()) {
            empty += quoted.text.empty() ? 0 : 1;
            continue;
        }
        if (++lines > most_quoted_lines ||
            quoted.text.size() + 2 + clean.size() > most_quoted_bytes) {
            quoted.is_cut = true;
            break;
        }
        if (!quoted.text.empty()) quoted.text += empty > 0 ? "\n\n" : "\n";
        quoted.text += clean;
        empty = 0;
    }
    return quoted;
}

std::string as_quotation(std::string_view text) {
    std::string quotation;
    for (const std::string_view line : lines_of(text, most_quoted_lines * 2)) {
        quotation += (quotation.empty() ? "" : "\n");
        quotation += line.empty() ? ">" : "> " + std::string{line};
    }
    return quotation;
}

std::string signed_phone(std::string_view text) {
    std::vector<std::string_view> own;
    for (const std::string_view line : lines_of(text, most_scanned_lines)) {
        const std::string_view content = parsers::trimmed(line);
        if (begins_quotation(content)) break;
        if (!content.empty()) own.push_back(content);
    }
    const std::size_t begin = own.size() - std::min(own.size(), signature_lines);
    for (std::size_t at = begin; at < own.size(); ++at) {
        if (std::string phone = phone_in(own[at]); !phone.empty()) return phone;
    }
    return {};
}

}  // namespace bellhop::rules
