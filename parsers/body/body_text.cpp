#include "parsers/body/body_text.hpp"

#include <array>
#include <cstring>

#include "parsers/text/ascii.hpp"
#include "parsers/text/normal_form.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {

namespace {

/// Octets that stay as they are in a text, but for 0xC2, which may begin a control character.
constexpr std::array<bool, 256> plain_octets = [] {
    std::array<bool, 256> plain{};
    for (std::size_t octet = 0x20; octet < plain.size(); ++octet) plain[octet] = true;
    plain[0x7f] = plain[0xC2] = false;
    plain['\n'] = plain['\t'] = true;
    return plain;
}();

}  // namespace

std::string clean_text(std::string utf8) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const std::size_t run = i;
        while (i < utf8.size() && plain_octets[static_cast<unsigned char>(utf8[i])]) ++i;
        if (i > run) {
            if (kept != run) std::memmove(utf8.data() + kept, utf8.data() + run, i - run);
            kept += i - run;
            if (i == utf8.size()) break;
        }
        const char c = utf8[i];
        const auto octet = static_cast<unsigned char>(c);
        if (octet == 0xC2 && is_c1_control(std::string_view{utf8}.substr(i))) {
            ++i;
        } else if (octet == 0xC2) {
            utf8[kept++] = c;
        } else if (c == '\r') {
            // "\r\r\n", a known damage, is one line end; a bare CR is one too.
            const std::size_t next = utf8.compare(i, 2, "\r\r") == 0 ? i + 2 : i + 1;
            if (next < utf8.size() && utf8[next] == '\n') i = next;
            utf8[kept++] = '\n';
        } else if (c == '\f' || c == '\v') {
            utf8[kept++] = '\n';
        }
    }
    utf8.resize(kept);
    return normalized(std::move(utf8));
}

namespace {

struct FlowedLine {
    std::size_t quote_depth = 0;
    std::string_view text = {};  // without quote marks and stuffing
    bool soft = false;           // ends in a blank: the next line continues it
};

FlowedLine flowed_line(std::string_view line) {
    FlowedLine result;
    while (line.starts_with('>')) {
        ++result.quote_depth;
        line.remove_prefix(1);
    }
    if (line.starts_with(' ')) line.remove_prefix(1);  // RFC 3676 section 4.4: space-stuffing
    result.text = line;
    // RFC 3676 section 4.3: the signature separator is no flowed line.
    result.soft = line.ends_with(' ') && line != "-- ";
    return result;
}

}  // namespace

std::string unflowed(std::string_view text, bool delete_space) {
    std::string result;
    result.reserve(text.size());
    bool continues = false;
    std::size_t depth = 0;
    while (!text.empty()) {
        const std::size_t newline = text.find('\n');
        const FlowedLine line = flowed_line(text.substr(0, newline));
        const bool is_separator = line.text == "-- ";
        if (!continues || line.quote_depth != depth || is_separator) {
            if (continues) result += '\n';
            result.append(line.quote_depth, '>');
            if (line.quote_depth > 0 && !line.text.empty()) result += ' ';
        }
        std::string_view content = line.text;
        if (line.soft && delete_space) content.remove_suffix(1);
        result += content;
        depth = line.quote_depth;
        continues = line.soft && newline != std::string_view::npos;
        if (newline == std::string_view::npos) break;
        if (!continues) result += '\n';
        text.remove_prefix(newline + 1);
    }
    return result;
}

std::string declared_html_charset(std::string_view html) {
    constexpr std::size_t window =
        2048;  // the HTML standard looks at 1024 bytes; Word writes longer heads
    const std::string head = lower_case(html.substr(0, window));
    for (std::size_t meta = head.find("<meta"); meta != std::string::npos;
         meta = head.find("<meta", meta + 5)) {
        const std::size_t end = head.find('>', meta);
        const std::string_view tag =
            std::string_view{head}.substr(meta, end == std::string::npos ? end : end - meta);
        std::size_t at = tag.find("charset");
        if (at == std::string_view::npos) continue;
        at = tag.find_first_not_of(" \t\r\n=\"'", at + 7);
        if (at == std::string_view::npos) continue;
        return std::string{tag.substr(at, tag.substr(at).find_first_of("\"' \t\r\n;/>"))};
    }
    return {};
}

}  // namespace bellhop::parsers
