#include "rules/desk/crossed_answer.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds now{1'790'000'000s};

TicketEvent answered(const std::string& who, std::chrono::seconds ago) {
    return {now - ago, Event::agent_reply, who, {}, {}};
}
TicketEvent customer_wrote(std::chrono::seconds ago) {
    return {now - ago, Event::customer_reply, "ann@hill.example", {}, {}};
}

bool crosses(const std::vector<TicketEvent>& log) {
    return !tell_of_crossed_answer(log, "agent Tess", now).empty();
}

TEST(CrossedAnswer, IsToldToBothWhoAnswerSideBySide) {
    const Actions actions = tell_of_crossed_answer({answered("agent Raj", 40s)}, "agent Tess", now);
    ASSERT_EQ(actions.size(), 2U);
    const auto& record = std::get<Record>(actions[0]).event;
    EXPECT_EQ(record.type, Event::answers_crossed);
    EXPECT_EQ(record.actor, "agent Tess");
    EXPECT_EQ(record.detail, "Raj has answered as well, 40 s before");
    EXPECT_EQ(actions[1], (Action{Notify{{"Raj"}, "Tess has answered as well, 40 s after you."}}));
}

TEST(CrossedAnswer, IsOneWithinTenMinutesOnly) {
    EXPECT_TRUE(crosses({answered("agent Raj", 10min)}));
    EXPECT_FALSE(crosses({answered("agent Raj", 10min + 1s)}));
    EXPECT_FALSE(crosses({}));
}

TEST(CrossedAnswer, IsNoneWhereTheyTakeTurnsOrTheCustomerHasWritten) {
    EXPECT_FALSE(crosses({answered("agent Raj", 60s), customer_wrote(30s)}));
    EXPECT_TRUE(crosses({customer_wrote(60s), answered("agent Raj", 30s)}));
    EXPECT_FALSE(crosses({answered("agent Tess", 30s)})) << "she alone";
    EXPECT_FALSE(crosses({answered("agent Raj", 60s), answered("agent Tess", 30s)}))
        << "she has been told already";
    EXPECT_TRUE(crosses({answered("agent Tess", 60s), answered("agent Raj", 30s)}));
}

}  // namespace
}  // namespace bellhop::rules
