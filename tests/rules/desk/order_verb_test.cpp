#include "rules/desk/order_verb.hpp"

#include <gtest/gtest.h>

#include "rules/desk/mail_orders.hpp"
#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

TEST(OrderVerb, IsKnownByEachOfItsNamesInAnyCase) {
    EXPECT_EQ(verb_of("close"), Verb::close);
    EXPECT_EQ(verb_of("Resolved"), Verb::close);
    EXPECT_EQ(verb_of("DONE"), Verb::close);
    EXPECT_EQ(verb_of("mine"), Verb::me);
    EXPECT_EQ(verb_of("new"), Verb::new_ticket);
    for (const char* word : {"", "closes", "clos", "#close", "close ", "p1", "frobnicate"}) {
        EXPECT_EQ(verb_of(word), std::nullopt) << word;
    }
}

TEST(OrderVerb, IsGuessedFromASlip) {
    EXPECT_EQ(nearest_verb("clsoe"), "close");
    EXPECT_EQ(nearest_verb("Asign"), "assign");
    EXPECT_EQ(nearest_verb("frobnicate"), "");
}

/// Each line that teaches an order is one: what is written there can be ordered.
TEST(OrderVerb, TeachesNothingThatIsNotUnderstood) {
    const BusinessCalendar calendar = calendar_of(provider_plan());
    for (const std::string& line : mail_order_help()) {
        const std::string order = line.substr(0, line.find("  "));
        const std::size_t blank = order.find(' ');
        EXPECT_TRUE(verb_of(order.substr(1, blank - 1))) << line;
        OrderWords words{nullptr, {{"P2", "Major"}}, "Tom", calendar, london("2026-12-01 09:00")};
        std::string text = order;
        if (order.starts_with("#new")) text += "\n#requester ann@school.example";
        EXPECT_TRUE(read_mail_orders(text + "\n\nThe words.", words).complaints.empty()) << line;
    }
}

}  // namespace
}  // namespace bellhop::rules
