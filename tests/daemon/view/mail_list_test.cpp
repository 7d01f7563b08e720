#include "daemon/view/mail_list.hpp"

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

storage::OutboxMail waiting(std::int64_t id) {
    storage::OutboxMail mail;
    mail.id = storage::OutboxId{id};
    mail.recipient = "ann@hill.example";
    return mail;
}

TEST(MailList, ShowsWhatWaitsAndWhatStopsIt) {
    storage::OutboxMail refused = waiting(17);
    refused.ticket = rules::TicketId{1042};
    refused.state = storage::OutboxState::failed;
    refused.attempts = 3;
    refused.last_reply = "550 no\nsuch user";
    EXPECT_EQ(in_words(std::vector{refused, waiting(18)}),
              "    17  failed    acknowledgement  ticket 1042    ann@hill.example\n"
              "        after 3 attempts: 550 no such user\n"
              "    18  queued    acknowledgement  ticket 0       ann@hill.example\n");
    EXPECT_EQ(in_words(std::vector<storage::OutboxMail>{}), "");
}

TEST(MailList, ShowsWhatIsQuarantined) {
    storage::QuarantinedMail mail;
    mail.id = storage::QuarantineId{3};
    mail.key = {"it", 9, 4};
    mail.size = 12;
    mail.reason = "it could not\nbe read";
    EXPECT_EQ(in_words(std::vector{mail}),
              "     3  1970-01-01 00:00 UTC  it/9/4  12 bytes\n        it could not be read\n");
    mail.released_at = std::chrono::sys_seconds{};
    EXPECT_EQ(in_words(std::vector{mail}),
              "     3  1970-01-01 00:00 UTC  it/9/4  12 bytes  released\n"
              "        it could not be read\n");
}

TEST(MailList, ShowsWhatBecameOfEachMail) {
    storage::LedgerEntry entry;
    entry.key = {"it", storage::next_life(9), 4};
    entry.outcome = storage::Outcome::ticket;
    entry.ticket = rules::TicketId{7};
    entry.reason = "a new one";
    EXPECT_EQ(in_words(std::vector{entry}),
              "1970-01-01 00:00 UTC  it/9+1/4  ticket 7  a new one\n");
}

TEST(MailList, IsAnArrayForPrograms) {
    const auto array = to_array(std::vector{waiting(17), waiting(18)});
    ASSERT_EQ(array.size(), 2U);
    EXPECT_EQ(array[1].at("id"), 18);
}

}  // namespace
}  // namespace bellhop::daemon
