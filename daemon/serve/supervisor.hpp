// Keeps the coroutines of the daemon alive: each runs under a name, and none can die unheard.
#pragma once

#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/process/clock.hpp"
#include "daemon/process/log.hpp"

namespace bellhop::daemon {

/// Work that goes on until the daemon stops.
struct Duty {
    std::string name = {};                     ///< unique: "outbox", "mailbox it"
    std::string event = {};                    ///< of the log where it fails: "outbox_failed"
    LogLevel level = LogLevel::error;          ///< of that event
    std::string_view subject_key = "mailbox";  ///< what `subject` is; a literal
    std::string subject = {};  ///< what it works for, in the log; empty where that says nothing
    /// One run of it. Where it returns it is called again at once, as long as it is wanted.
    std::function<boost::asio::awaitable<void>()> work = {};
    /// Asks the run to end soon. A duty without it is cancelled in the middle of what it waits for.
    std::function<void()> stop = {};
    /// Whether it is still to run; a duty without it is until the end.
    std::function<bool()> is_wanted = {};
    /// Run once: where it fails that is logged, and it is over. For a connection.
    bool once = false;
};

/// A duty that throws is logged, waits (longer after each failure in a row; forgotten after a run
/// of a minute), and begins again. Only a fault of the program (is_program_fault) comes out of the
/// loop's run(): the service manager starts the program afresh, and the attempts that the ledger
/// has counted tell over which mail it died.
class Supervisor {
public:
    /// How long a duty waits after so many failures in a row.
    using Backoff = std::function<std::chrono::milliseconds(int failures)>;

    /// `context` and `clock` outlive this object, which outlives the runs of the loop. Without
    /// `backoff` rules::reconnect_delay() is waited.
    Supervisor(boost::asio::io_context& context, const Clock& clock, Backoff backoff = {});
    ~Supervisor();
    Supervisor(const Supervisor&) = delete;
    Supervisor& operator=(const Supervisor&) = delete;

    /// Starts it; nothing where a duty of that name runs.
    void start(Duty duty);

    /// Asks the run in hand to end; the next begins at once. Nothing where none of that name runs.
    void restart(const std::string& name);

    /// What has failed is tried again at once, where it waits: what it failed for may be over.
    void hurry(const std::string& name);

    /// Asks every duty to end, and starts none any more.
    void stop();

    /// Ends what stop() has asked in vain: cancels whatever it waits for.
    void cancel();

    bool is_stopping() const { return stopping_; }
    std::size_t running() const { return duties_.size(); }
    /// How each duty does: its name, its failures in a row (0 where it runs well), the last one,
    /// and since when.
    struct Health {
        std::string name = {};
        int failures = 0;
        std::string error = {};
        std::chrono::sys_seconds since = {};  ///< of the first of these failures
    };
    std::vector<Health> health() const;

    /// Called when the last duty has ended after stop().
    std::function<void()> ended = [] {};

private:
    struct Running;
    boost::asio::awaitable<void> run(Running& running);
    void finished(const std::string& name, std::exception_ptr fault);
    std::chrono::milliseconds reconnect_delay(int failures);

    boost::asio::io_context& context_;
    const Clock& clock_;
    Backoff backoff_;
    std::minstd_rand random_;
    std::map<std::string, std::unique_ptr<Running>> duties_;
    bool stopping_ = false;
};

}  // namespace bellhop::daemon
