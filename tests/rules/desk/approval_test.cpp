#include "rules/desk/approval.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

class TellOfApproval : public testing::Test {
protected:
    TellOfApproval() : calendar_(*BusinessCalendar::create(provider_plan())) {
        ticket_.id = TicketId{7};
        ticket_.requester = {"Ann Lee", "ann@hill.example"};
        ticket_.status = status::waiting_approval;
    }

    SendMail mail(const ApprovalVerdict& verdict) const {
        MailLabels labels{log_};
        return std::get<SendMail>(
            tell_of_approval(verdict, {ticket_, log_, calendar_, {}, WordStyle::british}, {}, {},
                             labels, std::chrono::sys_days{std::chrono::year{2026} / 9 / 15}));
    }

    BusinessCalendar calendar_;
    Ticket ticket_ = {};
    std::vector<TicketEvent> log_ = {};
};

TEST_F(TellOfApproval, NamesWhoHasSaidYes) {
    const SendMail yes = mail({true, "head@hill.example", "Helen Head", ""});
    EXPECT_EQ(yes.kind, MailKind::approved);
    EXPECT_EQ(yes.recipient, "ann@hill.example");
    EXPECT_EQ(yes.values.at("approver"), "Helen Head");
    EXPECT_FALSE(yes.label.empty()) << "it answers no mail";
}

TEST_F(TellOfApproval, GivesTheReasonOfANo) {
    const SendMail no = mail({false, "head@hill.example", "Helen Head", "not for Year 3"});
    EXPECT_EQ(no.kind, MailKind::refused);
    EXPECT_EQ(no.values.at("reason"), "not for Year 3");
    ticket_.restricted = true;
    EXPECT_FALSE(mail({false, "", "", "why"}).values.contains("reason"));
}

}  // namespace
}  // namespace bellhop::rules
