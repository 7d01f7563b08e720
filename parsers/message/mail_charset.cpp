#include "parsers/message/mail_charset.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "parsers/body/body_text.hpp"
#include "parsers/message/mime_leaf.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/charset_detection.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t sample_bytes = 64U * 1024;

/// What a mail holds in no declared charset, put together.
class Sample {
public:
    void add(std::string_view bytes) {
        if (is_utf8(bytes)) return;
        bytes_ += bytes.substr(0, sample_bytes - std::min(sample_bytes, bytes_.size()));
        bytes_ += '\n';
    }

    bool is_full() const { return bytes_.size() >= sample_bytes; }
    bool is_empty() const { return bytes_.empty(); }
    std::string_view bytes() const { return bytes_; }

private:
    std::string bytes_ = {};
};

/// Tags are ASCII, and say nothing of the words' charset.
std::string without_tags(std::string_view html) {
    std::string text;
    while (!html.empty()) {
        const std::size_t tag = std::min(html.find('<'), html.size());
        text += html.substr(0, tag);
        const std::size_t end = html.find('>', tag);
        html = end == std::string_view::npos ? std::string_view{} : html.substr(end + 1);
    }
    return text;
}

bool is_text(const OutlinePart& part) {
    return !part.is_multipart &&
           (part.type.value == "text/plain" || part.type.value == "text/html");
}

bool says_ascii(std::string_view charset) {
    return equal_ignoring_case(charset, "us-ascii") || equal_ignoring_case(charset, "ascii");
}

/// The charset that a text declares; empty where it names none that is known.
std::string declared_charset(const OutlinePart& part) {
    const std::string_view charset = part.type.parameter("charset");
    if (!charset.empty()) return is_known_charset(charset) ? std::string{charset} : std::string{};
    if (part.type.value != "text/html") return {};
    std::string named = declared_html_charset(beginning_of_text(part, sample_bytes));
    return is_known_charset(named) ? named : std::string{};
}

void add_fields(Sample& sample, const OutlinePart& message) {
    constexpr std::array<std::string_view, 6> shown{"from", "sender", "reply-to",
                                                    "to",   "cc",     "subject"};
    for (const HeaderField& field : message.header.fields) {
        const bool is_shown = std::any_of(shown.begin(), shown.end(), [&](std::string_view name) {
            return equal_ignoring_case(field.name, name);
        });
        if (is_shown && !sample.is_full()) sample.add(field.body);
    }
}

void add_text(Sample& sample, const OutlinePart& part) {
    const std::string bytes = beginning_of_text(part, sample_bytes);
    if (is_utf8(bytes)) return;
    sample.add(part.type.value == "text/html" ? without_tags(bytes) : bytes);
}

}  // namespace

std::string undeclared_charset(const Outline& outline) {
    Sample sample;
    std::string declared;  // by the first text that does
    add_fields(sample, outline.parts.front());
    for (const OutlinePart& part : outline.parts) {
        if (sample.is_full()) break;
        sample.add(part.header.field("content-type"));
        sample.add(part.header.field("content-disposition"));
        if (!is_text(part)) continue;
        const std::string own = declared_charset(part);
        if (own.empty()) add_text(sample, part);
        if (declared.empty() && !says_ascii(own)) declared = own;
    }
    if (sample.is_empty()) return declared;
    if (!declared.empty() && is_plausible_in(sample.bytes(), declared)) return declared;
    return detected_charset(sample.bytes());
}

}  // namespace bellhop::parsers
