#include "parsers/encoding/form_encoding.hpp"

#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

bool is_unreserved(char c) {
    return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

void append(std::string& text, std::string_view value) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : value) {
        if (is_unreserved(c)) {
            text += c;
            continue;
        }
        const auto octet = static_cast<unsigned char>(c);
        text += '%';
        text += digits[octet >> 4];
        text += digits[octet & 15];
    }
}

}  // namespace

std::string form_encoded(const FormFields& fields) {
    std::string text;
    for (const auto& [name, value] : fields) {
        if (!text.empty()) text += '&';
        append(text, name);
        text += '=';
        append(text, value);
    }
    return text;
}

}  // namespace bellhop::parsers
