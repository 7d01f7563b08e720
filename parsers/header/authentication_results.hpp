// Authentication-Results: what a mail server found out about who sent a mail (RFC 8601).
//
// Anybody can write such a field into his mail: whose word it is, is for the reader of the whole
// header to say.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

struct AuthenticationProperty {
    std::string name = {};   ///< lower case: "header.from", "smtp.mailfrom", "reason"
    std::string value = {};  ///< without quotes and angle brackets; may be empty

    friend bool operator==(const AuthenticationProperty&, const AuthenticationProperty&) = default;
};

/// One method and its outcome.
struct AuthenticationResult {
    std::string method = {};   ///< lower case: "dmarc", "dkim", "spf", "auth"
    bool is_version_1 = true;  ///< another version of a method may mean anything
    std::string result = {};   ///< lower case: "pass", "fail", "none"
    std::vector<AuthenticationProperty> properties = {};

    /// The values of all properties of that name, in order.
    std::vector<std::string_view> values(std::string_view name) const;

    friend bool operator==(const AuthenticationResult&, const AuthenticationResult&) = default;
};

struct AuthenticationResults {
    /// Who speaks; empty where the field names nobody, as Microsoft's, or cannot be read so far.
    std::string authserv_id = {};
    /// False: it does not follow the grammar where that matters, or is of another version. It says
    /// nothing then.
    bool is_understood = true;
    std::vector<AuthenticationResult> results = {};  ///< in order, at most `max_results`

    friend bool operator==(const AuthenticationResults&, const AuthenticationResults&) = default;
};

constexpr std::size_t max_results = 200;     // of one field
constexpr std::size_t max_properties = 100;  // of one result

/// Reads the body of the field, unfolded. Clauses that are no results are passed over, as Amazon's
/// "client-ip=..." and the recipient's domain that Exchange wrote between its results. A field is
/// not understood as a whole where quotes or parentheses do not close, where a quoted string
/// touches what is not part of its value, or where a result of a method that proves a sender is
/// not written as the grammar wants: then a text that a stranger chose may have broken out of its
/// place. Never fails; bounded and linear.
AuthenticationResults parse_authentication_results(std::string_view body);

}  // namespace bellhop::parsers
