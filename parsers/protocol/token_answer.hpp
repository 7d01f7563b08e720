// What the token endpoint of an OAuth server answers (RFC 6749 section 5, RFC 8628 section 3.2).
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace bellhop::parsers {

/// A refusal. What to do follows from `code` alone; providers change the words as they like.
struct TokenRefusal {
    std::string code = {};  ///< "invalid_client"; empty where the answer is no answer of OAuth
    /// For people: one line, without what only the provider's support can read (trace ids), and
    /// without anything that may be a secret: Entra repeats assertions in its complaints.
    std::string words = {};

    friend bool operator==(const TokenRefusal&, const TokenRefusal&) = default;
};

struct TokenAnswer {
    std::string access_token = {};   ///< empty where it is refused
    std::string refresh_token = {};  ///< empty where there is none, or the old one goes on
    std::chrono::seconds lifetime{0};
    TokenRefusal refusal = {};

    bool is_granted() const { return !access_token.empty(); }

    friend bool operator==(const TokenAnswer&, const TokenAnswer&) = default;
};

/// Reads the body of an answer with the HTTP status `status`. Where it is neither a grant nor a
/// refusal, the refusal has no code and says what came instead.
TokenAnswer read_token_answer(int status, std::string_view body);

/// What a person is to do so that a device gets a token, and how long that may take.
struct DeviceAnswer {
    std::string device_code = {};  ///< a secret; empty where it is refused
    std::string user_code = {};    ///< what the person types
    std::string address = {};      ///< where
    std::chrono::seconds lifetime{0};
    std::chrono::seconds interval{5};  ///< between two questions whether it is done
    TokenRefusal refusal = {};

    bool is_granted() const { return !device_code.empty(); }

    friend bool operator==(const DeviceAnswer&, const DeviceAnswer&) = default;
};

DeviceAnswer read_device_answer(int status, std::string_view body);

}  // namespace bellhop::parsers
