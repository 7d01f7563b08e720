// The daemon: owns everything, starts the workers, starts them again when they fail, stops them.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/control/request_table.hpp"
#include "daemon/desk/desk.hpp"
#include "daemon/imap/mailbox.hpp"
#include "daemon/oauth/token_keeper.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/process/folder_watch.hpp"
#include "daemon/serve/control_server.hpp"
#include "daemon/serve/index_keeper.hpp"
#include "daemon/serve/mailbox_watch.hpp"
#include "daemon/serve/outbox_sender.hpp"
#include "daemon/serve/retention_keeper.hpp"
#include "daemon/serve/supervisor.hpp"
#include "daemon/serve/trouble_keeper.hpp"
#include "daemon/smtp/mail_transport.hpp"
#include "daemon/work/due_worker.hpp"
#include "daemon/work/intake.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// How the gateway reaches its servers.
struct Connections {
    std::function<std::unique_ptr<Mailbox>(const Desk&, const MailboxSettings&)> mailbox;
    std::function<std::unique_ptr<MailTransport>(const Desk&)> transport;
    TokenKeeper* tokens = nullptr;  ///< of logins with access tokens; null: there are none
};

/// The life of the daemon.
///
/// run() starts every piece of work as a duty of the Supervisor, which starts it again when it
/// fails:
///
///     signals, reload, folder   hear that something is to be done; reload() does it
///     mailbox NAME, one each    a session with the server, MailboxWatch over it
///     tokens                    access tokens, renewed before they end
///     outbox, due, index        what is sent, what time brings, the search index in idle turns
///     retention, trouble        what is too old goes; what is wrong with us is told
///     control                   the socket of the commands, and a duty for each connection
///     watchdog, tidy            signs of life; memory given back
///
/// A reload exchanges `desk_` between two turns of the loop, so one decision is never made by two
/// configurations; where it changes how servers are reached, the sessions are asked to end and
/// begin anew. stop() asks mailboxes, outbox and due work to end after the batch in hand, which is
/// a commit at most; all that only waits is cancelled. Who has not ended after 4.5 s (a server that
/// does not answer) is cancelled too. run() returns when the last duty has ended.
class Gateway {
public:
    /// `context`, `store`, `clock` and what `connections` points to outlive this object. `key` is
    /// of our msg-ids.
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

    void start_duties();
    void start_watchers();
    void watch_folder();
    void ask_for_reload(ReloadReason reason);
    void reload(ReloadReason reason);
    void restart_sessions();
    void look_at_logins();
    void leave_at_once();
    Answer answer(const Request& request, const Peer& peer);
    Answer status() const;
    std::vector<WatchedMailbox> watched_mailboxes() const;
    boost::asio::awaitable<void> watch_mailbox(Watcher& watcher);
    boost::asio::awaitable<void> send_outbox();
    boost::asio::awaitable<void> wait_for_signals();
    boost::asio::awaitable<void> reload_when_asked();
    boost::asio::awaitable<void> feed_watchdog();
    boost::asio::awaitable<void> tidy_when_idle();
    bool has_caught_up() const;
    std::chrono::sys_seconds looked_through(const std::string& mailbox) const;
    boost::asio::awaitable<void> look_into_processed_folders();

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
    RetentionKeeper retention_keeper_;
    TroubleKeeper trouble_keeper_;
    Supervisor supervisor_;
    std::chrono::sys_seconds since_;
    RequestTable requests_;
    ControlServer control_;
    boost::asio::steady_timer reload_timer_;
    boost::asio::steady_timer last_resort_;
    boost::asio::signal_set signals_;
    std::unique_ptr<FolderWatch> folder_watch_;  // none where the system does not offer it
    std::map<std::string, std::unique_ptr<Watcher>> watchers_;  // by the mailbox's name
    std::optional<ReloadReason> reload_wanted_ = {};
    std::uint64_t commits_ = 0;  // of mail, since the start
};

}  // namespace bellhop::daemon
