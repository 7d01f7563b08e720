// UIDs as numbers, and as the sets that stand in commands.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "daemon/imap/mailbox.hpp"

namespace bellhop::daemon {

inline std::uint32_t number(MailUid uid) {
    return static_cast<std::uint32_t>(uid);
}

/// One set for each command; none where there are no UIDs.
std::vector<std::string> sets_of(const std::vector<MailUid>& uids);

}  // namespace bellhop::daemon
