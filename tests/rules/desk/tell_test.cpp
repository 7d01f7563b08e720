#include "rules/desk/tell.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/sla/ticket_history.hpp"

namespace bellhop::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::chrono::sys_seconds now{std::chrono::sys_days{std::chrono::year{2026} / 9 / 15}};
const std::string ann = "ann@hill.example";

TicketEvent entry(Event type, std::vector<std::pair<std::string, std::string>> values = {}) {
    return {now, type, "gateway", {}, std::move(values)};
}

class TellTest : public testing::Test {
protected:
    TellTest() {
        people_.technicians = {{"Tess", "tess@desk.example", {"network"}, false, {}},
                               {"Sam", "sam@desk.example", {"network"}, true, {}},
                               {"Mia", "mia@desk.example", {"MIS"}, false, {}}};
        people_.teams = {
            {"network", "", {}, {}}, {"MIS", "mis@desk.example", {}, {}}, {"nobody", "", {}, {}}};
        people_.contacts = {{"Helen", "head@hill.example", "Hill", true, true, false, {}}};
        staff_ = {&people_, "boss@desk.example", {"help@desk.example"}};
        before_.id = TicketId{7};
        before_.subject = "Printer";
        before_.requester = {"Ann Lee", ann};
        before_.status = status::open;
        before_.priority = "P3";
        before_.team = "network";
        before_.assignee = "Tess";
        before_.school = "Hill";
        after_ = before_;
    }

    Tidings tidings(const Actions& actions, const std::string& actor = ann) {
        const std::optional<Ticket> before = std::holds_alternative<OpenTicket>(actions.front())
                                                 ? std::nullopt
                                                 : std::optional{before_};
        const bool is_gateway = actor == "gateway";
        return news_of({actions, before, after_, actor, is_gateway ? "" : "Ann Lee", "P1"}, staff_);
    }

    /// "OCCASION: ADDRESSES" of all that is told.
    std::vector<std::string> told(const Actions& actions, const std::string& actor = ann) {
        std::vector<std::string> lines;
        for (const News& news : tidings(actions, actor).news) {
            std::string line{entry_of(news.occasion).name};
            line += ":";
            for (const std::string& address : news.to) {
                line += " " + address.substr(0, address.find('@'));
            }
            lines.push_back(line);
        }
        return lines;
    }

    Actions opened() const { return {OpenTicket{after_}, Record{entry(Event::created)}}; }
    Actions replied(Actions more = {}) const {
        Actions actions{AppendTo{before_.id}, Record{entry(Event::customer_reply)}};
        actions.insert(actions.end(), more.begin(), more.end());
        return actions;
    }

    People people_ = {};
    Staff staff_ = {};
    Ticket before_ = {};
    Ticket after_ = {};
};

TEST_F(TellTest, TellsByDefaultWhoHasToKnow) {
    after_.assignee.clear();
    EXPECT_THAT(told(opened()), ElementsAre("new: tess sam"));
    after_ = before_;
    EXPECT_THAT(told(replied()), ElementsAre("customer_replied: tess"));
    EXPECT_THAT(told(replied({Notify{{}, {}, Occasion::chased}})),
                ElementsAre("chased: tess boss"));
    EXPECT_THAT(told(replied({Notify{{}, {}, Occasion::complaint}})),
                ElementsAre("complaint: boss", "customer_replied: tess"));
    EXPECT_THAT(told(replied({Reopen{"a person replied"}})), ElementsAre("reopened: tess"));
    EXPECT_THAT(
        told({SetStatus{"open", "no answer"}, Notify{{}, "why", Occasion::handed_back}}, "gateway"),
        ElementsAre("handed_back: tess"));
    EXPECT_THAT(told({Notify{{}, "why", Occasion::undelivered}}, "gateway"),
                ElementsAre("undelivered: tess"));
}

TEST_F(TellTest, LetsNobodyHearWhatOpensNothing) {
    EXPECT_THAT(told(replied({Record{entry(Event::thanks)}})), IsEmpty());
    EXPECT_THAT(told(replied({Record{entry(Event::survey, {{"rating", "5"}})}})), IsEmpty());
    EXPECT_THAT(told({AppendTo{before_.id}, Record{entry(Event::automatic_mail)}}), IsEmpty());
    EXPECT_THAT(told({AddNote{"a note", "agent Sam"}}, "agent Sam"), IsEmpty());
    EXPECT_THAT(told({Record{entry(Event::bounce, {{"named", ann}})}, MailCameBack{}}), IsEmpty())
        << "it is told when the log is looked at";
}

TEST_F(TellTest, TellsWhatAnybodyButATechnicianHasWrittenBack) {
    TicketEvent note = entry(Event::note);
    for (const char* actor : {"head@hill.example", "agent boss@desk.example", "agent MIS"}) {
        note.actor = actor;
        EXPECT_THAT(told({AppendTo{before_.id}, Record{note}}, actor),
                    ElementsAre("customer_replied: tess"))
            << actor;
    }
    note.actor = "agent Sam";
    EXPECT_THAT(told({AppendTo{before_.id}, Record{note}}, "agent Sam"), IsEmpty());
    EXPECT_THAT(tidings(replied(), "ann@hill.example").news.front().words,
                HasSubstr("has answered"));
    note.actor = "head@hill.example";
    EXPECT_THAT(tidings({AppendTo{before_.id}, Record{note}}, note.actor).news.front().words,
                HasSubstr("has written to the desk"));
}

/// A team's mailbox has a ticket that nobody has taken: it would be told of its own note.
TEST_F(TellTest, LetsSomebodyElseReadWhatWasWrittenToTheDesk) {
    TicketEvent note = entry(Event::note);
    note.actor = "agent MIS";
    after_.assignee.clear();
    after_.team = "MIS";
    EXPECT_THAT(told({AppendTo{before_.id}, Record{note}}, note.actor),
                ElementsAre("customer_replied: mia"));
    note.actor = "agent boss@desk.example";
    after_.team.clear();
    EXPECT_THAT(told({AppendTo{before_.id}, Record{note}}, note.actor),
                ElementsAre("customer_replied: tess sam mia"));
    people_.technicians.clear();
    note.actor = "agent MIS";
    after_.team = "MIS";
    EXPECT_THAT(told({AppendTo{before_.id}, Record{note}}, note.actor),
                ElementsAre("customer_replied: boss"));
}

TEST_F(TellTest, TellsTheManagerOfABadRating) {
    EXPECT_THAT(told(replied({Record{entry(Event::survey, {{"rating", "1"}})}})),
                ElementsAre("complaint: boss"));
}

TEST_F(TellTest, TellsWhoGetsTheTicket) {
    after_.assignee = "Mia";
    EXPECT_THAT(told({SetField{TicketField::assignee, "Mia", "agent Sam", ""}}, "agent Sam"),
                ElementsAre("assigned: mia"));
    after_.assignee = "Tess";
    after_.team = "MIS";
    EXPECT_THAT(told({SetField{TicketField::team, "MIS", "agent Sam", ""}}, "agent Sam"),
                ElementsAre("assigned: mis"));
    after_.assignee = "Mia";
    EXPECT_THAT(told({SetField{TicketField::team, "MIS", "agent Sam", ""},
                      SetField{TicketField::assignee, "Mia", "agent Sam", ""}},
                     "agent Sam"),
                ElementsAre("assigned: mia"))
        << "not the team as well";
}

TEST_F(TellTest, TellsNobodyOfHisOwnDeed) {
    EXPECT_THAT(told({SetField{TicketField::assignee, "Tess", "agent Tess", ""}}, "agent Tess"),
                IsEmpty());
    after_.assignee.clear();
    EXPECT_THAT(told(opened(), "TESS@desk.example"), ElementsAre("new: sam"));
    EXPECT_THAT(told({Reopen{"again", "agent Sam"}}, "agent Sam"), ElementsAre("reopened: tess"));
    after_.team = "MIS";
    EXPECT_THAT(told({SetField{TicketField::team, "MIS", "agent MIS", ""}}, "agent MIS"),
                IsEmpty());
    EXPECT_THAT(told({Notify{{}, {}, Occasion::complaint}}, "agent boss@desk.example"), IsEmpty());
}

TEST_F(TellTest, TellsNobodyTwiceOfOneEvent) {
    EXPECT_THAT(told(replied({Notify{{"Tess", "team", "network"}, "by the rule x"}})),
                ElementsAre("customer_replied: tess", "notified: sam"));
    staff_.manager = "Tess";
    EXPECT_THAT(told(replied({Notify{{}, {}, Occasion::chased}})), ElementsAre("chased: tess"));
    // Who reads the mailbox of the team is told by it.
    after_.team = "MIS";
    after_.assignee = "Mia";
    EXPECT_THAT(told(opened()), ElementsAre("new: mis"));
}

TEST_F(TellTest, FallsFromTheAssigneeToTheTeamToTheManager) {
    after_.assignee = "Gone Away";
    EXPECT_THAT(told(replied()), ElementsAre("customer_replied: tess sam"));
    after_.team = "nobody";
    EXPECT_THAT(told(replied()), ElementsAre("customer_replied: boss"));
    staff_.manager.clear();
    EXPECT_THAT(told(replied()), ElementsAre("customer_replied: sam")) << "the seniors at last";
    people_.technicians[1].senior = false;
    EXPECT_THAT(told(replied()), ElementsAre("customer_replied: tess sam mia"));
    staff_.own_addresses = {"tess@desk.example"};
    EXPECT_THAT(told(replied()), ElementsAre("customer_replied: sam mia"));
}

TEST_F(TellTest, DoesAsTheTableSays) {
    people_.tell.entries[Occasion::customer_replied] = {{"team", "Mia"}, {}};
    people_.tell.entries[Occasion::chased] = {{}, {}};
    EXPECT_THAT(told(replied({Notify{{}, {}, Occasion::chased}})),
                ElementsAre("customer_replied: tess sam mia"));
    people_.tell.entries[Occasion::new_ticket] = {{}, {}};
    EXPECT_THAT(told(opened()), IsEmpty());
}

/// A technician forwards a teacher's mail, a web form names who asks.
TEST_F(TellTest, NamesWhoAsksAndWhoHasPassedItOn) {
    EXPECT_EQ(tidings(opened()).news.at(0).words, "Ann Lee asks for help.");
    after_.requester = {"Hall, Jane", "jane@hill.example"};
    EXPECT_EQ(tidings(opened()).news.at(0).words,
              "Jane Hall asks for help; Ann Lee has passed it on.");
    after_.requester.name.clear();
    EXPECT_EQ(tidings(opened()).news.at(0).words,
              "jane@hill.example asks for help; Ann Lee has passed it on.");
    EXPECT_EQ(tidings(opened(), "agent Ann Lee").news.at(0).words, "Ann Lee asks for help.")
        << "rung by the requester";
}

TEST_F(TellTest, SaysOfAnAnswerThatItComplains) {
    const Tidings all = tidings(replied({Notify{{}, {}, Occasion::complaint}}));
    ASSERT_EQ(all.news.size(), 2U);
    EXPECT_EQ(all.news[0].words, "Ann Lee is not satisfied.");
    EXPECT_EQ(all.news[1].words, "Ann Lee has answered, and is not satisfied.");
    EXPECT_EQ(tidings(replied()).news.at(0).words, "Ann Lee has answered.");
}

/// "I wrote to you last week", of no ticket that we know.
TEST_F(TellTest, SaysOfAChaseThatItIsANewTicket) {
    Actions actions = opened();
    actions.push_back(Notify{{}, {}, Occasion::chased});
    EXPECT_EQ(tidings(actions).news.at(0).words,
              "Ann Lee asks for help, and has asked before, as it seems.");
    EXPECT_EQ(tidings(replied({Notify{{}, {}, Occasion::chased}})).news.at(0).words,
              "Ann Lee asks again, and waits.");
}

TEST_F(TellTest, KnowsTheDefaultsWithoutPeople) {
    staff_.people = nullptr;
    EXPECT_THAT(told(opened()), ElementsAre("new: boss"));
    staff_.manager.clear();
    EXPECT_THAT(told(opened()), IsEmpty());
}

TEST_F(TellTest, AsksTheApproverAloneAndTheTeamWhereThereIsNone) {
    after_.status = status::waiting_approval;
    after_.assignee.clear();
    const Actions held{OpenTicket{after_}, Record{entry(Event::held)},
                       Notify{{"nominated contact"}, {}, Occasion::approval_wanted}};
    EXPECT_THAT(told(held), ElementsAre("approval_wanted: head"));
    EXPECT_THAT(told(held, "head@hill.example"), IsEmpty());
    after_.school = "Elsewhere";
    EXPECT_THAT(told(held), ElementsAre("approval_wanted: tess sam"));
}

TEST_F(TellTest, TellsTheTeamWhatBecameOfAnApproval) {
    before_.status = status::waiting_approval;
    after_.assignee.clear();
    const std::string head = "head@hill.example";
    EXPECT_THAT(told({SetStatus{"open", "", head}}, head), ElementsAre("approved: tess sam"));
    EXPECT_THAT(told({SetStatus{"in_progress", "", head}}, head),
                ElementsAre("approved: tess sam"));
    const Tidings no = tidings({SetStatus{"resolved", "not for Year 3", head}}, head);
    ASSERT_EQ(no.news.size(), 1U);
    EXPECT_EQ(no.news.front().occasion, Occasion::refused);
    EXPECT_THAT(no.news.front().words, HasSubstr("refused it: not for Year 3."));
    EXPECT_THAT(told({SetStatus{"open", "no answer"}}, "gateway"), IsEmpty())
        << "time approves nothing";
}

TEST_F(TellTest, NamesWhomARuleCannotReach) {
    const Tidings all = tidings(replied({Notify{{"Nobody Known", "Mia"}, "by the rule x"}}));
    EXPECT_THAT(all.unreached, ElementsAre("Nobody Known"));
    ASSERT_EQ(all.news.size(), 2U);
    EXPECT_THAT(all.news.back().to, ElementsAre("mia@desk.example"));
    EXPECT_EQ(all.news.back().why, "by the rule x");
    EXPECT_EQ(all.news.back().words.find("rule"), std::string::npos) << "no rule's name in a mail";
}

TEST_F(TellTest, IsGraveWhereTheTicketIs) {
    EXPECT_FALSE(tidings(replied()).news.front().is_grave);
    after_.priority = "P1";
    EXPECT_TRUE(tidings(replied()).news.front().is_grave);
    after_.priority = "P3";
    after_.restricted = true;
    EXPECT_TRUE(tidings(replied()).news.front().is_grave);
}

TEST_F(TellTest, TellsTheWriterThatHisMailHasNotArrived) {
    const Actions lost{Notify{{"Mia"}, "Your mail has not arrived.", Occasion::undelivered}};
    EXPECT_THAT(told(lost, "gateway"), ElementsAre("undelivered: mia"));
    EXPECT_THAT(told({Notify{{"root"}, "Your mail.", Occasion::undelivered}}, "gateway"),
                ElementsAre("undelivered: tess"));
}

/// A mail to somebody of the desk has come back: he is not told of it by another one.
TEST_F(TellTest, PassesOverWhomMailDoesNotReach) {
    const auto undelivered = [](const std::vector<std::string>& whom,
                                const std::vector<std::string>& failing) {
        return Actions{Notify{whom, "It has not arrived.", Occasion::undelivered, failing}};
    };
    EXPECT_THAT(told(undelivered({}, {"Tess@desk.example"}), "gateway"),
                ElementsAre("undelivered: sam"));
    EXPECT_THAT(told(undelivered({"Mia"}, {"mia@desk.example"}), "gateway"),
                ElementsAre("undelivered: tess"));
    std::vector<std::string> failing{"mia@desk.example", "tess@desk.example"};
    EXPECT_THAT(told(undelivered({"Mia"}, failing), "gateway"), ElementsAre("undelivered: sam"));
    failing.emplace_back("sam@desk.example");
    EXPECT_THAT(told(undelivered({"Mia"}, failing), "gateway"), ElementsAre("undelivered: boss"));
    failing.emplace_back("boss@desk.example");
    EXPECT_EQ(tidings(undelivered({"Mia"}, failing), "gateway"),
              (Tidings{{}, {"whoever is to hear of it"}}));
}

/// Whatever happens, nobody hears of it twice, and never who has done it.
TEST_F(TellTest, HoldsWhateverComesTogether) {
    const std::vector<Action> some{Reopen{"a person replied"},
                                   SetField{TicketField::assignee, "Mia", "gateway", ""},
                                   SetField{TicketField::team, "MIS", "gateway", ""},
                                   Notify{{"team", "manager", "Sam"}, "by the rule x"},
                                   Notify{{}, {}, Occasion::chased},
                                   Notify{{}, {}, Occasion::complaint},
                                   Notify{{}, "it came back", Occasion::undelivered},
                                   SetStatus{"open", "", "sam@desk.example"}};
    for (unsigned set = 0; set < 1U << some.size(); ++set) {
        Actions actions = replied();
        for (std::size_t i = 0; i < some.size(); ++i) {
            if ((set >> i & 1U) != 0) actions.push_back(some[i]);
        }
        std::vector<std::string> all;
        for (const News& news : tidings(actions, "sam@desk.example").news) {
            EXPECT_FALSE(news.to.empty());
            EXPECT_FALSE(news.words.empty());
            all.insert(all.end(), news.to.begin(), news.to.end());
        }
        std::vector<std::string> each = all;
        std::sort(each.begin(), each.end());
        EXPECT_EQ(std::adjacent_find(each.begin(), each.end()), each.end()) << set;
        EXPECT_EQ(std::find(all.begin(), all.end(), "sam@desk.example"), all.end()) << set;
    }
}

// ---- What is written down

TEST(PendingNews, IsWhatNobodyHasBeenTold) {
    std::vector<TicketEvent> log;
    const News news{Occasion::chased, {"a@desk.example", "b@desk.example"}, "Ann asks.", "", true};
    log.push_back(news_event(news, news_count(log) + 1, MessageId{4}, now));
    std::vector<PendingNews> pending = pending_news(log);
    ASSERT_EQ(pending.size(), 2U);
    EXPECT_EQ(pending[0], (PendingNews{"news/1",
                                       Occasion::chased,
                                       "a@desk.example",
                                       "Ann asks.",
                                       true,
                                       MessageId{4},
                                       now,
                                       {}}));
    log.push_back(told_event(pending[0], "by mail", now));
    pending = pending_news(log);
    ASSERT_EQ(pending.size(), 1U);
    EXPECT_EQ(pending[0].to, "b@desk.example");
    log.push_back(told_event(pending[0], "in a digest", now));
    EXPECT_THAT(pending_news(log), IsEmpty());
    log.push_back(news_event(news, news_count(log) + 1, std::nullopt, now));
    EXPECT_EQ(pending_news(log).size(), 2U) << "the same again is news again";
}

TEST(PendingNews, IsNoneWhereTheWorkIsDone) {
    const StatusRules statuses = shipped_statuses();
    EXPECT_EQ(why_no_news(Occasion::new_ticket, "open", statuses), nullptr);
    EXPECT_NE(why_no_news(Occasion::new_ticket, "resolved", statuses), nullptr);
    EXPECT_NE(why_no_news(Occasion::late, "closed", statuses), nullptr);
    EXPECT_EQ(why_no_news(Occasion::complaint, "resolved", statuses), nullptr);
    EXPECT_EQ(why_no_news(Occasion::refused, "resolved", statuses), nullptr);
    EXPECT_EQ(why_no_news(Occasion::undelivered, "resolved", statuses), nullptr);
    EXPECT_EQ(why_no_news(Occasion::approval_wanted, "waiting_approval", statuses), nullptr);
    EXPECT_NE(why_no_news(Occasion::approval_wanted, "open", statuses), nullptr);
}

/// A log of a version that told its notices where it wrote them down.
TEST(PendingNews, KeepsQuietAboutNoticesOfLongAgo) {
    EXPECT_THAT(pending_news({{now,
                               Event::notice,
                               "gateway",
                               "told a",
                               {{"key", "1/response/75%"}, {"to", "a@desk.example"}}}}),
                IsEmpty());
}

TEST(PendingNews, LosesItsPointWithTheInstantThatItWarnsOf) {
    TicketEvent notice{now,
                       Event::notice,
                       "gateway",
                       "",
                       {{"key", "1/response/75%"},
                        {"to", "a@desk.example"},
                        {"occasion", "late"},
                        {"words", "Soon."},
                        {"due", "2026-09-15T10:00:00Z"}}};
    EXPECT_EQ(pending_news({notice}).front().until, now + std::chrono::hours{10});
    notice.values.emplace_back("breach", "yes");
    EXPECT_EQ(pending_news({notice}).front().until, std::nullopt);
}

}  // namespace
}  // namespace bellhop::rules
