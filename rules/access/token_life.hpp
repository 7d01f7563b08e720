// How long an access token serves, when it is renewed, and when it is asked for again in vain.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace bellhop::rules {

/// So long before its end a token is renewed, and connections that logged in with it are made anew:
/// a fifth of its life, at most 10 min. Precondition: lifetime > 0 s.
std::chrono::seconds renewal_margin(std::chrono::seconds lifetime);

/// So long before its end nobody logs in with it any more: it has to reach the server alive.
/// Precondition: lifetime > 0 s.
std::chrono::seconds parting_margin(std::chrono::seconds lifetime);

/// What a failure to get a token tells of the next try.
struct TokenFailure {
    int in_a_row = 1;             ///< with this one; from 1
    bool needs_operator = false;  ///< the same request is refused again: secret, right, consent
    std::optional<std::chrono::seconds> asked = {};  ///< Retry-After

    friend bool operator==(const TokenFailure&, const TokenFailure&) = default;
};

/// Before the token endpoint is asked again: 1 s, doubling, at most 1 min; 1 min, doubling, at most
/// 5 min, where only a person can cure it; at least what the endpoint asks for, at most 10 min of
/// that. `jitter` in [-1, 1] moves it by up to a tenth. Precondition: in_a_row >= 1.
std::chrono::milliseconds token_retry_delay(const TokenFailure& failure, double jitter);

/// Whether another credential of the application may succeed where one was refused so: it, and not
/// the application or the person, is what is wrong. `code` as in RFC 6749 section 5.2.
bool is_of_the_credential(const std::string& code, const std::string& words);

/// Whether a refusal lasts until a person has done something: of a server that is out of order it
/// does not. `code`: as above, empty where the answer was none of OAuth; `status`: of HTTP.
bool needs_a_person(const std::string& code, int status);

}  // namespace bellhop::rules
