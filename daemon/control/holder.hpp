// Where a command that changes something goes: to the daemon that holds the database, or, where
// none runs, to the database itself under the process lock. Never two writers.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "daemon/control/request.hpp"
#include "daemon/desk/desk.hpp"

namespace bellhop::daemon {

/// Keeps the connection, or the lock and the open database, from the first ask() to its end.
class Holder {
public:
    /// How long it waits for a process that holds the lock and does not listen: a daemon that
    /// starts or ends, another command.
    static constexpr std::chrono::seconds patience{10};

    /// `desk` outlives this object. Opens nothing yet.
    explicit Holder(const Desk& desk);
    /// The same where the configuration may be wrong at the moment: a daemon has its own, so it is
    /// loaded only where none runs. What `load` throws comes out of ask().
    Holder(std::filesystem::path database, std::function<const Desk&()> load);
    ~Holder();
    Holder(const Holder&) = delete;
    Holder& operator=(const Holder&) = delete;

    /// Carries out the request there. A daemon that ends before it has answered: EX_TEMPFAIL, and
    /// nobody knows whether it was done. A database that cannot be opened, or is not this
    /// version's: an answer, too, with what to do.
    Answer ask(const Request& request);

private:
    class Here;
    class There;
    std::optional<Answer> reach();

    std::filesystem::path database_;
    std::function<const Desk&()> load_;
    std::unique_ptr<Here> here_;
    std::unique_ptr<There> there_;
};

/// Asks a daemon, and nobody else; nothing where none answers.
std::optional<Answer> ask_daemon(const std::filesystem::path& database, const Request& request);

}  // namespace bellhop::daemon
