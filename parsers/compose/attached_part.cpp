#include "parsers/compose/attached_part.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "parsers/header/safe_file_name.hpp"
#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t octets_of_line = 57;  // 76 characters (RFC 2045 section 6.8)

std::string base64_lines(std::string_view bytes) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve(bytes.size() / octets_of_line * 78 + 80);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            group = group << 8 | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            text += i <= count ? digits[group >> (18 - 6 * i) & 0x3f] : '=';
        }
        if ((at + 3) % octets_of_line == 0 || at + 3 >= bytes.size()) text += "\r\n";
    }
    return text;
}

bool is_plain(char c) {
    return is_alpha(c) || is_digit(c) || c == '.' || c == '-' || c == '_' || c == ' ';
}

/// `filename="plan.pdf"`, or `filename*=utf-8''caf%C3%A9.pdf` (RFC 2231), which stands in lines of
/// its own: what is one name is never parted, as many readers know no continuations.
std::string name_parameter(std::string_view name) {
    if (std::all_of(name.begin(), name.end(), is_plain)) {
        return "filename=\"" + std::string{name} + "\"";
    }
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string text = "filename*=utf-8''";
    for (const char c : name) {
        if (is_plain(c) && c != ' ') {
            text += c;
            continue;
        }
        const auto octet = static_cast<unsigned char>(c);
        text += '%';
        text += hex[octet >> 4];
        text += hex[octet & 0xf];
    }
    return text;
}

}  // namespace

std::string_view media_type_of_file(std::string_view filename) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 21> types{{
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".gif", "image/gif"},
        {".webp", "image/webp"},
        {".heic", "image/heic"},
        {".pdf", "application/pdf"},
        {".txt", "text/plain"},
        {".log", "text/plain"},
        {".csv", "text/csv"},
        {".doc", "application/msword"},
        {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {".xls", "application/vnd.ms-excel"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {".ppt", "application/vnd.ms-powerpoint"},
        {".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
        {".odt", "application/vnd.oasis.opendocument.text"},
        {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
        {".zip", "application/zip"},
        {".mp4", "video/mp4"},
        {".ics", "text/calendar"},
    }};
    const std::string name = lower_case(filename);
    const auto found = std::find_if(types.begin(), types.end(),
                                    [&name](const auto& one) { return name.ends_with(one.first); });
    return found == types.end() ? std::string_view{"application/octet-stream"} : found->second;
}

std::string attached_part(const OutgoingFile& file) {
    const std::string name = safe_file_name(file.filename);
    const bool is_inline = !file.content_id.empty();
    std::string part = "Content-Type: " + std::string{media_type_of_file(name)} + "\r\n";
    part += "Content-Transfer-Encoding: base64\r\n";
    if (is_inline) part += "Content-ID: <" + file.content_id + ">\r\n";
    part += "Content-Disposition: " + std::string{is_inline ? "inline" : "attachment"} + ";\r\n " +
            name_parameter(name) + "\r\n\r\n";
    return part + base64_lines(file.bytes);
}

}  // namespace bellhop::parsers
