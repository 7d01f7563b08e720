// The life of the daemon: what fails, fails alone; signals and reloads are heard to the end.
#include "daemon/serve/gateway.hpp"

#include <csignal>
#include <filesystem>
#include <functional>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "daemon/control/holder.hpp"
#include "daemon/control/ingest_request.hpp"
#include "tests/daemon/config_folder.hpp"
#include "tests/daemon/fakes.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto between_looks = 2ms;  // between two looks at a condition
constexpr auto patience = 20s;       // before a test gives up

const std::string settings = R"(
database = "data/bellhop.db"
[desk]
name = "IT"
ticket_tag = "HELP"
time_zone = "Europe/London"
[[mailbox]]
name = "support"
address = "support@desk.example"
host = "localhost"
user = "support"
password_env = "NOBODY_ASKS"
first_start = "everything"
[smtp]
host = "localhost"
security = "none"
)";

/// Waits as a server would, until it is woken.
class WaitingMailbox final : public FakeMailbox {
public:
    WaitingMailbox(asio::io_context& context, FakeServer& server)
        : FakeMailbox(server), timer_(context) {}

    asio::awaitable<Wake> wait_for_mail(std::chrono::milliseconds) override {
        timer_.expires_after(between_looks);
        boost::system::error_code woken;
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        co_return Wake::mail;
    }
    void wake() override { timer_.cancel(); }

private:
    asio::steady_timer timer_;
};

/// What systemd hears (sd_notify(3)).
class ServiceManagerEar {
public:
    explicit ServiceManagerEar(const fs::path& file)
        : descriptor_(socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        file.string().copy(address.sun_path, sizeof address.sun_path - 1);
        EXPECT_EQ(bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address),
                  0);
        setenv("NOTIFY_SOCKET", file.c_str(), 1);
    }
    ~ServiceManagerEar() {
        unsetenv("NOTIFY_SOCKET");
        close(descriptor_);
    }
    ServiceManagerEar(const ServiceManagerEar&) = delete;
    ServiceManagerEar& operator=(const ServiceManagerEar&) = delete;

    int count(const std::string& line) {
        char text[4096];
        for (ssize_t size = 0; (size = recv(descriptor_, text, sizeof text, 0)) > 0;) {
            heard_ += std::string(text, static_cast<std::size_t>(size)) + '\n';
        }
        int found = 0;
        for (std::size_t at = heard_.find(line); at != std::string::npos;
             at = heard_.find(line, at + 1))
            ++found;
        return found;
    }

private:
    int descriptor_;
    std::string heard_;
};

enum class Obstacle { link_to_itself, folder };

/// Puts something in the way of reading `file`: neither can be read, both are there.
void lay(Obstacle obstacle, const fs::path& file) {
    fs::remove_all(file);
    fs::create_directories(file.parent_path());
    if (obstacle == Obstacle::folder) {
        fs::create_directory(file);
    } else {
        fs::create_symlink(file.filename(), file);
    }
}

class GatewayTest : public testing::Test {
protected:
    GatewayTest() {
        folder_.write("bellhop.toml", settings);
        fs::create_directory(folder_.path() / "data");
        store_ = std::make_unique<storage::Store>(folder_.path() / "data/bellhop.db");
    }

    Connections fakes() {
        return {[this](const Desk&, const MailboxSettings&) -> std::unique_ptr<Mailbox> {
                    ++mailbox_sessions_;
                    if (mailbox_fault_) mailbox_fault_();
                    return std::make_unique<WaitingMailbox>(context_, server_);
                },
                [this](const Desk&) -> std::unique_ptr<MailTransport> {
                    ++relay_sessions_;
                    if (relay_fault_) relay_fault_();
                    return std::make_unique<FakeTransport>();
                }};
    }

    /// Runs the daemon while `story` is told.
    void run(std::function<asio::awaitable<void>()> story) {
        auto desk = load_desk(folder_.path());
        ASSERT_TRUE(desk) << render_all(desk.error());
        gateway_ = std::make_unique<Gateway>(context_, *store_, clock_, std::move(*desk),
                                             std::string(32, 'k'), fakes());
        std::exception_ptr failure;
        asio::co_spawn(context_, tell(std::move(story)), [&](std::exception_ptr error) {
            failure = error;
            gateway_->stop();
        });
        gateway_->run();
        gateway_.reset();
        if (failure) std::rethrow_exception(failure);
    }

    asio::awaitable<void> until(std::string what, std::function<bool()> holds) {
        asio::steady_timer timer{context_};
        const auto end = std::chrono::steady_clock::now() + patience;
        while (!holds()) {
            if (std::chrono::steady_clock::now() > end)
                throw std::runtime_error("in vain: " + what);
            timer.expires_after(between_looks);
            co_await timer.async_wait(asio::use_awaitable);
        }
    }

    // Texts and lambdas of co_await expressions have names: g++ 12 destroys temporaries twice.

    asio::awaitable<void> tell(std::function<asio::awaitable<void>()> story) {
        co_await asio::post(context_, asio::use_awaitable);  // the daemon runs
        asio::awaitable<void> told = story();
        co_await std::move(told);
    }

    /// SIGHUP, until the service manager hears `answer` once more.
    asio::awaitable<void> reload(std::string answer) {
        const int before = manager_.count(answer);
        raise(SIGHUP);
        std::function<bool()> is_heard = [this, before, answer] {
            return manager_.count(answer) > before;
        };
        co_await until(answer, is_heard);
    }

    asio::awaitable<void> stumble(const std::vector<std::pair<std::string, Obstacle>>& table) {
        const std::string refused = "STATUS=configuration refused";
        const std::string ready = "STATUS=watching";
        for (const std::pair<std::string, Obstacle>& row : table) {
            const fs::path file = folder_.path() / row.first;
            lay(row.second, file);
            co_await reload(refused);
            fs::remove_all(file);
            if (row.first == "bellhop.toml") folder_.write(row.first, settings);
            co_await reload(ready);
        }
        raise(SIGTERM);
        std::function<bool()> ends = [this] { return manager_.count("STOPPING=1") == 1; };
        const std::string end = "the end";
        co_await until(end, ends);
    }

    asio::awaitable<void> lose_folder() {
        const std::string refused = "STATUS=configuration refused";
        const std::string ready = "STATUS=watching";
        const fs::path away = folder_.path().string() + ".away";
        fs::rename(folder_.path(), away);
        fs::create_symlink(folder_.path().filename(), folder_.path());
        co_await reload(refused);
        fs::remove(folder_.path());
        fs::rename(away, folder_.path());
        co_await reload(ready);
    }

    bool has_ticket_about(const std::string& word) const {
        return !store_->tickets.search(word, 10).empty();
    }

    void deliver(const std::string& word) {
        server_.deliver(
            "From: Ann <ann@school.example>\r\nTo: support@desk.example\r\nSubject: " + word +
                "\r\nMessage-ID: <" + word + "@school.example>\r\n\r\nPlease help.\r\n",
            clock_.now());
    }

    ConfigFolder folder_;
    ConfigFolder ear_;
    ServiceManagerEar manager_{ear_.path() / "notify"};
    asio::io_context context_{1};
    SystemClock clock_;
    FakeServer server_;
    std::unique_ptr<storage::Store> store_;
    std::unique_ptr<Gateway> gateway_;
    std::function<void()> mailbox_fault_ = {};
    std::function<void()> relay_fault_ = {};
    int mailbox_sessions_ = 0;
    int relay_sessions_ = 0;
};

TEST_F(GatewayTest, TakesMailAndEndsWhenItIsAsked) {
    run([this]() -> asio::awaitable<void> {
        deliver("projector");
        return until("a ticket", [this] { return has_ticket_about("projector"); });
    });
    EXPECT_EQ(manager_.count("READY=1"), 1);
    EXPECT_EQ(manager_.count("STOPPING=1"), 1);
}

TEST_F(GatewayTest, ASecretThatCannotBeReadStopsOnlyWhatNeedsIt) {
    relay_fault_ = [] { throw std::runtime_error("cannot read the password from smtp.password"); };
    run([this]() -> asio::awaitable<void> {
        deliver("scanner");
        return until("a ticket, and the relay asked again",
                     [this] { return has_ticket_about("scanner") && relay_sessions_ > 1; });
    });
}

TEST_F(GatewayTest, AMailboxThatFailsIsOpenedAgain) {
    mailbox_fault_ = [this] {
        if (mailbox_sessions_ == 1) throw std::runtime_error("cannot read the password");
    };
    run([this]() -> asio::awaitable<void> {
        deliver("scanner");
        return until("a ticket", [this] { return has_ticket_about("scanner"); });
    });
    EXPECT_EQ(mailbox_sessions_, 2);
}

/// A command finds the daemon by the database, hands over a mail, and asks how things stand.
TEST_F(GatewayTest, CarriesOutWhatCommandsAsk) {
    Answer taken;
    std::optional<Answer> status;
    std::thread command;
    run([&]() -> asio::awaitable<void> {
        command = std::thread{[&] {
            Holder holder{folder_.path() / "data/bellhop.db", []() -> const Desk& {
                              throw std::logic_error("the daemon has its own");
                          }};
            taken = holder.ask(ingest_request(
                "support", "From: ann@school.example\r\nSubject: whiteboard\r\n\r\nDark.\r\n",
                1000));
            status = ask_daemon(folder_.path() / "data/bellhop.db", {"status", {}, {}});
        }};
        return until("both answers", [&] { return status.has_value(); });
    });
    command.join();
    EXPECT_EQ(taken.status, 0) << taken.complaint;
    EXPECT_TRUE(has_ticket_about("whiteboard"));
    EXPECT_EQ(status->result.at("daemon").at("process"), getpid());
    EXPECT_EQ(status->result.at("mailboxes").at(0).at("name"), "support");
}

TEST_F(GatewayTest, SigtermEndsIt) {
    run([this]() -> asio::awaitable<void> {
        raise(SIGTERM);
        return until("the end", [this] { return manager_.count("STOPPING=1") == 1; });
    });
}

/// Sessions begin anew when somebody asks for a reload: passwords stand in files of their own. A
/// changed rule concerns no session.
TEST_F(GatewayTest, AReloadThatIsAskedForBeginsTheSessionsAnew) {
    run([this]() -> asio::awaitable<void> {
        raise(SIGHUP);
        return until("new sessions",
                     [this] { return mailbox_sessions_ == 2 && relay_sessions_ == 2; });
    });
}

TEST_F(GatewayTest, AChangedRuleLeavesTheSessionsAlone) {
    run([this]() -> asio::awaitable<void> {
        folder_.write("people.toml", "[[school]]\nname = \"Oak\"\ndomains = [\"oak.example\"]\n");
        return until("the reload", [this] { return manager_.count("READY=1") == 2; });
    });
    EXPECT_EQ(mailbox_sessions_, 1);
    EXPECT_EQ(relay_sessions_, 1);
}

TEST_F(GatewayTest, ManySignalsInARowAreOneReload) {
    run([this]() -> asio::awaitable<void> {
        for (int i = 0; i < 60; ++i) raise(SIGHUP);
        return until("the reload", [this] { return manager_.count("READY=1") >= 2; });
    });
    EXPECT_LE(manager_.count("RELOADING=1"), 2);
}

/// The last good configuration stays, the manager hears READY again; the next reload and SIGTERM
/// are heard.
TEST_F(GatewayTest, WhateverCannotBeReadAtAReloadLeavesTheLastGoodConfiguration) {
    std::vector<std::pair<std::string, Obstacle>> table{{"templates", Obstacle::link_to_itself}};
    for (const char* file :
         {"bellhop.toml", "rules.toml", "people.toml", "sla.toml", "calendar.toml",
          "templates/acknowledgement.txt", "templates/letter.html"}) {
        table.emplace_back(file, Obstacle::link_to_itself);
        table.emplace_back(file, Obstacle::folder);
    }
    run([this, &table]() { return stumble(table); });
}

/// So does a folder that is a link to itself: nothing of it can be looked at.
TEST_F(GatewayTest, AFolderThatCannotBeEnteredLeavesTheLastGoodConfiguration) {
    run([this]() { return lose_folder(); });
}

}  // namespace
}  // namespace bellhop::daemon
