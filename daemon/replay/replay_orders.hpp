// The desk's orders as a replay script words them.
#pragma once

#include <string>
#include <vector>

#include "daemon/work/filing.hpp"

namespace bellhop::daemon {

/// Carries out "status 1 waiting_customer", "reply 1 --as Mia", ...: what
/// daemon/orders/order_form.hpp lists. `text` is the letter of those that have one.
///
/// Returns why it was refused; empty where it is done.
std::string carry_out_words(const Filing& filing,
                            const std::vector<std::string>& words,
                            const std::string& text);

}  // namespace bellhop::daemon
