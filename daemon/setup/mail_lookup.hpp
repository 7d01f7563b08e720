// Asks DNS where the mail of a domain goes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/setup/mail_hosting.hpp"

namespace bellhop::daemon {

/// MX and the SRV entries of RFC 6186. Blocks, half a minute at most; what cannot be found out
/// stays empty.
rules::MailDns look_up_mail(const std::string& domain);

enum class NamedBy { mx, srv };

/// The hosts in a DNS answer (RFC 1035 section 4, RFC 2782), at most 50; none in one that is
/// damaged.
std::vector<rules::NamedHost> named_hosts(std::string_view answer, NamedBy kind);

}  // namespace bellhop::daemon
