// Other rules tried on the mail that the store holds, the oldest first.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "daemon/desk/desk.hpp"
#include "rules/trial/rule_backtest.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

struct StoredMailBacktest {
    rules::BacktestReport tickets = {};     ///< mails that opened a ticket
    rules::BacktestReport follow_ups = {};  ///< people's mails to a ticket that was there
    /// Mails that could not be tried: their bytes are no longer kept. Robots' mail to a ticket
    /// is not among them: no rule has a say about it.
    std::size_t without_bytes = 0;
};

/// Called now and then with the number of mails done.
using ReportProgress = std::function<void(std::int64_t)>;

/// Sends the mail that came in at or after `since` through `rules`. `desk` gives hours and people.
StoredMailBacktest backtest_stored_mail(const storage::Store& store,
                                        const Desk& desk,
                                        const rules::RuleSet& rules,
                                        std::chrono::sys_seconds since,
                                        std::size_t samples,
                                        const ReportProgress& progress);

}  // namespace bellhop::daemon
