#include "rules/ticket/mail_report.hpp"

#include <gtest/gtest.h>

#include "rules/sla/ticket_history.hpp"

namespace bellhop::rules {
namespace {

constexpr std::chrono::sys_seconds at{std::chrono::seconds{1'790'000'000}};
constexpr std::array all_ways{MailWay::sent,     MailWay::deferred,  MailWay::refused,
                              MailWay::given_up, MailWay::cancelled, MailWay::withdrawn};

MailReport report(MailWay way) {
    return {way, MailKind::last_reminder, "Ann@School.example", "7.x@desk.example", "550 5.1.1 no"};
}

TEST(MailReport, IsReadAsItWasWritten) {
    for (const MailWay way : all_ways) {
        EXPECT_EQ(mail_report_of(log_entry(report(way), at)), report(way));
    }
}

TEST(MailReport, IsAnEntryForPeopleToo) {
    const TicketEvent sent = log_entry(report(MailWay::sent), at);
    EXPECT_EQ(sent.type.text(), "last_reminder_sent");
    EXPECT_EQ(sent.actor, "gateway");
    EXPECT_EQ(sent.detail, "accepted for Ann@School.example: 550 5.1.1 no");
    EXPECT_EQ(log_entry(report(MailWay::refused), at).type.text(), "last_reminder_failed");
    EXPECT_EQ(log_entry(report(MailWay::given_up), at).type.text(), "last_reminder_failed");
    EXPECT_EQ(log_entry(report(MailWay::deferred), at).type.text(), "last_reminder_deferred");
    const TicketEvent cancelled = log_entry(report(MailWay::cancelled), at, "agent Tom");
    EXPECT_EQ(cancelled.type.text(), "last_reminder_cancelled");
    EXPECT_EQ(cancelled.actor, "agent Tom");
    const TicketEvent withdrawn = log_entry(report(MailWay::withdrawn), at);
    EXPECT_EQ(withdrawn.type.text(), "withdrawn");
    EXPECT_EQ(withdrawn.detail, "last_reminder to Ann@School.example: 550 5.1.1 no");
}

// The history must not write to an address that was refused, and one that a full mailbox or a relay
// out of order has kept us from is none.
TEST(MailReport, TellsTheHistoryOfAnAddressThatFailedForGoodOnlyWhereItWasRefused) {
    for (const MailWay way : all_ways) {
        EXPECT_EQ(
            mail_returned_from({log_entry(report(way), at)}, "ann@school.example").has_value(),
            way == MailWay::refused);
    }
}

TEST(MailReport, IsNoOtherEntry) {
    EXPECT_EQ(mail_report_of({}), std::nullopt);
    const EventType failed = MailEvent{MailKind::reply, MailStep::failed};
    EXPECT_EQ(mail_report_of({at, failed, "gateway", "refused", {{"failed", "a@b.c"}}}),
              std::nullopt);
    EXPECT_EQ(mail_report_of({at, failed, "gateway", {}, {{"way", "sent"}, {"mail", "1"}}}),
              std::nullopt);
}

}  // namespace
}  // namespace bellhop::rules
