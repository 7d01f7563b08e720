#include "rules/sla/told_due.hpp"

#include <gtest/gtest.h>

#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

TEST(ToldDue, IsTheEndOfTheGraceAndOtherwiseTheDueInstant) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    struct Case {
        const char* due;
        const char* breach_after;
        const char* told;
    };
    const Case cases[]{
        {"2026-09-15 09:00", "2026-09-15 09:05", "2026-09-15 09:05"},  // at once, with its grace
        {"2026-09-15 09:00", "2026-09-15 09:00", "2026-09-15 09:00"},
        {"2026-09-15 16:30", "2026-09-16 08:30", "2026-09-15 16:30"},   // at closing time
        {"2026-09-15 16:28", "2026-09-16 08:33", "2026-09-16 08:33"}};  // a grace over the night
    for (const Case& one : cases) {
        Timer timer;
        timer.due = london(one.due);
        timer.breach_after = london(one.breach_after);
        EXPECT_EQ(told_due(timer, desk), london(one.told)) << one.due;
    }
    EXPECT_EQ(told_due({}, desk), std::nullopt);
}

}  // namespace
}  // namespace bellhop::rules
