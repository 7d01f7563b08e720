#include "rules/mail/late_mail.hpp"

#include <gtest/gtest.h>

#include "rules/ticket/mail_report.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds now{1'790'000'000s};

WaitingMail waiting(MailKind kind) {
    return {kind, now - 1h, {}};
}

std::optional<std::string> why(const WaitingMail& mail,
                               const std::string& status,
                               const std::vector<TicketEvent>& log) {
    Ticket ticket;
    ticket.status = status;
    return why_pointless(mail, ticket, log, shipped_statuses(), now);
}

TEST(IsLate, BeginsAMinuteAfterItWasComposed) {
    WaitingMail mail{MailKind::acknowledgement, now, {}};
    EXPECT_FALSE(is_late(mail, now));
    EXPECT_FALSE(is_late(mail, now + 59s));
    EXPECT_TRUE(is_late(mail, now + 60s));
    EXPECT_TRUE(is_late(mail, now - 1s)) << "composed by a clock that was ahead";
}

TEST(WhyPointless, EndsWithTheInstantThatItSpeaksOf) {
    for (const MailKind kind : mail_kinds()) {
        WaitingMail mail = waiting(kind);
        mail.until = now + 1s;
        EXPECT_EQ(why(mail, "open", {}), std::nullopt) << name_of(kind);
        mail.until = now;
        EXPECT_EQ(why(mail, "open", {}), "what it speaks of is past");
    }
}

TEST(WhyPointless, PromisesNoAnswerToWhoHasGotOne) {
    const TicketEvent answered{now,
                               Event::agent_reply,
                               "agent Tom",
                               {},
                               {{"mail", "7.reply-2.x@desk"}, {"to", "ann@school.example"}}};
    EXPECT_EQ(why(waiting(MailKind::acknowledgement), "open", {answered}),
              "somebody has answered meanwhile");
    EXPECT_EQ(why(waiting(MailKind::reminder), "open", {answered}), std::nullopt);
    const TicketEvent refused = log_entry(
        {MailWay::refused, MailKind::reply, "ann@school.example", "7.reply-2.x@desk", "550 no"},
        now);
    EXPECT_EQ(why(waiting(MailKind::acknowledgement), "open", {answered, refused}), std::nullopt)
        << "the answer has not arrived";
}

TEST(WhyPointless, PromisesNothingAboutWhatIsDone) {
    for (const StatusRule& status : shipped_statuses()) {
        EXPECT_EQ(why(waiting(MailKind::acknowledgement), status.name, {}).has_value(),
                  status.clock == ClockMode::stop)
            << status.name;
        EXPECT_EQ(why(waiting(MailKind::resolved), status.name, {}), std::nullopt);
    }
}

}  // namespace
}  // namespace bellhop::rules
