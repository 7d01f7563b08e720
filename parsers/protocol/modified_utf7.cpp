#include "parsers/protocol/modified_utf7.hpp"

#include <cstdint>

#include <unicode/unistr.h>
#include <unicode/utf16.h>

namespace bellhop::parsers {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

bool stands_for_itself(char16_t unit) {
    return unit >= 0x20 && unit <= 0x7e && unit != '&';
}

/// "&", UTF-16 in base64 without padding and with "," for "/", "-".
class EncodedRun {
public:
    void append(char16_t unit, std::string& out) {
        if (!open_) out += '&';
        open_ = true;
        pending_ = (pending_ << 16) | unit;
        bits_ += 16;
        while (bits_ >= 6) {
            bits_ -= 6;
            out += alphabet[(pending_ >> bits_) & 0x3f];
        }
        pending_ &= (1u << bits_) - 1;
    }

    void close(std::string& out) {
        if (!open_) return;
        if (bits_ > 0) out += alphabet[(pending_ << (6 - bits_)) & 0x3f];
        out += '-';
        *this = {};
    }

private:
    bool open_ = false;
    std::uint32_t pending_ = 0;  // bits not yet written, fewer than six between calls
    unsigned bits_ = 0;
};

/// The UTF-16 units of a run, without "&" and "-". nullopt where it is no base64 or leaves bits
/// over.
std::optional<std::u16string> decoded_units(std::string_view run) {
    std::u16string units;
    std::uint32_t pending = 0;
    unsigned bits = 0;
    for (const char c : run) {
        const std::size_t digit = alphabet.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        pending = (pending << 6) | static_cast<std::uint32_t>(digit);
        bits += 6;
        if (bits >= 16) {
            bits -= 16;
            units += static_cast<char16_t>((pending >> bits) & 0xffff);
            pending &= (1u << bits) - 1;
        }
    }
    if (bits >= 6 || pending != 0) return std::nullopt;
    return units;
}

bool is_well_formed(const std::u16string& units) {
    for (std::size_t i = 0; i < units.size();) {
        UChar32 character = 0;
        U16_NEXT(units.data(), i, units.size(), character);
        if (U_IS_SURROGATE(character)) return false;
        if (character <= 0x7e && stands_for_itself(static_cast<char16_t>(character))) return false;
    }
    return true;
}

bool append_run(std::string& out, std::string_view run) {
    if (run.empty()) {
        out += '&';
        return true;
    }
    const std::optional<std::u16string> units = decoded_units(run);
    if (!units || units->empty() || !is_well_formed(*units)) return false;
    icu::UnicodeString{units->data(), static_cast<std::int32_t>(units->size())}.toUTF8String(out);
    return true;
}

}  // namespace

std::string to_modified_utf7(std::string_view utf8) {
    const icu::UnicodeString name = icu::UnicodeString::fromUTF8(
        icu::StringPiece{utf8.data(), static_cast<std::int32_t>(utf8.size())});
    std::string out;
    EncodedRun run;
    for (std::int32_t i = 0; i < name.length(); ++i) {
        const char16_t unit = name[i];
        if (unit != '&' && !stands_for_itself(unit)) {
            run.append(unit, out);
            continue;
        }
        run.close(out);
        out += static_cast<char>(unit);
        if (unit == '&') out += '-';
    }
    run.close(out);
    return out;
}

std::optional<std::string> from_modified_utf7(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        if (text.front() != '&') {
            if (!stands_for_itself(static_cast<unsigned char>(text.front()))) return std::nullopt;
            out += text.front();
            text.remove_prefix(1);
            continue;
        }
        const std::size_t end = text.find('-');
        if (end == std::string_view::npos) return std::nullopt;
        if (!append_run(out, text.substr(1, end - 1))) return std::nullopt;
        text.remove_prefix(end + 1);
    }
    return out;
}

}  // namespace bellhop::parsers
