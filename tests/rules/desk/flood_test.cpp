#include "rules/desk/flood.hpp"

#include <gtest/gtest.h>

#include "rules/desk/decide.hpp"
#include "rules/sla/ticket_history.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds now{1'790'000'000s};

MailPolicy policy() {
    MailPolicy rules;
    rules.tag = "HELP";
    rules.keys = "the key";
    rules.tickets.person = {{20, 10min}};
    rules.tickets.strangers = {{30, 10min}};
    rules.flood_team = "IT support";
    return rules;
}

MailReceived mail() {
    MailReceived mail;
    mail.message.from = parsers::Address{"Eve", "eve@evil.example"};
    mail.message.subject = "Buy";
    mail.mailbox = "support";
    mail.mailbox_address = "support@desk.example";
    mail.at = now;
    return mail;
}

/// One mail of a stranger too many.
Situation flooded() {
    Situation situation;
    situation.familiarity = Familiarity::stranger;
    situation.tickets.strangers = {30};
    return situation;
}

Ticket collector() {
    Ticket ticket;
    ticket.id = TicketId{9};
    ticket.status = status::open;
    ticket.tags = {flood_tag};
    return ticket;
}

const TicketEvent* entry(const Actions& actions, Event type) {
    for (const Action& action : actions) {
        const auto* record = std::get_if<Record>(&action);
        if (record != nullptr && record->event.type == type) return &record->event;
    }
    return nullptr;
}

template <class Wanted>
bool has(const Actions& actions) {
    for (const Action& action : actions) {
        if (std::holds_alternative<Wanted>(action)) return true;
    }
    return false;
}

TEST(Flood, OpensOneTicketThatCollects) {
    const Actions actions = decide(mail(), flooded(), policy());
    const Ticket ticket = std::get<OpenTicket>(actions.at(0)).ticket;
    EXPECT_TRUE(is_flood(ticket));
    EXPECT_EQ(ticket.team, "IT support");
    EXPECT_EQ(ticket.priority, "");
    EXPECT_EQ(ticket.requester.address, "");
    EXPECT_TRUE(ticket.participants.empty());
    EXPECT_FALSE(has<SendMail>(actions));
    const TicketEvent* collected = entry(actions, Event::collected);
    ASSERT_NE(collected, nullptr);
    EXPECT_EQ(collected->detail,
              "mail from eve@evil.example: strangers have opened 30 tickets in 10 minutes; not "
              "answered");
    EXPECT_EQ(value_of(*collected, "budget"), "strangers");
}

TEST(Flood, GoesOnInTheTicketThatIsThere) {
    Situation situation = flooded();
    situation.flood = collector();
    const Actions actions = decide(mail(), situation, policy());
    EXPECT_EQ(actions.at(0), Action{AppendTo{TicketId{9}}});
    EXPECT_EQ(actions.size(), 2U);
    EXPECT_NE(entry(actions, Event::collected), nullptr);
}

TEST(Flood, IsNoneForWhomTheDeskKnows) {
    Situation situation = flooded();
    situation.familiarity = Familiarity::known;
    const Actions actions = decide(mail(), situation, policy());
    EXPECT_FALSE(is_flood(std::get<OpenTicket>(actions.at(0)).ticket));
    EXPECT_TRUE(has<SendMail>(actions));
    situation.tickets.person = {20};
    EXPECT_TRUE(is_flood(std::get<OpenTicket>(decide(mail(), situation, policy()).at(0)).ticket));
}

TEST(Flood, IsNoneWhereAPersonHasLookedAtTheMail) {
    MailReceived released = mail();
    released.is_released = true;
    const Actions actions = decide(released, flooded(), policy());
    EXPECT_FALSE(is_flood(std::get<OpenTicket>(actions.at(0)).ticket));
}

// A flood must not be what hides a child from the people for it.
TEST(Flood, TellsThePeopleForItOfWhatMayBeAboutAChild) {
    Situation situation = flooded();
    situation.ruling.outcome.restricted = true;
    situation.ruling.outcome.notify = {"slt"};
    const Actions opened = decide(mail(), situation, policy());
    EXPECT_TRUE(std::get<OpenTicket>(opened.at(0)).ticket.restricted);
    EXPECT_TRUE(has<Notify>(opened));
    situation.flood = collector();
    const Actions appended = decide(mail(), situation, policy());
    EXPECT_TRUE(has<Restrict>(appended));
    EXPECT_TRUE(has<Notify>(appended));
    situation.ruling.outcome.restricted = false;
    EXPECT_FALSE(has<Notify>(decide(mail(), situation, policy())));
}

TEST(Flood, LeavesWhatBelongsToATicketWhereItBelongs) {
    Situation situation = flooded();
    Ticket ticket;
    ticket.id = TicketId{7};
    ticket.status = status::open;
    situation.thread.ticket = ticket.id;
    situation.ticket = ticket;
    EXPECT_EQ(decide(mail(), situation, policy()).at(0), Action{AppendTo{TicketId{7}}});
}

TEST(Flood, IgnoresWhatTheRulesIgnore) {
    Situation situation = flooded();
    situation.ruling.outcome.handling = Handling::ignore;
    EXPECT_TRUE(has<Ignore>(decide(mail(), situation, policy())));
}

}  // namespace
}  // namespace bellhop::rules
