#include "storage/json_text.hpp"

#include <algorithm>

#include "storage/database.hpp"

namespace bellhop::storage {
namespace {

/// RFC 8259 section 7: the quotation mark, the backslash and the control characters.
void append_quoted(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 0xf];
            continue;
        }
        if (character == '"' || character == '\\') out += '\\';
        out += character;
    }
    out += '"';
}

class Reader {
public:
    explicit Reader(std::string_view json) : rest_(json) {}

    bool skip(char wanted) {
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }

    void expect(char wanted) {
        if (!skip(wanted)) fail();
    }

    void expect_end() const {
        if (!rest_.empty()) fail();
    }

    std::string quoted() {
        expect('"');
        std::string text;
        while (!skip('"')) {
            if (rest_.empty()) fail();
            const std::size_t plain = std::min(rest_.find_first_of("\"\\"), rest_.size());
            text += rest_.substr(0, plain);
            rest_.remove_prefix(plain);
            if (skip('\\')) text += escaped();
        }
        return text;
    }

private:
    [[noreturn]] static void fail() {
        throw DatabaseError(DatabaseFault::damaged,
                            "a column does not hold the JSON that was written to it");
    }

    char escaped() {
        if (skip('"')) return '"';
        if (skip('\\')) return '\\';
        if (!rest_.starts_with("u00") || rest_.size() < 5) fail();
        const int value = digit(rest_[3]) * 16 + digit(rest_[4]);
        rest_.remove_prefix(5);
        return static_cast<char>(value);
    }

    static int digit(char character) {
        if (character >= '0' && character <= '9') return character - '0';
        if (character >= 'a' && character <= 'f') return character - 'a' + 10;
        fail();
    }

    std::string_view rest_;
};

}  // namespace

std::string to_json(const std::vector<std::string>& texts) {
    std::string json = "[";
    for (const std::string& text : texts) {
        if (json.size() > 1) json += ',';
        append_quoted(json, text);
    }
    return json += ']';
}

std::string to_json(const TextPairs& pairs) {
    std::string json = "{";
    for (const auto& [key, value] : pairs) {
        if (json.size() > 1) json += ',';
        append_quoted(json, key);
        json += ':';
        append_quoted(json, value);
    }
    return json += '}';
}

std::vector<std::string> texts_of_json(std::string_view json) {
    Reader reader{json};
    std::vector<std::string> texts;
    reader.expect('[');
    if (!reader.skip(']')) {
        do texts.push_back(reader.quoted());
        while (reader.skip(','));
        reader.expect(']');
    }
    reader.expect_end();
    return texts;
}

TextPairs pairs_of_json(std::string_view json) {
    Reader reader{json};
    TextPairs pairs;
    reader.expect('{');
    if (!reader.skip('}')) {
        do {
            std::string key = reader.quoted();
            reader.expect(':');
            pairs.emplace_back(std::move(key), reader.quoted());
        } while (reader.skip(','));
        reader.expect('}');
    }
    reader.expect_end();
    return pairs;
}

}  // namespace bellhop::storage
