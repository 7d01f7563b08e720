#include "parsers/text/charset_detection.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <type_traits>

#include <uchardet/uchardet.h>

#include "parsers/text/ascii.hpp"
#include "parsers/text/charset_name.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t detection_bytes =
    65536;  // what uchardet looks at; it decides within a few lines

/// ISO-2022 escapes: the text is seven-bit, and programs often do not declare it.
std::string charset_of_escapes(std::string_view bytes) {
    if (bytes.find('\x1b') == std::string_view::npos) return {};
    for (const std::string_view escape : {"\x1b$B", "\x1b$@", "\x1b(J", "\x1b$(D"}) {
        if (bytes.find(escape) != std::string_view::npos) return "iso-2022-jp";
    }
    if (bytes.find("\x1b$)C") != std::string_view::npos) return "iso-2022-kr";
    if (bytes.find("\x1b$)A") != std::string_view::npos) return "iso-2022-cn";
    return {};
}

std::size_t octets_8bit(std::string_view bytes) {
    return static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), is_octet_8bit));
}

std::size_t ascii_letters(std::string_view bytes) {
    return static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), is_alpha));
}

/// On a name or a subject uchardet takes anything for anything. Where 8-bit letters are few among
/// ASCII ones, the script is Latin, and short Latin text is Western; in Cyrillic, Greek or Chinese
/// nearly every letter is 8-bit.
bool is_short_western(std::string_view bytes) {
    constexpr std::size_t enough =
        200;  // bytes from which uchardet tells Central European from Western
    return bytes.size() < enough && octets_8bit(bytes) < ascii_letters(bytes);
}

std::string asked_of_uchardet(std::string_view bytes) {
    const std::unique_ptr<std::remove_pointer_t<uchardet_t>, void (*)(uchardet_t)> detector{
        uchardet_new(), uchardet_delete};
    if (!detector) return {};
    if (uchardet_handle_data(detector.get(), bytes.data(), bytes.size()) != 0) return {};
    uchardet_data_end(detector.get());
    return charset_meant_by(uchardet_get_charset(detector.get()));
}

/// A charset of two octets a character, by the rows of its frequent characters: national standards
/// sort what everybody writes before the rest.
struct DoubleByteCharset {
    std::string_view name = {};
    unsigned char first_lead = 0;  // of the frequent characters
    unsigned char last_lead = 0;
    unsigned char first_kana = 0;  // rows that make a text Japanese; 0: of none
    unsigned char last_kana = 0;
    unsigned char first_sign = 0;  // punctuation
    unsigned char last_sign = 0;
    unsigned char first_trail = 0;
    std::size_t enough = 0;  // frequent characters
};

/// In this order: what only one of them can be stands before what several can be.
constexpr std::array<DoubleByteCharset, 5> double_byte_charsets{{
    {"shift_jis", 0x88, 0x98, 0x82, 0x83, 0x81, 0x81, 0x40, 2},  // JIS X 0208 level 1, kana
    {"euc-jp", 0xB0, 0xCF, 0xA4, 0xA5, 0xA1, 0xA3, 0xA1, 2},     // the same
    {"windows-949", 0xB0, 0xC8, 0, 0, 0xA1, 0xA3, 0xA1, 4},      // KS X 1001: Hangul
    {"gb18030", 0xB0, 0xD7, 0, 0, 0xA1, 0xA3, 0xA1, 2},          // GB 2312 level 1
    {"big5-hkscs", 0xA4, 0xC6, 0, 0, 0xA1, 0xA3, 0x40, 2},       // level 1
}};

bool is_between(unsigned char octet, unsigned char first, unsigned char last) {
    return octet >= first && octet <= last;
}

/// Whether all that is 8-bit in `bytes` are frequent characters of that charset, or its
/// punctuation, and kana among them where it takes kana to tell.
bool is_frequent_in(const DoubleByteCharset& charset, std::string_view bytes) {
    std::size_t frequent = 0;
    bool has_kana = charset.first_kana == 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        if (!is_octet_8bit(bytes[at])) continue;
        const auto lead = static_cast<unsigned char>(bytes[at]);
        const auto trail = static_cast<unsigned char>(at + 1 < bytes.size() ? bytes[at + 1] : '\0');
        if (trail < charset.first_trail || trail == 0xFF) return false;
        const bool kana =
            charset.first_kana != 0 && is_between(lead, charset.first_kana, charset.last_kana);
        const bool sign = is_between(lead, charset.first_sign, charset.last_sign);
        if (!kana && !sign && !is_between(lead, charset.first_lead, charset.last_lead))
            return false;
        frequent += sign ? 0 : 1;
        has_kana = has_kana || kana;
        ++at;
    }
    return has_kana && frequent >= charset.enough;
}

/// What a few words are in whose letters are all 8-bit, and which uchardet takes for Latin ones.
std::string_view double_byte_charset_of(std::string_view bytes) {
    const auto* const found =
        std::find_if(double_byte_charsets.begin(), double_byte_charsets.end(),
                     [&](const DoubleByteCharset& each) { return is_frequent_in(each, bytes); });
    return found == double_byte_charsets.end() ? std::string_view{} : found->name;
}

/// Charsets of scripts in which nearly every letter is 8-bit.
bool writes_beyond_latin(std::string_view charset) {
    constexpr std::array<std::string_view, 22> names{
        "windows-1251", "koi8-r",         "koi8-u",       "iso-8859-5",   "ibm866",
        "mac-cyrillic", "x-mac-cyrillic", "ibm855",       "windows-1253", "iso-8859-7",
        "windows-1255", "iso-8859-8",     "windows-1256", "iso-8859-6",   "big5-hkscs",
        "gb18030",      "shift_jis",      "euc-jp",       "euc-tw",       "windows-949",
        "johab",        "hz-gb-2312"};
    return std::find(names.begin(), names.end(), charset) != names.end();
}

}  // namespace

bool is_mostly_utf8(std::string_view bytes) {
    std::size_t good = 0;
    std::size_t bad = 0;
    while (!bytes.empty()) {
        const std::size_t length = utf8_sequence_length(bytes);
        if (length > 1) ++good;
        if (length == 0) ++bad;
        bytes.remove_prefix(length == 0 ? 1 : length);
    }
    return good > 0 && good >= bad;
}

std::string detected_charset(std::string_view bytes) {
    bytes = bytes.substr(0, detection_bytes);
    if (std::string charset = charset_of_escapes(bytes); !charset.empty()) return charset;
    if (is_utf8(bytes) || is_mostly_utf8(bytes)) return "utf-8";
    if (is_short_western(bytes)) return "windows-1252";
    std::string charset = asked_of_uchardet(bytes);
    if (writes_beyond_latin(charset)) return charset;
    if (octets_8bit(bytes) > ascii_letters(bytes)) {
        const std::string_view other = double_byte_charset_of(bytes);
        if (!other.empty()) return std::string{other};
    }
    return charset.empty() || charset == "utf-8" ? "windows-1252" : charset;
}

std::string charset_beyond_latin(std::string_view bytes) {
    constexpr std::size_t enough = 8;   // 8-bit octets
    constexpr std::size_t various = 5;  // different ones: a drawn line has one
    bytes = bytes.substr(0, detection_bytes);
    const std::size_t foreign = octets_8bit(bytes);
    if (foreign < enough || foreign <= 2 * ascii_letters(bytes)) return {};
    std::array<bool, 256> seen{};
    for (const char c : bytes) seen[static_cast<unsigned char>(c)] = true;
    if (std::count(seen.begin() + 0x80, seen.end(), true) < static_cast<std::ptrdiff_t>(various))
        return {};
    std::string charset = detected_charset(bytes);
    return writes_beyond_latin(charset) || charset == "windows-874" ? charset : std::string{};
}

}  // namespace bellhop::parsers
