#include "daemon/serve/index_keeper.hpp"

#include <gtest/gtest.h>

#include "tests/daemon/fakes.hpp"

namespace bellhop::daemon {
namespace {

TEST(IndexKeeper, IndexesWhatWaitsOnceItIsQuiet) {
    const TemporaryFolder folder;
    storage::Store store{folder.path / "bellhop.db"};
    const rules::TicketId ticket = store.tickets.open({});
    for (int n = 0; n < 100; ++n) store.tickets.add_message({.ticket = ticket, .text = "printer"});
    const auto waits = [&store] {
        return store.database.prepare("SELECT 1 FROM search_queue").step();
    };
    boost::asio::io_context context;
    std::uint64_t commits = 0;
    int asked = 0;
    const FakeClock clock;
    IndexKeeper keeper{context.get_executor(), store, clock, [&] {
                           if (++asked < 6) return ++commits;  // mail comes in
                           EXPECT_TRUE(asked > 6 || waits());
                           if (!waits()) keeper.stop();
                           return commits;
                       }};
    boost::asio::co_spawn(context, keeper.run(),
                          [](std::exception_ptr error) { EXPECT_FALSE(error); });
    context.run_for(std::chrono::seconds{20});
    EXPECT_FALSE(waits());
    EXPECT_EQ(store.tickets.search("printer", 10).size(), 1U);
    EXPECT_EQ(keeper.last_work(), (WorkDone{"search index", clock.now(), "brought up to date"}));
}

}  // namespace
}  // namespace bellhop::daemon
