// The daemon's end of the control socket, spoken to byte by byte.
#include "daemon/serve/control_server.hpp"

#include <fstream>
#include <thread>
#include <vector>

#include <boost/asio/post.hpp>
#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>

#include "daemon/control/control_socket.hpp"
#include "tests/daemon/fakes.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t largest_body = 1000;

/// A server whose answer is what it was asked.
class ControlServerTest : public testing::Test {
protected:
    ControlServerTest() {
        std::ofstream{database_} << "";
        chmod(database_.c_str(), 0600);
    }

    /// Runs the server while `client` speaks, on a thread of its own.
    void run(const std::function<void()>& client) {
        ControlServer server{context_, supervisor_, database_, [] { return largest_body; },
                             [this](const Request& request, const Peer& peer) {
                                 asked_.push_back(request);
                                 peer_ = peer;
                                 return Answer{0, boost::json::string{request.name}, {}};
                             }};
        supervisor_.start({.name = "control", .event = "control_socket_failed", .work = [&server] {
                               return server.run();
                           }});
        context_.run_one();  // it listens
        std::thread speaker{[&] {
            client();
            boost::asio::post(context_, [this] { supervisor_.stop(); });
        }};
        context_.run_for(std::chrono::seconds{20});
        speaker.join();
    }

    Descriptor connected() {
        std::error_code error;
        Descriptor descriptor = connected_socket(database_, error);
        EXPECT_TRUE(descriptor) << error.message();
        const timeval patience{10, 0};
        setsockopt(descriptor.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        return descriptor;
    }

    static void say(const Descriptor& to, const std::string& bytes) {
        EXPECT_EQ(send(to.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
                  static_cast<ssize_t>(bytes.size()));
    }

    /// What the server says, up to `lines` lines, or until it hangs up.
    static std::string heard(const Descriptor& from, int lines = 1000) {
        std::string text;
        for (char c = 0; lines > 0 && recv(from.get(), &c, 1, 0) == 1;) {
            text += c;
            if (c == '\n') --lines;
        }
        return text;
    }

    TemporaryFolder folder_;
    std::filesystem::path database_ = folder_.path / "bellhop.db";
    boost::asio::io_context context_{1};
    FakeClock clock_;
    Supervisor supervisor_{context_, clock_};
    std::vector<Request> asked_;
    Peer peer_;
};

TEST_F(ControlServerTest, AnswersEachRequestInOrder) {
    run([this] {
        const Descriptor socket = connected();
        say(socket,
            "{\"request\":\"a\"}\n{\"request\":\"b\",\"body\":3}\nx\ny{\"request\":\"c\"}\n");
        EXPECT_EQ(heard(socket, 3),
                  "{\"status\":0,\"result\":\"a\"}\n{\"status\":0,\"result\":\"b\"}\n"
                  "{\"status\":0,\"result\":\"c\"}\n");
        say(socket, "{\"request\":\"d\"}\n");
        EXPECT_EQ(heard(socket, 1), "{\"status\":0,\"result\":\"d\"}\n");
    });
    ASSERT_EQ(asked_.size(), 4u);
    EXPECT_EQ(asked_[1].body, "x\ny");
    EXPECT_EQ(peer_.process, getpid());
    EXPECT_EQ(peer_.user, getuid());
}

TEST_F(ControlServerTest, TakesARequestHoweverItIsCut) {
    const std::string body{"\0\n\r\n.", 5};
    const std::string whole = "{\"request\":\"ingest\",\"body\":5}\n" + body;
    run([&] {
        const Descriptor socket = connected();
        for (std::size_t cut = 1; cut < whole.size(); ++cut) {
            say(socket, whole.substr(0, cut));
            std::this_thread::yield();
            say(socket, whole.substr(cut));
            EXPECT_EQ(heard(socket, 1), "{\"status\":0,\"result\":\"ingest\"}\n");
        }
    });
    EXPECT_EQ(asked_.size(), whole.size() - 1);
    for (const Request& one : asked_) EXPECT_EQ(one.body, body);
}

/// What is no request is answered once; then the connection is over, and the server goes on.
TEST_F(ControlServerTest, EndsAConnectionThatSpeaksNonsense) {
    const std::pair<std::string, std::string> table[] = {
        {"hello\n", "{\"status\":76,\"complaint\":\"no JSON: syntax error\"}\n"},
        {"GET / HTTP/1.1\r\n\r\n", "{\"status\":76,\"complaint\":\"no JSON: syntax error\"}\n"},
        {"{\"request\":\"a\",\"body\":1001}\n",
         "{\"status\":75,\"complaint\":\"more bytes than message_size allows\"}\n"},
        {std::string(longest_request_line + 300 * 1024, 'x'),
         "{\"status\":76,\"complaint\":\"the line is too long\"}\n"},
    };
    run([&] {
        for (const auto& [said, answer] : table) {
            const Descriptor socket = connected();
            std::thread speaker{
                [&] { send(socket.get(), said.data(), said.size(), MSG_NOSIGNAL); }};
            EXPECT_EQ(heard(socket), answer) << said.substr(0, 40);
            speaker.join();
        }
        const Descriptor socket = connected();
        say(socket, "{\"request\":\"still\"}\n");
        EXPECT_EQ(heard(socket, 1), "{\"status\":0,\"result\":\"still\"}\n");
    });
}

TEST_F(ControlServerTest, DoesNothingOfHalfARequest) {
    run([this] {
        for (const char* half : {"{\"request\":\"a\"", "{\"request\":\"a\",\"body\":10}\n12345"}) {
            const Descriptor socket = connected();
            say(socket, half);
        }
        const Descriptor socket = connected();
        say(socket, "{\"request\":\"whole\"}\n");
        heard(socket, 1);
    });
    ASSERT_EQ(asked_.size(), 1u);
    EXPECT_EQ(asked_[0].name, "whole");
}

TEST_F(ControlServerTest, LetsInWhoMayWriteTheDatabase) {
    for (const auto& [of_database, of_socket] : {std::pair<mode_t, mode_t>{0600, 0600},
                                                 {0640, 0600},
                                                 {0644, 0600},
                                                 {0660, 0660},
                                                 {0666, 0660}}) {
        chmod(database_.c_str(), of_database);
        const Descriptor listening = listening_socket(database_);
        struct stat status = {};
        ASSERT_EQ(stat(control_socket_of(database_).c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 07777, of_socket) << std::oct << of_database;
    }
}

TEST_F(ControlServerTest, StandsInAnyFolderAndInPlaceOfADeadOnes) {
    const std::filesystem::path deep = folder_.path / std::string(100, 'a') / std::string(100, 'b');
    std::filesystem::create_directories(deep);
    database_ = deep / "desk.db";
    std::ofstream{database_} << "";
    { const Descriptor dead = listening_socket(database_); }
    EXPECT_TRUE(std::filesystem::exists(deep / "desk.sock"));
    std::error_code error;
    EXPECT_FALSE(connected_socket(database_, error));
    EXPECT_EQ(error, std::errc::connection_refused);
    run([this] {
        const Descriptor socket = connected();
        say(socket, "{\"request\":\"a\"}\n");
        EXPECT_EQ(heard(socket, 1), "{\"status\":0,\"result\":\"a\"}\n");
    });
    EXPECT_FALSE(std::filesystem::exists(deep / "desk.sock")) << "it takes its socket away";
}

TEST_F(ControlServerTest, EndsAtOnceWhileSomebodyIsConnected) {
    Descriptor silent;
    const auto begun = std::chrono::steady_clock::now();
    run([&] { silent = connected(); });
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{5});
}

}  // namespace
}  // namespace bellhop::daemon
