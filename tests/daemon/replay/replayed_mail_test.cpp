#include "daemon/replay/replayed_mail.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::chrono::sys_seconds noon =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 2} + std::chrono::hours{12};

parsers::Message ours() {
    parsers::Message mail;
    mail.from = parsers::Address{"IT", "it@desk.example"};
    mail.subject = "[IT#7] Projector";
    mail.message_id = "7.ack.token@desk.example";
    mail.text = "Thank you.\nWe look at it.";
    return mail;
}

TEST(ReplayedMail, IsReadAsItWasWritten) {
    const parsers::Message mail = parsers::parse_message(
        written_mail({"Ann <ann@hill.example>", "it@desk.example", "head@hill.example"},
                     "Projector", "It is dark.", noon, 3));
    EXPECT_EQ(mail.from, (parsers::Address{"Ann", "ann@hill.example"}));
    ASSERT_EQ(mail.to.size(), 1U);
    EXPECT_EQ(mail.to[0].address, "it@desk.example");
    ASSERT_EQ(mail.cc.size(), 1U);
    EXPECT_EQ(mail.cc[0].address, "head@hill.example");
    EXPECT_EQ(mail.subject, "Projector");
    EXPECT_EQ(mail.text, "It is dark.\n");
    EXPECT_EQ(mail.date, noon);
    EXPECT_EQ(mail.message_id, "replay-3@hill.example");
}

TEST(ReplayedMail, RepliesAsAPersonDoes) {
    const parsers::Message reply = parsers::parse_message(
        reply_mail(ours(), "ann@hill.example", "Still dark.", noon, 4, false));
    EXPECT_EQ(reply.subject, "Re: [IT#7] Projector");
    EXPECT_EQ(reply.in_reply_to, std::vector{ours().message_id});
    EXPECT_EQ(reply.reply_text, "Still dark.");
    EXPECT_EQ(reply.kind, parsers::MessageKind::human);
}

TEST(ReplayedMail, RepliesAsARobotDoes) {
    const parsers::Message reply =
        parsers::parse_message(reply_mail(ours(), "ann@hill.example", "I am away.", noon, 4, true));
    EXPECT_EQ(reply.kind, parsers::MessageKind::automatic);
    EXPECT_EQ(reply.in_reply_to, std::vector{ours().message_id});
}

TEST(ReplayedMail, BouncesAsAMailServerDoes) {
    const parsers::Message bounce =
        parsers::parse_message(bounce_mail(ours(), "gone@hill.example", noon, 5));
    EXPECT_EQ(bounce.kind, parsers::MessageKind::bounce);
    ASSERT_TRUE(bounce.report.has_value());
    EXPECT_EQ(bounce.report->original_message_id, ours().message_id);
    ASSERT_EQ(bounce.report->recipients.size(), 1U);
    EXPECT_EQ(bounce.report->recipients[0].address, "gone@hill.example");
    EXPECT_EQ(bounce.report->recipients[0].action, "failed");
    EXPECT_EQ(bounce.report->recipients[0].status, "5.1.1");
}

}  // namespace
}  // namespace bellhop::daemon
