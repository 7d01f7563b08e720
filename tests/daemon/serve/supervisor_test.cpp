#include "daemon/serve/supervisor.hpp"

#include <stdexcept>
#include <vector>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

#include "daemon/net/connection_error.hpp"
#include "tests/daemon/fakes.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
using std::chrono::seconds;

class SupervisorTest : public testing::Test {
protected:
    /// A piece of work that does `step` each time it is run.
    Duty duty(const std::string& name, std::function<void(int run)> step) {
        return {.name = name, .event = name + "_failed", .work = [this, name, step] {
                    return one_run(step, ++runs_[name]);
                }};
    }

    static asio::awaitable<void> one_run(std::function<void(int)> step, int run) {
        step(run);
        co_return;
    }

    /// Waits for ever, or until somebody cancels it.
    asio::awaitable<void> wait_for_ever() {
        asio::steady_timer timer{context_, std::chrono::hours{1}};
        co_await timer.async_wait(asio::use_awaitable);
    }

    asio::awaitable<void> wait_deafly(bool& let_go) {
        while (!let_go) {
            asio::steady_timer timer{context_, std::chrono::hours{1}};
            co_await timer.async_wait(asio::use_awaitable);
        }
    }

    asio::io_context context_{1};
    FakeClock clock_;
    std::vector<int> failures_;
    std::map<std::string, int> runs_;
    Supervisor supervisor_{context_, clock_, [this](int failures) {
                               failures_.push_back(failures);
                               return std::chrono::milliseconds{0};
                           }};
};

TEST_F(SupervisorTest, KnowsSinceWhenWorkFails) {
    const std::chrono::sys_seconds begun = clock_.time;
    std::vector<Supervisor::Health> seen;
    supervisor_.start(duty("work", [&](int run) {
        seen.push_back(supervisor_.health().front());
        if (run == 4) return supervisor_.stop();
        // The third run lasts longer than a minute: it has been well, and fails anew.
        clock_.time += seconds{run == 3 ? 80 : 20};
        throw std::runtime_error("wrong");
    }));
    context_.run();
    ASSERT_EQ(seen.size(), 4U);
    EXPECT_EQ(seen[0].failures, 0);
    for (const std::size_t run : {1U, 2U}) {
        EXPECT_EQ(seen[run].failures, static_cast<int>(run));
        EXPECT_EQ(seen[run].since, begun + seconds{20});
        EXPECT_EQ(seen[run].error, "wrong");
    }
    EXPECT_EQ(seen[3].failures, 1);
    EXPECT_EQ(seen[3].since, begun + seconds{120});
}

TEST_F(SupervisorTest, StartsAgainWhateverTheWorkThrows) {
    const std::vector<std::function<void()>> faults{
        [] { throw std::runtime_error("a wrong credential"); },
        [] { throw ConnectionError(ConnectionErrc::lost, "cut"); },
        [] { throw boost::system::system_error(asio::error::eof); },
        [] {
            throw std::filesystem::filesystem_error(
                "status", std::error_code{EACCES, std::generic_category()});
        },
        [] { throw storage::DatabaseError(storage::DatabaseFault::busy, "database is locked"); },
    };
    supervisor_.start(duty("work", [&](int run) {
        if (static_cast<std::size_t>(run) <= faults.size())
            faults[static_cast<std::size_t>(run) - 1]();
        supervisor_.stop();
    }));
    context_.run();
    EXPECT_EQ(runs_["work"], static_cast<int>(faults.size()) + 1);
    EXPECT_EQ(failures_, (std::vector<int>{1, 2, 3, 4, 5}));
}

TEST_F(SupervisorTest, ForgetsFailuresAfterAGoodMinute) {
    supervisor_.start(duty("work", [&](int run) {
        if (run == 3) clock_.time += seconds{61};
        if (run == 5) supervisor_.stop();
        throw std::runtime_error("database is locked");
    }));
    context_.run();
    EXPECT_EQ(failures_, (std::vector<int>{1, 2, 1, 2}));
}

TEST_F(SupervisorTest, TriesRarelyWhatOnlyAPersonCanMend) {
    supervisor_.start(duty("mailbox", [&](int run) {
        if (run == 2) supervisor_.stop();
        throw ConnectionError(ConnectionErrc::login_refused, "NO wrong password");
    }));
    context_.run();
    EXPECT_EQ(failures_, std::vector<int>{7});
}

/// What was wrong may be over before the next try.
TEST_F(SupervisorTest, TriesAtOnceWhereItIsHurried) {
    Supervisor patient{context_, clock_, [](int) { return std::chrono::hours{1}; }};
    int runs = 0;
    patient.start({.name = "mailbox it", .event = "mailbox_failed", .work = [&] {
                       return one_run(
                           [&patient](int run) {
                               if (run == 2) return patient.stop();
                               throw ConnectionError(ConnectionErrc::no_token, "invalid_client");
                           },
                           ++runs);
                   }});
    context_.poll();
    EXPECT_EQ(runs, 1);
    patient.hurry("mailbox other");
    context_.restart();
    context_.poll();
    EXPECT_EQ(runs, 1);
    patient.hurry("mailbox it");
    context_.restart();
    context_.poll();
    EXPECT_EQ(runs, 2);
}

TEST_F(SupervisorTest, AFaultOfTheProgramEndsTheLoop) {
    const std::vector<std::function<void()>> faults{
        [] { throw std::out_of_range("vector::at"); },
        [] { throw std::bad_alloc{}; },
        [] { throw std::bad_optional_access{}; },
        [] { throw std::bad_variant_access{}; },
    };
    for (const auto& fault : faults) {
        asio::io_context context{1};
        Supervisor supervisor{context, clock_};
        int runs = 0;
        supervisor.start({.name = "work", .event = "work_failed", .work = [&]() {
                              ++runs;
                              return one_run([&](int) { fault(); }, 0);
                          }});
        EXPECT_ANY_THROW(context.run());
        EXPECT_EQ(runs, 1);
    }
}

TEST_F(SupervisorTest, WhatRunsOnceIsOverWhereItFails) {
    Duty once = duty("connection", [](int) { throw std::runtime_error("hung up"); });
    once.once = true;
    supervisor_.start(std::move(once));
    context_.run();
    EXPECT_EQ(runs_["connection"], 1);
    EXPECT_EQ(supervisor_.running(), 0u);
}

TEST_F(SupervisorTest, StopsOneThatIsAskedAndCancelsOneThatOnlyWaits) {
    asio::steady_timer asked{context_, std::chrono::hours{1}};
    bool was_asked = false;
    bool has_ended = false;
    supervisor_.ended = [&] { has_ended = true; };
    supervisor_.start({.name = "polite",
                       .event = "polite_failed",
                       .work = [&] { return wait_deafly(was_asked); },
                       .stop =
                           [&] {
                               was_asked = true;
                               supervisor_.cancel();
                           }});
    supervisor_.start(
        {.name = "waits", .event = "waits_failed", .work = [&] { return wait_for_ever(); }});
    asio::post(context_, [&] { supervisor_.stop(); });
    context_.run();
    EXPECT_TRUE(was_asked);
    EXPECT_TRUE(has_ended);
    EXPECT_TRUE(failures_.empty()) << "an end that was asked for is no failure";
}

TEST_F(SupervisorTest, CancelEndsOneThatDoesNotListen) {
    bool never = false;
    supervisor_.start({.name = "deaf",
                       .event = "deaf_failed",
                       .work = [&] { return wait_deafly(never); },
                       .stop = [] {}});
    asio::post(context_, [&] {
        supervisor_.stop();
        asio::post(context_, [&] { supervisor_.cancel(); });
    });
    context_.run();
    EXPECT_EQ(supervisor_.running(), 0u);
}

TEST_F(SupervisorTest, RestartEndsTheRunInHandAndTheNextBegins) {
    asio::steady_timer waits{context_};
    Duty session{.name = "session", .event = "session_failed"};
    session.work = [&]() -> asio::awaitable<void> {
        return one_run([](int) {}, ++runs_["session"]);
    };
    session.stop = [] {};
    session.is_wanted = [&] { return runs_["session"] < 3; };
    supervisor_.start(session);
    supervisor_.start(session);  // it runs already
    supervisor_.restart("session");
    supervisor_.restart("nobody");
    context_.run();
    EXPECT_EQ(runs_["session"], 3);
}

}  // namespace
}  // namespace bellhop::daemon
