#include "parsers/header/media_type.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "parsers/header/encoded_word.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

struct RawParameter {
    std::string_view name = {};
    std::string value = {};
};

/// Skips blanks and (nested) comments.
std::string_view without_leading_comments(std::string_view text) {
    int depth = 0;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\\' && depth > 0) {
            ++at;
        } else if (c == '(') {
            ++depth;
        } else if (c == ')' && depth > 0) {
            --depth;
        } else if (depth == 0 && !is_space(c)) {
            break;
        }
    }
    return text.substr(std::min(at, text.size()));
}

/// Takes a quoted string from the front of `text`. A backslash escapes quotes and itself only: in
/// file names it is a path separator that Windows programs forget to escape.
std::string take_quoted(std::string_view& text) {
    std::string value;
    std::size_t at = 1;
    for (; at < text.size() && text[at] != '"'; ++at) {
        const bool escape = text[at] == '\\' && at + 1 < text.size() &&
                            (text[at + 1] == '"' || text[at + 1] == '\\');
        if (escape) ++at;
        value += text[at];
    }
    text.remove_prefix(std::min(at + 1, text.size()));
    return value;
}

/// Where an unquoted value ends: at ";", but blanks belong to it ("name=my file.pdf" occurs), and
/// so does a ";" inside an encoded word.
std::string take_unquoted(std::string_view& text) {
    std::size_t at = 0;
    while (at < text.size() && text[at] != ';') {
        const std::size_t word = text[at] == '=' ? encoded_word_length(text.substr(at)) : 0;
        at += std::max<std::size_t>(word, 1);
    }
    std::string_view value = trimmed(text.substr(0, at));
    text.remove_prefix(std::min(at, text.size()));
    if (const std::size_t comment = value.find(" (");
        comment != std::string_view::npos && value.ends_with(')')) {
        value = trimmed(value.substr(0, comment));
    }
    return std::string{value};
}

/// Cuts `text` after the next ";" outside of quotes.
void skip_to_next_parameter(std::string_view& text) {
    bool quoted = false;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if (text[at] == '\\' && quoted) {
            ++at;
        } else if (text[at] == '"') {
            quoted = !quoted;
        } else if (text[at] == ';' && !quoted) {
            break;
        }
    }
    text.remove_prefix(std::min(at + 1, text.size()));
}

/// Takes the value before the parameters from the front of `text`. RFC 2045 section 5.1: it is of
/// ASCII tokens; what else stands here is damage. Seen in the wild: "text/plain charset=utf-8".
std::string take_value(std::string_view& text) {
    constexpr std::size_t longest = 255;  // RFC 6838 section 4.2: 127 on either side of the "/"
    const std::string_view whole = text.substr(0, text.find_first_of(";("));
    std::size_t end = whole.size();
    for (std::size_t i = 1; i < whole.size() && whole.find('=') != std::string_view::npos; ++i) {
        if (!is_space(whole[i]) || whole.substr(0, i).find('/') == std::string_view::npos) continue;
        end = i;
        break;
    }
    std::string value;
    for (const char c : whole.substr(0, end)) {
        if (c > ' ' && c < '\x7f' && c != '"' && value.size() < longest) value += lower(c);
    }
    if (end < whole.size()) {
        text.remove_prefix(end);
    } else {
        skip_to_next_parameter(text);
    }
    return value;
}

std::string percent_decoded(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
        if (low >= 0) {
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

struct Piece {
    std::string value = {};
    bool extended = false;  // the name ended in "*": charset'language'percent-encoded
};

/// RFC 2231 section 3: the numbered pieces of one parameter.
using Pieces = std::map<unsigned, Piece>;

/// Joins pieces 0, 1, 2, ... until one is missing; decodes the extended ones in the first one's
/// charset.
std::string joined(const Pieces& pieces) {
    std::string charset;
    std::string bytes;
    std::string encoded;  // of neighbours together: some programs cut inside of "%20"
    bool declared = false;
    for (const auto& [number, piece] : pieces) {
        std::string_view value = piece.value;
        if (piece.extended && !declared) {
            const std::size_t first = value.find('\'');
            const std::size_t second =
                first == std::string_view::npos ? first : value.find('\'', first + 1);
            if (second != std::string_view::npos) {
                charset = value.substr(0, first);
                value.remove_prefix(second + 1);
            }
            declared = true;
        }
        if (piece.extended) {
            encoded += value;
        } else {
            bytes += percent_decoded(encoded);
            bytes += value;
            encoded.clear();
        }
        if (bytes.size() + encoded.size() > max_parameter_bytes) break;
    }
    bytes += percent_decoded(encoded);
    return charset.empty() ? bytes : to_utf8(bytes, charset);
}

struct Parameters {
    std::vector<Parameter> plain = {};
    std::vector<std::pair<std::string, Pieces>> pieced = {};
    std::size_t pieces = 0;
    bool truncated = false;

    void add(std::string_view raw_name, std::string value) {
        std::string name = lower_case(trimmed(raw_name));
        if (name.empty() || truncated) return;
        truncated = ++pieces > max_parameters;
        if (truncated) return;
        const bool extended = name.ends_with('*');
        if (extended) name.pop_back();
        const std::size_t star = name.find('*');
        if (!extended && star == std::string::npos) {
            plain.push_back({std::move(name), std::move(value)});
            return;
        }
        unsigned number = 0;
        if (star != std::string::npos) {
            const std::string digits = name.substr(star + 1);
            if (digits.empty() || digits.size() > 4 ||
                digits.find_first_not_of("0123456789") != std::string::npos) {
                return;
            }
            number = static_cast<unsigned>(std::stoul(digits));
            name.resize(star);
        }
        const auto same = [&](const auto& entry) { return entry.first == name; };
        auto found = std::find_if(pieced.begin(), pieced.end(), same);
        if (found == pieced.end()) found = pieced.insert(pieced.end(), {name, {}});
        found->second.try_emplace(number, Piece{std::move(value), extended});
    }
};

}  // namespace

std::string_view ParameterField::parameter(std::string_view name) const {
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](const Parameter& p) { return p.name == name; });
    return found == parameters.end() ? std::string_view{} : std::string_view{found->value};
}

ParameterField parse_parameter_field(std::string_view field_body) {
    ParameterField field;
    std::string_view text = without_leading_comments(field_body);
    field.value = take_value(text);
    Parameters parameters;
    while (!text.empty()) {
        text = without_leading_comments(text);
        const std::size_t equals = text.find_first_of("=;");
        if (equals == std::string_view::npos) break;
        const std::string_view name = text.substr(0, equals);
        const bool has_value = text[equals] == '=';
        text.remove_prefix(equals + 1);
        if (!has_value) continue;
        text = without_leading_comments(text);
        std::string value = text.starts_with('"') ? take_quoted(text) : take_unquoted(text);
        value.resize(std::min(value.size(), max_parameter_bytes));
        parameters.add(name, std::move(value));
        skip_to_next_parameter(text);
    }
    // RFC 2231 forms win: RFC 6266 section 4.3 says so for HTTP, and in mail the plain form beside
    // them is the one that was dumbed down.
    for (const auto& [name, pieces] : parameters.pieced)
        field.parameters.push_back({name, joined(pieces)});
    field.truncated = parameters.truncated;
    std::move(parameters.plain.begin(), parameters.plain.end(),
              std::back_inserter(field.parameters));
    return field;
}

namespace {

/// A name that some program has escaped as in a URL, though nothing says so: "%C3%9Cbersicht.pdf".
/// Only where it then holds what a file name of old could not; "100%25.txt" stays.
std::string without_escapes(std::string_view name) {
    std::string decoded = percent_decoded(name);
    const bool foreign = !is_ascii(decoded) && is_utf8(decoded) && is_ascii(name);
    const bool controls = std::any_of(decoded.begin(), decoded.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    return foreign && !controls ? decoded : std::string{name};
}

}  // namespace

std::string display_filename(std::string_view value, std::string_view fallback_charset) {
    std::string name = decode_encoded_words(without_escapes(value), fallback_charset);
    const std::size_t slash = name.find_last_of("/\\");
    if (slash != std::string::npos && slash + 1 < name.size()) name.erase(0, slash + 1);
    return std::string{trimmed(name)};
}

}  // namespace bellhop::parsers
