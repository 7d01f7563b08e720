#include "storage/generations.hpp"

#include "storage/outbox.hpp"
#include "storage/ticket_store.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

using rules::Genuine;
using rules::TicketId;

class GenerationsTest : public StoreTest {
protected:
    TicketStore tickets{database};
    Generations generations{database};
    const std::string secret = "the secret of the installation";

    void restore(std::int64_t last_given, const std::vector<std::string>& mailboxes = {}) {
        Transaction transaction{database};
        generations.begin({at(2000), at(1000)}, last_given, mailboxes);
        transaction.commit();
    }
    std::string signed_for(TicketId ticket) const {
        return rules::make_message_id({ticket, "ack-1"}, generations.keys(secret).current,
                                      "x.test");
    }
    Genuine judged(const std::string& message_id) const {
        return rules::read_message_id(message_id, generations.keys(secret))->second;
    }
};

TEST_F(GenerationsTest, SignsWithAKeyOfItsOwn) {
    EXPECT_NE(generations.keys(secret).current, secret);
    TemporaryFolder other_folder;
    Database other{other_folder.path() / "other.db"};
    EXPECT_NE(Generations{other}.keys(secret).current, generations.keys(secret).current);
    EXPECT_EQ(generations.restored(), std::nullopt);
}

TEST_F(GenerationsTest, KnowsItsTokensAgainAfterARestoreAndThoseOfLostTicketsAsLost) {
    const TicketId kept = tickets.open({});
    const std::string kept_id = signed_for(kept);
    const TicketId lost{static_cast<std::int64_t>(kept) + 1};  // opened after the backup
    const std::string lost_id = signed_for(lost);
    restore(static_cast<std::int64_t>(lost));

    EXPECT_EQ(judged(kept_id), Genuine::yes);
    EXPECT_EQ(judged(lost_id), Genuine::lost);
    // The same mail composed again has another msg-id.
    EXPECT_NE(signed_for(kept), kept_id);
    EXPECT_EQ(judged(signed_for(kept)), Genuine::yes);
    EXPECT_EQ(generations.restored(), (Restored{at(2000), at(1000)}));
}

TEST_F(GenerationsTest, KnowsALostTokenEvenWhereItsNumberIsGivenAgain) {
    const std::string lost_id = signed_for(TicketId{5});
    restore(4);
    ASSERT_EQ(tickets.open({}), TicketId{5});
    EXPECT_EQ(judged(lost_id), Genuine::lost);
    EXPECT_EQ(judged(signed_for(TicketId{5})), Genuine::yes);
}

TEST_F(GenerationsTest, GivesNumbersAboveAllThatWereGiven) {
    tickets.open({});
    restore(1234);
    EXPECT_EQ(tickets.open({}), TicketId{1235});
}

TEST_F(GenerationsTest, KeepsWhatEachEarlierOneKnew) {
    const std::string first = signed_for(tickets.open({}));  // 1
    restore(10);
    const std::string second = signed_for(tickets.open({}));  // 11
    const std::string lost = signed_for(TicketId{12});
    restore(20);
    EXPECT_EQ(judged(first), Genuine::yes);
    EXPECT_EQ(judged(second), Genuine::yes);
    EXPECT_EQ(judged(lost), Genuine::lost);
}

TEST_F(GenerationsTest, SendsNothingBeforeEachMailboxHasBeenReadAgain) {
    Outbox outbox{database};
    outbox.enqueue({.recipient = "a@b.test", .next_attempt_at = at(0)});
    restore(10, {"support", "office"});
    EXPECT_EQ(generations.unread(), (std::vector<std::string>{"office", "support"}));
    for (const char* mailbox : {"support", "office"}) {
        EXPECT_TRUE(outbox.due(at(5), 10).empty());
        EXPECT_EQ(outbox.next_due(), std::nullopt);
        EXPECT_TRUE(generations.is_unread(mailbox));
        generations.mark_read(mailbox);
        EXPECT_FALSE(generations.is_unread(mailbox));
    }
    EXPECT_EQ(outbox.due(at(5), 10).size(), 1U);
    EXPECT_EQ(outbox.next_due(), at(0));
}

TEST_F(GenerationsTest, GoesBackToTheOldKeyForWhatWasBeforeGenerations) {
    database.execute("DELETE FROM generations");
    database.execute("INSERT INTO generations (name, last_ticket) VALUES ('', 7), ('abc', NULL)");
    const auto old_id = [this](std::int64_t ticket) {
        return rules::make_message_id({TicketId{ticket}, "ack-1"}, secret, "x.test");
    };
    EXPECT_EQ(judged(old_id(7)), Genuine::yes);
    EXPECT_EQ(judged(old_id(8)), Genuine::lost);
}

}  // namespace
}  // namespace bellhop::storage
