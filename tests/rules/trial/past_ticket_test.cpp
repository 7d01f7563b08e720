#include "rules/trial/past_ticket.hpp"

#include <gtest/gtest.h>

#include "rules/rule/ruling.hpp"

namespace bellhop::rules {
namespace {

TicketEvent change(Event type,
                   const std::string& actor,
                   const std::string& from,
                   const std::string& to) {
    return {{}, type, actor, {}, {{"from", from}, {"to", to}}};
}

TicketEvent entry(Event type, const std::string& detail = {}) {
    return {{}, type, "gateway", detail, {}};
}

/// Opened as P3, corrected by staff, resolved, reopened by a mail that a rule made P1.
std::vector<TicketEvent> eventful_log() {
    return {entry(Event::created),
            entry(Event::rules),
            change(Event::priority, "agent Tom", "P3", "P2"),
            change(Event::team, "agent Tom", "", "Network"),
            change(Event::status, "agent Tom", "open", "resolved"),
            entry(Event::customer_reply),
            change(Event::status, "gateway", "resolved", "open"),
            entry(Event::reopened),
            entry(Event::rules),
            change(Event::priority, "gateway", "P2", "P1"),
            entry(Event::tag, "chased"),
            entry(Event::restricted),
            change(Event::priority, "agent Mia", "P1", "P4")};
}

Ticket today() {
    Ticket ticket;
    ticket.id = TicketId{7};
    ticket.status = "open";
    ticket.priority = "P4";
    ticket.team = "Network";
    ticket.tags = {"sims", "chased"};
    ticket.restricted = true;
    ticket.cycle = 2;
    ticket.reopened = 1;
    return ticket;
}

TEST(PastTicket, IsTheOneOfTodayWithoutWhatCameLater) {
    const Ticket then = ticket_before(today(), eventful_log(), 5);
    EXPECT_EQ(then.status, "resolved");
    EXPECT_EQ(then.priority, "P2");
    EXPECT_EQ(then.team, "Network");
    EXPECT_EQ(then.tags, (std::vector<std::string>{"sims"}));
    EXPECT_FALSE(then.restricted);
    EXPECT_EQ(then.cycle, 1);
    EXPECT_EQ(then.reopened, 0);
    EXPECT_EQ(then.id, TicketId{7});
}

TEST(PastTicket, IsAsItWasOpenedBeforeItsFirstEntry) {
    const Ticket then = ticket_before(today(), eventful_log(), 0);
    EXPECT_EQ(then.status, "open");
    EXPECT_EQ(then.priority, "P3");
    EXPECT_EQ(then.team, "");
}

TEST(PastTicket, IsTheOneOfTodayAfterTheLastEntry) {
    EXPECT_EQ(ticket_before(today(), eventful_log(), 13), today());
    EXPECT_EQ(ticket_before(today(), eventful_log(), 99), today());
    EXPECT_EQ(ticket_before(today(), {}, 0), today());
}

TEST(PastTicket, IsCorrectedByPeopleOnlyAndUntilTheRulesChangeItAgain) {
    const std::vector<TicketEvent> log = eventful_log();
    EXPECT_EQ(corrected_after(log, 1, TicketField::priority), "P2");
    EXPECT_EQ(corrected_after(log, 1, TicketField::team), "Network");
    EXPECT_EQ(corrected_after(log, 8, TicketField::priority),
              "P4");  // its own change is no correction
    EXPECT_EQ(corrected_after(log, 8, TicketField::team), std::nullopt);
    EXPECT_EQ(corrected_after(log, 12, TicketField::priority), std::nullopt);
}

TEST(PastTicket, KnowsStaffByTheirName) {
    EXPECT_TRUE(is_by_staff(change(Event::priority, "agent Tom", "", "")));
    EXPECT_FALSE(is_by_staff(change(Event::priority, "gateway", "", "")));
    EXPECT_FALSE(is_by_staff(change(Event::priority, "rule outage", "", "")));
    EXPECT_FALSE(is_by_staff(change(Event::priority, "", "", "")));
}

}  // namespace
}  // namespace bellhop::rules
