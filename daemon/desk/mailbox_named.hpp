// A mailbox of the desk by its name.
#pragma once

#include <string_view>

#include "daemon/desk/desk.hpp"

namespace bellhop::daemon {

/// Null where none has that name, or none has it any more.
const MailboxSettings* mailbox_named(const Desk& desk, std::string_view name);

}  // namespace bellhop::daemon
