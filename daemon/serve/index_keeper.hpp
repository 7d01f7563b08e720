// Keeps the full-text index of the messages, in moments in which nothing else is to be done.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/process/clock.hpp"
#include "daemon/work/work_done.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

class IndexKeeper {
public:
    /// `commits` counts the batches of mail that were taken: while it rises there is better to do.
    /// `store` outlives this object.
    IndexKeeper(boost::asio::any_io_executor executor,
                storage::Store& store,
                const Clock& clock,
                std::function<std::uint64_t()> commits);

    /// Works until stop(), a few messages at a time. Throws storage::DatabaseError.
    boost::asio::awaitable<void> run();
    void stop();

    /// What it did last; nothing where there was nothing to do since the start.
    std::optional<WorkDone> last_work() const { return last_work_; }

private:
    bool index_some();

    storage::Store& store_;
    const Clock& clock_;
    std::optional<WorkDone> last_work_ = {};
    std::function<std::uint64_t()> commits_;
    boost::asio::steady_timer timer_;
    bool stopping_ = false;
};

}  // namespace bellhop::daemon
