#include "rules/mail/budget.hpp"

#include <random>

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using enum Familiarity;

Budget budget() {
    return {{{3, 10min}, {10, 24h}}, {{15, 1h}}, {{30, 1h}}, {{600, 1h}}};
}

std::optional<BudgetOf> whose(const Spent& spent, Familiarity sender) {
    const auto found = exhausted(budget(), spent, sender);
    return found ? std::optional{found->whose} : std::nullopt;
}

TEST(Budget, HasRoomUntilALimitIsReached) {
    EXPECT_EQ(whose({{2, 9}, {14}, {29}, {599}}, stranger), std::nullopt);
    EXPECT_EQ(whose({{3, 9}, {14}, {29}, {599}}, stranger), BudgetOf::person);
    EXPECT_EQ(whose({{2, 10}, {14}, {29}, {599}}, stranger), BudgetOf::person);
    EXPECT_EQ(whose({{2, 9}, {15}, {29}, {599}}, stranger), BudgetOf::domain);
    EXPECT_EQ(whose({{2, 9}, {14}, {30}, {599}}, stranger), BudgetOf::strangers);
    EXPECT_EQ(whose({{2, 9}, {14}, {29}, {600}}, stranger), BudgetOf::everybody);
}

TEST(Budget, LetsNoStrangerUseUpWhatPeopleOfTheDeskHave) {
    EXPECT_EQ(whose({{0, 0}, {15}, {30}, {599}}, known), std::nullopt);
    EXPECT_EQ(whose({{0, 0}, {0}, {0}, {600}}, known), BudgetOf::everybody);
}

TEST(Budget, HasNoLimitWhereNoneIsWritten) {
    EXPECT_EQ(exhausted({}, {{1000}, {1000}, {1000}, {1000}}, stranger), std::nullopt);
    EXPECT_EQ(exhausted(budget(), {}, stranger), std::nullopt);
}

TEST(Budget, SaysWhichLimitItIs) {
    EXPECT_EQ(in_words({BudgetOf::person, {3, 10min}}, "had", "automatic mails"),
              "the sender has had 3 automatic mails in 10 minutes");
    EXPECT_EQ(in_words({BudgetOf::domain, {15, 1h}}, "had", "automatic mails"),
              "strangers of the sender's domain have had 15 automatic mails in 60 minutes");
    EXPECT_EQ(in_words({BudgetOf::strangers, {30, 1h}}, "opened", "tickets"),
              "strangers have opened 30 tickets in 60 minutes");
    EXPECT_EQ(in_words({BudgetOf::everybody, {400, 1h}}, "opened", "tickets"),
              "all senders together have opened 400 tickets in 60 minutes");
}

// However senders take turns, nobody gets more within a window than its limit, and whoever is
// refused has had as much.
TEST(Budget, GivesNoMoreThanItsLimitsToAnybody) {
    std::mt19937 random{7};
    const Budget limits{{{2, 10min}}, {{4, 20min}}, {{9, 30min}}, {{25, 30min}}};
    struct Given {
        int minute;
        int person;
        int domain;
        bool is_stranger;
    };
    std::vector<Given> given;
    const auto count = [&](int now, std::chrono::minutes window, const auto& is_meant) {
        std::size_t found = 0;
        for (const Given& one : given) {
            if (one.minute > now - window.count() && is_meant(one)) ++found;
        }
        return found;
    };
    for (int step = 0; step < 5000; ++step) {
        const int person = static_cast<int>(random() % 40);
        const Given asks{step / 20, person, person % 4, person % 3 != 0};
        const auto spent = [&](const Given& by) -> Spent {
            return {{count(by.minute, 10min,
                           [&](const Given& one) { return one.person == by.person; })},
                    {count(by.minute, 20min,
                           [&](const Given& one) {
                               return one.is_stranger && one.domain == by.domain;
                           })},
                    {count(by.minute, 30min, [](const Given& one) { return one.is_stranger; })},
                    {count(by.minute, 30min, [](const Given&) { return true; })}};
        };
        const Familiarity sender = asks.is_stranger ? stranger : known;
        if (exhausted(limits, spent(asks), sender)) continue;
        given.push_back(asks);
        const Spent now = spent(asks);
        EXPECT_LE(now.person[0], 2U);
        EXPECT_LE(now.everybody[0], 25U);
        if (!asks.is_stranger) continue;
        EXPECT_LE(now.domain[0], 4U);
        EXPECT_LE(now.strangers[0], 9U);
    }
    EXPECT_GT(given.size(), 100U);
}

}  // namespace
}  // namespace bellhop::rules
