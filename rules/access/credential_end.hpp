// The end of a client secret or a certificate, counted down so that nobody is surprised by it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bellhop::rules {

/// One credential of an application: the one in use, or the next.
struct CredentialEnd {
    std::string kind = {};  ///< "client secret", "certificate"
    /// The first instant at which it no longer counts; nullopt where nobody knows.
    std::optional<std::chrono::sys_seconds> ends = {};

    friend bool operator==(const CredentialEnd&, const CredentialEnd&) = default;
};

/// A countdown that has begun.
struct EndingCredential {
    std::string kind = {};
    std::chrono::sys_seconds ends = {};
    std::chrono::sys_seconds told_from = {};  ///< 60 days before
    /// Grows at 60, 30, 14, 7, 3, 1 and 0 days: told again then.
    std::int64_t stage = 0;
    std::string headline = {};  ///< "the client secret of [oauth.school] ends in 12 days"

    friend bool operator==(const EndingCredential&, const EndingCredential&) = default;
};

/// What is to be told of the credentials of the application `name` at `now`: of the one that lasts
/// longest, since it takes over. Nothing where that lasts more than 60 days, or nobody knows.
std::optional<EndingCredential> ending_credential(const std::string& name,
                                                  const std::vector<CredentialEnd>& credentials,
                                                  std::chrono::sys_seconds now);

}  // namespace bellhop::rules
