#include "daemon/view/output.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

TEST(Output, ShowsForeignTextOnOneLine) {
    EXPECT_EQ(on_one_line("a\r\nb\tc\x1b[31md", 80), "a  b c [31md");
    EXPECT_EQ(on_one_line("a\xC2\x9Bm", 80), "a m");  // C1: some terminals obey it
    EXPECT_EQ(on_one_line("\u00E9\u00E9\u00E9", 2), "\u00E9\u00E9…");
    EXPECT_EQ(on_one_line("\u00E9\u00E9", 2), "\u00E9\u00E9");
    EXPECT_EQ(on_one_line("", 0), "");
}

TEST(Output, KeepsLinesOfATextAndNothingThatATerminalObeys) {
    EXPECT_EQ(harmless_text("a\nb\tc\r\x1b[2J\x07\xC2\x85z\x7f"), "a\nb\tc[2Jz");
}

TEST(Output, ShowsSendersAsFarAsTheyAreKnown) {
    EXPECT_EQ(display({"Ann", "ann@x.example"}), "Ann <ann@x.example>");
    EXPECT_EQ(display({"", "ann@x.example"}), "ann@x.example");
    EXPECT_EQ(display({"Ann", ""}), "Ann");
    EXPECT_EQ(display({}), "");
}

TEST(Output, ShowsInstantsInUtc) {
    EXPECT_EQ(short_time(std::chrono::sys_seconds{}), "1970-01-01 00:00");
}

TEST(Output, LeavesOutWhatIsEmptyAndQuotesWhatIsForeign) {
    rules::Ticket ticket;
    ticket.id = rules::TicketId{7};
    ticket.subject = "\"]}\n\x01";
    const auto json = boost::json::parse(boost::json::serialize(to_json(ticket))).as_object();
    EXPECT_EQ(json.at("id"), 7);
    EXPECT_EQ(json.at("subject"), "\"]}\n\x01");
    EXPECT_FALSE(json.contains("team"));
    ticket.team = "desk";
    EXPECT_EQ(to_json(ticket).at("team"), "desk");
}

TEST(Output, TellsOfAQueuedMailWhenItIsTriedNext) {
    storage::OutboxMail mail;
    EXPECT_TRUE(to_json(mail).contains("next_attempt_at"));
    EXPECT_FALSE(to_json(mail).contains("ticket"));
    mail.state = storage::OutboxState::sent;
    mail.sent_at = std::chrono::sys_seconds{};
    mail.ticket = rules::TicketId{7};
    EXPECT_FALSE(to_json(mail).contains("next_attempt_at"));
    EXPECT_EQ(to_json(mail).at("sent_at"), "1970-01-01T00:00:00Z");
    EXPECT_EQ(to_json(mail).at("ticket"), 7);
}

TEST(Output, ShowsTheValuesOfALogEntry) {
    const rules::TicketEvent event{
        {}, rules::Event::status, "agent Tom", "a lamp", {{"to", "open"}}};
    const auto json = to_json(event);
    EXPECT_EQ(json.at("type"), "status");
    EXPECT_EQ(json.at("reason"), "a lamp");
    EXPECT_EQ(json.at("to"), "open");
}

}  // namespace
}  // namespace bellhop::daemon
