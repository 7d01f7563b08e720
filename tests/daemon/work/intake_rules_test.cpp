// What rules.toml, people.toml, sla.toml and calendar.toml do to a mail that comes in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/work/due_round.hpp"
#include "parsers/message/parse_message.hpp"
#include "rules/sla/ticket_history.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using storage::Outcome;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

constexpr const char* people_toml = R"(
[[school]]
name = "Hill Primary"
domains = ["hill.example"]

[[team]]
name = "MIS"
address = "mis@desk.example"

[[technician]]
name = "Mia"
address = "mia@desk.example"
teams = ["MIS"]

[[contact]]
name = "Diana Deputy"
address = "deputy@hill.example"
school = "Hill Primary"
slt = true
)";

constexpr const char* calendar_toml = R"(
zone = "Europe/London"
otherwise = "term"
[hours.term]
monday_to_friday = "08:30-16:30"
[[closed]]
name = "Half-term"
from = 2026-10-26
to = 2026-10-30
)";

constexpr const char* sla_toml = R"(
default = "P3"
[priority.P1]
name = "Major"
respond = "30 minutes"
[priority.P3]
name = "Normal"
respond = "4 hours"
)";

constexpr const char* rules_toml = R"(
[default]
priority = "P3"

[[rule]]
name = "SIMS"
when.text = ["sims"]
then.team = "MIS"
then.tags = ["sims"]
then.notify = ["MIS"]

[[rule]]
name = "safeguarding"
when.text = ["safeguarding"]
then.priority = "P1"
then.restricted = true
then.notify = ["Mia"]

[[rule]]
name = "newsletters"
when.from = "*@news.example"
then.ignore = true

[[rule]]
name = "suspicious"
when.text = ["bitcoin"]
then.quarantine = true

[[rule]]
name = "outage"
when.text = ["internet down"]
when.surge = { tickets = 3, people = 2, within = "15 min" }
then.priority = "P1"
then.parent = "first"

[[rule]]
name = "chased"
when.text = ["still waiting"]
when.arrival = "follow-up"
then.priority = "P1"
)";

class IntakeRules : public BusyDesk {
protected:
    IntakeRules() {
        config_.write("people.toml", people_toml);
        config_.write("calendar.toml", calendar_toml);
        config_.write("sla.toml", sla_toml);
        config_.write("rules.toml", rules_toml);
    }

    rules::Ticket ticket(const Taken& taken) const {
        return BusyDesk::ticket(taken.ticket.value());
    }

    /// What goes out now, once the people of the desk are told.
    std::vector<storage::OutboxMail> mails() {
        const std::string key = "the key";
        run_due({*store_, *desk_, key, clock_.time});
        return store_->outbox.due(clock_.time, 100);
    }
};

TEST_F(IntakeRules, SetTheTicketAndTellTheTeam) {
    const Taken taken = receive("ann@hill.example", "SIMS is slow");
    EXPECT_EQ(ticket(taken).team, "MIS");
    EXPECT_EQ(ticket(taken).priority, "P3");
    EXPECT_EQ(ticket(taken).school, "Hill Primary");
    EXPECT_THAT(ticket(taken).tags, ElementsAre("sims"));
    const auto sent = mails();
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[1].recipient, "mis@desk.example");
    const parsers::Message notice = parsers::parse_message(sent[1].bytes);
    EXPECT_THAT(notice.subject, HasSubstr("#1] SIMS is slow"));
    EXPECT_EQ(notice.field("Auto-Submitted"), "auto-generated");
    EXPECT_THAT(notice.text, HasSubstr("Ann asks for help."));
    EXPECT_THAT(notice.text, Not(HasSubstr("rule")));
}

TEST_F(IntakeRules, WriteDownWhichRulesDecidedByWhichFiles) {
    const Taken taken = receive("ann@hill.example", "SIMS is slow");
    const auto events = store_->tickets.events(*taken.ticket);
    const rules::Ruling ruling = rules::read_ruling(events.at(1));
    EXPECT_THAT(ruling.matched, ElementsAre("SIMS"));
    EXPECT_EQ(ruling.digest, desk_->rules.rule_set().book().digest);
    EXPECT_EQ(ruling.digest.size(), 64U);
}

TEST_F(IntakeRules, KeepTheWordsOfARestrictedTicketOutOfEveryMail) {
    receive("ann@hill.example", "Safeguarding worry about Tim");
    for (const storage::OutboxMail& mail : mails()) {
        EXPECT_THAT(mail.bytes, Not(HasSubstr("Tim"))) << mail.recipient;
        EXPECT_THAT(mail.bytes, Not(HasSubstr("worry"))) << mail.recipient;
    }
    EXPECT_EQ(mails().size(), 2U);
}

TEST_F(IntakeRules, SendAStrangerNoneOfTheWordsBack) {
    receive("mallory@elsewhere.example", "Buy pills at pills.example");
    const auto sent = mails();
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0].recipient, "mallory@elsewhere.example");
    EXPECT_THAT(sent[0].bytes, Not(HasSubstr("pills")));
    EXPECT_THAT(sent[0].bytes, Not(HasSubstr("Ann")));
    EXPECT_EQ(sent[1].recipient, "mia@desk.example") << "who has to read it";
}

TEST_F(IntakeRules, IgnoreAndPutAside) {
    EXPECT_EQ(receive("x@news.example", "This week").outcome, Outcome::ignored);
    const Taken taken = receive("x@elsewhere.example", "Send bitcoin");
    EXPECT_EQ(taken.outcome, Outcome::quarantined);
    EXPECT_EQ(taken.reason, "by the rule \"suspicious\"");
    EXPECT_EQ(store_->quarantine.list(false).size(), 1U);
    EXPECT_TRUE(mails().empty());
}

TEST_F(IntakeRules, SeeASurgeAndLinkTheLaterOnesToTheFirst) {
    const Taken first = receive("ann@hill.example", "Internet down");
    receive("ann@hill.example", "Internet down again");
    EXPECT_EQ(ticket(first).priority, "P3");
    const Taken third = receive("bob@hill.example", "internet down in lab 2");
    EXPECT_EQ(ticket(third).priority, "P1");
    EXPECT_EQ(store_->tickets.links(*third.ticket),
              (std::vector<storage::TicketLink>{{*first.ticket, "child_of"}}));
}

TEST_F(IntakeRules, SeeASurgeAcrossARestart) {
    receive("ann@hill.example", "Internet down");
    receive("ann@hill.example", "Internet down again");
    intake_.emplace(*store_, clock_, "the key");
    EXPECT_EQ(ticket(receive("bob@hill.example", "internet down")).priority, "P1");
    clock_.time += 16min;
    EXPECT_EQ(ticket(receive("bob@hill.example", "internet down")).priority, "P3");
}

TEST_F(IntakeRules, LinkAllOfASurgeToOneTicketAcrossARestart) {
    const Taken first = receive("ann@hill.example", "Internet down");
    clock_.time += 1min;
    receive("bob@hill.example", "Internet down");
    clock_.time += 9min;
    receive("carl@hill.example", "Internet down");
    receive("dora@hill.example", "Internet down");
    intake_.emplace(*store_, clock_, "the key");
    clock_.time += 7min;  // the first two no longer count, but those linked to the first do
    const Taken last = receive("ann@hill.example", "Internet down");
    EXPECT_EQ(ticket(last).priority, "P1");
    EXPECT_EQ(store_->tickets.links(*last.ticket),
              (std::vector<storage::TicketLink>{{*first.ticket, "child_of"}}));
}

TEST_F(IntakeRules, CountASurgeAsFarBackAsChangedRulesSay) {
    receive("ann@hill.example", "Internet down");
    receive("bob@hill.example", "Internet down");
    clock_.time += 20min;
    receive("ann@hill.example", "projector");
    std::string changed = rules_toml;
    changed.replace(changed.find("15 min"), 6, "1 hour");
    config_.write("rules.toml", changed);
    load();
    EXPECT_EQ(ticket(receive("carl@hill.example", "Internet down")).priority, "P1");
}

TEST_F(IntakeRules, RaiseAFollowUp) {
    const Taken first = receive("ann@hill.example", "Projector");
    const std::string number = std::to_string(static_cast<std::int64_t>(*first.ticket));
    const std::string tag = "[" + desk_->settings.desk.ticket_tag + "#" + number + "]";
    const Taken reply = receive("ann@hill.example", "Re: " + tag + " I am still waiting");
    ASSERT_EQ(reply.ticket, first.ticket);
    EXPECT_EQ(ticket(first).priority, "P1");
    const auto events = store_->tickets.events(*first.ticket);
    const rules::TicketEvent& raised = events.at(events.size() - 2);
    EXPECT_EQ(raised.type, rules::Event::priority);
    EXPECT_EQ(raised.detail, "by the rule \"chased\"");
    EXPECT_EQ(events.back().type, rules::Event::news);
    EXPECT_EQ(events.back().detail, "customer_replied: to be told to mia@desk.example");
    EXPECT_EQ(rules::value_of(events.back(), "grave"), "yes") << "by the new priority";
}

TEST_F(IntakeRules, PromiseByWhenInTheAcknowledgement) {
    using std::chrono::sys_days;
    clock_.time = sys_days{std::chrono::year{2026} / 10 / 23} + 14h;  // a Friday, 3 pm in London
    receive("ann@hill.example", "Projector");
    const parsers::Message answer = parsers::parse_message(mails().at(0).bytes);
    EXPECT_THAT(answer.text, HasSubstr("Somebody will answer you by Monday 2 November, 11 am."));
    EXPECT_THAT(answer.text,
                HasSubstr("If you have not heard from us in time, reply to this mail."));
}

TEST_F(IntakeRules, SayInTheHolidaysWhenTheDeskOpens) {
    using std::chrono::sys_days;
    clock_.time = sys_days{std::chrono::year{2026} / 10 / 27} + 23h;
    receive("ann@hill.example", "Projector");
    const parsers::Message answer = parsers::parse_message(mails().at(0).bytes);
    EXPECT_THAT(answer.text,
                HasSubstr("The help desk is closed now (Half-term) and opens on Monday 2 November, "
                          "8.30 am. Somebody will answer you by Monday 2 November, 12.30 pm."));
}

TEST(DeskFolder, IsRefusedWhereItsOwnTestsFail) {
    ConfigFolder config;
    write_config_folder(config.path(), "school", Overwriting::refused);
    for (const char* name : {"people.toml", "calendar.toml", "sla.toml"}) {
        std::filesystem::remove(config.path() / name);
    }
    config.write("rules.toml",
                 "priorities = [\"P1\", \"P3\"]\n[default]\npriority = \"P3\"\n\n[[test]]\n"
                 "subject = \"fire\"\nexpect.priority = \"P1\"\n");
    const auto desk = load_desk(config.path());
    ASSERT_FALSE(desk.has_value());
    EXPECT_THAT(render_all(desk.error()), HasSubstr("test \"fire\" fails"));
    EXPECT_TRUE(load_desk(config.path(), OwnTests::may_fail).has_value());
}

TEST(DeskFolder, NamesAStepThatTellsNobody) {
    ConfigFolder config;
    write_config_folder(config.path(), "school", Overwriting::refused);
    config.write("sla.toml",
                 "default = \"medium\"\n[priority.medium]\nrespond = \"3 hours\"\n"
                 "[[step]]\nat = \"breach\"\ntell = [\"team\", \"mangaer\"]\n");
    config.write("rules.toml", "[default]\npriority = \"medium\"\n");
    const auto desk = load_desk(config.path());
    ASSERT_TRUE(desk.has_error());
    EXPECT_THAT(render_all(desk.error()), HasSubstr("sla.toml:4:1"));
    EXPECT_THAT(render_all(desk.error()), HasSubstr("nobody is called \"mangaer\""));
}

TEST(DeskFolder, NamesASchoolWhoseCalendarIsNowhere) {
    ConfigFolder config;
    write_config_folder(config.path(), "school", Overwriting::refused);
    std::filesystem::remove(config.path() / "rules.toml");
    config.write("calendar.toml", calendar_toml);
    config.write("sla.toml", sla_toml);
    config.write("people.toml",
                 "[[school]]\nname = \"Hill\"\ndomains = [\"hill.example\"]\n"
                 "calendar = \"hill\"\n");
    const auto desk = load_desk(config.path());
    ASSERT_FALSE(desk.has_value());
    EXPECT_THAT(render_all(desk.error()), HasSubstr("there is no calendar \"hill\" for \"Hill\""));
}

}  // namespace
}  // namespace bellhop::daemon
