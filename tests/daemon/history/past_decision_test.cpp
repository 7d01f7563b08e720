#include "daemon/history/past_decision.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

class PastDecisionTest : public BusyDesk {
protected:
    std::vector<storage::ReceivedMail> mails() const {
        return store_->past.received(std::chrono::sys_seconds{}, std::nullopt, 100);
    }
    PastDecision past(std::size_t mail) const {
        return PastDecisions{*store_, *desk_}.of(mails().at(mail)).value();
    }
};

TEST_F(PastDecisionTest, SeesTheMailAsTheRulesSawIt) {
    take("ann@hill.example", "SIMS is slow", "X-Site: north\r\n");
    const PastDecision decision = past(0);
    EXPECT_EQ(decision.facts.subject, "SIMS is slow");
    EXPECT_EQ(decision.facts.body, "Please help.");
    EXPECT_EQ(decision.facts.context.school, "Hill Primary");
    EXPECT_THAT(decision.facts.context.groups, ElementsAre("staff"));
    EXPECT_THAT(decision.facts.context.layers, ElementsAre("term"));
    EXPECT_EQ(decision.facts.context.at, tuesday_morning);
    EXPECT_TRUE(decision.facts.context.open);
    EXPECT_EQ(decision.facts.context.arrival, rules::Arrival::new_ticket);
    EXPECT_EQ(decision.facts.context.mailbox, desk_->settings.mailboxes.front().name);
    EXPECT_TRUE(decision.is_recorded);
    EXPECT_THAT(decision.then.matched, ElementsAre("SIMS"));
    EXPECT_EQ(desk_->rules.rule_set().evaluate(decision.facts).outcome.team, "MIS");
}

TEST_F(PastDecisionTest, KnowsWhatStaffMadeOfIt) {
    const auto ticket = take("ann@hill.example", "Projector");
    EXPECT_EQ(past(0).corrected_priority, std::nullopt);
    staff(ticket, rules::Event::priority, "P1");
    EXPECT_EQ(past(0).corrected_priority, "P1");
    EXPECT_EQ(past(0).then.outcome.priority, "P3");
}

TEST_F(PastDecisionTest, SeesAFollowUpWithTheTicketOfThen) {
    const auto ticket = take("ann@hill.example", "Projector");
    staff(ticket, rules::Event::status, "resolved");
    clock_.time += 1h;
    reply(ticket, "still waiting");
    staff(ticket, rules::Event::priority, "P3");
    const PastDecision decision = past(1);
    ASSERT_TRUE(decision.facts.context.ticket);
    EXPECT_EQ(decision.facts.context.ticket->status, "resolved");
    EXPECT_EQ(decision.facts.context.ticket->priority, "P3");
    EXPECT_EQ(decision.facts.context.arrival, rules::Arrival::follow_up);
    EXPECT_TRUE(decision.is_recorded);
    EXPECT_EQ(decision.then.outcome.priority, "P1");
    EXPECT_EQ(decision.corrected_priority, "P3");
}

TEST_F(PastDecisionTest, TakesTheTicketWhereNoRuleHadASay) {
    const auto ticket = take("ann@hill.example", "Projector");
    staff(ticket, rules::Event::priority, "P1");
    clock_.time += 1h;
    reply(ticket, "any news?");
    EXPECT_FALSE(past(1).is_recorded);
    EXPECT_EQ(past(1).then.outcome.priority, "P1");
}

TEST_F(PastDecisionTest, HasNothingToSayOfARobotsMailToATicket) {
    const auto ticket = take("ann@hill.example", "Projector");
    take("ann@hill.example",
         "Re: [" + desk_->settings.desk.ticket_tag + "#" +
             std::to_string(static_cast<std::int64_t>(ticket)) + "] away",
         "Auto-Submitted: auto-replied\r\n");
    ASSERT_EQ(mails().size(), 2U);
    EXPECT_FALSE((PastDecisions{*store_, *desk_}.of(mails()[1])));
}

TEST_F(PastDecisionTest, FindsTheSurgeInTheLog) {
    take("ann@hill.example", "internet down");
    clock_.time += 5min;
    take("bob@hill.example", "internet down here too");
    clock_.time += 5min;
    const auto third = take("cat@hill.example", "internet down");
    EXPECT_EQ(ticket(third).priority, "P1");
    clock_.time += 5min;
    take("dan@hill.example", "internet down");

    const PastDecisions decisions{*store_, *desk_};
    PastDecision decision = past(2);
    decision.facts.context.recent = decisions.surge_before(mails()[2]);
    EXPECT_EQ(decision.facts.context.recent.size(), 2U);
    EXPECT_EQ(desk_->rules.rule_set().evaluate(decision.facts).outcome.priority, "P1");
    EXPECT_THAT(decisions.surge_before(mails()[0]), IsEmpty());
}

}  // namespace
}  // namespace bellhop::daemon
