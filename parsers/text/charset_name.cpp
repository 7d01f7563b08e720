#include "parsers/text/charset_name.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_label = 64;  // longer is no charset's name

using Override = std::pair<std::string_view, std::string_view>;

// Labels that mean another charset in the wild than by their name:
// https://encoding.spec.whatwg.org, and what Outlook, Lotus and copiers write. An empty target
// means: not to be believed.
constexpr std::array<Override, 63> overrides{{
    {"us-ascii", "windows-1252"},
    {"ascii", "windows-1252"},
    {"ansi_x3.4-1968", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"iso88591", "windows-1252"},
    {"8859-1", "windows-1252"},
    {"iso-8859-1-latin-1", "windows-1252"},
    {"l1", "windows-1252"},
    {"ibm819", "windows-1252"},
    {"cp819", "windows-1252"},
    {"csisolatin1", "windows-1252"},
    {"iso-ir-100", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"iso-latin-1", "windows-1252"},
    {"iso-8859-1-windows-3.0-latin-1", "windows-1252"},
    {"ansi", "windows-1252"},
    {"us-ascii-1", "windows-1252"},
    {"iso-8859-9", "windows-1254"},
    {"iso8859-9", "windows-1254"},
    {"iso_8859-9", "windows-1254"},
    {"latin5", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"iso-8859-8-e", "iso-8859-8"},
    {"gb2312", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"csgb2312", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"cp936", "gb18030"},
    {"chinese", "gb18030"},
    {"euc-cn", "gb18030"},
    {"big5", "big5-hkscs"},
    {"x-x-big5", "big5-hkscs"},
    {"cn-big5", "big5-hkscs"},
    {"ks_c_5601-1987", "windows-949"},
    {"ks_c_5601-1989", "windows-949"},
    {"ksc5601", "windows-949"},
    {"ksc_5601", "windows-949"},
    {"euc-kr", "windows-949"},
    {"uhc", "windows-949"},
    {"korean", "windows-949"},
    {"iso-2022-jp-ms", "iso-2022-jp"},
    {"cp50220", "iso-2022-jp"},
    {"cp50221", "iso-2022-jp"},
    {"iso-2022-jp-3", "iso-2022-jp-2"},
    {"iso-2022-jp-2004", "iso-2022-jp-2"},
    {"x-mac-roman", "macintosh"},
    {"macroman", "macintosh"},
    {"unicode-1-1-utf-7", "utf-7"},
    {"unicode-2-0-utf-7", "utf-7"},
    {"x-unknown", ""},
    {"unknown", ""},
    {"unknown-8bit", ""},
    {"x-user-defined", ""},
    {"8bit", ""},
    {"binary", ""},
    {"default", ""},
    {"none", ""},
}};

std::string clean_label(std::string_view label) {
    label = trimmed(label.substr(0, max_label));
    const auto is_quote = [](char c) { return c == '"' || c == '\'' || c == ';' || is_space(c); };
    while (!label.empty() && is_quote(label.front())) label.remove_prefix(1);
    while (!label.empty() && is_quote(label.back())) label.remove_suffix(1);
    if (starts_with_ignoring_case(label, "charset=")) return clean_label(label.substr(8));
    return lower_case(label);
}

/// "iso_8859-1:1987" and "ISO8859_1" as "iso-8859-1".
std::string canonical_label(std::string_view clean) {
    std::string label{clean.substr(0, clean.find(':'))};
    std::replace(label.begin(), label.end(), '_', '-');
    if (label.starts_with("iso8859")) label.insert(3, 1, '-');
    return label;
}

std::optional<std::string_view> overridden(std::string_view label) {
    const auto* const found =
        std::find_if(overrides.begin(), overrides.end(),
                     [&](const Override& each) { return each.first == label; });
    if (found == overrides.end()) return std::nullopt;
    return found->second;
}

/// Whether `number` stands in `label` as a number of its own: "cp1251", not "112510".
bool has_number(std::string_view label, std::string_view number) {
    for (std::size_t at = label.find(number); at != label.npos; at = label.find(number, at + 1)) {
        const std::size_t end = at + number.size();
        const bool begins = at == 0 || !is_digit(label[at - 1]);
        if (begins && (end == label.size() || !is_digit(label[end]))) return true;
    }
    return false;
}

}  // namespace

std::string charset_meant_by(std::string_view label) {
    std::string clean = clean_label(label);
    if (const auto target = overridden(clean)) return std::string{*target};
    if (const auto target = overridden(canonical_label(clean))) return std::string{*target};
    return clean;
}

std::string charset_resembling(std::string_view label) {
    // Numbers of Windows' code pages; what no other number stands for.
    constexpr std::array<Override, 22> numbers{{
        {"1250", "windows-1250"},  {"1251", "windows-1251"},  {"1252", "windows-1252"},
        {"1253", "windows-1253"},  {"1254", "windows-1254"},  {"1255", "windows-1255"},
        {"1256", "windows-1256"},  {"1257", "windows-1257"},  {"1258", "windows-1258"},
        {"932", "shift_jis"},      {"936", "gb18030"},        {"949", "windows-949"},
        {"950", "big5-hkscs"},     {"20127", "windows-1252"}, {"20866", "koi8-r"},
        {"28591", "windows-1252"}, {"28592", "iso-8859-2"},   {"28605", "iso-8859-15"},
        {"51932", "euc-jp"},       {"51949", "windows-949"},  {"54936", "gb18030"},
        {"65001", "utf-8"},
    }};
    constexpr std::array<Override, 32> parts{{
        {"8859-15", "iso-8859-15"}, {"8859p15", "iso-8859-15"}, {"8859-2", "iso-8859-2"},
        {"8859p2", "iso-8859-2"},   {"8859-5", "iso-8859-5"},   {"8859-7", "iso-8859-7"},
        {"8859-9", "windows-1254"}, {"8859-1", "windows-1252"}, {"8859p1", "windows-1252"},
        {"utf8", "utf-8"},          {"utf-8", "utf-8"},         {"koi8", "koi8-r"},
        {"sjis", "shift_jis"},      {"shiftjis", "shift_jis"},  {"shift-jis", "shift_jis"},
        {"31j", "shift_jis"},       {"ms-kanji", "shift_jis"},  {"eucjp", "euc-jp"},
        {"euc-jp", "euc-jp"},       {"ujis", "euc-jp"},         {"2022-jp", "iso-2022-jp"},
        {"2022jp", "iso-2022-jp"},  {"big5", "big5-hkscs"},     {"big-5", "big5-hkscs"},
        {"gb2312", "gb18030"},      {"gb-2312", "gb18030"},     {"gbk", "gb18030"},
        {"gb18030", "gb18030"},     {"euckr", "windows-949"},   {"ksc", "windows-949"},
        {"latin1", "windows-1252"}, {"latin9", "iso-8859-15"},
    }};
    const std::string canonical = canonical_label(clean_label(label));
    for (const auto& [number, charset] : numbers) {
        if (has_number(canonical, number)) return std::string{charset};
    }
    for (const auto& [part, charset] : parts) {
        if (canonical.find(part) != std::string::npos) return std::string{charset};
    }
    return {};
}

}  // namespace bellhop::parsers
