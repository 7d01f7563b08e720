#include "parsers/text/normal_form.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include "parsers/text/plain_text.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
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
    if (!is_utf8(text)) text = repaired_utf8(text);
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

}  // namespace bellhop::parsers
