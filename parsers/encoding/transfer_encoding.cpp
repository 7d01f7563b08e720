#include "parsers/encoding/transfer_encoding.hpp"

#include <array>
#include <cstdint>
#include <cstring>

#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::uint8_t no_digit = 64;
constexpr std::uint8_t padding = 65;

constexpr std::array<std::uint8_t, 256> base64_digits() {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array<std::uint8_t, 256> digits{};
    for (auto& digit : digits) digit = no_digit;
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        digits[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    digits['='] = padding;
    return digits;
}

constexpr std::array<std::uint8_t, 256> digit_of = base64_digits();

constexpr std::uint32_t no_group = 1U << 24;

/// For each place in a group of four digits: the bits that a digit gives to the group's three
/// octets, the first octet lowest; `no_group` for what is no digit.
constexpr std::array<std::array<std::uint32_t, 256>, 4> base64_places() {
    std::array<std::array<std::uint32_t, 256>, 4> places{};
    for (std::size_t place = 0; place < places.size(); ++place) {
        for (std::size_t c = 0; c < 256; ++c) {
            const std::uint32_t digit = digit_of[c];
            const std::uint32_t bits = digit << (18 - 6 * place);
            places[place][c] =
                digit >= no_digit ? no_group : bits >> 16 | (bits & 0xff00U) | (bits & 0xffU) << 16;
        }
    }
    return places;
}

constexpr std::array<std::array<std::uint32_t, 256>, 4> place_of = base64_places();

/// Decodes whole groups of four digits until something else stands in the way; moves both pointers.
void decode_groups(const unsigned char*& in, const unsigned char* end, char*& out) {
    while (end - in >= 4) {
        const std::uint32_t octets =
            place_of[0][in[0]] | place_of[1][in[1]] | place_of[2][in[2]] | place_of[3][in[3]];
        if (octets >= no_group) return;
        out[0] = static_cast<char>(octets & 0xff);
        out[1] = static_cast<char>(octets >> 8 & 0xff);
        out[2] = static_cast<char>(octets >> 16);
        in += 4;
        out += 3;
    }
}

/// "--" and "__" stand in no base64: a delimiter whose line end was lost, or the footer of a
/// mailing list. What follows is no part of the data.
bool ends_base64(const unsigned char* in, const unsigned char* end) {
    return end - in >= 2 && (*in == '-' || *in == '_') && in[1] == *in;
}

/// What is left of a group when padding or the end of the text cuts it short.
void flush_group(std::uint32_t& bits, int& digits, char*& out) {
    if (digits >= 2) *out++ = static_cast<char>(bits >> (digits * 6 - 8) & 0xff);
    if (digits == 3) *out++ = static_cast<char>(bits >> 2 & 0xff);
    bits = 0;
    digits = 0;
}

}  // namespace

TransferEncoding transfer_encoding_of(std::string_view field_body) {
    std::string_view name = trimmed(field_body);
    const auto stop = name.find_first_of("; \t(");
    name = name.substr(0, stop);
    while (!name.empty() && (name.front() == '"' || name.front() == '\'')) name.remove_prefix(1);
    while (!name.empty() && (name.back() == '"' || name.back() == '\'')) name.remove_suffix(1);
    if (name.empty()) return TransferEncoding::identity;
    for (const std::string_view plain : {"7bit", "8bit", "binary", "7-bit", "8-bit", "none"}) {
        if (equal_ignoring_case(name, plain)) return TransferEncoding::identity;
    }
    if (equal_ignoring_case(name, "base64")) return TransferEncoding::base64;
    if (equal_ignoring_case(name, "quoted-printable")) return TransferEncoding::quoted_printable;
    for (const std::string_view alias : {"x-uuencode", "x-uue", "uuencode", "uue"}) {
        if (equal_ignoring_case(name, alias)) return TransferEncoding::uuencode;
    }
    return TransferEncoding::unknown;
}

Decoded read_base64(std::string_view text) {
    Decoded decoded;
    decoded.bytes.resize(text.size() / 4 * 3 + 3);
    char* out = decoded.bytes.data();
    const auto* in = reinterpret_cast<const unsigned char*>(text.data());
    const unsigned char* const end = in + text.size();
    std::uint32_t bits = 0;
    int digits = 0;
    while (in < end) {
        if (digits == 0) decode_groups(in, end, out);
        if (in == end) break;
        if (ends_base64(in, end)) {
            decoded.is_damaged = true;
            break;
        }
        const unsigned char c = *in++;
        const std::uint8_t digit = digit_of[c];
        if (digit == padding) {
            flush_group(bits, digits, out);
        } else if (digit != no_digit) {
            bits = bits << 6 | digit;
            if (++digits == 4) {
                out[0] = static_cast<char>(bits >> 16 & 0xff);
                out[1] = static_cast<char>(bits >> 8 & 0xff);
                out[2] = static_cast<char>(bits & 0xff);
                out += 3;
                bits = 0;
                digits = 0;
            }
        } else if (c > ' ') {
            decoded.is_damaged = true;
        }
    }
    // A lone digit is the rest of an octet that has been lost.
    if (digits == 1) decoded.is_damaged = true;
    flush_group(bits, digits, out);
    decoded.bytes.resize(static_cast<std::size_t>(out - decoded.bytes.data()));
    return decoded;
}

std::string decode_base64(std::string_view text) {
    return read_base64(text).bytes;
}

namespace {

/// Appends one line without its line end; whether the line end was soft ("=" at the end).
bool append_decoded_line(Decoded& decoded, std::string_view line) {
    while (!line.empty() && (is_blank(line.back()) || line.back() == '\r')) line.remove_suffix(1);
    std::size_t at = 0;
    while (at < line.size()) {
        const std::size_t escape = line.find('=', at);
        if (escape == std::string_view::npos) break;
        decoded.bytes.append(line, at, escape - at);
        if (escape + 1 == line.size()) return true;
        const int high = hex_value(line[escape + 1]);
        const int low = escape + 2 < line.size() ? hex_value(line[escape + 2]) : -1;
        if (high >= 0 && low >= 0) {
            decoded.bytes += static_cast<char>(high * 16 + low);
            at = escape + 3;
        } else {
            decoded.bytes += '=';
            decoded.is_damaged = true;
            at = escape + 1;
        }
    }
    decoded.bytes.append(line, at);
    return false;
}

}  // namespace

Decoded read_quoted_printable(std::string_view text) {
    Decoded decoded;
    decoded.bytes.reserve(text.size());
    while (!text.empty()) {
        const std::size_t newline = text.find('\n');
        const std::string_view line = text.substr(0, newline);
        const bool soft = append_decoded_line(decoded, line);
        if (newline == std::string_view::npos) break;
        if (!soft) decoded.bytes += !line.empty() && line.back() == '\r' ? "\r\n" : "\n";
        text.remove_prefix(newline + 1);
    }
    return decoded;
}

std::string decode_quoted_printable(std::string_view text) {
    return read_quoted_printable(text).bytes;
}

}  // namespace bellhop::parsers
