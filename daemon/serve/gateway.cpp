#include "daemon/serve/gateway.hpp"

#include <csignal>
#include <exception>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <malloc.h>

#include "daemon/net/connection_error.hpp"
#include "daemon/process/log.hpp"
#include "daemon/process/service_manager.hpp"
#include "daemon/serve/catch_up.hpp"
#include "rules/mail/backoff.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto patience_at_stop = 4500ms;  // the 5 s, less what the end itself takes
constexpr auto idle_interval = 5s;         // without a commit, then memory is given back
constexpr auto good_session = 60s;         // one that lasted so long did not fail at once
constexpr int operator_failures = 7;  // a wrong password is tried once a minute, not every second

/// Waits; ends early when the timer is cancelled.
asio::awaitable<void> pause(asio::steady_timer& timer, std::chrono::seconds time) {
    timer.expires_after(time);
    boost::system::error_code cancelled;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

struct Failure {
    std::string text = {};
    bool needs_operator = false;
};

Failure describe(const std::exception& error) {
    if (const auto* connection = dynamic_cast<const ConnectionError*>(&error)) {
        return {connection->code().message() + ": " + connection->detail(),
                connection->needs_operator()};
    }
    // system_error::what() of Boost 1.81 names a line of Boost's source.
    if (const auto* system = dynamic_cast<const boost::system::system_error*>(&error)) {
        return {system->code().message(), false};
    }
    return {error.what(), false};
}

}  // namespace

/// A mailbox's worker and what wakes it while it waits to try again.
struct Gateway::Watcher {
    Watcher(Gateway& gateway, std::string mailbox_name)
        : name(std::move(mailbox_name)),
          pause(gateway.context_),
          watch(
              gateway.store_,
              gateway.intake_,
              gateway.clock_,
              [&gateway]() -> const Desk& { return gateway.desk_; },
              [&gateway] {
                  ++gateway.commits_;
                  gateway.sender_.wake();
                  gateway.due_.wake();
              }) {}

    std::string name;
    asio::steady_timer pause;
    asio::cancellation_signal cancel;
    MailboxWatch watch;
    bool running = false;
};

Gateway::Gateway(asio::io_context& context,
                 storage::Store& store,
                 const Clock& clock,
                 Desk desk,
                 std::string key,
                 Connections connections)
    : context_(context),
      store_(store),
      clock_(clock),
      desk_(std::move(desk)),
      key_(std::move(key)),
      connections_(std::move(connections)),
      intake_(store, clock, key_),
      sender_(context.get_executor(), store, clock),
      due_(
          context.get_executor(),
          store,
          clock,
          [this]() -> const Desk& { return desk_; },
          key_,
          [this] { sender_.wake(); }),
      index_keeper_(context.get_executor(), store, [this] { return commits_; }),
      outbox_pause_(context),
      due_pause_(context),
      watchdog_timer_(context),
      tidy_timer_(context),
      last_resort_(context),
      signals_(context, SIGTERM, SIGINT, SIGHUP),
      random_(std::random_device{}()) {}

Gateway::~Gateway() = default;

void Gateway::run() {
    asio::co_spawn(context_, wait_for_signals(), asio::detached);
    asio::co_spawn(context_, feed_watchdog(), asio::detached);
    asio::co_spawn(context_, tidy_when_idle(), asio::detached);
    asio::co_spawn(context_, index_keeper_.run(), asio::detached);
    ++workers_;
    asio::co_spawn(context_, supervise_outbox(),
                   asio::bind_cancellation_slot(outbox_cancel_.slot(), asio::detached));
    ++workers_;
    asio::co_spawn(context_, supervise_due_work(), asio::detached);
    start_watchers();
    watch_folder();
    notify_ready("watching " + std::to_string(watchers_.size()) + " mailboxes");
    log_event(LogLevel::info, "started", {{"mailboxes", std::to_string(watchers_.size())}});
    context_.run();
    log_event(LogLevel::info, "stopped");
}

void Gateway::stop() {
    if (stopping_) return;
    stopping_ = true;
    notify_stopping();
    log_event(LogLevel::info, "stopping");
    signals_.cancel();
    if (folder_watch_) folder_watch_->stop();
    watchdog_timer_.cancel();
    tidy_timer_.cancel();
    index_keeper_.stop();
    outbox_pause_.cancel();
    sender_.stop();
    due_pause_.cancel();
    due_.stop();
    for (auto& [name, watcher] : watchers_) {
        watcher->watch.stop();
        watcher->pause.cancel();
    }
    // Whatever a server keeps us waiting for: every commit is whole, nothing is lost by leaving
    // now.
    last_resort_.expires_after(patience_at_stop);
    last_resort_.async_wait([this](const boost::system::error_code& error) {
        if (!error) cancel_all();
    });
}

/// The last one switches off the light.
void Gateway::worker_ended() {
    --workers_;
    if (stopping_ && workers_ == 0) last_resort_.cancel();
}

/// Whatever a server keeps us waiting for: every commit is whole, nothing is lost by leaving now.
void Gateway::cancel_all() {
    log_event(LogLevel::warn, "servers_left_unanswered");
    outbox_cancel_.emit(asio::cancellation_type::terminal);
    for (auto& [name, watcher] : watchers_) watcher->cancel.emit(asio::cancellation_type::terminal);
}

/// One worker for each configured mailbox that has none.
void Gateway::start_watchers() {
    forget_unconfigured(store_, desk_);
    for (const MailboxSettings& mailbox : desk_.settings.mailboxes) {
        std::unique_ptr<Watcher>& watcher = watchers_[mailbox.name];
        if (!watcher) watcher = std::make_unique<Watcher>(*this, mailbox.name);
        if (watcher->running) continue;
        watcher->running = true;
        ++workers_;
        asio::co_spawn(context_, supervise_mailbox(*watcher),
                       asio::bind_cancellation_slot(watcher->cancel.slot(), asio::detached));
    }
}

/// Without it a change still counts after SIGHUP.
void Gateway::watch_folder() {
    try {
        folder_watch_ = std::make_unique<FolderWatch>(context_, desk_.settings.folder);
        folder_watch_->add(files_of(desk_));
    } catch (const std::system_error& error) {
        log_event(LogLevel::warn, "folder_not_watched", {{"error", error.what()}});
        return;
    }
    asio::co_spawn(context_, folder_watch_->run([this] { reload(ReloadReason::changed); }),
                   asio::detached);
}

void Gateway::reload(ReloadReason reason) {
    notify_reloading();
    auto fresh = load_desk(desk_.settings.folder, desk_.own_tests);
    if (!fresh) {
        for (const parsers::Diagnostic& one : fresh.error()) {
            const parsers::TextSpan& at = one.where;
            log_event(
                LogLevel::error, "configuration_refused",
                {{"at", at.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column)},
                 {"error", one.message}});
        }
        notify_ready("configuration refused; the last good one is in force");
        return;
    }
    if (fresh->settings.database != desk_.settings.database) {
        log_event(LogLevel::warn, "restart_needed", {{"for", "another database"}});
    }
    // Passwords stand in files of their own: who asks has perhaps changed one.
    const bool needs_sessions =
        reason == ReloadReason::asked || fresh->settings.digest != desk_.settings.digest;
    desk_ = std::move(*fresh);
    if (folder_watch_) folder_watch_->add(files_of(desk_));
    if (needs_sessions) restart_sessions();
    due_.reconsider();
    log_event(LogLevel::info, "configuration_loaded",
              {{"folder", desk_.settings.folder.string()},
               {"rules", desk_.rules.rule_set.book().digest}});
    notify_ready("watching " + std::to_string(desk_.settings.mailboxes.size()) + " mailboxes");
}

/// They end after the batch in hand and begin again with the new settings.
void Gateway::restart_sessions() {
    for (auto& [name, watcher] : watchers_) {
        watcher->watch.stop();
        watcher->pause.cancel();
    }
    sender_.stop();
    outbox_pause_.cancel();
    start_watchers();
}

asio::awaitable<void> Gateway::supervise_mailbox(Watcher& watcher) {
    int failures = 0;
    while (!stopping_) {
        const MailboxSettings* settings = settings_of(watcher.name);
        if (settings == nullptr) break;
        const auto begun = clock_.steady();
        std::optional<Failure> failure;
        try {
            if (std::optional<MailboxSettings> again = to_read_again(store_, *settings)) {
                const std::unique_ptr<Mailbox> processed = connections_.mailbox(desk_, *again);
                CatchUp catch_up{store_, intake_, clock_};
                co_await catch_up.run(*processed, std::move(*again), desk_);
                sender_.wake();
                due_.wake();
            }
            const std::unique_ptr<Mailbox> mailbox = connections_.mailbox(desk_, *settings);
            MailboxSettings copy = *settings;
            co_await watcher.watch.run(*mailbox, std::move(copy));
        } catch (const std::exception& error) {
            failure = describe(error);
        }
        if (!failure || stopping_) continue;
        failures = clock_.steady() - begun > good_session ? 1 : failures + 1;
        if (failure->needs_operator) failures = std::max(failures, operator_failures);
        const std::chrono::seconds delay = rules::reconnect_delay(failures, jitter());
        log_event(failure->needs_operator ? LogLevel::error : LogLevel::warn, "mailbox_failed",
                  {{"mailbox", watcher.name},
                   {"error", failure->text},
                   {"delay", std::to_string(delay.count()) + "s"}});
        co_await pause(watcher.pause, delay);
    }
    watcher.running = false;
    worker_ended();
}

asio::awaitable<void> Gateway::supervise_outbox() {
    int failures = 0;
    while (!stopping_) {
        std::optional<Failure> failure;
        try {
            const std::unique_ptr<MailTransport> transport = connections_.transport(desk_);
            co_await sender_.run(*transport);
        } catch (const std::exception& error) {
            failure = describe(error);
        }
        if (!failure || stopping_) continue;
        const std::chrono::seconds delay = rules::reconnect_delay(++failures, jitter());
        log_event(LogLevel::error, "outbox_failed",
                  {{"error", failure->text}, {"delay", std::to_string(delay.count()) + "s"}});
        co_await pause(outbox_pause_, delay);
    }
    worker_ended();
}

/// It waits for no server: only the database can fail it.
asio::awaitable<void> Gateway::supervise_due_work() {
    int failures = 0;
    while (!stopping_) {
        std::optional<Failure> failure;
        try {
            co_await due_.run();
        } catch (const std::exception& error) {
            failure = describe(error);
        }
        if (!failure || stopping_) continue;
        const std::chrono::seconds delay = rules::reconnect_delay(++failures, jitter());
        log_event(LogLevel::error, "due_work_failed",
                  {{"error", failure->text}, {"delay", std::to_string(delay.count()) + "s"}});
        co_await pause(due_pause_, delay);
    }
    worker_ended();
}

asio::awaitable<void> Gateway::wait_for_signals() {
    while (!stopping_) {
        boost::system::error_code cancelled;
        const int number =
            co_await signals_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
        if (cancelled) co_return;
        if (number == SIGHUP) {
            reload(ReloadReason::asked);
        } else {
            stop();
        }
    }
}

/// From the loop itself: a loop that hangs feeds nothing.
asio::awaitable<void> Gateway::feed_watchdog() {
    const auto interval = watchdog_interval();
    if (!interval) co_return;
    while (!stopping_) {
        notify_alive();
        watchdog_timer_.expires_after(*interval / 3);
        boost::system::error_code cancelled;
        co_await watchdog_timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
}

/// After a busy time: gives back the memory that it took. A desk is idle nearly always.
asio::awaitable<void> Gateway::tidy_when_idle() {
    std::uint64_t tidied = 0;
    std::uint64_t seen = 0;
    while (!stopping_) {
        co_await pause(tidy_timer_, idle_interval);
        const bool idle = seen == commits_;
        seen = commits_;
        if (!idle || tidied == seen || stopping_) continue;
        tidied = seen;
        store_.database.release_memory();
        malloc_trim(0);
    }
}

const MailboxSettings* Gateway::settings_of(const std::string& mailbox) const {
    for (const MailboxSettings& one : desk_.settings.mailboxes) {
        if (one.name == mailbox) return &one;
    }
    return nullptr;
}

double Gateway::jitter() {
    return std::uniform_real_distribution<double>{-1.0, 1.0}(random_);
}

}  // namespace bellhop::daemon
