// The worker that does what time brings: in short steps, once, and whatever is left after a crash.
#include "daemon/work/due_worker.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/sla/ticket_history.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

class DueWorkerTest : public BusyDesk {
protected:
    DueWorkerTest() {
        config_.write("sla.toml", R"(
default = "P3"
digest_threshold = 2
[priority.P3]
respond = "4 hours"
[[step]]
at = "breach"
tell = ["boss@desk.example"]
)");
        write_rules({});
    }

    Filing filing() { return {*store_, *desk_, key_, clock_.time}; }

    /// Tickets whose answer is late now.
    void late_tickets(int count) {
        for (int i = 0; i < count; ++i) {
            take("ann" + std::to_string(i) + "@hill.example", "projector");
        }
        clock_.time += 4h + 1s;
    }

    std::size_t mails(const std::string& kind) {
        std::size_t count = 0;
        for (const storage::OutboxMail& mail : store_->outbox.list({{}, 10'000})) {
            if (name_of(mail.kind) == kind) ++count;
        }
        return count;
    }

    /// Of all tickets: steps of the ladder (Event::notice), or what somebody has heard (told).
    std::size_t logged(rules::Event type) {
        std::size_t count = 0;
        for (const rules::Ticket& one : store_->lists.page({}, {})) {
            for (const rules::TicketEvent& event : store_->tickets.events(one.id)) {
                // A mail of that name that was queued has no key.
                if (event.type == type && !rules::value_of(event, "key").empty()) ++count;
            }
        }
        return count;
    }

    std::string key_ = "the key";
};

/// The gateway stood still: a reply that lies in the mailbox is older than the reminder.
TEST_F(DueWorkerTest, DoesNothingBeforeItMayBegin) {
    late_tickets(1);
    boost::asio::io_context io;
    int asked = 0;
    DueWorker worker{io.get_executor(),
                     *store_,
                     clock_,
                     [this]() -> const Desk& { return *desk_; },
                     key_,
                     [] {},
                     [&asked] { return ++asked == 3; }};
    boost::asio::co_spawn(io, worker.run(), [](std::exception_ptr error) {
        if (error) std::rethrow_exception(error);
    });
    for (int turn = 1; turn <= 2; ++turn) {
        io.run_for(std::chrono::milliseconds{50});
        EXPECT_EQ(asked, turn);
        EXPECT_EQ(logged(rules::Event::notice), 0U);
        worker.wake();
        io.restart();
    }
    io.run_for(std::chrono::milliseconds{50});
    EXPECT_EQ(logged(rules::Event::notice), 1U);
    EXPECT_EQ(asked, 3) << "it is asked no more";
    worker.stop();
    io.restart();
    io.run_for(std::chrono::milliseconds{50});
}

TEST_F(DueWorkerTest, LetsOthersWorkBetweenItsSteps) {
    late_tickets(60);
    boost::asio::io_context io;
    int wakes = 0;
    DueWorker worker{
        io.get_executor(),    *store_, clock_, [this]() -> const Desk& { return *desk_; }, key_,
        [&wakes] { ++wakes; }};
    boost::asio::co_spawn(io, worker.run(), [](std::exception_ptr error) {
        if (error) std::rethrow_exception(error);
    });
    int turns = 0;
    std::function<void()> somebody_else = [&] {
        ++turns;
        if (mails("digest") == 0 && turns < 100) {
            boost::asio::post(io, somebody_else);
        } else {
            worker.stop();
        }
    };
    boost::asio::post(io, somebody_else);
    io.run_for(10s);
    EXPECT_EQ(logged(rules::Event::notice), 60U);
    EXPECT_EQ(logged(rules::Event::told), 60U) << "each once";
    EXPECT_GE(turns, 3) << "one step after the other, and something else in between";
    EXPECT_LT(turns, 100);
    EXPECT_GE(wakes, 1) << "the outbox was told";
}

TEST_F(DueWorkerTest, RestsUntilItIsWoken) {
    boost::asio::io_context io;
    DueWorker worker{io.get_executor(),
                     *store_,
                     clock_,
                     [this]() -> const Desk& { return *desk_; },
                     key_,
                     [] {}};
    boost::asio::co_spawn(io, worker.run(), [](std::exception_ptr error) {
        if (error) std::rethrow_exception(error);
    });
    while (io.poll_one() > 0) {
    }
    late_tickets(1);
    while (io.poll_one() > 0) {
    }
    EXPECT_EQ(logged(rules::Event::notice), 0U) << "it sleeps";
    worker.wake();
    while (io.poll_one() > 0) {
    }
    EXPECT_EQ(logged(rules::Event::notice), 1U);
    EXPECT_EQ(logged(rules::Event::told), 1U);
    EXPECT_EQ(mails("notice"), 1U);
    worker.stop();
    io.run_for(10s);
    EXPECT_TRUE(io.stopped()) << "nothing is left running";
}

}  // namespace
}  // namespace bellhop::daemon
