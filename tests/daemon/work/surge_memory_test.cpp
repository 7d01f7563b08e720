#include "daemon/work/surge_memory.hpp"

#include <gtest/gtest.h>

#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

class SurgeMemoryTest : public BusyDesk {
protected:
    /// Numbers of the tickets that count now.
    std::vector<std::int64_t> counted(SurgeMemory& memory, std::chrono::seconds within = 15min) {
        std::vector<std::int64_t> numbers;
        for (const rules::RecentTicket& one : memory.recent(clock_.time, within)) {
            numbers.push_back(static_cast<std::int64_t>(one.ticket));
        }
        return numbers;
    }

    std::vector<std::int64_t> numbers(std::initializer_list<rules::TicketId> ids) const {
        std::vector<std::int64_t> all;
        for (const rules::TicketId id : ids) all.push_back(static_cast<std::int64_t>(id));
        return all;
    }
};

/// A restart forgets no surge: the log says which tickets counted.
TEST_F(SurgeMemoryTest, ReadsFromTheStoreWhatItHasNotSeen) {
    const auto first = take("ann@hill.example", "internet down");
    take("bob@hill.example", "projector");
    const auto second = take("bob@hill.example", "the internet down here");
    SurgeMemory memory{store_->tickets};
    EXPECT_EQ(counted(memory), numbers({first, second}));
}

TEST_F(SurgeMemoryTest, LetsGoOfWhatIsOlderThanTheSurge) {
    const auto first = take("ann@hill.example", "internet down");
    clock_.time += 10min;
    const auto second = take("bob@hill.example", "internet down");
    SurgeMemory memory{store_->tickets};
    EXPECT_EQ(counted(memory), numbers({first, second}));
    clock_.time += 6min;
    EXPECT_EQ(counted(memory), numbers({second}));
    clock_.time += 10min;
    EXPECT_EQ(counted(memory), numbers({}));
}

TEST_F(SurgeMemoryTest, IsEmptyWhereNoRuleAsks) {
    take("ann@hill.example", "internet down");
    SurgeMemory memory{store_->tickets};
    EXPECT_EQ(counted(memory, 0s), numbers({}));
}

TEST_F(SurgeMemoryTest, ForgetsWhatWasAddedAndNotStored) {
    SurgeMemory memory{store_->tickets};
    const auto first = take("ann@hill.example", "internet down");
    EXPECT_EQ(counted(memory), numbers({first}));
    rules::Ticket ghost = ticket(first);
    ghost.id = rules::TicketId{99};
    rules::Ruling ruling;
    ruling.surge_rules = {"outage"};
    memory.add(ghost, ruling);
    EXPECT_EQ(counted(memory), numbers({first, ghost.id}));
    memory.forget();
    EXPECT_EQ(counted(memory), numbers({first}));
}

TEST_F(SurgeMemoryTest, KnowsHowFarTheRulesLookBack) {
    EXPECT_EQ(longest_surge(desk_->rules.rule_set().book()), 15min);
    EXPECT_EQ(longest_surge(rules::RuleBook{}), 0s);
}

}  // namespace
}  // namespace bellhop::daemon
