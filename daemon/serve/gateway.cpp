#include "daemon/serve/gateway.hpp"

#include <algorithm>
#include <csignal>
#include <exception>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <malloc.h>

#include "daemon/control/known_requests.hpp"
#include "daemon/control/status.hpp"
#include "daemon/desk/mailbox_named.hpp"
#include "daemon/desk/watched_folder.hpp"
#include "daemon/net/connection_error.hpp"
#include "daemon/process/log.hpp"
#include "daemon/process/service_manager.hpp"
#include "daemon/serve/catch_up.hpp"
#include "daemon/serve/gateway_status.hpp"
#include "daemon/serve/processed_folder.hpp"
#include "parsers/text/ensure.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

// README promises an end within 5 s of SIGTERM; half a second is left for closing the database.
constexpr auto patience_at_stop = 4500ms;
constexpr auto idle_interval = 5s;  // without a commit, then memory is given back
constexpr auto between_looks_into_folders = 1h;
constexpr auto reload_quiet = 100ms;  // several signals and changes in a row are one reload

// So long at the start what has become due waits for the mail that has come meanwhile: the reply of
// a customer whom we would remind, an answer that we would say is late.
constexpr auto longest_catching_up = 2min;

constexpr auto longest_hold = 50ms;  // that one request may hold the loop

constexpr const char* outbox_duty = "outbox";

std::string duty_of(const std::string& mailbox) {
    return "mailbox " + mailbox;
}

/// However a reload ends, the service manager hears that it has.
struct ReadyAgain {
    ReadyAgain() = default;
    ~ReadyAgain() { notify_ready(status); }
    ReadyAgain(const ReadyAgain&) = delete;
    ReadyAgain& operator=(const ReadyAgain&) = delete;

    std::string status = "the reload failed and is tried again";
};

/// Waits; ends early when the timer is cancelled.
asio::awaitable<void> pause(asio::steady_timer& timer, std::chrono::steady_clock::duration time) {
    timer.expires_after(time);
    boost::system::error_code cancelled;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

}  // namespace

/// The watch of one mailbox; it stays where the mailbox goes and comes in the configuration.
struct Gateway::Watcher {
    Watcher(Gateway& gateway, std::string mailbox_name)
        : name(std::move(mailbox_name)),
          watch(
              gateway.store_,
              gateway.intake_,
              gateway.clock_,
              [&gateway]() -> const Desk& { return gateway.desk_; },
              [&gateway] {
                  ++gateway.commits_;
                  gateway.sender_.wake();
                  gateway.due_.wake();
              },
              until(gateway, name)) {}

    /// Sent mail is read behind the mail that it may answer.
    static std::function<std::chrono::sys_seconds()> until(const Gateway& gateway,
                                                           const std::string& name) {
        if (!holds_sent_mail(name)) return {};
        return
            [&gateway, mailbox = mailbox_behind(name)] { return gateway.looked_through(mailbox); };
    }

    std::string name;
    MailboxWatch watch;
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
      sender_(
          context.get_executor(), store, clock, [this]() -> const Desk& { return desk_; }, key_),
      due_(
          context.get_executor(),
          store,
          clock,
          [this]() -> const Desk& { return desk_; },
          key_,
          [this] { sender_.wake(); },
          [this] { return has_caught_up(); }),
      index_keeper_(context.get_executor(), store, clock, [this] { return commits_; }),
      retention_keeper_(
          context.get_executor(), store, clock, [this]() -> const Desk& { return desk_; }),
      trouble_keeper_(
          context.get_executor(),
          store,
          clock,
          key_,
          {[this]() -> const Desk& { return desk_; }, [this] { return watched_mailboxes(); },
           [this] {
               return connections_.tokens == nullptr ? std::vector<TokenKeeper::State>{}
                                                     : connections_.tokens->states();
           },
           [this] { sender_.wake(); }, [this] { return connections_.transport(desk_); }}),
      supervisor_(context, clock),
      since_(clock.now()),
      requests_(known_requests()),
      control_(
          context,
          supervisor_,
          desk_.settings.database,
          [this] { return desk_.settings.limits.message_bytes; },
          [this](const Request& request, const Peer& peer) { return answer(request, peer); }),
      reload_timer_(context),
      last_resort_(context),
      signals_(context, SIGTERM, SIGINT, SIGHUP) {}

Gateway::~Gateway() {
    if (connections_.tokens != nullptr) connections_.tokens->renewed = [] {};
}

void Gateway::run() {
    requests_["status"] = [this](const RequestContext&, const Request&) { return status(); };
    supervisor_.ended = [this] { last_resort_.cancel(); };
    start_duties();
    start_watchers();
    watch_folder();
    notify_ready("watching " + std::to_string(watchers_.size()) + " mailboxes");
    log_event(LogLevel::info, "started", {{"mailboxes", std::to_string(watchers_.size())}});
    try {
        context_.run();
    } catch (const std::exception& fault) {
        log_event(LogLevel::error, "fault_of_the_program", {{"error", fault.what()}});
        leave_at_once();
        throw;
    }
    log_event(LogLevel::info, "stopped");
}

void Gateway::stop() {
    if (supervisor_.is_stopping()) return;
    notify_stopping();
    log_event(LogLevel::info, "stopping");
    // Whatever a server keeps us waiting for: every commit is whole, nothing is lost by leaving
    // then.
    last_resort_.expires_after(patience_at_stop);
    last_resort_.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        log_event(LogLevel::warn, "servers_left_unanswered");
        supervisor_.cancel();
    });
    supervisor_.stop();
}

/// Unwinds the coroutines that wait, while what they refer to is still there.
void Gateway::leave_at_once() {
    supervisor_.stop();
    supervisor_.cancel();
    context_.restart();
    context_.run_for(patience_at_stop);
}

/// What there is once, whatever the configuration says.
void Gateway::start_duties() {
    const auto duty = [this](const char* name, const char* event,
                             asio::awaitable<void> (Gateway::*work)()) {
        supervisor_.start(
            {.name = name, .event = event, .work = [this, work] { return (this->*work)(); }});
    };
    duty("signals", "signals_failed", &Gateway::wait_for_signals);
    duty("reload", "reload_failed", &Gateway::reload_when_asked);
    duty("tidy", "tidying_failed", &Gateway::tidy_when_idle);
    duty("processed folders", "looking_into_folders_failed", &Gateway::look_into_processed_folders);
    if (watchdog_interval()) duty("watchdog", "watchdog_failed", &Gateway::feed_watchdog);
    supervisor_.start({.name = "control", .event = "control_socket_failed", .work = [this] {
                           return control_.run();
                       }});
    supervisor_.start({.name = outbox_duty,
                       .event = "outbox_failed",
                       .work = [this] { return send_outbox(); },
                       .stop = [this] { sender_.stop(); }});
    supervisor_.start({.name = "index",
                       .event = "indexing_failed",
                       .work = [this] { return index_keeper_.run(); },
                       .stop = [this] { index_keeper_.stop(); }});
    supervisor_.start({.name = "retention",
                       .event = "retention_failed",
                       .work = [this] { return retention_keeper_.run(); },
                       .stop = [this] { retention_keeper_.stop(); }});
    supervisor_.start({.name = "trouble",
                       .event = "telling_trouble_failed",
                       .work = [this] { return trouble_keeper_.run(); },
                       .stop = [this] { trouble_keeper_.stop(); }});
    if (TokenKeeper* const tokens = connections_.tokens) {
        tokens->renewed = [this] { look_at_logins(); };
        tokens->keep(desk_.settings);
        supervisor_.start({.name = "tokens",
                           .event = "tokens_failed",
                           .work = [tokens] { return tokens->run(); },
                           .stop = [tokens] { tokens->stop(); }});
    }
    // It waits for no server: only the database can fail it.
    supervisor_.start({.name = "due",
                       .event = "due_work_failed",
                       .work = [this] { return due_.run(); },
                       .stop = [this] { due_.stop(); }});
}

/// One worker for each configured folder that has none.
void Gateway::start_watchers() {
    forget_unconfigured(store_, desk_);
    for (const MailboxSettings& mailbox : watched_folders(desk_.settings)) {
        std::unique_ptr<Watcher>& place = watchers_[mailbox.name];
        if (!place) place = std::make_unique<Watcher>(*this, mailbox.name);
        Watcher& watcher = *place;
        supervisor_.start({.name = duty_of(watcher.name),
                           .event = "mailbox_failed",
                           .level = LogLevel::warn,
                           .subject = watcher.name,
                           .work = [this, &watcher] { return watch_mailbox(watcher); },
                           .stop = [&watcher] { watcher.watch.stop(); },
                           .is_wanted =
                               [this, &watcher] {
                                   return watched_folder(desk_.settings, watcher.name).has_value();
                               }});
    }
}

/// Each mailbox in its turn, by a connection of its own; whether a look is due is asked each hour.
asio::awaitable<void> Gateway::look_into_processed_folders() {
    asio::steady_timer timer{context_};
    while (!supervisor_.is_stopping()) {
        const std::vector<MailboxSettings> mailboxes = desk_.settings.mailboxes;
        for (const MailboxSettings& one : mailboxes) {
            std::optional<MailboxSettings> folder = to_look_into(store_, one, clock_.now());
            if (!folder) continue;
            const std::unique_ptr<Mailbox> processed = connections_.mailbox(desk_, *folder);
            try {
                co_await look_into_processed(*processed, std::move(*folder), store_, clock_.now());
            } catch (const ConnectionError& error) {
                // Its own watch says what is wrong with the mailbox.
                log_event(LogLevel::info, "processed_folder_not_seen",
                          {{"mailbox", one.name}, {"error", error.detail()}});
            }
        }
        co_await pause(timer, between_looks_into_folders);
    }
}

/// Without it a change still counts after SIGHUP.
void Gateway::watch_folder() {
    try {
        folder_watch_ = std::make_unique<FolderWatch>(context_, desk_.settings.folder);
        folder_watch_->add(files_of(desk_));
    } catch (const std::system_error& error) {
        folder_watch_.reset();
        log_event(LogLevel::warn, "folder_not_watched", {{"error", error.what()}});
        return;
    }
    supervisor_.start({.name = "folder",
                       .event = "folder_watch_failed",
                       .work =
                           [this] {
                               return folder_watch_->run(
                                   [this] { ask_for_reload(ReloadReason::changed); });
                           },
                       .stop = [this] { folder_watch_->stop(); }});
}

void Gateway::ask_for_reload(ReloadReason reason) {
    // Asked for says more than changed: it restarts the sessions.
    if (reload_wanted_ != ReloadReason::asked) reload_wanted_ = reason;
    reload_timer_.cancel();
}

asio::awaitable<void> Gateway::reload_when_asked() {
    asio::steady_timer quiet{context_};
    while (!supervisor_.is_stopping()) {
        if (!reload_wanted_) co_await pause(reload_timer_, std::chrono::hours{24});
        if (!reload_wanted_) continue;
        co_await pause(quiet, reload_quiet);
        reload(*reload_wanted_);
        reload_wanted_.reset();  // where it throws, it is still wanted
    }
}

void Gateway::reload(ReloadReason reason) {
    notify_reloading();
    ReadyAgain ready;
    auto fresh = load_desk(desk_.settings.folder, desk_.own_tests);
    if (!fresh) {
        for (const parsers::Diagnostic& one : fresh.error()) {
            const parsers::TextSpan& at = one.where;
            log_event(
                LogLevel::error, "configuration_refused",
                {{"at", at.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column)},
                 {"error", one.message}});
        }
        ready.status = "configuration refused; the last good one is in force";
        return;
    }
    if (fresh->settings.database != desk_.settings.database) {
        log_event(LogLevel::warn, "restart_needed", {{"for", "another database"}});
    }
    // Passwords stand in files of their own: who asks has perhaps changed one.
    const bool needs_sessions =
        reason == ReloadReason::asked || fresh->settings.digest != desk_.settings.digest;
    desk_ = std::move(*fresh);
    if (connections_.tokens != nullptr) {
        connections_.tokens->keep(desk_.settings);
        if (needs_sessions) connections_.tokens->forget_failures();
    }
    if (folder_watch_) folder_watch_->add(files_of(desk_));
    if (needs_sessions) restart_sessions();
    due_.reconsider();
    log_event(LogLevel::info, "configuration_loaded",
              {{"folder", desk_.settings.folder.string()},
               {"rules", desk_.rules.rule_set().book().digest}});
    ready.status = "watching " + std::to_string(desk_.settings.mailboxes.size()) + " mailboxes";
}

/// They end after the batch in hand and begin again with the new settings.
void Gateway::restart_sessions() {
    for (const auto& [name, watcher] : watchers_) supervisor_.restart(duty_of(name));
    supervisor_.restart(outbox_duty);
    start_watchers();
}

/// A newer access token is there: for who is connected, and for who could not connect without one.
void Gateway::look_at_logins() {
    for (const auto& [name, watcher] : watchers_) {
        watcher->watch.look_at_login();
        supervisor_.hurry(duty_of(name));
    }
    sender_.ask_again();
}

std::vector<WatchedMailbox> Gateway::watched_mailboxes() const {
    const std::vector<Supervisor::Health> duties = supervisor_.health();
    std::vector<WatchedMailbox> watched;
    for (const MailboxSettings& one : watched_folders(desk_.settings)) {
        const auto watcher = watchers_.find(one.name);
        if (watcher == watchers_.end()) continue;
        watched.push_back({one, watcher->second->watch.health(), {}});
        for (const Supervisor::Health& duty : duties) {
            if (duty.name == duty_of(one.name)) watched.back().error = duty.error;
        }
    }
    return watched;
}

Answer Gateway::status() const {
    boost::json::object status = status_of(store_, desk_, clock_.now());
    add_daemon(status, supervisor_, since_);
    for (const WatchedMailbox& one : watched_mailboxes()) add_health(status, one);
    if (connections_.tokens != nullptr) {
        add_logins(status, connections_.tokens->states(), desk_.settings);
    }
    if (const auto indexed = index_keeper_.last_work()) add_work(status, *indexed);
    return {0, std::move(status), {}};
}

/// A request of a command, between two turns of the loop.
Answer Gateway::answer(const Request& request, const Peer& peer) {
    const auto begun = clock_.steady();
    Answer answer = carried_out(requests_, {store_, desk_, key_, intake_, clock_, peer}, request);
    if (request.name == "status") return answer;  // monitors ask all the time; nothing is changed
    ++commits_;
    sender_.wake();
    due_.wake();
    const auto held =
        std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady() - begun);
    log_event(held > longest_hold ? LogLevel::warn : LogLevel::info, "request",
              {{"name", request.name},
               {"by", peer.login},
               {"status", std::to_string(answer.status)},
               {"error", answer.complaint},
               {"held", held > longest_hold ? std::to_string(held.count()) + "ms" : ""}});
    return answer;
}

asio::awaitable<void> Gateway::watch_mailbox(Watcher& watcher) {
    const std::optional<MailboxSettings> settings = watched_folder(desk_.settings, watcher.name);
    ensure(settings.has_value());
    if (std::optional<MailboxSettings> again = to_read_again(store_, *settings)) {
        const std::unique_ptr<Mailbox> processed = connections_.mailbox(desk_, *again);
        CatchUp catch_up{store_, intake_, clock_};
        co_await catch_up.run(*processed, std::move(*again), desk_);
        sender_.wake();
        due_.wake();
    }
    MailboxSettings copy = *settings;
    const std::unique_ptr<Mailbox> mailbox = connections_.mailbox(desk_, copy);
    co_await watcher.watch.run(*mailbox, std::move(copy));
}

asio::awaitable<void> Gateway::send_outbox() {
    const std::unique_ptr<MailTransport> transport = connections_.transport(desk_);
    co_await sender_.run(*transport);
}

asio::awaitable<void> Gateway::wait_for_signals() {
    while (!supervisor_.is_stopping()) {
        const int number = co_await signals_.async_wait(asio::use_awaitable);
        if (number == SIGHUP) {
            ask_for_reload(ReloadReason::asked);
        } else {
            stop();
        }
    }
}

/// From the loop itself: a loop that hangs feeds nothing.
asio::awaitable<void> Gateway::feed_watchdog() {
    const auto interval = watchdog_interval();
    asio::steady_timer timer{context_};
    while (interval && !supervisor_.is_stopping()) {
        notify_alive();
        co_await pause(timer, *interval / 3);
    }
}

/// After a busy time: gives back the memory that it took. A desk is idle nearly always.
asio::awaitable<void> Gateway::tidy_when_idle() {
    asio::steady_timer timer{context_};
    std::uint64_t tidied = 0;
    std::uint64_t seen = 0;
    while (!supervisor_.is_stopping()) {
        co_await pause(timer, idle_interval);
        const bool idle = seen == commits_;
        seen = commits_;
        if (!idle || tidied == seen) continue;
        tidied = seen;
        store_.database.release_memory();
        malloc_trim(0);
    }
}

/// Whether all mailboxes have been looked through since the start, or that takes too long.
bool Gateway::has_caught_up() const {
    const std::vector<WatchedMailbox> watched = watched_mailboxes();
    const bool all = std::all_of(watched.begin(), watched.end(), [this](const WatchedMailbox& one) {
        return one.health.polled_at >= since_;
    });
    return all || clock_.now() - since_ >= longest_catching_up;
}

/// The last time that all was taken which lay in the mailbox; the beginning of time where it has
/// not been looked into yet.
std::chrono::sys_seconds Gateway::looked_through(const std::string& mailbox) const {
    const auto found = watchers_.find(mailbox);
    return found == watchers_.end() ? std::chrono::sys_seconds{}
                                    : found->second->watch.health().polled_at;
}

}  // namespace bellhop::daemon
