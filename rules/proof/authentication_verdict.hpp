// What the results of one Authentication-Results field amount to for one author.
#pragma once

#include <string>
#include <string_view>

#include "parsers/header/authentication_results.hpp"

namespace bellhop::rules {

enum class AuthorVerdict {
    pass,       ///< the author's domain has sent it
    fail,       ///< it has not, says DMARC (RFC 7489)
    signed_in,  ///< the author himself had signed in at the server
    none        ///< it says neither
};

struct JudgedAuthor {
    AuthorVerdict verdict = AuthorVerdict::none;
    std::string reason = {};  ///< for a person, lower case, no full stop

    friend bool operator==(const JudgedAuthor&, const JudgedAuthor&) = default;
};

/// Reads the results for `address`, the only one in From. A DMARC result of pass or fail for its
/// domain stands. Without one an aligned DKIM signature or SPF pass proves the domain: equal to it,
/// or one below the other. Pure.
JudgedAuthor judge_author(const parsers::AuthenticationResults& field, std::string_view address);

}  // namespace bellhop::rules
