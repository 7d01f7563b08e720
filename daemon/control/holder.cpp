#include "daemon/control/holder.hpp"

#include <cerrno>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <poll.h>
#include <sys/socket.h>
#include <sysexits.h>

#include "daemon/control/control_socket.hpp"
#include "daemon/control/known_requests.hpp"
#include "daemon/control/owner.hpp"
#include "daemon/desk/secret_key.hpp"
#include "daemon/process/clock.hpp"
#include "storage/process_lock.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr auto look_again = 20ms;  // while the lock is held and nobody listens
constexpr auto answer_patience =
    120s;  // the daemon is in the middle of a batch, or waits for a slow disk
constexpr auto send_patience = 30s;

/// Waits for the descriptor. False when the time is over.
bool ready(int descriptor, short events, SteadyTime deadline) {
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left <= 0ms) return false;
        pollfd waiting{descriptor, events, 0};
        const int count = poll(&waiting, 1, static_cast<int>(left.count()));
        if (count > 0) return true;
        if (count == 0 || errno != EINTR) return false;
    }
}

/// The daemon, at the other end of its socket.
class DaemonConnection {
public:
    explicit DaemonConnection(Descriptor connection) : connection_(std::move(connection)) {}

    /// False where the daemon has gone before it had the whole request: nothing was done.
    bool send(const Request& request) {
        return send_bytes(line_of(request)) && send_bytes(request.body);
    }

    /// Nothing where the daemon has gone, or is silent for two minutes.
    std::optional<Answer> receive() {
        const SteadyTime deadline = std::chrono::steady_clock::now() + answer_patience;
        std::size_t end = received_.find('\n');
        while (end == std::string::npos && received_.size() <= longest_answer_line) {
            if (!ready(connection_.get(), POLLIN, deadline)) return std::nullopt;
            char bytes[64 * 1024];
            const ssize_t size = ::recv(connection_.get(), bytes, sizeof bytes, 0);
            if (size < 0 && errno == EINTR) continue;
            if (size <= 0) return std::nullopt;
            const std::size_t seen = received_.size();
            received_.append(bytes, static_cast<std::size_t>(size));
            end = received_.find('\n', seen);
        }
        auto answer = read_answer(std::string_view{received_}.substr(0, end));
        if (!answer) return refused(EX_PROTOCOL, "the daemon answers strangely: " + answer.error());
        received_.erase(0, end + 1);
        return std::move(*answer);
    }

private:
    bool send_bytes(std::string_view bytes) {
        const SteadyTime deadline = std::chrono::steady_clock::now() + send_patience;
        while (!bytes.empty()) {
            if (!ready(connection_.get(), POLLOUT, deadline)) return false;
            const ssize_t size =
                ::send(connection_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (size < 0 && (errno == EINTR || errno == EAGAIN)) continue;
            if (size <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(size));
        }
        return true;
    }

    Descriptor connection_;
    std::string received_;
};

}  // namespace

/// The daemon.
class Holder::There : public DaemonConnection {
public:
    using DaemonConnection::DaemonConnection;
};

/// The database itself, under the lock.
class Holder::Here {
public:
    /// Throws storage::LockHeld, storage::DatabaseError, std::system_error.
    explicit Here(const Desk& desk)
        : desk_(desk),
          owner_(std::in_place, desk.settings.database),
          lock_(with_folder(desk.settings.database)),
          store_(desk.settings.database, {.access = storage::Access::holder}),
          key_(load_or_make_key(desk.settings.database)),
          intake_(store_, clock_, key_) {
        owner_.reset();
    }

    Answer carry_out(const Request& request) {
        return carried_out(requests_, {store_, desk_, key_, intake_, clock_, peer_}, request);
    }

private:
    static const std::filesystem::path& with_folder(const std::filesystem::path& database) {
        make_folder_of(database);
        return database;
    }

    const Desk& desk_;
    std::optional<AsOwner> owner_;  // while files may be made
    storage::ProcessLock lock_;     // first taken, last let go
    storage::Store store_;
    SystemClock clock_;
    std::string key_;
    Intake intake_;
    Peer peer_ = own_peer();
    RequestTable requests_ = known_requests();
};

Holder::Holder(const Desk& desk)
    : Holder(desk.settings.database, [&desk]() -> const Desk& { return desk; }) {}

Holder::Holder(std::filesystem::path database, std::function<const Desk&()> load)
    : database_(std::move(database)), load_(std::move(load)) {}

Holder::~Holder() = default;

Answer Holder::ask(const Request& request) {
    const SteadyTime deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
        if (here_) return here_->carry_out(request);
        if (there_ && there_->send(request)) {
            auto answer = there_->receive();
            if (answer) return std::move(*answer);
            there_.reset();
            return refused(EX_TEMPFAIL,
                           "the daemon has ended before it answered: look whether it was done");
        }
        there_.reset();
        if (auto refusal = reach(); refusal) return std::move(*refusal);
        if (here_ || there_) continue;
        if (std::chrono::steady_clock::now() > deadline) {
            return refused(EX_TEMPFAIL, "another bellhop holds the database and does not listen");
        }
        std::this_thread::sleep_for(look_again);
    }
}

/// Connects to the daemon or takes the lock; neither where somebody else holds that and does not
/// listen yet.
std::optional<Answer> Holder::reach() {
    std::error_code unreached;
    if (Descriptor connection = connected_socket(database_, unreached)) {
        there_ = std::make_unique<There>(std::move(connection));
        return std::nullopt;
    }
    if (unreached == std::errc::permission_denied) {
        return refused(EX_NOPERM, "the daemon may not be spoken to by this user: " +
                                      control_socket_of(database_).string());
    }
    try {
        here_ = std::make_unique<Here>(load_());
    } catch (const storage::LockHeld&) {
        return std::nullopt;
    } catch (const storage::DatabaseError& error) {
        return refused(status_of(error), error.what());
    } catch (const std::system_error& error) {
        return refused(EX_TEMPFAIL, error.what());
    }
    return std::nullopt;
}

std::optional<Answer> ask_daemon(const std::filesystem::path& database, const Request& request) {
    std::error_code unreached;
    Descriptor socket = connected_socket(database, unreached);
    if (!socket) return std::nullopt;
    DaemonConnection daemon{std::move(socket)};
    if (!daemon.send(request)) return std::nullopt;
    return daemon.receive();
}

}  // namespace bellhop::daemon
