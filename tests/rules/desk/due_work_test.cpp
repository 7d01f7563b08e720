#include "rules/desk/due_work.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/calendar/local_words.hpp"
#include "rules/sla/ticket_history.hpp"
#include "rules/ticket/mail_report.hpp"
#include "tests/rules/calendar_fixtures.hpp"
#include "tests/rules/ticket_timeline.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::vector<TimerKind> both = {TimerKind::response, TimerKind::resolution};

SlaPolicy policy() {
    SlaPolicy policy;
    policy.priorities = {{"P1", "Major"}, {"P2", "High"}};
    policy.versions = {{}};
    policy.versions[0].targets["P1"] = {Target{BusinessTime{30min}}, Target{BusinessTime{4h}}};
    policy.versions[0].targets["P2"] = {{}, Target{BusinessDays{3}}};
    policy.reminders = {
        {"waiting_customer", ReminderTo::customer, true, {2, 5}, 10, AfterReminders::resolve},
        {"waiting_third_party", ReminderTo::assignee, false, {3}, {}, AfterReminders::nothing}};
    policy.ladder = {{"75%", WarningPoint{75}, both, {}, {"assignee"}},
                     {"breach", BreachPoint{}, both, {}, {"assignee", "manager"}}};
    policy.close_after_days = 10;
    return policy;
}

SlaPolicy handing_back() {
    SlaPolicy changed = policy();
    changed.reminders[0].then = AfterReminders::hand_back;
    return changed;
}

/// A ticket without a target: nothing of the ladder comes between.
TicketTimeline quiet_ticket(const SlaPolicy& rules, std::string_view at) {
    return {provider_plan(), rules, at, "P9"};
}

TicketEvent entry(const EventType& type,
                  const std::string& actor,
                  std::vector<std::pair<std::string, std::string>> values = {}) {
    return {{}, type, actor, "why", std::move(values)};
}

TEST(DueWork, RemindsThenResolvesThenCloses) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    life.status("2026-09-15 10:00", "waiting_customer", "the room number, please");
    EXPECT_THAT(life.until("2026-10-31 00:00"),
                ElementsAre("Tue 2026-09-15 10:00 BST  reminder: told what is waited for",
                            "Tue 2026-09-15 10:00 BST  mail waiting to ann@school.example",
                            "Thu 2026-09-17 10:00 BST  reminder: reminder 1 of 2",
                            "Thu 2026-09-17 10:00 BST  mail reminder to ann@school.example",
                            "Tue 2026-09-22 10:00 BST  reminder: reminder 2 of 2",
                            "Tue 2026-09-22 10:00 BST  mail last_reminder to ann@school.example",
                            "Tue 2026-09-29 10:00 BST  resolved: no answer to 2 reminders",
                            "Tue 2026-09-29 10:00 BST  mail resolved to ann@school.example",
                            "Tue 2026-10-13 10:00 BST  closed: resolved for 10 business days"));
    EXPECT_EQ(life.mails[0].values.at("reason"), "the room number, please");
    EXPECT_EQ(life.mails[1].values.at("number"), "1");
    EXPECT_EQ(life.mails[2].values.at("ends_at"), "Tuesday 29 September, 10 am");
    EXPECT_EQ(life.mails[2].values.at("resolves"), "yes");
    EXPECT_EQ(life.mails[3].values.at("reopen_until"), "Tuesday 13 October");
}

TEST(DueWork, ClosesNothingThatAReplyCouldStillReopen) {
    using Days = std::pair<int, int>;  // to closing, to the end of the window
    for (const auto& [closing, window] : {Days{5, 10}, Days{10, 5}, Days{10, 10}, Days{0, 3}}) {
        SlaPolicy changed = policy();
        changed.close_after_days = closing;
        changed.reopen_window_days = window;
        const std::string days = std::to_string(std::max(closing, window));
        const BusinessCalendar desk = calendar_of(provider_plan());
        const auto end =
            desk.add_business_days(london("2026-09-15 10:00"), std::max(closing, window));
        TicketTimeline life = quiet_ticket(changed, "2026-09-15 09:00");
        life.status("2026-09-15 10:00", "resolved");
        EXPECT_THAT(life.until("2026-12-31 00:00"),
                    ElementsAre(moment_for_log(desk, end.value()) + "  closed: resolved for " +
                                days + " business days"));
    }
}

TEST(DueWork, RemindsNoLongerOnceTheCustomerHasReplied) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    life.status("2026-09-15 10:00", "waiting_customer");
    life.record("2026-09-17 09:59", entry(Event::customer_reply, "ann@school.example"));
    life.status("2026-09-17 09:59", "open");
    life.until("2026-09-17 09:59");
    EXPECT_THAT(life.until("2026-12-31 00:00"), IsEmpty());
}

TEST(DueWork, TellsTheDeskOnceOfATicketThatComesBackAgainAndAgain) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    life.staff.manager = "meg@desk.example";
    const auto come_back = [&life](std::string_view resolved, std::string_view reopened) {
        life.status(resolved, "resolved");
        life.status(reopened, "open");
        life.record(reopened, entry(Event::reopened, "ann@school.example"));
    };
    come_back("2026-09-15 10:00", "2026-09-15 11:00");
    come_back("2026-09-15 12:00", "2026-09-15 13:00");
    come_back("2026-09-15 14:00", "2026-09-15 15:00");
    EXPECT_THAT(life.until("2026-09-15 16:00"), IsEmpty()) << "three times happen";
    come_back("2026-09-15 16:10", "2026-09-15 20:00");
    EXPECT_THAT(life.until("2026-09-16 08:00"), IsEmpty()) << "not in the evening";
    EXPECT_THAT(
        life.until("2026-09-16 08:30"),
        ElementsAre("Wed 2026-09-16 08:30 BST  reopened_often_told: reopened 4 times within 24 "
                    "hours",
                    "Wed 2026-09-16 08:30 BST  tell reopened_often to tess@desk.example",
                    "Wed 2026-09-16 08:30 BST  tell reopened_often to meg@desk.example"));
    EXPECT_THAT(life.told.back(), HasSubstr("came back 4 times within 24 hours"));
    come_back("2026-09-16 08:40", "2026-09-16 08:50");
    EXPECT_THAT(life.until("2026-09-16 16:00"), IsEmpty()) << "told once a day";
}

TEST(DueWork, BeginsAnewWithEachWait) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    life.status("2026-09-15 10:00", "waiting_customer");
    life.status("2026-09-16 10:00", "open");
    life.status("2026-09-16 11:00", "waiting_customer");
    life.until("2026-09-16 11:00");
    EXPECT_THAT(life.until("2026-09-18 11:00"),
                ElementsAre("Fri 2026-09-18 11:00 BST  reminder: reminder 1 of 2",
                            "Fri 2026-09-18 11:00 BST  mail reminder to ann@school.example"));
}

TEST(DueWork, HandsBackInsteadOfResolvingWhereThePolicySaysSo) {
    TicketTimeline life = quiet_ticket(handing_back(), "2026-09-15 09:00");
    life.status("2026-09-15 10:00", "waiting_customer");
    life.until("2026-09-28 23:00");
    EXPECT_THAT(life.until("2026-12-31 00:00"),
                ElementsAre("Tue 2026-09-29 10:00 BST  open: no answer to 2 reminders",
                            "Tue 2026-09-29 10:00 BST  tell handed_back to tess@desk.example"));
    EXPECT_EQ(life.mails[2].values.at("hands_back"), "yes");
}

TEST(DueWork, TellsAtOnceEvenWhereSomebodyOfTheDeskWorksLate) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    life.status("2026-09-15 19:00", "waiting_customer");
    EXPECT_THAT(life.until("2026-09-15 19:00"),
                ElementsAre("Tue 2026-09-15 19:00 BST  reminder: told what is waited for",
                            "Tue 2026-09-15 19:00 BST  mail waiting to ann@school.example"));
}

/// A new policy wants an announcement for a wait that has begun long ago.
TEST(DueWork, TellsLateOnlyInTheDesksHours) {
    TicketTimeline life = quiet_ticket(SlaPolicy{}, "2026-09-15 09:00");
    life.status("2026-09-15 10:00", "waiting_customer");
    TicketTimeline changed = quiet_ticket(policy(), "2026-09-15 09:00");
    changed.log = life.log;
    changed.ticket = life.ticket;
    EXPECT_THAT(changed.wake("2026-09-15 20:00"), IsEmpty());
    EXPECT_THAT(changed.until("2026-09-16 12:00"),
                ElementsAre("Wed 2026-09-16 08:30 BST  reminder: told what is waited for",
                            "Wed 2026-09-16 08:30 BST  mail waiting to ann@school.example"));
}

TEST(DueWork, CatchesUpAfterAStandstillWithOneMailInTheMorning) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    life.status("2026-09-15 10:00", "waiting_customer");
    life.until("2026-09-15 10:00");
    EXPECT_THAT(life.wake("2026-10-05 22:00"), IsEmpty()) << "nobody is mailed at night";
    EXPECT_THAT(life.until("2026-10-12 00:00"),
                ElementsAre("Tue 2026-10-06 08:30 BST  reminder: reminder 2 of 2",
                            "Tue 2026-10-06 08:30 BST  mail last_reminder to ann@school.example"))
        << "the end keeps its distance from the last reminder";
    EXPECT_THAT(life.until("2026-10-14 00:00"),
                ElementsAre("Tue 2026-10-13 08:30 BST  resolved: no answer to 1 reminder",
                            "Tue 2026-10-13 08:30 BST  mail resolved to ann@school.example"));
}

TEST(DueWork, TellsNobodyAtNightWhateverHasBecomeDueInAStandstill) {
    const std::vector<std::pair<std::string, TicketEvent>> lives = {
        {"P9", entry(Event::status, "agent Tess", {{"to", "waiting_customer"}})},
        {"P9", entry(Event::status, "agent Tess", {{"to", "waiting_third_party"}})},
        {"P9", entry(Event::status, "agent Tess",
                     {{"to", "waiting_site_visit"}, {"until", "2026-10-27"}})},
        {"P1", entry(Event::status, "agent Tess", {{"to", "in_progress"}})}};
    for (const auto& [priority, status] : lives) {
        TicketTimeline life{provider_plan(), policy(), "2026-10-20 09:00", priority};
        life.record("2026-10-20 09:01", status);
        const std::string to{value_of(status, "to")};
        life.until("2026-10-20 09:01");
        EXPECT_THAT(life.wake("2026-11-01 22:00"), IsEmpty()) << to;
        EXPECT_THAT(life.until("2026-11-02 08:30"), Not(IsEmpty())) << to;
    }
}

TEST(DueWork, DoesNothingTwiceWhereTheClockIsSetBack) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    life.status("2026-09-15 10:00", "waiting_customer");
    life.until("2026-09-17 10:00");
    EXPECT_THAT(life.wake("2026-09-16 09:00"), IsEmpty());
    EXPECT_THAT(life.wake("2026-09-15 08:00"), IsEmpty());
    EXPECT_THAT(life.until("2026-09-21 00:00"), IsEmpty());
    EXPECT_EQ(life.until("2026-09-22 10:00").size(), 2U);
}

TEST(DueWork, HandsBackWhereMailToTheCustomerComesBack) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    life.status("2026-09-15 10:00", "waiting_customer");
    life.until("2026-09-15 10:00");
    life.record("2026-09-15 18:00",
                entry(Event::bounce, "gateway", {{"failed", "ann@school.example"}}));
    EXPECT_THAT(
        life.until("2026-12-31 00:00"),
        ElementsAre("Wed 2026-09-16 08:30 BST  open: mail to ann@school.example came back (why)",
                    "Wed 2026-09-16 08:30 BST  tell handed_back to tess@desk.example"));
}

/// Of every kind of mail somebody hears that it has not arrived, in the desk's hours; a person
/// whose own words it was at once.
TEST(DueWork, TellsOfEveryKindOfMailThatHasNotArrived) {
    for (const MailKind kind : mail_kinds()) {
        for (const MailWay way : {MailWay::refused, MailWay::given_up}) {
            const bool is_by_person = entry_of(kind).writer == MailWriter::person;
            TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
            life.record("2026-09-15 19:00",
                        log_entry({way, kind, "ann@school.example", "1", "550 no", {}}, {}));
            const std::string at = is_by_person ? "Tue 2026-09-15 19:00" : "Wed 2026-09-16 08:30";
            EXPECT_THAT(
                life.until("2026-09-18 00:00"),
                ElementsAre(at + " BST  undelivered_told: mail to ann@school.example has not "
                                 "arrived",
                            at + " BST  tell undelivered to tess@desk.example"))
                << name_of(kind);
            EXPECT_THAT(life.told.front(), HasSubstr("550 no")) << name_of(kind);
        }
    }
}

/// What concerns a child at risk, or is most urgent, waits for no opening.
TEST(DueWork, TellsAtNightWhereAGraveMailHasNotArrived) {
    for (const bool is_restricted : {true, false}) {
        TicketTimeline life =
            is_restricted ? quiet_ticket(policy(), "2026-09-15 09:00")
                          : TicketTimeline{provider_plan(), policy(), "2026-09-15 18:30", "P1"};
        life.ticket.restricted = is_restricted;
        life.record(
            "2026-09-15 19:00",
            log_entry({MailWay::refused, MailKind::notify, "sam@desk.example", "1", "550 no", {}},
                      {}));
        EXPECT_THAT(
            life.until("2026-09-15 19:00"),
            testing::Contains("Tue 2026-09-15 19:00 BST  tell undelivered to tess@desk.example"))
            << is_restricted;
    }
}

/// Each dead address is passed over: whoever comes next hears of it, and nobody for ever.
TEST(DueWork, ClimbsWhereMailToStaffDoesNotArriveAndComesToAnEnd) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    const std::vector<std::string> chain{"tess@desk.example", "boss@desk.example",
                                         "sam@desk.example"};
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const std::string at = "2026-09-15 1" + std::to_string(i) + ":00";
        life.record(at, log_entry({MailWay::refused,
                                   MailKind::undelivered,
                                   chain[i],
                                   std::to_string(i),
                                   "550 no",
                                   {}},
                                  {}));
        const std::vector<std::string> lines = life.until(at);
        ASSERT_FALSE(lines.empty());
        EXPECT_THAT(lines.front(), HasSubstr("mail to " + chain[i] + " has not arrived"));
        if (i + 1 == chain.size()) {
            EXPECT_EQ(lines.size(), 1U) << "nobody is left";
        } else {
            EXPECT_THAT(lines.back(), HasSubstr("tell undelivered to " + chain[i + 1]));
        }
    }
}

/// One writer hears of all his mails at once; another one of his own.
TEST(DueWork, TellsEachWriterOfAllThatHasNotArrived) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    const auto failed = [](const std::string& to, const std::string& id, const std::string& who) {
        return log_entry({MailWay::refused, MailKind::reply, to, id, "550 no", who}, {});
    };
    for (TicketEvent one : {failed("ann@school.example", "1", "agent Tess"),
                            failed("bob@school.example", "1", "agent Tess"),
                            failed("ann@school.example", "2", "agent Sam")}) {
        one.at = london("2026-09-15 10:00");
        life.log.push_back(std::move(one));
    }
    life.wake("2026-09-15 10:01");
    ASSERT_EQ(life.told.size(), 2U);
    EXPECT_THAT(life.told[0], testing::AllOf(HasSubstr("ann@"), HasSubstr("bob@")));
    EXPECT_THAT(life.told[1], HasSubstr("Your mail has not reached ann@school.example"));
}

TEST(DueWork, WritesToNobodyWhoseMailCameBackBeforeAndResolvesNothingBehindHisBack) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    life.record("2026-09-15 09:30",
                entry(Event::bounce, "gateway", {{"failed", "ann@school.example"}}));
    life.status("2026-09-15 10:00", "waiting_customer");
    const std::string why = "mail to ann@school.example came back (why)";
    EXPECT_THAT(
        life.until("2026-12-31 00:00"),
        ElementsAre("Tue 2026-09-15 10:00 BST  reminder_withheld: told what is waited for: " + why,
                    "Thu 2026-09-17 10:00 BST  reminder_withheld: reminder 1 of 2: " + why,
                    "Tue 2026-09-22 10:00 BST  reminder_withheld: reminder 2 of 2: " + why,
                    "Tue 2026-09-29 10:00 BST  open: no answer, and " + why,
                    "Tue 2026-09-29 10:00 BST  tell handed_back to tess@desk.example"));
}

TEST(DueWork, RemindsTheTechnicianOfAThirdParty) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    life.status("2026-09-15 10:00", "waiting_third_party", "part ordered");
    EXPECT_THAT(life.until("2026-12-31 00:00"),
                ElementsAre("Fri 2026-09-18 10:00 BST  reminder: reminder 1 of 1",
                            "Fri 2026-09-18 10:00 BST  tell still_waits to tess@desk.example"));
    EXPECT_EQ(
        life.told.front(),
        "This ticket has had the status \"Waiting on third party\" since Tuesday 15 September, "
        "10 am. It waits for: part ordered. Please ask how things stand, and tell the "
        "requester.");
}

TEST(DueWork, AsksTheManagerWhereNobodyHasTheTicket) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    life.ticket.assignee.clear();
    life.status("2026-09-15 10:00", "waiting_third_party");
    EXPECT_THAT(
        life.until("2026-09-18 10:00"),
        testing::Contains("Fri 2026-09-18 10:00 BST  tell still_waits to boss@desk.example"));
    life.staff.manager.clear();
    life.status("2026-09-21 10:00", "open");
    life.status("2026-09-21 10:00", "waiting_third_party");
    EXPECT_THAT(life.until("2026-09-30 10:00"),
                ElementsAre("Thu 2026-09-24 10:00 BST  reminder: reminder 1 of 1",
                            "Thu 2026-09-24 10:00 BST  tell still_waits to sam@desk.example"))
        << "a senior where nobody else is there";
}

TEST(DueWork, BringsATicketBackOnTheDayOfTheVisit) {
    TicketTimeline life = quiet_ticket(policy(), "2026-10-20 09:00");
    life.record("2026-10-20 10:00", entry(Event::status, "agent Tess",
                                          {{"to", "waiting_site_visit"}, {"until", "2026-10-27"}}));
    EXPECT_THAT(life.until("2026-12-31 00:00"),
                ElementsAre("Tue 2026-10-27 08:30 GMT  open: the day of the visit has come",
                            "Tue 2026-10-27 08:30 GMT  tell handed_back to tess@desk.example"))
        << "the clocks have gone back in between";
}

TEST(DueWork, ClimbsTheLadder) {
    TicketTimeline life{provider_plan(), policy(), "2026-09-15 16:00", "P1"};
    EXPECT_THAT(
        life.until("2026-09-16 23:00"),
        ElementsAre(
            "Tue 2026-09-15 16:22:30 BST  notice 1/response/75%: response 75%, reached "
            "Tue 2026-09-15 16:22:30 BST, told tess@desk.example",
            "Wed 2026-09-16 08:30:01 BST  notice 1/response/breach: response breach, "
            "reached Wed 2026-09-16 08:30:01 BST, told tess@desk.example, boss@desk.example",
            "Wed 2026-09-16 11:00 BST  notice 1/resolution/75%: resolution 75%, reached "
            "Wed 2026-09-16 11:00 BST, told tess@desk.example",
            "Wed 2026-09-16 12:00:01 BST  notice 1/resolution/breach: resolution breach, "
            "reached Wed 2026-09-16 12:00:01 BST, told tess@desk.example, boss@desk.example"));
}

TEST(DueWork, NamesTheTrueInstantsAfterAStandstillOnceAndInTheMorning) {
    TicketTimeline life{provider_plan(), policy(), "2026-09-15 10:00", "P1"};
    EXPECT_THAT(life.wake("2026-09-17 23:00"), IsEmpty());
    const std::vector<std::string> lines = life.until("2026-12-31 00:00");
    EXPECT_THAT(lines,
                ElementsAre("Fri 2026-09-18 08:30 BST  notice_passed: a later step has come",
                            "Fri 2026-09-18 08:30 BST  notice_passed: a later step has come",
                            HasSubstr("notice 1/response/breach: response breach, reached "
                                      "Tue 2026-09-15 10:30:01 BST"),
                            HasSubstr("notice 1/resolution/breach: resolution breach, reached "
                                      "Tue 2026-09-15 14:00:01 BST")));
}

TEST(DueWork, StartsTheLadderAnewForAReopenedTicket) {
    TicketTimeline life{provider_plan(), policy(), "2026-09-15 09:00", "P1"};
    life.status("2026-09-15 09:10", "resolved");
    EXPECT_THAT(life.until("2026-09-16 10:00"), IsEmpty());
    life.status("2026-09-16 10:00", "open");
    EXPECT_THAT(life.until("2026-09-16 10:23"), ElementsAre(HasSubstr("notice 2/response/75%")));
}

TEST(DueWork, KeepsQuietAboutAConfidentialTicket) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    life.ticket.restricted = true;
    life.status("2026-09-15 10:00", "waiting_customer", "what he said to whom");
    life.until("2026-10-01 00:00");
    ASSERT_EQ(life.mails.size(), 4U);
    for (const SendMail& mail : life.mails) EXPECT_EQ(mail.values.count("reason"), 0U);
}

TEST(DueWork, HasNothingToDoWithoutAnEntryOfTheBeginning) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    life.log.clear();
    EXPECT_THAT(life.wake("2026-09-15 10:00"), IsEmpty());
}

// ---- A reply that has not arrived

TicketEvent written(const std::string& id, const std::string& actor) {
    return {
        {}, Event::agent_reply, actor, "mail to ann", {{"mail", id}, {"to", "ann@school.example"}}};
}

TicketEvent lost(MailWay way, const std::string& id) {
    return log_entry({way, MailKind::reply, "ann@school.example", id, "550 no such user"}, {});
}

TEST(DueWork, TellsTheWriterOnceThatHisMailHasNotArrived) {
    for (const MailWay way : {MailWay::refused, MailWay::given_up}) {
        TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
        life.record("2026-09-15 10:00", written("1", "agent Tess"));
        life.record("2026-09-15 10:01", lost(way, "1"));
        EXPECT_THAT(life.wake("2026-09-15 10:01"),
                    ElementsAre("Tue 2026-09-15 10:01 BST  undelivered_told: mail to "
                                "ann@school.example has not arrived",
                                "Tue 2026-09-15 10:01 BST  tell undelivered to tess@desk.example"));
        EXPECT_THAT(life.told.front(), HasSubstr("Your mail has not reached ann@school.example. "
                                                 "The mail server says: 550 no such user."));
        EXPECT_THAT(life.wake("2026-09-15 10:02"), IsEmpty());
    }
}

TEST(DueWork, TellsWhoeverWorksOnATicketWhereTheWriterIsNobodyKnown) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    life.record("2026-09-15 10:00", written("1", "command line"));
    life.record("2026-09-15 10:01", lost(MailWay::refused, "1"));
    EXPECT_THAT(
        life.wake("2026-09-15 10:01"),
        testing::Contains("Tue 2026-09-15 10:01 BST  tell undelivered to tess@desk.example"));
}

TEST(DueWork, WaitsForTheDesksHoursUnlessItWasWrittenJustNow) {
    TicketTimeline late = quiet_ticket(policy(), "2026-09-15 09:00");
    late.record("2026-09-15 22:00", written("1", "agent Tess"));
    late.record("2026-09-15 22:01", lost(MailWay::refused, "1"));
    EXPECT_EQ(late.wake("2026-09-15 22:01").size(), 2U);
    TicketTimeline later = quiet_ticket(policy(), "2026-09-15 09:00");
    // The gateway stands still when it comes.
    later.log.push_back(written("1", "agent Tess"));
    later.log.back().at = london("2026-09-15 20:00");
    later.log.push_back(lost(MailWay::refused, "1"));
    later.log.back().at = london("2026-09-15 20:01");
    EXPECT_THAT(later.wake("2026-09-15 22:01"), IsEmpty());
    EXPECT_THAT(
        later.until("2026-09-16 12:00"),
        testing::Contains("Wed 2026-09-16 08:30 BST  tell undelivered to tess@desk.example"));
}

TEST(DueWork, SaysUntilWhenItsMailsHaveAPoint) {
    TicketTimeline life = quiet_ticket(policy(), "2026-09-15 09:00");
    life.status("2026-09-15 10:00", "waiting_customer", "the room number, please");
    life.until("2026-10-31 00:00");
    ASSERT_GE(life.mails.size(), 3U);
    for (const SendMail& mail : life.mails) {
        const bool names_an_end = mail.values.contains("ends_at");
        EXPECT_EQ(mail.until.has_value(), names_an_end || mail.kind == MailKind::resolved);
    }
}

}  // namespace
}  // namespace bellhop::rules
