#include "daemon/view/explanation.hpp"

#include <gmock/gmock.h>

#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;

class Explanations : public BusyDesk {
protected:
    ExplainedTicket explain(rules::TicketId id) const {
        return explained(*desk_, *store_, ticket(id), clock_.time);
    }
};

TEST_F(Explanations, TellWhyATicketIsAsItIs) {
    const rules::TicketId id = take("ann@hill.example", "SIMS is down");
    staff(id, rules::Event::priority, "P1");
    const boost::json::object whole = to_json(explain(id));
    EXPECT_EQ(whole.at("ticket"), static_cast<std::int64_t>(id));
    EXPECT_EQ(whole.at("priority"), "P1");
    const auto& messages = whole.at("messages").as_array();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].at("from"), "ann@hill.example");
    const auto& rulings = whole.at("rules").as_array();
    ASSERT_EQ(rulings.size(), 1U);
    EXPECT_EQ(rulings[0].at("team"), "MIS");
    EXPECT_EQ(rulings[0].at("rules_changed"), false);
    ASSERT_EQ(whole.at("clocks").as_array().size(), 1U);
    EXPECT_EQ(whole.at("mails").as_array().at(0).at("kind"), "acknowledgement");
}

TEST_F(Explanations, SayWhatAPersonWantsToKnow) {
    const rules::TicketId id = take("ann@hill.example", "SIMS is down");
    staff(id, rules::Event::status, "resolved");
    const std::string text = in_words(explain(id));
    EXPECT_THAT(text, HasSubstr("ticket 1: SIMS is down\n"));
    EXPECT_THAT(text, HasSubstr("from ann@hill.example: read as human\n"));
    EXPECT_THAT(text, HasSubstr("nothing named a ticket: a new one"));
    EXPECT_THAT(text, HasSubstr("team MIS, by the rule \"SIMS\""));
    EXPECT_THAT(text, HasSubstr("the rules are still the same"));
    EXPECT_THAT(text, HasSubstr("open → resolved"));
    EXPECT_THAT(text, HasSubstr("acknowledgement to ann@hill.example"));
}

TEST_F(Explanations, SayThatTheRulesHaveChanged) {
    const rules::TicketId id = take("ann@hill.example", "SIMS is down");
    write_rules("[[rule]]\nname = \"other\"\nwhen.text = \"x\"\nthen.priority = \"P1\"\n");
    load();
    EXPECT_EQ(to_json(explain(id)).at("rules").as_array().at(0).at("rules_changed"), true);
    EXPECT_THAT(in_words(explain(id)), HasSubstr("the rules have changed since"));
}

TEST_F(Explanations, GiveTheTerminalNothingToObey) {
    const rules::TicketId id = take("ann@hill.example", "=?utf-8?q?=1B[2J_boo?=");
    EXPECT_EQ(in_words(explain(id)).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace bellhop::daemon
