#include "parsers/protocol/token_answer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <boost/json.hpp>

#include "parsers/text/ascii.hpp"
#include "parsers/text/printable.hpp"

namespace bellhop::parsers {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

constexpr std::size_t max_words = 400;        // bytes of a description
constexpr std::size_t max_code = 60;          // bytes of an error code
constexpr std::size_t max_token = 16 * 1024;  // bytes; Microsoft's have 1.5 to 4 kB
constexpr std::size_t secret_size = 40;  // a word so long, of the letters of tokens, may be one
constexpr seconds usual_lifetime{3600};  // where an answer names none
constexpr seconds longest_lifetime = std::chrono::hours{24};

bool is_letter_of_tokens(char c) {
    return is_alpha(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == '~' || c == '+' ||
           c == '/' || c == '=';
}

/// A GUID (36 letters) is none; an assertion, a token, a secret is. Addresses of web pages are for
/// people to read.
bool may_be_secret(std::string_view word) {
    return word.size() >= secret_size && word.find('/') == std::string_view::npos;
}

std::string without_secrets(std::string_view text) {
    std::string clean;
    while (!text.empty()) {
        const std::size_t size = static_cast<std::size_t>(
            std::find_if_not(text.begin(), text.end(), is_letter_of_tokens) - text.begin());
        const std::string_view word = text.substr(0, size);
        const bool is_jwt = word.starts_with("eyJ") && size > 20;
        if (is_jwt || may_be_secret(word)) {
            clean += "(left out)";
        } else {
            clean += word;
        }
        text.remove_prefix(size);
        if (text.empty()) break;
        clean += text.front();
        text.remove_prefix(1);
    }
    return clean;
}

/// Entra ends its words with three lines, or sentences, for its own support.
std::string_view without_trace(std::string_view text) {
    constexpr std::array<std::string_view, 3> beginnings{
        "Trace ID:", "Correlation ID:", "Timestamp:"};
    for (const std::string_view beginning : beginnings) {
        text = text.substr(0, std::min(text.find(beginning), text.size()));
    }
    return trimmed(text);
}

std::string words_for_people(std::string_view text) {
    std::string line = without_secrets(without_trace(text));
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\r' || c == '\n' || c == '\t'; }, ' ');
    return printable(line, max_words);
}

/// The object in `body`; nullopt where it is none.
std::optional<json::object> object_in(std::string_view body) {
    boost::system::error_code error;
    json::value value = json::parse(json::string_view{body.data(), body.size()}, error);
    if (error || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

std::string text_in(const json::object& object, const char* name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : "";
}

/// A number, or one that stands in quotes, as of Entra's first endpoint. nullopt where there is
/// none.
std::optional<seconds> seconds_in(const json::object& object, const char* name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr) return std::nullopt;
    std::int64_t number = 0;
    if (value->is_string()) {
        const json::string& text = value->get_string();
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    } else {
        boost::system::error_code error;
        number = value->to_number<std::int64_t>(error);
        if (error) return std::nullopt;
    }
    return seconds{std::clamp<std::int64_t>(number, 0, longest_lifetime.count())};
}

/// A token goes into a command of IMAP and of SMTP as it is: printable ASCII (RFC 6749 appendix A),
/// without blanks.
bool is_token(std::string_view text) {
    return !text.empty() && text.size() <= max_token &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

TokenRefusal no_answer(int status, std::string_view what) {
    return {{}, "HTTP " + std::to_string(status) + ", " + std::string{what}};
}

std::optional<TokenRefusal> refusal_in(int status, const json::object& object) {
    const std::string code = text_in(object, "error");
    if (code.empty()) {
        // Google's front end: {"error": {"code": 503, "message": "...", "status": "UNAVAILABLE"}}
        const json::value* error = object.if_contains("error");
        if (error == nullptr || !error->is_object()) return std::nullopt;
        return no_answer(status, words_for_people(text_in(error->get_object(), "message")));
    }
    std::string words = words_for_people(text_in(object, "error_description"));
    // Google names some causes only there.
    const std::string more = text_in(object, "error_subtype");
    if (!more.empty()) words += (words.empty() ? "" : " ") + ('(' + words_for_people(more) + ')');
    return TokenRefusal{printable(code, max_code), words};
}

}  // namespace

TokenAnswer read_token_answer(int status, std::string_view body) {
    TokenAnswer answer;
    const std::optional<json::object> object = object_in(body);
    if (!object) {
        answer.refusal = no_answer(status, "and no JSON");
        return answer;
    }
    if (auto refusal = refusal_in(status, *object)) {
        answer.refusal = std::move(*refusal);
        return answer;
    }
    const std::string token = text_in(*object, "access_token");
    const std::string type = text_in(*object, "token_type");
    const seconds lifetime = seconds_in(*object, "expires_in").value_or(usual_lifetime);
    if (status != 200 || !is_token(token)) {
        answer.refusal = no_answer(status, "and no access token");
    } else if (!type.empty() && !equal_ignoring_case(type, "Bearer")) {
        answer.refusal = no_answer(status, "a token of the kind " + words_for_people(type));
    } else if (lifetime == seconds{0}) {
        answer.refusal = no_answer(status, "a token that has ended already");
    } else {
        answer.access_token = token;
        answer.lifetime = lifetime;
        const std::string refresh = text_in(*object, "refresh_token");
        if (is_token(refresh)) answer.refresh_token = refresh;
    }
    return answer;
}

DeviceAnswer read_device_answer(int status, std::string_view body) {
    DeviceAnswer answer;
    const std::optional<json::object> object = object_in(body);
    if (!object) {
        answer.refusal = no_answer(status, "and no JSON");
        return answer;
    }
    if (auto refusal = refusal_in(status, *object)) {
        answer.refusal = std::move(*refusal);
        return answer;
    }
    const std::string code = text_in(*object, "device_code");
    answer.user_code = printable(text_in(*object, "user_code"), max_code);
    // Google's name for it is older than RFC 8628.
    answer.address = printable(text_in(*object, "verification_uri"), max_words);
    if (answer.address.empty()) {
        answer.address = printable(text_in(*object, "verification_url"), max_words);
    }
    const std::optional<seconds> lifetime = seconds_in(*object, "expires_in");
    if (status != 200 || !is_token(code) || answer.user_code.empty() || answer.address.empty() ||
        !lifetime) {
        answer.refusal = no_answer(status, "and no code for a device");
        return answer;
    }
    answer.device_code = code;
    answer.lifetime = *lifetime;
    // RFC 8628 section 3.2: five seconds where it is left out.
    answer.interval =
        std::clamp(seconds_in(*object, "interval").value_or(seconds{5}), seconds{1}, seconds{60});
    return answer;
}

}  // namespace bellhop::parsers
