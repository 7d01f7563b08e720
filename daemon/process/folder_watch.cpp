#include "daemon/process/folder_watch.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sys/inotify.h>
#include <unistd.h>

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto quiet_time = 500ms;
constexpr std::uint32_t changes =
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR;

/// The descriptor of an inotify instance that watches the folder, and templates/ in it where there
/// is such.
int watching(const std::filesystem::path& folder) {
    const int descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "inotify");
    if (inotify_add_watch(descriptor, folder.c_str(), changes) < 0) {
        const int error = errno;
        close(descriptor);
        throw std::system_error(error, std::generic_category(), "cannot watch " + folder.string());
    }
    inotify_add_watch(descriptor, (folder / "templates").c_str(), changes);
    return descriptor;
}

}  // namespace

FolderWatch::FolderWatch(asio::io_context& context, const std::filesystem::path& folder)
    : descriptor_(context, watching(folder)), quiet_(context) {}

void FolderWatch::add(const std::vector<std::string>& files) {
    for (const std::filesystem::path file : files) {
        std::error_code unknown;
        const std::filesystem::path meant = std::filesystem::canonical(file, unknown);
        // A folder that is watched already stays so, once.
        for (const std::filesystem::path& each : {file, meant}) {
            if (each.has_parent_path())
                inotify_add_watch(descriptor_.native_handle(), each.parent_path().c_str(), changes);
        }
    }
}

asio::awaitable<void> FolderWatch::run(std::function<void()> changed) {
    while (!stopping_) {
        boost::system::error_code cancelled;
        co_await descriptor_.async_wait(asio::posix::stream_descriptor::wait_read,
                                        asio::redirect_error(asio::use_awaitable, cancelled));
        if (stopping_ || cancelled) co_return;
        if (!read_events()) continue;
        do {
            quiet_.expires_after(quiet_time);
            co_await quiet_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
        } while (!stopping_ && read_events());
        if (!stopping_) changed();
    }
}

void FolderWatch::stop() {
    stopping_ = true;
    quiet_.cancel();
    descriptor_.cancel();
}

/// Takes what has come in. Whether any of it concerns the configuration.
bool FolderWatch::read_events() {
    alignas(inotify_event) std::array<char, 16 * 1024> buffer{};
    bool concerns = false;
    constexpr int most_reads = 64;  // whoever writes faster than that is read the next time
    for (int reads = 0; reads < most_reads; ++reads) {
        const ssize_t size = read(descriptor_.native_handle(), buffer.data(), buffer.size());
        if (size <= 0) break;
        for (std::size_t at = 0; at + sizeof(inotify_event) <= static_cast<std::size_t>(size);) {
            inotify_event event{};
            std::memcpy(&event, buffer.data() + at, sizeof event);
            const char* name = buffer.data() + at + sizeof event;
            // Events were lost: better look once too often.
            if ((event.mask & IN_Q_OVERFLOW) != 0) concerns = true;
            if (event.len > 0 && is_configuration_file(name)) concerns = true;
            at += sizeof event + event.len;
        }
    }
    return concerns;
}

bool is_configuration_file(const std::string& name) {
    if (name.starts_with('.')) return false;
    const std::string extension = std::filesystem::path{name}.extension().string();
    for (const char* known : {".toml", ".txt", ".html", ".ics"}) {
        if (extension == known) return true;
    }
    return false;
}

}  // namespace bellhop::daemon
