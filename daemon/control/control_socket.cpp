#include "daemon/control/control_socket.hpp"

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace bellhop::daemon {
namespace {

constexpr int backlog = 128;  // commands that wait for their turn

[[noreturn]] void fail(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

/// An address of any path: sun_path has room for 107 bytes only, so a long path is said by way of
/// its folder's descriptor, which must stay open until the address has been used.
struct Address {
    explicit Address(const std::filesystem::path& file) {
        std::string name = file.string();
        if (name.size() >= sizeof unix_address.sun_path) {
            folder = Descriptor{open(file.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
            name = "/proc/self/fd/" + std::to_string(folder.get()) + "/" + file.filename().string();
        }
        unix_address.sun_family = AF_UNIX;
        if (name.size() >= sizeof unix_address.sun_path) return;  // refused as an empty address
        std::memcpy(unix_address.sun_path, name.c_str(), name.size() + 1);
    }
    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&unix_address); }

    sockaddr_un unix_address = {};
    Descriptor folder;
};

/// Who may write the database may speak to the socket; nobody else ever.
mode_t mode_for(const struct stat& database) {
    constexpr mode_t owner = S_IRUSR | S_IWUSR;
    const bool group_writes = (database.st_mode & S_IWGRP) != 0;
    return group_writes ? owner | S_IRGRP | S_IWGRP : owner;
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    if (this != &other) {
        if (number_ >= 0) ::close(number_);
        number_ = other.release();
    }
    return *this;
}

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

int Descriptor::release() {
    return std::exchange(number_, -1);
}

std::filesystem::path control_socket_of(const std::filesystem::path& database) {
    std::error_code unknown;
    std::filesystem::path socket = std::filesystem::weakly_canonical(database, unknown);
    if (unknown) socket = database;
    return socket.replace_extension(".sock");
}

Descriptor listening_socket(const std::filesystem::path& database) {
    const std::filesystem::path file = control_socket_of(database);
    struct stat status = {};
    if (stat(database.c_str(), &status) != 0) fail("cannot look at " + database.string());
    Descriptor descriptor{socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (!descriptor) fail("no socket");
    // Before bind(): the file is never there with another mode.
    if (fchmod(descriptor.get(), mode_for(status)) != 0) fail("no mode for " + file.string());
    const Address address{file};
    unlink(file.c_str());
    if (bind(descriptor.get(), address.get(), sizeof(sockaddr_un)) != 0) {
        fail("cannot listen at " + file.string());
    }
    // The group of a socket is that of the process, which the database's may not be; bind() takes
    // the umask's share of the mode, too.
    if (lchown(file.c_str(), static_cast<uid_t>(-1), status.st_gid) != 0) {
        chmod(file.c_str(), S_IRUSR | S_IWUSR);
    } else if (chmod(file.c_str(), mode_for(status)) != 0) {
        fail("no mode for " + file.string());
    }
    if (listen(descriptor.get(), backlog) != 0) fail("cannot listen at " + file.string());
    return descriptor;
}

Descriptor connected_socket(const std::filesystem::path& database, std::error_code& error) {
    error.clear();
    Descriptor descriptor{socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const Address address{control_socket_of(database)};
    if (!descriptor || connect(descriptor.get(), address.get(), sizeof(sockaddr_un)) != 0) {
        error.assign(errno, std::generic_category());
        return Descriptor{};
    }
    return descriptor;
}

Peer peer_at(int connection) {
    ucred credentials = {};
    socklen_t size = sizeof credentials;
    if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) {
        fail("nobody knows who asks");
    }
    return peer_of(credentials.uid, credentials.pid);
}

}  // namespace bellhop::daemon
