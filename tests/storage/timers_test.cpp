#include "storage/timers.hpp"

#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

class TimersTest : public StoreTest {
protected:
    Timers timers{database};
    rules::TicketId first{1};
    rules::TicketId second{2};

    void SetUp() override {
        for (const char* id : {"1", "2"}) {
            database.execute((std::string{"INSERT INTO tickets VALUES ("} + id +
                              ",'','','','open','','','','','','[]',0,'',0,1,0,'[]','')")
                                 .c_str());
        }
    }
};

TEST_F(TimersTest, ReplacesTheTimersOfOneTicket) {
    timers.replace(first, {{{}, "response_breach", at(20)}, {{}, "reminder", at(10)}});
    timers.replace(second, {{second, "reminder", at(15)}});
    timers.replace(first, {{first, "reminder", at(30)}});
    EXPECT_EQ(timers.of_ticket(first), (std::vector<Timer>{{first, "reminder", at(30)}}));
    EXPECT_EQ(timers.of_ticket(second), (std::vector<Timer>{{second, "reminder", at(15)}}));
    timers.replace(first, {});
    EXPECT_EQ(timers.of_ticket(first), std::vector<Timer>{});
}

TEST_F(TimersTest, IsDueEarliestFirst) {
    EXPECT_EQ(timers.next_due(), std::nullopt);
    timers.replace(first, {{first, "b", at(20)}, {first, "a", at(30)}});
    timers.replace(second, {{second, "b", at(10)}});
    EXPECT_EQ(timers.next_due(), at(10));
    EXPECT_EQ(timers.due(at(9), 10), std::vector<Timer>{});
    EXPECT_EQ(timers.due(at(20), 10),
              (std::vector<Timer>{{second, "b", at(10)}, {first, "b", at(20)}}));
    EXPECT_EQ(timers.due(at(99), 1), (std::vector<Timer>{{second, "b", at(10)}}));
}

TEST_F(TimersTest, WritesNothingWhereNothingChanges) {
    const std::vector<Timer> same{{first, "a", at(30)}, {first, "b", at(20)}};
    timers.replace(first, {same[1], same[0]});
    Database other{file, {.busy_timeout = std::chrono::milliseconds{1}}};
    const auto before = std::filesystem::file_size(file.string() + "-wal");
    timers.replace(first, same);
    EXPECT_EQ(std::filesystem::file_size(file.string() + "-wal"), before);
    EXPECT_EQ(timers.of_ticket(first), same);
}

TEST_F(TimersTest, BelongsToATicketAndGoesWithIt) {
    EXPECT_THROW(timers.replace(rules::TicketId{99}, {{{}, "a", at(1)}}), DatabaseError);
    timers.replace(first, {{first, "a", at(30)}});
    database.execute("DELETE FROM tickets WHERE id = 1");
    EXPECT_EQ(timers.next_due(), std::nullopt);
}

}  // namespace
}  // namespace bellhop::storage
