#include "parsers/header/safe_file_name.hpp"

#include <array>

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "parsers/text/ascii.hpp"
#include "parsers/text/normal_form.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

/// What must not stand in a name: C (control, format, surrogate, private, unassigned) and line
/// separators.
bool is_invisible(UChar32 c) {
    const auto category = U_GET_GC_MASK(c);
    return (category & (U_GC_C_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK)) != 0 || c == 0x034F ||
           c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 ||
           u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/// Separators and what shells and Windows read into a name, the look-alikes of "/" and "\" among
/// them.
bool is_separator(UChar32 c) {
    constexpr std::u32string_view separators =
        U"/\\:*?\"<>|$`\u2044\u2215\u29F8\u29F9\uFE68\uFF0F\uFF3C";
    return separators.find(static_cast<char32_t>(c)) != std::u32string_view::npos;
}

std::string without_forbidden_characters(std::string_view text) {
    const auto source =
        icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
    icu::UnicodeString kept;
    for (int32_t at = 0; at < source.length(); at = source.moveIndex32(at, 1)) {
        const UChar32 c = source.char32At(at);
        if (is_invisible(c)) continue;
        if (is_separator(c)) {
            kept.append(u'_');
        } else {
            kept.append(u_isUWhiteSpace(c) != 0 ? UChar32{' '} : c);
        }
    }
    std::string result;
    return kept.toUTF8String(result);
}

/// "%2f", "%5c", "%2e", "%00": whoever decodes the name once more must not get out of the folder.
std::string without_percent_escapes(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                            hex_value(text[i + 2]) >= 0;
        result += escape ? '_' : text[i];
        if (escape) i += 2;
    }
    return result;
}

std::string_view without_dots_at_ends(std::string_view name) {
    while (!name.empty() && (name.front() == '.' || name.front() == ' ' || name.front() == '-' ||
                             name.front() == '~')) {
        name.remove_prefix(1);
    }
    while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.remove_suffix(1);
    return name;
}

/// Windows opens a device under these names, with any extension.
bool is_device(std::string_view name) {
    constexpr std::array<std::string_view, 6> devices{"con", "prn",    "aux",
                                                      "nul", "conin$", "conout$"};
    std::string_view stem = name.substr(0, name.find('.'));
    while (!stem.empty() && stem.back() == ' ') stem.remove_suffix(1);
    for (const std::string_view device : devices) {
        if (equal_ignoring_case(stem, device)) return true;
    }
    return stem.size() == 4 && is_digit(stem[3]) &&
           (starts_with_ignoring_case(stem, "com") || starts_with_ignoring_case(stem, "lpt"));
}

/// Shortens from the middle: the extension tells what the file is.
std::string shortened(std::string_view name) {
    if (name.size() <= max_file_name_bytes) return std::string{name};
    constexpr std::size_t longest_extension = 16;
    const std::size_t dot = name.rfind('.');
    const std::string_view extension =
        dot == std::string_view::npos || name.size() - dot > longest_extension ? std::string_view{}
                                                                               : name.substr(dot);
    const std::string_view stem = name.substr(0, name.size() - extension.size());
    return std::string{
               without_dots_at_ends(utf8_prefix(stem, max_file_name_bytes - extension.size()))} +
           std::string{extension};
}

std::string cleaned_once(std::string_view name) {
    std::string clean = without_forbidden_characters(normalized(without_percent_escapes(name)));
    clean = shortened(without_dots_at_ends(clean));
    return is_device(clean) ? "_" + clean : clean;
}

}  // namespace

std::string safe_file_name(std::string_view name) {
    // Each step may bring to light what an earlier one has to judge: until nothing changes any
    // more.
    constexpr int most_rounds = 8;
    constexpr std::size_t longest_considered = 4096;
    std::string clean{utf8_prefix(name, longest_considered)};
    for (int round = 0; round < most_rounds; ++round) {
        std::string next = cleaned_once(clean);
        if (next == clean) break;
        clean = std::move(next);
    }
    return clean.empty() ? "attachment" : clean;
}

}  // namespace bellhop::parsers
