#include "rules/sla/ticket_history.hpp"

#include <gtest/gtest.h>

#include "rules/ticket/mail_report.hpp"
#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

TicketEvent entry(std::string_view at, const EventType& type, const Values& values) {
    return {london(at), type, "gateway", "why", values};
}

std::string told(const ClockEvent& event) {
    struct {
        std::string operator()(const Created& what) {
            return "created " + what.priority + " " + what.status;
        }
        std::string operator()(const StatusSet& what) { return what.to; }
        std::string operator()(const PrioritySet& what) { return "priority " + what.to; }
        std::string operator()(const AgentReplied&) { return "agent replied"; }
        std::string operator()(const AutomaticMailPassed&) { return "automatic"; }
        std::string operator()(const CustomerReplied&) { return "customer replied"; }
        std::string operator()(const DueAgreed& what) {
            return std::string{to_text(what.timer)} + " agreed " +
                   std::to_string(what.due.time_since_epoch().count());
        }
        std::string operator()(const CalendarSet& what) { return "calendar " + what.to; }
    } words;
    return std::visit(words, event.what);
}

std::vector<std::string> told(const std::vector<ClockEvent>& events) {
    std::vector<std::string> lines;
    for (const ClockEvent& event : events) lines.push_back(told(event));
    return lines;
}

TEST(TicketHistory, GivesTheClocksWhatConcernsThem) {
    const std::vector<TicketEvent> log{
        entry("2026-09-15 09:00", Event::created, {{"priority", "P2"}, {"status", "open"}}),
        entry("2026-09-15 09:00", Event::thread_evidence, {}),
        entry("2026-09-15 09:01", MailEvent{MailKind::acknowledgement, MailStep::queued},
              {{"message_id", "1.ack-1.x@y"}}),
        entry("2026-09-15 10:00", Event::agent_reply, {}),
        entry("2026-09-15 10:00", Event::status, {{"from", "open"}, {"to", "waiting_customer"}}),
        entry("2026-09-15 11:00", Event::customer_reply, {}),
        entry("2026-09-15 11:00", Event::status, {{"from", "waiting_customer"}, {"to", "open"}}),
        entry("2026-09-15 11:30", Event::automatic_mail, {}),
        entry("2026-09-15 12:00", Event::priority, {{"from", "P2"}, {"to", "P1"}}),
        entry("2026-09-15 12:01", Event::agreed,
              {{"timer", "resolution"}, {"due", "2026-09-25T11:00:00Z"}}),
        entry("2026-09-15 12:02", Event::agreed,
              {{"timer", "response"}, {"due", "2026-09-25T11:00:01Z"}}),
        entry("2026-09-15 12:03", Event::agreed, {{"timer", "response"}, {"due", "soon"}}),
    };
    EXPECT_EQ(told(clock_events_of(log)),
              (std::vector<std::string>{"created P2 open", "agent replied", "waiting_customer",
                                        "open", "priority P1", "resolution agreed 1790334000",
                                        "response agreed 1790334001"}));
    EXPECT_EQ(last_entry_at(log), london("2026-09-15 12:03"));
    EXPECT_EQ(last_entry_at({}), std::nullopt);
}

/// A reply lay in the mailbox for two minutes while the desk set the status that it answers.
TEST(TicketHistory, KeepsTheOrderRecordedWhereInstantsContradictIt) {
    const std::vector<TicketEvent> log{
        entry("2026-09-15 09:00", Event::created, {{"priority", "P2"}, {"status", "open"}}),
        entry("2026-09-15 10:00", Event::status, {{"to", "waiting_customer"}}),
        entry("2026-09-15 09:59", Event::status, {{"to", "open"}}),
        entry("2026-09-15 10:05", Event::status, {{"to", "resolved"}}),
    };
    const auto events = clock_events_of(log);
    ASSERT_EQ(events.size(), 4U);
    EXPECT_EQ(events[2].at, london("2026-09-15 10:00"));
    const auto cycles = cycles_of(events, shipped_statuses(), london("2026-09-15 11:00"));
    ASSERT_EQ(cycles.size(), 1U);
    EXPECT_EQ(cycles[0].status, "resolved");
}

TEST(TicketHistory, KnowsWhichNoticesAreDone) {
    EXPECT_EQ(notices_done(
                  {entry("2026-09-15 09:00", Event::notice, {{"key", "1/response/75%"}}),
                   entry("2026-09-15 09:00", Event::notice_passed, {{"key", "1/resolution/75%"}}),
                   entry("2026-09-15 09:00", Event::note, {{"key", "1/resolution/breach"}})}),
              (std::set<std::string>{"1/response/75%", "1/resolution/75%"}));
}

TEST(TicketHistory, KnowsTheRemindersOfOneWait) {
    const auto reminder = [](std::string_view at, const EventType& type, const char* status,
                             const char* wait, const char* number) {
        return entry(at, type, {{"status", status}, {"wait", wait}, {"number", number}});
    };
    const std::vector<TicketEvent> log{
        reminder("2026-09-15 09:00", Event::reminder, "waiting_customer", "1", "0"),
        reminder("2026-09-16 09:00", Event::reminder, "waiting_customer", "2", "0"),
        reminder("2026-09-16 09:00", Event::reminder, "waiting_third_party", "2", "1"),
        reminder("2026-09-17 09:00", MailEvent{MailKind::reminder, MailStep::withheld},
                 "waiting_customer", "2", "1"),
        reminder("2026-09-18 09:00", Event::reminder, "waiting_customer", "2", "many"),
        reminder("2026-09-18 09:00", Event::status, "waiting_customer", "2", "2"),
    };
    const auto sent = reminders_sent(log, {"waiting_customer", london("2026-09-16 09:00"), 2});
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0].number, 0);
    EXPECT_EQ(sent[1].number, 1);
    EXPECT_EQ(sent[1].at, london("2026-09-17 09:00"));
}

TEST(TicketHistory, FindsTheDayOfTheVisitInTheLatestStatusOnly) {
    std::vector<TicketEvent> log{
        entry("2026-09-15 09:00", Event::status,
              {{"to", "waiting_site_visit"}, {"until", "2026-09-22"}}),
        entry("2026-09-15 09:30", Event::note, {}),
    };
    EXPECT_EQ(visit_day(log), date("2026-09-22"));
    log.push_back(entry("2026-09-16 09:00", Event::status, {{"to", "open"}}));
    EXPECT_EQ(visit_day(log), std::nullopt);
    EXPECT_EQ(visit_day({}), std::nullopt);
}

TEST(TicketHistory, TellsWhetherMailToAnAddressComesBack) {
    std::vector<TicketEvent> log{
        entry("2026-09-15 09:00", Event::bounce, {{"failed", "bob@x.example ann@school.example"}})};
    EXPECT_EQ(mail_returned_from(log, "Ann@School.example"),
              (ReturnedMail{london("2026-09-15 09:00"), "why"}));
    EXPECT_EQ(mail_returned_from(log, "n@school.example"), std::nullopt);
    EXPECT_EQ(mail_returned_from(log, ""), std::nullopt);
    TicketEvent reply = entry("2026-09-15 10:00", Event::customer_reply, {});
    reply.actor = "ann@school.example";
    log.push_back(reply);
    EXPECT_EQ(mail_returned_from(log, "ann@school.example"), std::nullopt);
    EXPECT_TRUE(mail_returned_from(log, "bob@x.example"));
    log.push_back(entry("2026-09-15 11:00", MailEvent{MailKind::reminder, MailStep::failed},
                        {{"failed", "ann@school.example"}}));
    EXPECT_TRUE(mail_returned_from(log, "ann@school.example"));
}

// ---- What a person has written and nobody has got

class Replied : public testing::Test {
protected:
    void reply(std::string_view at, const std::string& id) {
        log.push_back({london(at),
                       Event::agent_reply,
                       "agent Tess",
                       "mail to ann",
                       {{"mail", id}, {"to", "ann@school.example"}}});
    }
    void report(std::string_view at,
                MailWay way,
                const std::string& id,
                const std::string& recipient = "ann@school.example",
                MailKind kind = MailKind::reply) {
        log.push_back(log_entry({way, kind, recipient, id, "550 no such user", {}}, london(at)));
    }
    /// When the desk has answered, as the clocks see it.
    std::vector<std::chrono::sys_seconds> answers() const {
        std::vector<std::chrono::sys_seconds> found;
        for (const ClockEvent& event : clock_events_of(log)) {
            if (std::holds_alternative<AgentReplied>(event.what)) found.push_back(event.at);
        }
        return found;
    }
    using Instants = std::vector<std::chrono::sys_seconds>;

    std::vector<TicketEvent> log = {
        entry("2026-09-15 09:00", Event::created, {{"priority", "P2"}, {"status", "open"}})};
};

TEST_F(Replied, HasAnsweredNobodyWhereItWasRefusedGivenUpOrCancelled) {
    for (const MailWay way : {MailWay::sent, MailWay::deferred, MailWay::refused, MailWay::given_up,
                              MailWay::cancelled}) {
        log.resize(1);
        reply("2026-09-15 10:00", "1");
        report("2026-09-15 10:01", way, "1");
        const bool has_arrived = way == MailWay::sent || way == MailWay::deferred;
        EXPECT_EQ(answers(), has_arrived ? Instants{london("2026-09-15 10:00")} : Instants{});
        const bool is_undelivered = way == MailWay::refused || way == MailWay::given_up;
        EXPECT_EQ(undelivered_mails(log).size(), is_undelivered ? 1U : 0U);
    }
}

TEST_F(Replied, AnswersWhenItIsSentAtLast) {
    reply("2026-09-15 10:00", "1");
    report("2026-09-15 10:01", MailWay::refused, "1");
    report("2026-09-16 11:00", MailWay::sent, "1");
    EXPECT_EQ(answers(), Instants{london("2026-09-16 11:00")});
    EXPECT_TRUE(undelivered_mails(log).empty());
    report("2026-09-16 11:01", MailWay::refused, "1");
    EXPECT_EQ(answers(), Instants{});
}

TEST_F(Replied, StandsWhereOnlyACopyOrAnotherMailWasRefused) {
    reply("2026-09-15 10:00", "1");
    report("2026-09-15 10:01", MailWay::refused, "1", "bob@school.example");
    report("2026-09-15 10:01", MailWay::refused, "2");
    report("2026-09-15 10:01", MailWay::refused, "1", "ann@school.example", MailKind::reminder);
    EXPECT_EQ(answers().size(), 1U);
}

TEST_F(Replied, LeavesAnotherReplyAlone) {
    reply("2026-09-15 10:00", "1");
    reply("2026-09-15 11:00", "2");
    report("2026-09-15 11:01", MailWay::refused, "1");
    EXPECT_EQ(answers(), Instants{london("2026-09-15 11:00")});
}

TEST_F(Replied, IsUndeliveredForEachRecipientUntilSomebodyIsTold) {
    reply("2026-09-15 10:00", "1");
    report("2026-09-15 10:01", MailWay::refused, "1");
    report("2026-09-15 10:02", MailWay::given_up, "1", "bob@school.example");
    const UndeliveredMail first{
        london("2026-09-15 10:01"), MailKind::reply, "1",  "ann@school.example",
        "550 no such user",         "agent Tess",    false};
    UndeliveredMail second{london("2026-09-15 10:02"), MailKind::reply, "1",  "bob@school.example",
                           "550 no such user",         "agent Tess",    false};
    EXPECT_EQ(undelivered_mails(log), (std::vector{first, second}));
    log.push_back(entry("2026-09-15 10:03", Event::undelivered_told,
                        {{"mail", "1"}, {"to", "bob@school.example"}}));
    second.is_told = true;
    EXPECT_EQ(undelivered_mails(log), (std::vector{first, second}));
    report("2026-09-16 10:00", MailWay::refused, "1", "bob@school.example");
    EXPECT_FALSE(undelivered_mails(log).back().is_told) << "tried again, and refused again";
}

TEST_F(Replied, IsNotTheOnlyMailThatMayNotArrive) {
    for (const MailKind kind : mail_kinds()) {
        if (kind == MailKind::reply) continue;
        log.resize(1);
        reply("2026-09-15 10:00", "1");
        report("2026-09-15 10:01", MailWay::refused, "1", "ann@school.example", kind);
        ASSERT_EQ(undelivered_mails(log).size(), 1U);
        EXPECT_EQ(undelivered_mails(log).front().kind, kind);
        EXPECT_EQ(answers().size(), 1U) << "only a person's words answer";
        report("2026-09-15 10:02", MailWay::sent, "1", "ann@school.example", kind);
        EXPECT_TRUE(undelivered_mails(log).empty());
    }
}

/// It was sent about a ticket that has become a part of this one.
TEST_F(Replied, NamesItsWriterWhereTheLogDoesNot) {
    log.push_back(log_entry(
        {MailWay::refused, MailKind::reply, "ann@school.example", "1", "550", "agent Sam"},
        london("2026-09-15 10:01")));
    ASSERT_EQ(undelivered_mails(log).size(), 1U);
    EXPECT_EQ(undelivered_mails(log).front().writer, "agent Sam");
    EXPECT_EQ(writer_of_mail(log, "1"), "");
    reply("2026-09-15 10:00", "2");
    EXPECT_EQ(writer_of_mail(log, "2"), "agent Tess");
}

}  // namespace
}  // namespace bellhop::rules
