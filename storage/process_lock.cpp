#include "storage/process_lock.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bellhop::storage {
namespace {

std::optional<pid_t> read_pid(int descriptor) {
    std::array<char, 32> text{};
    const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
    if (size <= 0) return std::nullopt;
    pid_t pid = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + size, pid);
    if (error != std::errc{} || pid <= 0) return std::nullopt;
    return pid;
}

/// For the message of the next one only: whether the lock is held is the kernel's to say.
void write_pid(int descriptor) {
    const std::string text = std::to_string(::getpid()) + '\n';
    const bool written =
        ::ftruncate(descriptor, 0) == 0 &&
        ::pwrite(descriptor, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
    if (!written) throw std::system_error(errno, std::generic_category(), "cannot write the lock");
}

/// SQLite names its log after the file, so two names of one file are two logs: the end of both.
void require_one_name(const std::filesystem::path& database) {
    struct stat status = {};
    if (::stat(database.c_str(), &status) != 0 || status.st_nlink <= 1) return;
    throw std::system_error(std::make_error_code(std::errc::too_many_links),
                            "the database \"" + database.string() + "\" has " +
                                std::to_string(status.st_nlink) +
                                " names (hard links); remove all but one");
}

/// Where the database stands, whatever symbolic links lead there.
std::filesystem::path meant_by(const std::filesystem::path& database) {
    std::error_code unknown;
    std::filesystem::path meant = std::filesystem::weakly_canonical(database, unknown);
    return unknown ? database : meant;
}

}  // namespace

ProcessLock::ProcessLock(const std::filesystem::path& named) {
    const std::filesystem::path database = meant_by(named);
    require_one_name(database);
    const std::filesystem::path file = database.string() + ".lock";
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor_ < 0) {
        throw std::system_error(errno, std::generic_category(),
                                "cannot open the lock \"" + file.string() + "\"");
    }
    try {
        if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
            if (errno != EWOULDBLOCK) {
                throw std::system_error(errno, std::generic_category(), "cannot lock the database");
            }
            const std::optional<pid_t> holder = read_pid(descriptor_);
            throw LockHeld("another bellhop serves the database \"" + database.string() + "\"" +
                               (holder ? " (process " + std::to_string(*holder) + ")" : ""),
                           holder);
        }
        write_pid(descriptor_);
    } catch (const std::exception&) {
        ::close(descriptor_);
        throw;
    }
}

// The file stays: a name that comes and goes could be locked twice.
ProcessLock::~ProcessLock() {
    ::close(descriptor_);
}

}  // namespace bellhop::storage
