// What can be seen of an application's credentials without asking the provider.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "daemon/desk/settings.hpp"
#include "parsers/config/diagnostic.hpp"
#include "rules/access/credential_end.hpp"

namespace bellhop::daemon {

/// When each credential ends, as far as anybody knows. Reads certificates.
std::vector<rules::CredentialEnd> credential_ends(const OauthSettings& application);

/// Warnings about the applications: a credential that cannot be read or is none, a certificate that
/// is not its key's, one that ends within 60 days or has ended.
parsers::Diagnostics lint_applications(const Settings& settings, std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
