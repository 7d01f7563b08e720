// What time brings: reminders, ends of waits, warnings and breaches, at the instants at which they
// are due.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/desk/desk.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/work/due_round.hpp"
#include "daemon/work/filing.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// Computes the timers of all tickets that are not closed anew, after calendar.toml, sla.toml or
/// people.toml has changed.
class TimerRefresh {
public:
    /// The next so many `tickets`. Returns whether there are more.
    bool step(const Filing& filing, std::size_t tickets);
    void begin_again() { next_ = {}; }

private:
    rules::TicketId next_ = {};
};

/// The worker of the daemon.
class DueWorker {
public:
    /// All outlive this object. `sent` is called when mails may wait in the outbox; nothing is done
    /// before `may_begin` has once said so.
    DueWorker(boost::asio::any_io_executor executor,
              storage::Store& store,
              const Clock& clock,
              std::function<const Desk&()> desk,
              const std::string& key,
              std::function<void()> sent,
              std::function<bool()> may_begin = {});

    /// Works until stop(). Throws storage::DatabaseError.
    boost::asio::awaitable<void> run();

    /// Something may be due earlier than before.
    void wake();
    /// Hours, promises or people may be others than before.
    void reconsider();
    void stop();

private:
    bool work();
    boost::asio::awaitable<void> rest();

    storage::Store& store_;
    const Clock& clock_;
    std::function<const Desk&()> desk_;
    const std::string& key_;
    std::function<void()> sent_;
    std::function<bool()> may_begin_;  // none: it has begun
    boost::asio::steady_timer timer_;
    TimerRefresh refresh_;
    DueRound round_;
    bool awake_ = false;
    bool stopping_ = false;
};

}  // namespace bellhop::daemon
