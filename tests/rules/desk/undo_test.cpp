#include "rules/desk/undo.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/sla/ticket_history.hpp"
#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

using testing::HasSubstr;

const std::chrono::sys_seconds ordered = london("2026-09-15 10:00");
const std::chrono::sys_seconds now = london("2026-09-15 10:01");

using Values = std::vector<std::pair<std::string, std::string>>;

TicketEvent by_tess(Event type, Values values, std::chrono::sys_seconds at = ordered) {
    return {at, type, "agent Tess", {}, std::move(values)};
}

class UndoTest : public testing::Test {
protected:
    UndoTest() {
        ticket_.id = TicketId{7};
        ticket_.status = status::open;
        ticket_.priority = "P2";
        ticket_.requester = {"Ann", "ann@school.example"};
        log_ = {{london("2026-09-15 09:00"),
                 Event::created,
                 "gateway",
                 {},
                 {{"priority", "P2"}, {"status", "open"}}}};
    }

    boost::system::result<Actions, std::string> undo() const {
        return undo_actions({ticket_, log_, desk_, {}, WordStyle::british}, unsent_, "agent Tess",
                            now);
    }
    /// All but the entry that says so, which comes last.
    Actions undone() const {
        const auto actions = undo();
        EXPECT_TRUE(actions.has_value()) << actions.error();
        if (!actions.has_value()) return {};
        Actions rest = *actions;
        EXPECT_EQ(std::get<Record>(rest.back()).event.type, Event::undone);
        rest.pop_back();
        return rest;
    }
    std::string refused() const {
        const auto actions = undo();
        return actions.has_error() ? actions.error() : "not refused";
    }

    BusinessCalendar desk_ = calendar_of(provider_plan());
    Ticket ticket_;
    std::vector<TicketEvent> log_;
    std::vector<std::string> unsent_;
};

TEST_F(UndoTest, SetsBackWhatWasSet) {
    ticket_.priority = "P1";
    ticket_.assignee = "Raj";
    ticket_.tags = {"sims"};
    log_.push_back(by_tess(Event::priority, {{"from", "P2"}, {"to", "P1"}}));
    log_.push_back(by_tess(Event::assignee, {{"from", ""}, {"to", "Raj"}}));
    log_.push_back(by_tess(Event::tag, {{"added", "sims"}}));
    log_.push_back(by_tess(Event::participant, {{"added", "head@school.example"}}));
    EXPECT_EQ(undone(), (Actions{SetField{TicketField::priority, "P2", "agent Tess", "taken back"},
                                 SetField{TicketField::assignee, "", "agent Tess", "taken back"},
                                 RemoveTag{"sims", "agent Tess"},
                                 SetParticipant{"head@school.example", false, "agent Tess"}}));
}

TEST_F(UndoTest, TakesBackAReplyAndItsStatusBeforeItLeaves) {
    ticket_.status = "waiting_customer";
    log_.push_back(
        by_tess(Event::agent_reply, {{"mail", "r1@desk"}, {"to", "ann@school.example"}}));
    log_.push_back(by_tess(Event::status, {{"from", "open"}, {"to", "waiting_customer"}}));
    EXPECT_THAT(refused(), HasSubstr("has left"));
    unsent_ = {"r1@desk"};
    EXPECT_EQ(undone(), (Actions{TakeBackMails{{"r1@desk"}, "agent Tess", "taken back"},
                                 SetStatus{"open", "taken back", "agent Tess", {}}}));
}

TEST_F(UndoTest, TakesBackTheMailThatItIsResolved) {
    ticket_.status = "resolved";
    log_.push_back(by_tess(Event::status, {{"from", "open"}, {"to", "resolved"}}));
    log_.push_back({ordered,
                    MailEvent{MailKind::resolved, MailStep::queued},
                    "gateway",
                    {},
                    {{"message_id", "m1@desk"}}});
    EXPECT_THAT(refused(), HasSubstr("told already"));
    unsent_ = {"m1@desk"};
    EXPECT_EQ(undone().size(), 2U);
}

TEST_F(UndoTest, KnowsADayThatWasWaitedForBefore) {
    ticket_.status = "open";
    log_.push_back(by_tess(
        Event::status, {{"from", "open"}, {"to", "waiting_site_visit"}, {"until", "2026-09-22"}},
        london("2026-09-15 09:30")));
    log_.push_back(by_tess(Event::status, {{"from", "waiting_site_visit"}, {"to", "open"}}));
    EXPECT_EQ(undone(),
              (Actions{SetStatus{"waiting_site_visit", "taken back", "agent Tess", "2026-09-22"}}));
}

TEST_F(UndoTest, LeavesAloneWhatOthersDidAndWhatHasChangedSince) {
    EXPECT_THAT(refused(), HasSubstr("nothing of yours"));
    log_.push_back({ordered, Event::priority, "agent Raj", {}, {{"from", "P2"}, {"to", "P1"}}});
    EXPECT_THAT(refused(), HasSubstr("nothing of yours"));
    log_.push_back(by_tess(Event::priority, {{"from", "P1"}, {"to", "P3"}}));
    ticket_.priority = "P4";
    EXPECT_THAT(refused(), HasSubstr("priority has been changed since"));
}

TEST_F(UndoTest, CannotTakeBackWhatCounts) {
    log_.push_back(by_tess(Event::note, {}));
    EXPECT_THAT(refused(), HasSubstr("a note stays"));
    log_.push_back(by_tess(Event::reopened, {}));
    EXPECT_THAT(refused(), HasSubstr("reopened"));
    log_.back() = by_tess(Event::merged, {{"into", "3"}});
    EXPECT_THAT(refused(), HasSubstr("a merge stays"));
}

TEST_F(UndoTest, GoesBackStepByStep) {
    ticket_.priority = "P2";
    log_.push_back(
        by_tess(Event::team, {{"from", ""}, {"to", "mis"}}, ordered - std::chrono::hours{1}));
    log_.push_back(by_tess(Event::priority, {{"from", "P2"}, {"to", "P1"}}));
    const auto undone_at = ordered + std::chrono::seconds{30};
    log_.push_back(by_tess(Event::priority, {{"from", "P1"}, {"to", "P2"}}, undone_at));
    log_.push_back(by_tess(Event::undone, {{"at", "2026-09-15T09:00:00Z"}}, undone_at));
    ticket_.team = "mis";
    EXPECT_EQ(undone(), (Actions{SetField{TicketField::team, "", "agent Tess", "taken back"}}));
}

TEST_F(UndoTest, ForTheClocksItHasNeverBeen) {
    log_.push_back(
        by_tess(Event::agent_reply, {{"mail", "r1@desk"}, {"to", "ann@school.example"}}));
    log_.push_back(by_tess(Event::status, {{"from", "open"}, {"to", "resolved"}}));
    log_.push_back(by_tess(Event::status, {{"from", "resolved"}, {"to", "open"}}, now));
    log_.push_back(by_tess(Event::undone, {{"at", "2026-09-15T09:00:00Z"}}, now));
    const auto cycles = cycles_of(clock_events_of(log_), shipped_statuses(), now);
    ASSERT_EQ(cycles.size(), 1U);
    EXPECT_FALSE(cycles[0].responded_at);
    EXPECT_FALSE(cycles[0].stopped_at);
}

}  // namespace
}  // namespace bellhop::rules
