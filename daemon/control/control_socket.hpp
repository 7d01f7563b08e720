// The control socket as the kernel knows it: where it stands, who may speak to it, who speaks.
#pragma once

#include <filesystem>
#include <optional>
#include <system_error>

#include "daemon/control/request.hpp"

namespace bellhop::daemon {

/// Beside the database, of its name: bellhop.db has bellhop.sock, whatever link leads there.
std::filesystem::path control_socket_of(const std::filesystem::path& database);

/// A descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();

    int get() const { return number_; }
    int release();
    explicit operator bool() const { return number_ >= 0; }

private:
    int number_;
};

/// Listens there, in place of what a dead daemon has left; for those who may write the database:
/// its owner, and its group where the group may. Not blocking. Throws std::system_error.
///
/// Precondition: this process holds the lock of the database.
Descriptor listening_socket(const std::filesystem::path& database);

/// Connected to the daemon; an empty one, and why in `error`, where none listens. Blocking.
Descriptor connected_socket(const std::filesystem::path& database, std::error_code& error);

/// Who is at the other end of a connection. Throws std::system_error.
Peer peer_at(int connection);

}  // namespace bellhop::daemon
