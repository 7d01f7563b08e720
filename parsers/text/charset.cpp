#include "parsers/text/charset.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include <uchardet/uchardet.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "parsers/text/ascii.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_label = 64;  // longer is no charset's name
constexpr std::size_t detection_bytes =
    65536;  // what uchardet looks at; it decides within a few lines

using Override = std::pair<std::string_view, std::string_view>;

// Labels that mean another charset in the wild than by their name:
// https://encoding.spec.whatwg.org, and what Outlook, Lotus and copiers write. An empty target
// means: not to be believed.
constexpr std::array<Override, 62> overrides{{
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
    {"korean", "windows-949"},
    {"iso-2022-jp-ms", "iso-2022-jp"},
    {"cp50220", "iso-2022-jp"},
    {"cp50221", "iso-2022-jp"},
    {"iso-2022-jp-3", "iso-2022-jp-2"},
    {"iso-2022-jp-2004", "iso-2022-jp-2"},
    {"x-mac-roman", "macintosh"},
    {"macroman", "macintosh"},
    {"utf-7", ""},
    {"unicode-1-1-utf-7", ""},
    {"x-unknown", ""},
    {"unknown", ""},
    {"unknown-8bit", ""},
    {"x-user-defined", ""},
    {"8bit", ""},
    {"binary", ""},
    {"default", ""},
    {"none", ""},
}};

/// Lower case, without quotes, blanks and a second "charset=" (seen in the wild).
std::string clean_label(std::string_view label) {
    label = trimmed(label.substr(0, max_label));
    const auto is_quote = [](char c) { return c == '"' || c == '\'' || is_space(c); };
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

/// The charset that a label means; empty where it is not to be believed.
std::string meant_by(std::string_view label) {
    std::string clean = clean_label(label);
    if (const auto target = overridden(clean)) return std::string{*target};
    if (const auto target = overridden(canonical_label(clean))) return std::string{*target};
    return clean;
}

/// What a name that no registry has most likely means: "WE8MSWIN1252", "x-iso-8859-15-sun".
std::string resembled_by(std::string_view label) {
    constexpr std::array<Override, 27> parts{{
        {"1250", "windows-1250"},   {"1251", "windows-1251"},   {"1252", "windows-1252"},
        {"1253", "windows-1253"},   {"1254", "windows-1254"},   {"1255", "windows-1255"},
        {"1256", "windows-1256"},   {"1257", "windows-1257"},   {"1258", "windows-1258"},
        {"8859-15", "iso-8859-15"}, {"8859p15", "iso-8859-15"}, {"8859-2", "iso-8859-2"},
        {"8859p2", "iso-8859-2"},   {"8859-5", "iso-8859-5"},   {"8859-7", "iso-8859-7"},
        {"8859-9", "windows-1254"}, {"8859-1", "windows-1252"}, {"8859p1", "windows-1252"},
        {"utf8", "utf-8"},          {"utf-8", "utf-8"},         {"koi8", "koi8-r"},
        {"sjis", "shift_jis"},      {"shiftjis", "shift_jis"},  {"big5", "big5-hkscs"},
        {"gb2312", "gb18030"},      {"gbk", "gb18030"},         {"2022-jp", "iso-2022-jp"},
    }};
    const std::string canonical = canonical_label(clean_label(label));
    for (const auto& [part, charset] : parts) {
        if (canonical.find(part) != std::string::npos) return std::string{charset};
    }
    return {};
}

struct ConverterClose {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterClose>;

Converter open_converter(const std::string& charset) {
    if (charset.empty()) return nullptr;
    UErrorCode status = U_ZERO_ERROR;
    Converter converter{ucnv_open(charset.c_str(), &status)};
    if (U_FAILURE(status)) return nullptr;
    // Stateful EBCDIC and the like are no mail charsets; ICU's UTF-7 is refused under any alias.
    const UConverterType type = ucnv_getType(converter.get());
    if (type == UCNV_UTF7 || type == UCNV_IMAP_MAILBOX || type == UCNV_EBCDIC_STATEFUL)
        return nullptr;
    return converter;
}

std::string converted(std::string_view bytes, UConverter* converter) {
    std::string result;
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString text{bytes.data(), static_cast<int32_t>(bytes.size()), converter,
                                  status};
    if (U_SUCCESS(status)) text.toUTF8String(result);
    return result;
}

std::string repaired(std::string_view bytes) {
    std::string result;
    icu::UnicodeString::fromUTF8(icu::StringPiece{bytes.data(), static_cast<int32_t>(bytes.size())})
        .toUTF8String(result);
    return result;
}

/// Length of the well-formed UTF-8 sequence at the start of `bytes`, or 0 (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view bytes) {
    const auto octet = [&](std::size_t i) {
        return i < bytes.size() ? static_cast<unsigned>(static_cast<unsigned char>(bytes[i])) : 0U;
    };
    const auto is_tail = [&](std::size_t i) { return (octet(i) & 0xC0) == 0x80; };
    const unsigned lead = octet(0);
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    if (lead < 0xE0) return is_tail(1) ? 2 : 0;
    if (lead < 0xF0) {
        if (lead == 0xE0 && octet(1) < 0xA0) return 0;
        if (lead == 0xED && octet(1) > 0x9F) return 0;
        return is_tail(1) && is_tail(2) ? 3 : 0;
    }
    if (lead == 0xF0 && octet(1) < 0x90) return 0;
    if (lead == 0xF4 && octet(1) > 0x8F) return 0;
    return is_tail(1) && is_tail(2) && is_tail(3) ? 4 : 0;
}

/// Whether most of what is not ASCII is UTF-8: a text that was cut or patched, not another charset.
bool is_mostly_utf8(std::string_view bytes) {
    std::size_t good = 0;
    std::size_t bad = 0;
    while (!bytes.empty()) {
        const std::size_t length = sequence_length(bytes);
        if (length > 1) ++good;
        if (length == 0) ++bad;
        bytes.remove_prefix(length == 0 ? 1 : length);
    }
    return good > 0 && good >= bad;
}

/// ISO-2022 escapes: the text is seven-bit, and Japanese programs often do not declare it.
bool has_iso_2022_jp_escapes(std::string_view bytes) {
    for (const std::string_view escape : {"\x1b$B", "\x1b$@", "\x1b(J", "\x1b$(D"}) {
        if (bytes.find(escape) != std::string_view::npos) return true;
    }
    return false;
}

/// On a name or a subject uchardet takes anything for anything. Where 8-bit letters are few among
/// ASCII ones, the script is Latin, and short Latin text is Western; in Cyrillic, Greek or Chinese
/// nearly every letter is 8-bit.
bool is_short_western(std::string_view bytes) {
    constexpr std::size_t enough =
        200;  // bytes from which uchardet tells Central European from Western
    const auto count = [&](auto predicate) {
        return std::count_if(bytes.begin(), bytes.end(), predicate);
    };
    return bytes.size() < enough && count(is_octet_8bit) < count(is_alpha);
}

/// How much in well-formed UTF-8 speaks for it: text in another charset has a short sequence by
/// chance now and then, three long ones hardly ever.
std::size_t weight_of_utf8(std::string_view bytes) {
    std::size_t weight = 0;
    while (!bytes.empty()) {
        const std::size_t length = sequence_length(bytes);
        if (length == 0) return 0;
        if (length == 2) weight += 1;
        if (length > 2) weight += 3;
        bytes.remove_prefix(length);
    }
    return weight;
}

/// The characters of `text` that stand for bytes which the charset does not have.
std::size_t losses_in(std::string_view text) {
    constexpr std::string_view replacement = "\xef\xbf\xbd";
    std::size_t losses = 0;
    for (std::size_t at = text.find(replacement); at != std::string_view::npos;
         at = text.find(replacement, at + replacement.size())) {
        ++losses;
    }
    return losses;
}

/// Whether bytes that are declared to be in another charset are UTF-8 after all: they are well
/// formed, and either the charset does not have them, or it cannot be chance.
bool is_utf8_by_its_look(std::string_view bytes, const UConverter* declared, std::size_t losses) {
    constexpr std::size_t certain = 8;
    // In UTF-16 and the like nothing is to be seen of this: their ASCII is none.
    if (ucnv_getMinCharSize(declared) > 1) return false;
    const std::size_t weight = weight_of_utf8(bytes);
    return weight >= certain || (weight > 0 && losses > 0);
}

std::string asked_of_uchardet(std::string_view bytes) {
    const std::unique_ptr<std::remove_pointer_t<uchardet_t>, void (*)(uchardet_t)> detector{
        uchardet_new(), uchardet_delete};
    if (!detector) return {};
    bytes = bytes.substr(0, detection_bytes);
    if (uchardet_handle_data(detector.get(), bytes.data(), bytes.size()) != 0) return {};
    uchardet_data_end(detector.get());
    return uchardet_get_charset(detector.get());
}

}  // namespace

bool is_ascii(std::string_view bytes) {
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t seen = 0;
    for (; left >= 8; left -= 8, at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        seen |= word;
    }
    for (; left > 0; --left, ++at) seen |= static_cast<unsigned char>(*at);
    return (seen & 0x8080808080808080U) == 0;
}

bool is_utf8(std::string_view bytes) {
    while (!bytes.empty()) {
        if (bytes.size() >= 16 && is_ascii(bytes.substr(0, 16))) {
            bytes.remove_prefix(16);
            continue;
        }
        const std::size_t length = sequence_length(bytes);
        if (length == 0) return false;
        bytes.remove_prefix(length);
    }
    return true;
}

bool is_known_charset(std::string_view label) {
    const std::string charset = meant_by(label);
    return charset == "utf-8" || open_converter(charset) != nullptr || !resembled_by(label).empty();
}

std::string detected_charset(std::string_view bytes) {
    if (is_ascii(bytes)) return has_iso_2022_jp_escapes(bytes) ? "iso-2022-jp" : "utf-8";
    if (is_utf8(bytes) || is_mostly_utf8(bytes)) return "utf-8";
    if (is_short_western(bytes)) return "windows-1252";
    std::string charset = meant_by(asked_of_uchardet(bytes));
    return charset == "utf-8" || open_converter(charset) == nullptr ? "windows-1252" : charset;
}

namespace {

/// `text`, or, where much of it was lost, what another charset makes of `bytes` with less loss.
std::string better_reading(std::string_view bytes,
                           std::string text,
                           std::size_t losses,
                           std::string_view declared) {
    const auto foreign =
        static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), is_octet_8bit));
    constexpr std::size_t tolerated = 16;  // one in so many: a text that was cut or patched
    if (losses * tolerated < foreign || foreign == 0) return text;
    const std::string detected = detected_charset(bytes);
    if (detected == declared || detected == "utf-8") return text;
    const Converter converter = open_converter(detected);
    if (!converter) return text;
    std::string other = converted(bytes, converter.get());
    return losses_in(other) * 2 < losses ? other : text;
}

}  // namespace

namespace {

/// The share of `bytes`, two by two, whose first (or second) octet is zero: in UTF-16 those of a
/// text hold blanks and line ends at least.
std::size_t zeros_at(std::string_view bytes, std::size_t first) {
    std::size_t zeros = 0;
    for (std::size_t at = first; at < bytes.size(); at += 2) zeros += bytes[at] == '\0' ? 1 : 0;
    return zeros;
}

/// UTF-16 without a byte order mark is big-endian by its standard (RFC 2781 section 4.3), and
/// little-endian where Windows wrote it.
std::string charset_of(std::string_view label, std::string_view bytes) {
    constexpr std::size_t looked_at = 4096;
    std::string charset = meant_by(label);
    const bool marked = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
    if ((charset == "utf-16" || charset == "utf16") && !marked) {
        const std::string_view head = bytes.substr(0, looked_at);
        return zeros_at(head, 1) > zeros_at(head, 0) ? "utf-16le" : "utf-16be";
    }
    if (charset.empty() || charset == "utf-8" || open_converter(charset)) return charset;
    return resembled_by(label);
}

}  // namespace

std::string to_utf8(std::string_view bytes, std::string_view label) {
    std::string charset = charset_of(label, bytes);
    const bool ascii = is_ascii(bytes);
    if (ascii && (charset == "utf-8" || charset == "windows-1252" || charset.empty())) {
        if (bytes.find('\x1b') == std::string_view::npos) return std::string{bytes};
        charset.clear();
    }
    // Western single-byte text that happens to be well-formed UTF-8 all through does not occur.
    if ((charset == "utf-8" || charset == "windows-1252" || charset.empty()) && is_utf8(bytes)) {
        if (!ascii) return std::string{bytes};
    } else if (charset == "utf-8") {
        if (is_mostly_utf8(bytes)) return repaired(bytes);
        charset.clear();
    }
    Converter converter = open_converter(charset);
    if (!converter) {
        charset = detected_charset(bytes);
        if (charset == "utf-8") return repaired(bytes);
        converter = open_converter(charset);
    }
    if (!converter) return repaired(bytes);
    std::string text = converted(bytes, converter.get());
    if (ascii) return text;
    const std::size_t losses = losses_in(text);
    if (is_utf8_by_its_look(bytes, converter.get(), losses)) return std::string{bytes};
    return losses == 0 ? text : better_reading(bytes, std::move(text), losses, charset);
}

namespace {

/// Unicode Standard Annex #15 section 13, the Stream-Safe Text Format: no character has more than
/// 30 marks upon it. ICU sorts the marks of one character in quadratic time, and does so only to
/// tell whether they are sorted.
std::string stream_safe(std::string text) {
    constexpr int most_marks = 30;
    constexpr std::string_view grapheme_joiner = "\u034f";
    std::string safe;
    std::size_t copied = 0;
    int marks = 0;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint c = code_point_at(text, at);
        const bool is_mark =
            c.length > 1 && u_getCombiningClass(static_cast<UChar32>(c.value)) != 0;
        marks = is_mark ? marks + 1 : 0;
        if (marks > most_marks) {
            safe.append(text, copied, at - copied);
            safe += grapheme_joiner;
            copied = at;
            marks = 1;
        }
        at += c.length;
    }
    if (copied == 0) return text;
    safe.append(text, copied);
    return safe;
}

}  // namespace

std::string normalized(std::string text) {
    if (is_ascii(text)) return text;
    if (!is_utf8(text)) text = repaired(text);
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) return text;
    const auto piece = [](std::string_view utf8) {
        return icu::StringPiece{utf8.data(), static_cast<int32_t>(utf8.size())};
    };
    text = stream_safe(std::move(text));
    if (nfc->isNormalizedUTF8(piece(text), status) || U_FAILURE(status)) return text;
    std::string result;
    result.reserve(text.size());
    icu::StringByteSink<std::string> sink{&result};
    nfc->normalizeUTF8(0, piece(text), sink, nullptr, status);
    return U_SUCCESS(status) ? result : text;
}

std::string_view utf8_prefix(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
    return text.substr(0, limit);
}

}  // namespace bellhop::parsers
