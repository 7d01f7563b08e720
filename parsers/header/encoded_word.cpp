#include "parsers/header/encoded_word.hpp"

#include <optional>

#include "parsers/encoding/transfer_encoding.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/normal_form.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_charset_name = 64;

struct EncodedWord {
    std::string_view charset = {};  // without an RFC 2231 section 5 language suffix
    char encoding = 'q';            // 'q' or 'b'
    std::string_view text = {};
    std::size_t length = 0;  // of the whole word, with its delimiters
};

/// Where the text of a word ends, from its start. In Q a "?=" that two hexadecimal digits follow is
/// most likely a "?" that a sloppy program left unencoded before an escape: taken so if another
/// "?=" follows before the next blank.
std::size_t end_of_word_text(std::string_view text, char encoding) {
    std::size_t end = text.find("?=");
    while (encoding == 'q' && end != std::string_view::npos && end + 3 < text.size() &&
           hex_value(text[end + 2]) >= 0 && hex_value(text[end + 3]) >= 0) {
        const std::size_t next = text.find_first_of(" \t", end + 2);
        const std::size_t other = text.substr(0, next).find("?=", end + 2);
        if (other == std::string_view::npos) break;
        end = other;
    }
    return end;
}

/// The encoded word at the start of `text`, which begins with "=?".
std::optional<EncodedWord> word_at(std::string_view text) {
    const std::string_view head = text.substr(2, max_charset_name + 4);
    const std::size_t mark = head.find_first_of("? \t\"<>,;");
    if (mark == std::string_view::npos || mark == 0 || head[mark] != '?') return std::nullopt;
    if (mark + 2 >= head.size() || head[mark + 2] != '?') return std::nullopt;
    EncodedWord word;
    word.charset = head.substr(0, mark);
    word.charset = word.charset.substr(0, word.charset.find('*'));
    word.encoding = lower(head[mark + 1]);
    if (word.encoding != 'q' && word.encoding != 'b') return std::nullopt;
    const std::size_t start = 2 + mark + 3;
    const std::string_view rest = text.substr(start);
    const std::size_t end = end_of_word_text(rest, word.encoding);
    word.text = rest.substr(0, end);
    word.length = end == std::string_view::npos ? text.size() : start + end + 2;
    return word;
}

std::string decoded_q(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '=' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
        if (low >= 0) {
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            decoded += text[i] == '_' ? ' ' : text[i];
        }
    }
    return decoded;
}

/// Adjacent words of one charset, joined as bytes before conversion: senders split characters, and
/// even groups of base64, between words (RFC 2047 section 5 forbids it).
class WordRun {
public:
    /// `fallback`: the charset of words that name none that is known.
    explicit WordRun(std::string_view fallback) : fallback_{fallback} {}

    void add(const EncodedWord& word) {
        if (!equal_ignoring_case(charset_, word.charset)) flush();
        charset_ = word.charset;
        if (word.encoding == 'q') {
            decode_pending();
            bytes_ += decoded_q(word.text);
            return;
        }
        pending_base64_ += word.text;
        if (pending_base64_.size() % 4 == 0 || word.text.ends_with('=')) decode_pending();
    }

    void flush() {
        decode_pending();
        if (!bytes_.empty()) text_ += to_utf8(bytes_, charset_, {fallback_, Utf7::decoded});
        bytes_.clear();
        charset_ = {};
    }

    void append(std::string_view utf8) { text_ += utf8; }

    std::string take() { return std::move(text_); }

private:
    void decode_pending() {
        bytes_ += decode_base64(pending_base64_);
        pending_base64_.clear();
    }

    std::string_view fallback_;
    std::string_view charset_ = {};
    std::string bytes_ = {};
    std::string pending_base64_ = {};
    std::string text_ = {};
};

bool is_all_space(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// One line without control characters; what separates lines becomes a blank.
std::string one_line(std::string text) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto octet = static_cast<unsigned char>(text[i]);
        if (is_c1_control(std::string_view{text}.substr(i))) {
            ++i;
        } else if (octet >= 0x20 && octet != 0x7f) {
            text[kept++] = text[i];
        } else if (is_space(text[i])) {
            text[kept++] = ' ';
        }
    }
    text.resize(kept);
    return text;
}

}  // namespace

std::size_t encoded_word_length(std::string_view text) {
    if (!text.starts_with("=?")) return 0;
    const auto word = word_at(text);
    return word ? word->length : 0;
}

std::string decode_encoded_words(std::string_view field_body, std::string_view fallback_charset) {
    WordRun run{fallback_charset};
    const auto append_raw = [&](std::string_view raw) {
        run.flush();
        run.append(to_utf8(raw, is_utf8(raw) ? "utf-8" : fallback_charset));
    };
    bool after_word = false;
    while (!field_body.empty()) {
        std::size_t start = field_body.find("=?");
        std::optional<EncodedWord> word;
        while (start != std::string_view::npos && !(word = word_at(field_body.substr(start)))) {
            start = field_body.find("=?", start + 2);
        }
        const std::string_view raw = field_body.substr(0, start);
        // RFC 2047 section 6.2: blanks between two encoded words are not part of the text.
        if (!raw.empty() && !(after_word && word && is_all_space(raw))) append_raw(raw);
        if (!word) break;
        run.add(*word);
        after_word = true;
        field_body.remove_prefix(start + word->length);
    }
    run.flush();
    return normalized(one_line(run.take()));
}

}  // namespace bellhop::parsers
