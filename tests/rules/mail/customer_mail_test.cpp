#include "rules/mail/customer_mail.hpp"

#include <set>

#include <gtest/gtest.h>

#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

Ticket ticket_of(const std::string& address) {
    Ticket ticket;
    ticket.id = TicketId{7};
    ticket.requester = {"Ann", address};
    return ticket;
}

TEST(CustomerMail, GoesToNobodyWhomItCannotReach) {
    const std::vector<TicketEvent> silent;
    const std::vector<TicketEvent> returned{{london("2026-09-15 09:00"),
                                             MailEvent{MailKind::reminder, MailStep::failed},
                                             "gateway",
                                             "550 no such user",
                                             {{"failed", "ann@hill.example"}}}};
    EXPECT_EQ(why_not_to_mail(ticket_of("ann@hill.example"), silent, {}), std::nullopt);
    EXPECT_EQ(why_not_to_mail(ticket_of(""), silent, {}), "the requester has no address");
    EXPECT_EQ(why_not_to_mail(ticket_of("no-answer@hill.example"), silent, {}),
              "nobody reads the mail of no-answer@hill.example");
    EXPECT_EQ(why_not_to_mail(ticket_of("Ann@hill.example"), returned, {}),
              "mail to Ann@hill.example came back (550 no such user)");
}

/// Two mails of one kind may never have the same msg-id, nor may those of two rounds.
TEST(CustomerMail, HasALabelOfItsOwn) {
    std::set<std::string> labels;
    std::vector<TicketEvent> log;
    for (int round = 0; round < 3; ++round) {
        MailLabels names{log};
        for (int i = 0; i < 3; ++i) {
            for (const MailKind kind : mail_kinds()) {
                EXPECT_TRUE(labels.insert(names.next(kind)).second);
            }
        }
        log.emplace_back();
    }
}

TEST(CustomerMail, ThatIsWithheldLeavesTheReasonInTheLog) {
    const Ticket nobody = ticket_of("");
    const std::vector<TicketEvent> log;
    const BusinessCalendar calendar = calendar_of(provider_plan());
    MailLabels labels{log};
    const Action action = tell_requester(MailKind::visit, {}, {nobody, log, calendar, {}, {}}, {},
                                         labels, london("2026-09-15 09:00"), std::nullopt);
    EXPECT_EQ(std::get<Record>(action).event.type,
              (MailEvent{MailKind::visit, MailStep::withheld}));
    EXPECT_EQ(std::get<Record>(action).event.detail, "the requester has no address");
}

}  // namespace
}  // namespace bellhop::rules
