#include "rules/desk/desk_order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

using testing::HasSubstr;

class DeskOrderTest : public testing::Test {
protected:
    DeskOrderTest() {
        policy_.reminders = {
            {"waiting_customer", ReminderTo::customer, true, {2, 5}, {}, AfterReminders::nothing}};
        people_.technicians = {{"Tess", "tess@desk.example", {"network"}, false, {}}};
        people_.teams = {{"network", "", {}, {}}};
        staff_.people = &people_;
        ticket_.id = TicketId{7};
        ticket_.status = status::open;
        ticket_.priority = "P2";
        ticket_.team = "network";
        ticket_.requester = {"Ann", "ann@school.example"};
        log_ = {{london("2026-09-15 09:00"),
                 Event::created,
                 "gateway",
                 {},
                 {{"priority", "P2"}, {"status", "open"}}}};
    }

    boost::system::result<Actions, std::string> given(const DeskOrder& order) const {
        return actions_for(order, {ticket_, log_, desk_, {}, WordStyle::british},
                           {policy_, staff_, {"P1", "P2"}, other_, unsent_}, "agent Tess", now_);
    }

    Actions done(const DeskOrder& order) const {
        const auto actions = given(order);
        EXPECT_FALSE(actions.has_error());
        return actions.has_error() ? Actions{} : *actions;
    }

    std::string refused(const DeskOrder& order) const {
        const auto actions = given(order);
        return actions.has_error() ? actions.error() : "not refused";
    }

    const std::chrono::sys_seconds now_ = london("2026-09-15 10:00");
    BusinessCalendar desk_ = calendar_of(provider_plan());
    SlaPolicy policy_;
    People people_;
    Staff staff_;
    Ticket ticket_;
    std::vector<TicketEvent> log_;
    std::optional<Ticket> other_;
    std::vector<std::string> unsent_;
};

TEST_F(DeskOrderTest, SetsAStatusAndSaysWhoAndWhy) {
    EXPECT_EQ(done(StatusOrder{"waiting_customer", "which room?", {}}),
              (Actions{SetStatus{"waiting_customer", "which room?", "agent Tess", {}}}));
    EXPECT_EQ(done(StatusOrder{"open", "", {}}), Actions{}) << "it is open already";
}

TEST_F(DeskOrderTest, NamesTheStatusesThatThereAre) {
    EXPECT_THAT(refused(StatusOrder{"opne", "", {}}),
                HasSubstr("there is no status \"opne\"; there are: open, queued"));
    EXPECT_THAT(refused(StatusOrder{"opne", "", {}}), HasSubstr("did you mean \"open\"?"));
}

TEST_F(DeskOrderTest, WaitsForAVisitUntilADayToCome) {
    const Actions actions =
        done(StatusOrder{"waiting_site_visit", "a new lamp", date("2026-09-22")});
    ASSERT_EQ(actions.size(), 2U);
    EXPECT_EQ(actions[0],
              (Action{SetStatus{"waiting_site_visit", "a new lamp", "agent Tess", "2026-09-22"}}));
    const SendMail& mail = std::get<SendMail>(actions[1]);
    EXPECT_EQ(mail.kind, MailKind::visit);
    EXPECT_EQ(mail.recipient, "ann@school.example");
    EXPECT_EQ(mail.values.at("visit_day"), "Tuesday 22 September");
    EXPECT_EQ(mail.values.at("reason"), "a new lamp");
    EXPECT_THAT(refused(StatusOrder{"waiting_site_visit", "", {}}), HasSubstr("--until"));
    EXPECT_THAT(refused(StatusOrder{"waiting_site_visit", "", date("2026-09-15")}),
                HasSubstr("not after today"));
    EXPECT_THAT(refused(StatusOrder{"queued", "", date("2026-09-22")}),
                HasSubstr("waits for a day"));
}

TEST_F(DeskOrderTest, TellsTheRequesterThatItIsResolved) {
    const Actions actions = done(StatusOrder{"resolved", "a new lamp", {}});
    ASSERT_EQ(actions.size(), 2U);
    const auto* mail = std::get_if<SendMail>(&actions[1]);
    ASSERT_NE(mail, nullptr);
    EXPECT_EQ(mail->kind, MailKind::resolved);
    EXPECT_EQ(mail->recipient, "ann@school.example");
    EXPECT_EQ(mail->values.at("reason"), "a new lamp");
    EXPECT_EQ(mail->values.at("reopen_until"), "Tuesday 29 September");
}

TEST_F(DeskOrderTest, SaysWhyNobodyIsToldThatItIsResolved) {
    ticket_.requester.address = "noreply@monitor.example";
    const Actions actions = done(StatusOrder{"resolved", "", {}});
    EXPECT_EQ(std::get<Record>(actions[1]).event.type,
              (MailEvent{MailKind::resolved, MailStep::withheld}));
}

TEST_F(DeskOrderTest, ReopensWhatIsDone) {
    ticket_.status = "closed";
    EXPECT_EQ(done(StatusOrder{"in_progress", "again dark", {}}),
              (Actions{Reopen{"again dark", "agent Tess", "in_progress"}}));
    EXPECT_EQ(done(ReopenOrder{"again dark"}),
              (Actions{Reopen{"again dark", "agent Tess", "open"}}));
    ticket_.status = "open";
    EXPECT_THAT(refused(ReopenOrder{}), HasSubstr("not resolved"));
}

TEST_F(DeskOrderTest, SetsThePriority) {
    EXPECT_EQ(done(PriorityOrder{"P1", "the whole school"}),
              (Actions{SetField{TicketField::priority, "P1", "agent Tess", "the whole school"}}));
    EXPECT_EQ(done(PriorityOrder{"P2", ""}), Actions{});
    EXPECT_EQ(refused(PriorityOrder{"P9", ""}), "there is no priority \"P9\"; there are: P1, P2");
}

/// Naming the priority that it has already is an answer, too.
TEST_F(DeskOrderTest, SettlesADoubtByNamingAPriority) {
    ticket_.tags = {"network", "perhaps P1"};
    const RemoveTag settled{"perhaps P1", "agent Tess"};
    EXPECT_EQ(done(PriorityOrder{"P2", ""}), Actions{settled});
    EXPECT_EQ(done(PriorityOrder{"P1", ""}),
              (Actions{SetField{TicketField::priority, "P1", "agent Tess", ""}, settled}));
}

TEST_F(DeskOrderTest, AssignsToTeamsAndPeopleThatThereAre) {
    EXPECT_EQ(done(AssignOrder{"network", "Tess"}),
              (Actions{SetField{TicketField::assignee, "Tess", "agent Tess", {}}}))
        << "the team is that already";
    EXPECT_EQ(refused(AssignOrder{"netwrk", ""}),
              "there is no team \"netwrk\"; there are: network; did you mean \"network\"?");
    EXPECT_THAT(refused(AssignOrder{"", "Tom"}), HasSubstr("there is no technician \"Tom\""));
    EXPECT_THAT(refused(AssignOrder{}), HasSubstr("--team NAME or --to NAME"));
    staff_.people = nullptr;
    EXPECT_EQ(done(AssignOrder{"", "tom@desk.example"}).size(), 1U);
}

TEST_F(DeskOrderTest, RepliesWithoutAMailThatSaysTheSameAgain) {
    EXPECT_EQ(done(ReplyOrder{"Which cable?", ""}),
              (Actions{SendReply{"Which cable?", "agent Tess", {}}}));
    EXPECT_EQ(
        done(ReplyOrder{"Which cable?", "waiting_customer"}),
        (Actions{
            SendReply{"Which cable?", "agent Tess", {}},
            SetStatus{"waiting_customer", "", "agent Tess", {}},
            Record{
                {now_,
                 Event::reminder,
                 "agent Tess",
                 "the reply says what is waited for",
                 {{"status", "waiting_customer"}, {"wait", "1"}, {"number", "0"}, {"of", "2"}}}}}));
    EXPECT_EQ(done(ReplyOrder{"A new lamp.", "resolved"}),
              (Actions{SendReply{"A new lamp.",
                                 "agent Tess",
                                 {{"reopen_until", "Tuesday 29 September"},
                                  {"resolved", "yes"},
                                  {"survey", "yes"}}},
                       SetStatus{"resolved", "", "agent Tess", {}}}));
    EXPECT_THAT(refused(ReplyOrder{"Yes", "opne"}), HasSubstr("there is no status"));
    EXPECT_THAT(refused(ReplyOrder{" \n", ""}), HasSubstr("empty"));
    ticket_.requester.address.clear();
    EXPECT_THAT(refused(ReplyOrder{"Yes", ""}), HasSubstr("address"));
}

TEST_F(DeskOrderTest, CountsTheWaitThatAReplyBegins) {
    log_.push_back({london("2026-09-15 09:10"),
                    Event::status,
                    "agent Tess",
                    {},
                    {{"to", "waiting_customer"}}});
    log_.push_back({london("2026-09-15 09:20"), Event::status, "gateway", {}, {{"to", "open"}}});
    const Actions actions = done(ReplyOrder{"Which cable?", "waiting_customer"});
    EXPECT_EQ(std::get<Record>(actions.back()).event.values[1].second, "2");
}

TEST_F(DeskOrderTest, SaysTheDayOfAVisitInTheReplyItself) {
    const Actions actions =
        done(ReplyOrder{"Tess comes to you.", "waiting_site_visit", false, date("2026-09-22")});
    ASSERT_EQ(actions.size(), 2U);
    EXPECT_EQ(std::get<SendReply>(actions[0]).values,
              (TemplateValues{{"visit_day", "Tuesday 22 September"}}));
    EXPECT_EQ(actions[1],
              (Action{SetStatus{"waiting_site_visit", "", "agent Tess", "2026-09-22"}}));
    EXPECT_THAT(refused(ReplyOrder{"Tess comes to you.", "waiting_site_visit"}),
                HasSubstr("--until"));
}

TEST_F(DeskOrderTest, SendsCopiesOfAReplyToThoseWhoTakePart) {
    staff_.own_addresses = {"support@desk.example"};
    ticket_.participants = {"ann@school.example", "bob@school.example", "support@desk.example",
                            "cat@school.example"};
    log_.push_back({london("2026-09-15 09:30"),
                    MailEvent{MailKind::reply, MailStep::failed},
                    "gateway",
                    "refused",
                    {{"failed", "cat@school.example"}}});
    const auto copies = [&](const ReplyOrder& order) {
        return std::get<SendReply>(done(order).front()).copies;
    };
    EXPECT_EQ(copies({"Try again."}), (std::vector<std::string>{"bob@school.example"}));
    EXPECT_TRUE(copies({"Try again.", "", true}).empty());
    ticket_.restricted = true;
    EXPECT_TRUE(copies({"Try again."}).empty()) << "in confidence";
}

TEST_F(DeskOrderTest, SaysWhoTakesPart) {
    ticket_.participants = {"ann@school.example", "bob@school.example"};
    staff_.own_addresses = {"support@desk.example"};
    EXPECT_EQ(done(ParticipantOrder{"Cat@School.example", ""}),
              (Actions{SetParticipant{"Cat@School.example", true, "agent Tess"}}));
    EXPECT_EQ(done(ParticipantOrder{"BOB@school.example", ""}), Actions{}) << "he does already";
    EXPECT_EQ(done(ParticipantOrder{"", "Bob@school.example"}),
              (Actions{SetParticipant{"Bob@school.example", false, "agent Tess"}}));
    EXPECT_EQ(refused(ParticipantOrder{"", ""}), "say who: --add ADDRESS or --remove ADDRESS");
    EXPECT_EQ(refused(ParticipantOrder{"bob", ""}), "\"bob\" is no mail address");
    EXPECT_EQ(refused(ParticipantOrder{"support@desk.example", ""}),
              "\"support@desk.example\" is an address of the desk itself");
    EXPECT_EQ(refused(ParticipantOrder{"", "ann@school.example"}),
              "the requester always takes part");
    EXPECT_EQ(refused(ParticipantOrder{"", "eve@school.example"}),
              "\"eve@school.example\" takes no part in it");
    ticket_.participants.resize(20, "x@school.example");
    EXPECT_EQ(refused(ParticipantOrder{"cat@school.example", ""}), "no more than 20 can take part");
}

TEST_F(DeskOrderTest, TakesNotesAndAgreements) {
    EXPECT_EQ(done(NoteOrder{"rang her"}), (Actions{AddNote{"rang her", "agent Tess"}}));
    EXPECT_THAT(refused(NoteOrder{""}), HasSubstr("empty"));
    const Actions agreed = done(AgreeOrder{TimerKind::resolution, london("2026-09-25 12:00")});
    ASSERT_EQ(agreed.size(), 2U);
    EXPECT_EQ(agreed[0],
              (Action{Record{{now_,
                              Event::agreed,
                              "agent Tess",
                              "resolution by Fri 2026-09-25 12:00 BST",
                              {{"timer", "resolution"}, {"due", "2026-09-25T11:00:00Z"}}}}}));
    const SendMail& mail = std::get<SendMail>(agreed[1]);
    EXPECT_EQ(mail.kind, MailKind::agreed);
    EXPECT_EQ(mail.values, (TemplateValues{{"due", "Friday 25 September, 12 noon"},
                                           {"solution_agreed", "yes"}}));
    EXPECT_THAT(refused(AgreeOrder{TimerKind::response, now_}), HasSubstr("past"));
    ticket_.status = "resolved";
    EXPECT_THAT(refused(AgreeOrder{TimerKind::response, now_ + std::chrono::hours{1}}),
                HasSubstr("resolved already"));
}

TEST_F(DeskOrderTest, MergesIntoATicketThatIsWorkedOn) {
    EXPECT_EQ(refused(MergeOrder{TicketId{9}}), "there is no ticket 9");
    Ticket other = ticket_;
    other_ = other;
    EXPECT_THAT(refused(MergeOrder{TicketId{7}}), HasSubstr("no part of itself"));
    other.id = TicketId{9};
    other.requester = {"Bo", "bo@school.example"};
    other_ = other;
    EXPECT_EQ(done(MergeOrder{TicketId{9}}),
              (Actions{MergeInto{TicketId{9}, "agent Tess"},
                       SetStatus{"closed", "merged into ticket 9", "agent Tess", {}}}));
    other_->status = "resolved";
    EXPECT_THAT(refused(MergeOrder{TicketId{9}}), HasSubstr("reopen it first"));
    other_ = other;
    other_->restricted = true;
    EXPECT_THAT(refused(MergeOrder{TicketId{9}}), HasSubstr("stays apart"));
    other_->requester = ticket_.requester;
    EXPECT_EQ(done(MergeOrder{TicketId{9}}).size(), 2U) << "one person may hear both";
}

TEST_F(DeskOrderTest, GivesTheTicketToWhoeverAsksInIt) {
    people_.schools = {{"Hill", {"hill.example"}, {}, {}, {}}};
    people_.contacts = {{"Head Hill", "head@hill.example", "Hill", true, true, false, {}}};
    EXPECT_EQ(
        done(RequesterOrder{{"", "head@hill.example"}}),
        (Actions{SetRequester{{"Head Hill", "head@hill.example"}, "Hill", {}, "agent Tess"}}));
    ticket_.requester = {"Tess", "tess@desk.example"};
    EXPECT_EQ(done(RequesterOrder{{"H", "head@hill.example"}}),
              (Actions{SetRequester{
                  {"H", "head@hill.example"}, "Hill", "tess@desk.example", "agent Tess"}}))
        << "who has only passed it on takes part no more";
    EXPECT_EQ(done(RequesterOrder{{"Tess", "tess@desk.example"}}), Actions{});
    EXPECT_THAT(refused(RequesterOrder{{"", "nobody"}}), HasSubstr("no mail address"));
    staff_.own_addresses = {"it@desk.example"};
    EXPECT_THAT(refused(RequesterOrder{{"", "IT@desk.example"}}), HasSubstr("desk itself"));
}

TEST_F(DeskOrderTest, TagsWithOneWord) {
    EXPECT_EQ(done(TagOrder{"sims", ""}), (Actions{AddTags{{"sims"}, "agent Tess"}}));
    ticket_.tags = {"sims"};
    EXPECT_EQ(done(TagOrder{"sims", ""}), Actions{});
    EXPECT_EQ(done(TagOrder{"", "sims"}), (Actions{RemoveTag{"sims", "agent Tess"}}));
    EXPECT_THAT(refused(TagOrder{"", "av"}), HasSubstr("no tag \"av\""));
    EXPECT_THAT(refused(TagOrder{"", ""}), HasSubstr("say which"));
    for (const char* wrong : {"two words", "a,b", "line\n"}) {
        EXPECT_THAT(refused(TagOrder{wrong, ""}), HasSubstr("is no tag")) << wrong;
    }
    EXPECT_THAT(refused(TagOrder{std::string(61, 'x'), ""}), HasSubstr("is no tag"));
    ticket_.tags.resize(50, "x");
    EXPECT_THAT(refused(TagOrder{"more", ""}), HasSubstr("all it can have"));
}

TEST_F(DeskOrderTest, ClosesSpamWithoutAWord) {
    unsent_ = {"ack@desk"};
    EXPECT_EQ(done(SpamOrder{"toner"}),
              (Actions{TakeBackMails{{"ack@desk"}, "agent Tess", "nobody asks for help"},
                       AddTags{{"spam"}, "agent Tess"},
                       SetStatus{"closed", "spam: toner", "agent Tess", {}}}));
}

TEST_F(DeskOrderTest, TellsBothWhoAnswerAtOnce) {
    const auto answered = [&](const char* who, std::chrono::seconds ago) {
        log_.push_back({now_ - ago, Event::agent_reply, who, {}, {}});
    };
    answered("agent Raj", std::chrono::minutes{11});
    EXPECT_EQ(done(ReplyOrder{"Hi", {}}).size(), 1U) << "long ago";
    answered("agent Raj", std::chrono::seconds{40});
    const Actions actions = done(ReplyOrder{"Hi", {}});
    ASSERT_EQ(actions.size(), 3U);
    EXPECT_EQ(std::get<Record>(actions[1]).event.detail, "Raj has answered as well, 40 s before");
    EXPECT_EQ(actions[2], (Action{Notify{{"Raj"}, "Tess has answered as well, 40 s after you."}}));
    log_.push_back(
        {now_ - std::chrono::seconds{20}, Event::customer_reply, "ann@school.example", {}, {}});
    EXPECT_EQ(done(ReplyOrder{"Hi", {}}).size(), 1U) << "the customer has written in between";
    answered("agent Raj", std::chrono::seconds{10});
    answered("agent Tess", std::chrono::seconds{5});
    EXPECT_EQ(done(ReplyOrder{"Hi", {}}).size(), 1U) << "she has been told already";
}

}  // namespace
}  // namespace bellhop::rules
