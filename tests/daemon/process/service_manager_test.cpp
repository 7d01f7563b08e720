#include "daemon/process/service_manager.hpp"

#include <array>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

/// A manager that hears what is told to it.
class ServiceManager : public testing::Test {
protected:
    ServiceManager() : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
        const std::string path = (folder_.path() / "notify").string();
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
        EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        setenv("NOTIFY_SOCKET", path.c_str(), 1);
    }
    ~ServiceManager() override {
        unsetenv("NOTIFY_SOCKET");
        ::close(socket_);
    }

    std::string heard() const {
        std::array<char, 1000> bytes{};
        const ssize_t length = ::recv(socket_, bytes.data(), bytes.size(), 0);
        return length < 0 ? "nothing" : std::string(bytes.data(), static_cast<std::size_t>(length));
    }

    ConfigFolder folder_;
    int socket_;
};

TEST_F(ServiceManager, HearsOfEachTurnOfALife) {
    notify_ready("2 mailboxes");
    EXPECT_EQ(heard(), "READY=1\nSTATUS=2 mailboxes");
    notify_status("1 mailbox");
    EXPECT_EQ(heard(), "STATUS=1 mailbox");
    notify_alive();
    EXPECT_EQ(heard(), "WATCHDOG=1");
    notify_stopping();
    EXPECT_EQ(heard(), "STOPPING=1");
    EXPECT_EQ(heard(), "nothing");
}

TEST_F(ServiceManager, CanTellOneReloadFromTheNext) {
    notify_reloading();
    const std::string first = heard();
    EXPECT_EQ(first.rfind("RELOADING=1\nMONOTONIC_USEC=", 0), 0U) << first;
    EXPECT_GT(std::stoll(first.substr(first.rfind('=') + 1)), 0);
}

TEST_F(ServiceManager, SaysHowOftenItWantsToHear) {
    EXPECT_EQ(watchdog_interval(), std::nullopt);
    setenv("WATCHDOG_USEC", "30000000", 1);
    setenv("WATCHDOG_PID", std::to_string(getpid()).c_str(), 1);
    EXPECT_EQ(watchdog_interval(), std::chrono::seconds{30});
    setenv("WATCHDOG_PID", "1", 1);  // meant for another process
    EXPECT_EQ(watchdog_interval(), std::nullopt);
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
}

TEST(WithoutServiceManager, NothingIsTold) {
    unsetenv("NOTIFY_SOCKET");
    notify_ready("x");
    notify_alive();
    EXPECT_EQ(watchdog_interval(), std::nullopt);
}

}  // namespace
}  // namespace bellhop::daemon
