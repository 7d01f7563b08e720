#include "daemon/setup/secret_writing.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bellhop::daemon {
namespace {

constexpr mode_t folder_mode = 0700;
constexpr mode_t file_mode = 0600;

[[noreturn]] void fail(const std::filesystem::path& file) {
    throw std::system_error(errno, std::generic_category(), "cannot write " + file.string());
}

}  // namespace

void write_secret(const std::filesystem::path& file, const std::string& secret) {
    const std::filesystem::path folder = file.parent_path();
    if (mkdir(folder.c_str(), folder_mode) != 0 && errno != EEXIST) fail(folder);
    const int descriptor =
        open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, file_mode);
    if (descriptor < 0) fail(file);
    const std::string line = secret + '\n';
    const bool is_written =
        write(descriptor, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
        fsync(descriptor) == 0;
    const int error = errno;
    close(descriptor);
    if (is_written) return;
    unlink(file.c_str());
    errno = error;
    fail(file);
}

}  // namespace bellhop::daemon
