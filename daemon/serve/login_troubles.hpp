// What is wrong with logging in: access tokens that are not given, and credentials that end.
#pragma once

#include <chrono>
#include <vector>

#include "daemon/desk/settings.hpp"
#include "daemon/oauth/token_keeper.hpp"
#include "rules/mail/trouble.hpp"

namespace bellhop::daemon {

/// For rules/mail/trouble, beside troubles_now(). Reads certificates.
std::vector<rules::Trouble> login_troubles(const Settings& settings,
                                           const std::vector<TokenKeeper::State>& logins,
                                           std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
