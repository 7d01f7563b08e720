// The daemon: owns everything, starts the workers, starts them again when they fail, stops them.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/desk/desk.hpp"
#include "daemon/imap/mailbox.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/process/folder_watch.hpp"
#include "daemon/serve/index_keeper.hpp"
#include "daemon/serve/mailbox_watch.hpp"
#include "daemon/serve/outbox_sender.hpp"
#include "daemon/smtp/mail_transport.hpp"
#include "daemon/work/due_worker.hpp"
#include "daemon/work/intake.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// How the gateway reaches its servers.
struct Connections {
    std::function<std::unique_ptr<Mailbox>(const Desk&, const MailboxSettings&)> mailbox;
    std::function<std::unique_ptr<MailTransport>(const Desk&)> transport;
};

class Gateway {
public:
    /// `context`, `store` and `clock` outlive this object. `key` is of our msg-ids.
    Gateway(boost::asio::io_context& context,
            storage::Store& store,
            const Clock& clock,
            Desk desk,
            std::string key,
            Connections connections);

    ~Gateway();
    Gateway(const Gateway&) = delete;
    Gateway& operator=(const Gateway&) = delete;

    /// Runs until SIGTERM or SIGINT, or until stop(). SIGHUP, or a change of a file, reads the
    /// configuration again: where it is wrong, the last good one stays and the log says what is
    /// wrong. One decision is never made by two configurations.
    void run();

    /// Finishes the transaction in hand and ends run(), within 5 s.
    void stop();

private:
    struct Watcher;

    /// Why the configuration is read again: somebody said so, or its files have changed.
    enum class ReloadReason { asked, changed };

    void start_watchers();
    void watch_folder();
    void reload(ReloadReason reason);
    void restart_sessions();
    void worker_ended();
    void cancel_all();
    boost::asio::awaitable<void> supervise_mailbox(Watcher& watcher);
    boost::asio::awaitable<void> supervise_outbox();
    boost::asio::awaitable<void> supervise_due_work();
    boost::asio::awaitable<void> wait_for_signals();
    boost::asio::awaitable<void> feed_watchdog();
    boost::asio::awaitable<void> tidy_when_idle();
    const MailboxSettings* settings_of(const std::string& mailbox) const;
    double jitter();

    boost::asio::io_context& context_;
    storage::Store& store_;
    const Clock& clock_;
    Desk desk_;
    std::string key_;
    Connections connections_;
    Intake intake_;
    OutboxSender sender_;
    DueWorker due_;
    IndexKeeper index_keeper_;
    boost::asio::steady_timer outbox_pause_;
    boost::asio::cancellation_signal outbox_cancel_;
    boost::asio::steady_timer due_pause_;
    boost::asio::steady_timer watchdog_timer_;
    boost::asio::steady_timer tidy_timer_;
    boost::asio::steady_timer last_resort_;
    boost::asio::signal_set signals_;
    std::unique_ptr<FolderWatch> folder_watch_;  // none where the system does not offer it
    std::map<std::string, std::unique_ptr<Watcher>> watchers_;  // by the mailbox's name
    std::minstd_rand random_;
    int workers_ = 0;            // that run
    std::uint64_t commits_ = 0;  // of mail, since the start
    bool stopping_ = false;
};

}  // namespace bellhop::daemon
