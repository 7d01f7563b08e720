#include "daemon/desk/mailbox_named.hpp"

#include <algorithm>

namespace bellhop::daemon {

const MailboxSettings* mailbox_named(const Desk& desk, std::string_view name) {
    const std::vector<MailboxSettings>& all = desk.settings.mailboxes;
    const auto found = std::find_if(
        all.begin(), all.end(), [name](const MailboxSettings& one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace bellhop::daemon
