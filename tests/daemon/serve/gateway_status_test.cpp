#include "daemon/serve/gateway_status.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "daemon/net/connection_error.hpp"
#include "rules/calendar/instant.hpp"
#include "tests/daemon/fakes.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds begun{1'790'000'000s};

json::object status_with_mailboxes() {
    return {
        {"mailboxes", json::array{json::object{{"name", "it"}}, json::object{{"name", "site"}}}}};
}

TEST(GatewayStatus, SaysHowEachDutyDoesButNotWhoAsks) {
    boost::asio::io_context io{1};
    FakeClock clock;
    Supervisor supervisor{io, clock, [](int) { return 1h; }};
    supervisor.start({.name = "outbox", .event = "x", .work = []() -> boost::asio::awaitable<void> {
                          throw ConnectionError(ConnectionErrc::login_refused, "535 no");
                      }});
    supervisor.start(
        {.name = "control 7", .event = "x", .work = []() -> boost::asio::awaitable<void> {
             throw ConnectionError(ConnectionErrc::lost, "gone");
         }});
    io.poll();
    json::object status;
    add_daemon(status, supervisor, begun);
    const json::object& daemon = status.at("daemon").as_object();
    EXPECT_GT(daemon.at("process").as_int64(), 0);
    EXPECT_EQ(daemon.at("since").as_string(), rules::to_text(begun));
    const json::array& duties = daemon.at("duties").as_array();
    ASSERT_EQ(duties.size(), 1U);
    const json::object& outbox = duties.front().as_object();
    EXPECT_EQ(outbox.at("name"), "outbox");
    EXPECT_GT(outbox.at("failures").as_int64(), 0);
    EXPECT_NE(outbox.at("error").as_string().find("535 no"), json::string::npos);
    EXPECT_EQ(outbox.at("since").as_string(), rules::to_text(clock.time));
    supervisor.stop();
    io.restart();
    io.poll();
}

TEST(GatewayStatus, AddsToItsMailboxWhatTheWatchKnows) {
    json::object status = status_with_mailboxes();
    WatchedMailbox watched;
    watched.settings.name = "site";
    watched.health.polled_at = begun;
    watched.health.watched_since = begun - 1h;
    add_health(status, watched);
    const json::array& mailboxes = status.at("mailboxes").as_array();
    EXPECT_EQ(mailboxes[0], (json::object{{"name", "it"}}));
    EXPECT_EQ(mailboxes[1], (json::object{{"name", "site"},
                                          {"last_poll", rules::to_text(begun)},
                                          {"connected_since", rules::to_text(begun - 1h)}}));
    watched.health.marks_refused_since = begun;
    watched.health.marks_refused = 3;
    watched.health.marks_reply = "NO quota";
    add_health(status, watched);
    EXPECT_EQ(mailboxes[1].at("marks_refused"), 3);
    EXPECT_EQ(mailboxes[1].at("marks_reply"), "NO quota");
    EXPECT_EQ(mailboxes[1].at("marks_refused_since").as_string(), rules::to_text(begun));
}

/// A mailbox that has never been polled has no instant of 1970.
TEST(GatewayStatus, SaysNothingOfWhatHasNotBeen) {
    json::object status = status_with_mailboxes();
    WatchedMailbox watched;
    watched.settings.name = "it";
    add_health(status, watched);
    EXPECT_EQ(status, status_with_mailboxes());
}

TEST(GatewayStatusDeathTest, DiesOfAMailboxThatStatusDoesNotList) {
    json::object status = status_with_mailboxes();
    WatchedMailbox watched;
    watched.settings.name = "elsewhere";
    EXPECT_DEATH(add_health(status, watched), "found");
}

}  // namespace
}  // namespace bellhop::daemon
