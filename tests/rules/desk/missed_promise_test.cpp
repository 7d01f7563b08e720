#include "rules/desk/missed_promise.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/calendar_fixtures.hpp"
#include "tests/rules/ticket_timeline.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

SlaPolicy policy() {
    SlaPolicy policy;
    policy.priorities = {{"P1", "Major"}, {"P2", "High"}};
    policy.versions = {{}};
    policy.versions[0].targets["P1"] = {Target{BusinessTime{30min}}, Target{BusinessTime{4h}}};
    policy.versions[0].targets["P2"] = {{}, Target{BusinessDays{3}}};
    policy.tell_missed = {"P1"};
    return policy;
}

/// Comes in on a Tuesday at ten; its requester was told what the desk promises.
TicketTimeline ticket(const SlaPolicy& rules, const std::string& priority = "P1") {
    TicketTimeline life{provider_plan(), rules, "2026-09-15 10:00", priority};
    life.record("2026-09-15 10:00", {{}, Event::promised, "gateway", "by half past ten", {}});
    return life;
}

TEST(MissedPromise, IsSaidOnceForEachTarget) {
    TicketTimeline life = ticket(policy());
    EXPECT_THAT(life.until("2026-12-01 00:00"),
                ElementsAre(HasSubstr("Tue 2026-09-15 10:30:01 BST  missed_told: response by"),
                            "Tue 2026-09-15 10:30:01 BST  mail missed to ann@school.example",
                            HasSubstr("Tue 2026-09-15 14:00:01 BST  missed_told: resolution by"),
                            "Tue 2026-09-15 14:00:01 BST  mail missed to ann@school.example"));
    ASSERT_EQ(life.mails.size(), 2U);
    EXPECT_EQ(life.mails[0].values.at("respond_by"), "Tuesday 15 September, 10.30 am");
    EXPECT_EQ(life.mails[0].values.count("resolve_by"), 0U);
    EXPECT_EQ(life.mails[1].values.at("resolve_by"), "Tuesday 15 September, 2 pm");
}

TEST(MissedPromise, IsSaidInOneMailAfterAStandstillAndNotAtNight) {
    TicketTimeline life = ticket(policy());
    EXPECT_THAT(life.wake("2026-09-15 23:00"), IsEmpty());
    life.until("2026-12-01 00:00");
    ASSERT_EQ(life.mails.size(), 1U);
    EXPECT_EQ(life.mails[0].values.count("respond_by"), 1U);
    EXPECT_EQ(life.mails[0].values.count("resolve_by"), 1U);
}

TEST(MissedPromise, IsNotSaidWhereItWasKept) {
    TicketTimeline life = ticket(policy());
    life.record("2026-09-15 10:20", {{}, Event::agent_reply, "agent Tess", "mail to ann", {}});
    life.status("2026-09-15 13:00", "resolved");
    life.until("2026-09-16 12:00");
    EXPECT_THAT(life.mails, IsEmpty());
}

TEST(MissedPromise, IsSaidOnlyWhereTheDeskWantsIt) {
    SlaPolicy silent = policy();
    silent.tell_missed.clear();
    TicketTimeline none = ticket(silent);
    none.until("2026-12-01 00:00");
    EXPECT_THAT(none.mails, IsEmpty());
    TicketTimeline other = ticket(policy(), "P2");
    other.until("2026-12-01 00:00");
    EXPECT_THAT(other.mails, IsEmpty()) << "of P1 only";
}

/// Nobody was told a thing: the acknowledgement was withheld, or the priority has changed since.
TEST(MissedPromise, IsNotSaidOfWhatNobodyWasPromised) {
    TicketTimeline life{provider_plan(), policy(), "2026-09-15 10:00", "P1"};
    life.until("2026-12-01 00:00");
    EXPECT_THAT(life.mails, IsEmpty());

    TicketTimeline raised = ticket(policy(), "P2");
    TicketEvent change{{}, Event::priority, "agent Tess", "", {{"from", "P2"}, {"to", "P1"}}};
    raised.record("2026-09-15 11:00", change);
    raised.until("2026-09-17 12:00");
    EXPECT_THAT(raised.mails, IsEmpty());
    TicketEvent agreed{{}, Event::agreed, "agent Tess", "", {}};
    agreed.values = {{"timer", "resolution"}, {"due", "2026-09-18T11:00:00Z"}};
    raised.record("2026-09-17 12:00", agreed);
    raised.until("2026-12-01 00:00");
    ASSERT_EQ(raised.mails.size(), 1U) << "what was agreed was told";
    EXPECT_EQ(raised.mails[0].values.at("resolve_by"), "Friday 18 September, 12 noon");
}

TEST(MissedPromise, IsSaidToNobodyWhoCannotReadIt) {
    TicketTimeline life = ticket(policy());
    life.ticket.requester.address = "noreply@school.example";
    life.until("2026-09-15 11:00");
    EXPECT_THAT(life.mails, IsEmpty());
}

}  // namespace
}  // namespace bellhop::rules
