// One writer to a database: a lock on a file beside it, held for the life of the process. Who only
// reads needs none.
#pragma once

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>

#include <sys/types.h>

namespace bellhop::storage {

/// Another process holds the lock.
class LockHeld : public std::runtime_error {
public:
    LockHeld(const std::string& text, std::optional<pid_t> holder)
        : std::runtime_error(text), holder_(holder) {}
    std::optional<pid_t> holder() const { return holder_; }  ///< nothing where it cannot be read

private:
    std::optional<pid_t> holder_;
};

class ProcessLock {
public:
    /// Locks `database` + ".lock", beside the file itself where `database` is a symbolic link. The
    /// kernel lets it go when the process ends, however it ends. Take it before the database is
    /// opened.
    ///
    /// Throws LockHeld, or std::system_error where the file cannot be opened; too_many_links where
    /// the database has a second name (hard link), which no lock would guard.
    explicit ProcessLock(const std::filesystem::path& database);
    ~ProcessLock();
    ProcessLock(const ProcessLock&) = delete;
    ProcessLock& operator=(const ProcessLock&) = delete;

private:
    int descriptor_;
};

}  // namespace bellhop::storage
