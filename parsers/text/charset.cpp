#include "parsers/text/charset.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "parsers/text/ascii.hpp"
#include "parsers/text/charset_detection.hpp"
#include "parsers/text/charset_name.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

struct ConverterClose {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterClose>;

Converter open_converter(const std::string& charset, Utf7 utf7 = Utf7::refused) {
    if (charset.empty()) return nullptr;
    UErrorCode status = U_ZERO_ERROR;
    Converter converter{ucnv_open(charset.c_str(), &status)};
    if (U_FAILURE(status)) return nullptr;
    // Stateful EBCDIC and the like are no mail charsets; UTF-7 may come under any alias.
    const UConverterType type = ucnv_getType(converter.get());
    if (type == UCNV_UTF7 && utf7 == Utf7::decoded) return converter;
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

/// How much in well-formed UTF-8 speaks for it: text in another charset has a short sequence by
/// chance now and then, three long ones hardly ever.
std::size_t weight_of_utf8(std::string_view bytes) {
    std::size_t weight = 0;
    while (!bytes.empty()) {
        const std::size_t length = utf8_sequence_length(bytes);
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

/// The share of `bytes`, two by two, whose first (or second) octet is zero: in UTF-16 those of a
/// text hold blanks and line ends at least.
std::size_t zeros_at(std::string_view bytes, std::size_t first) {
    std::size_t zeros = 0;
    for (std::size_t at = first; at < bytes.size(); at += 2) zeros += bytes[at] == '\0' ? 1 : 0;
    return zeros;
}

/// UTF-16 without a byte order mark is big-endian by its standard (RFC 2781 section 4.3), and
/// little-endian where Windows wrote it. Without a single zero it is none.
std::string utf16_of(std::string_view bytes) {
    constexpr std::size_t looked_at = 4096;
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return "utf-16";
    const std::string_view head = bytes.substr(0, looked_at);
    const std::size_t low = zeros_at(head, 1);
    const std::size_t high = zeros_at(head, 0);
    if (low + high == 0 && is_utf8(utf8_prefix(bytes, looked_at))) return "utf-8";
    return low > high ? "utf-16le" : "utf-16be";
}

/// The charset that `label` names of `bytes`; empty where it names none that is to be believed.
std::string charset_of(std::string_view label, std::string_view bytes) {
    std::string charset = charset_meant_by(label);
    if (charset == "utf-16" || charset == "utf16") return utf16_of(bytes);
    if (charset == "windows-1252" && !is_ascii(bytes)) {
        std::string other = charset_beyond_latin(bytes);
        return other.empty() ? charset : other;
    }
    if (charset.empty() || charset == "utf-8" || open_converter(charset, Utf7::decoded))
        return charset;
    return charset_resembling(label);
}

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

/// Bytes of which no charset is declared that is to be believed.
std::string guessed(std::string_view bytes, std::string_view otherwise) {
    if (!otherwise.empty() && is_plausible_in(bytes, otherwise)) return to_utf8(bytes, otherwise);
    const std::string charset = detected_charset(bytes);
    if (charset == "utf-8") return repaired_utf8(bytes);
    Converter converter = open_converter(charset);
    if (!converter) converter = open_converter("windows-1252");
    return converter ? converted(bytes, converter.get()) : repaired_utf8(bytes);
}

bool is_western_or_utf8(std::string_view charset) {
    return charset.empty() || charset == "utf-8" || charset == "windows-1252";
}

}  // namespace

bool is_known_charset(std::string_view label) {
    const std::string charset = charset_meant_by(label);
    return charset == "utf-8" || open_converter(charset, Utf7::decoded) != nullptr ||
           !charset_resembling(label).empty();
}

bool is_plausible_in(std::string_view bytes, std::string_view label) {
    const std::string charset = charset_of(label, bytes);
    if (charset == "utf-8") return is_utf8(bytes);
    const Converter converter = open_converter(charset);
    return converter && losses_in(converted(bytes, converter.get())) == 0;
}

std::string to_utf8(std::string_view bytes, std::string_view label, const CharsetHint& hint) {
    const std::string charset = charset_of(label, bytes);
    if (is_western_or_utf8(charset)) {
        const bool ascii = is_ascii(bytes);
        if (ascii && bytes.find('\x1b') != std::string_view::npos) return guessed(bytes, {});
        // Western single-byte text that happens to be well-formed UTF-8 all through does not occur.
        if (ascii || is_utf8(bytes)) return std::string{bytes};
        if (charset == "utf-8" && is_mostly_utf8(bytes)) return repaired_utf8(bytes);
        if (charset != "windows-1252") return guessed(bytes, hint.otherwise);
    }
    const Converter converter = open_converter(charset, hint.utf7);
    if (!converter) return guessed(bytes, hint.otherwise);
    std::string text = converted(bytes, converter.get());
    if (is_ascii(bytes)) return text;
    const std::size_t losses = losses_in(text);
    if (is_utf8_by_its_look(bytes, converter.get(), losses)) return std::string{bytes};
    return losses == 0 ? text : better_reading(bytes, std::move(text), losses, charset);
}

}  // namespace bellhop::parsers
