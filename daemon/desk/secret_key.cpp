#include "daemon/desk/secret_key.hpp"

#include <cerrno>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/desk/text_file.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t key_bytes = 32;

[[noreturn]] void fail(const std::filesystem::path& file, const char* what) {
    throw std::system_error(errno, std::generic_category(),
                            std::string{what} + " " + file.string());
}

/// Written under another name, flushed, then linked: nobody ever sees half a key, and the first of
/// two wins.
void make_key(const std::filesystem::path& file) {
    std::string key(key_bytes, '\0');
    if (getrandom(key.data(), key.size(), 0) != static_cast<ssize_t>(key.size()))
        fail(file, "no randomness for");
    const std::filesystem::path fresh = file.string() + "." + std::to_string(getpid());
    const int fd = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) fail(fresh, "cannot create");
    const bool written =
        write(fd, key.data(), key.size()) == static_cast<ssize_t>(key.size()) && fsync(fd) == 0;
    close(fd);
    if (!written) fail(fresh, "cannot write");
    if (link(fresh.c_str(), file.c_str()) != 0 && errno != EEXIST) fail(file, "cannot create");
    unlink(fresh.c_str());
}

}  // namespace

std::string load_or_make_key(const std::filesystem::path& database) {
    const std::filesystem::path file = database.parent_path() / "bellhop.key";
    if (is_missing(file)) make_key(file);
    std::error_code error;
    const std::optional<std::string> key = read_text_file(file, error);
    if (!key) throw std::system_error(error, "cannot read " + file.string());
    if (key->size() != key_bytes) {
        throw std::system_error(std::make_error_code(std::errc::invalid_argument),
                                "not a key of 32 bytes: " + file.string());
    }
    return *key;
}

}  // namespace bellhop::daemon
