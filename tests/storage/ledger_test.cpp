#include "storage/ledger.hpp"

#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

class LedgerTest : public StoreTest {
protected:
    Ledger ledger{database};

    static LedgerEntry entry(std::uint32_t uid) {
        return {.key = {"support", 7, uid},
                .outcome = Outcome::ticket,
                .reason = "new",
                .ticket = rules::TicketId{3},
                .message = rules::MessageId{4},
                .message_id = "a@b",
                .content_key = "key" + std::to_string(uid),
                .at = at(1000 + uid),
                .processed = false,
                .internal_at = at(900 + uid),
                .listed_size = 10 * uid};
    }
};

TEST_F(LedgerTest, GivesBackWhatWasRecorded) {
    LedgerEntry hostile{.key = {hostile_text, 4294967295U, 4294967295U},
                        .outcome = Outcome::quarantined,
                        .reason = hostile_text,
                        .message_id = hostile_text,
                        .content_key = hostile_text,
                        .at = at(-1),
                        .processed = true,
                        .unread = true};
    ledger.record(entry(1));
    ledger.record(hostile);
    EXPECT_EQ(ledger.find(entry(1).key), entry(1));
    EXPECT_EQ(ledger.find(hostile.key), hostile);
    EXPECT_EQ(ledger.find_same_mail(hostile_text, at(-1)), hostile);
    EXPECT_EQ(ledger.find({"support", 8, 1}), std::nullopt);
    EXPECT_EQ(ledger.find({"other", 7, 1}), std::nullopt);
}

TEST_F(LedgerTest, TakesOneOutcomeForEachMail) {
    ledger.record(entry(1));
    EXPECT_THROW(ledger.record(entry(1)), DatabaseError);
    EXPECT_FALSE(database.in_transaction());
}

KnownMail known(std::uint32_t uid) {
    return {uid, false, at(900 + uid), 10 * uid};
}

TEST_F(LedgerTest, KnowsTheMailsOfARange) {
    for (const std::uint32_t uid : {9U, 3U, 5U}) ledger.record(entry(uid));
    LedgerEntry last = entry(4294967295U);
    last.unread = true;
    last.internal_at.reset();
    last.listed_size.reset();
    ledger.record(last);
    EXPECT_EQ(ledger.known_mails("support", 7, 4, 9), (std::vector<KnownMail>{known(5), known(9)}));
    EXPECT_EQ(ledger.known_mails("support", 7, 6, 4294967295U),
              (std::vector<KnownMail>{known(9), {4294967295U, true, {}, {}}}));
    EXPECT_EQ(ledger.known_mails("support", 8, 1, 9), std::vector<KnownMail>{});
    EXPECT_EQ(ledger.known_mails("unknown", 7, 1, 9), std::vector<KnownMail>{});
}

TEST_F(LedgerTest, KeepsTheLivesOfAMailboxApart) {
    ledger.record(entry(1));
    LedgerEntry anew = entry(1);
    anew.key.uidvalidity = next_life(7);
    ledger.record(anew);
    EXPECT_EQ(ledger.find(anew.key), anew);
    EXPECT_EQ(server_uidvalidity(anew.key.uidvalidity), 7U);
    EXPECT_EQ(uidvalidity_text(7), "7");
    EXPECT_EQ(uidvalidity_text(next_life(next_life(4294967295))), "4294967295+2");
}

TEST_F(LedgerTest, FindsTheEarliestOfTheSameMailThatIsNoDuplicate) {
    LedgerEntry duplicate = entry(1);
    duplicate.outcome = Outcome::duplicate;
    duplicate.at = at(1);
    LedgerEntry later = entry(2);
    later.key.mailbox = "other";
    later.at = at(3);
    LedgerEntry earlier = entry(3);
    earlier.key.uidvalidity = 99;
    earlier.at = at(2);
    for (LedgerEntry* each : {&duplicate, &later, &earlier}) {
        each->content_key = "same";
        ledger.record(*each);
    }
    EXPECT_EQ(ledger.find_same_mail("same", at(0)), earlier);
    EXPECT_EQ(ledger.find_same_mail("same", at(3)), later);
    EXPECT_EQ(ledger.find_same_mail("same", at(4)), std::nullopt);
    EXPECT_EQ(ledger.find_same_mail("unknown", at(0)), std::nullopt);
}

TEST_F(LedgerTest, TakesNoKeyForNoMail) {
    LedgerEntry without = entry(1);
    without.content_key.clear();
    ledger.record(without);
    EXPECT_EQ(ledger.find_same_mail("", at(0)), std::nullopt);
}

TEST_F(LedgerTest, ListsTheUnprocessedUntilTheyAreMarked) {
    for (const std::uint32_t uid : {5U, 3U, 4U}) ledger.record(entry(uid));
    EXPECT_EQ(ledger.unprocessed("support", 7, 0, 2), (std::vector<KnownMail>{known(3), known(4)}));
    EXPECT_EQ(ledger.unprocessed("support", 7, 4, 2), std::vector<KnownMail>{known(5)});
    ledger.mark_processed({{"support", 7, 3}, {"support", 7, 4}, {"support", 7, 99}});
    EXPECT_EQ(ledger.unprocessed("support", 7, 0, 10), std::vector<KnownMail>{known(5)});
    EXPECT_TRUE(ledger.find({"support", 7, 3})->processed);
    ledger.mark_unprocessed({{"support", 7, 3}});
    EXPECT_EQ(ledger.unprocessed("support", 7, 0, 10),
              (std::vector<KnownMail>{known(3), known(5)}));
}

TEST_F(LedgerTest, WantsNothingMovedWhoseBytesTheServerHasKept) {
    LedgerEntry unread = entry(1);
    unread.outcome = Outcome::quarantined;
    unread.unread = true;
    ledger.record(unread);
    EXPECT_EQ(ledger.unprocessed("support", 7, 0, 10), std::vector<KnownMail>{});
}

TEST_F(LedgerTest, CountsAttemptsUntilThereIsAnOutcome) {
    const MailKey key = entry(1).key;
    EXPECT_EQ(ledger.attempts(key), 0);
    EXPECT_EQ(ledger.begin_attempt(key), 1);
    EXPECT_EQ(ledger.begin_attempt(key), 2);
    EXPECT_EQ(ledger.begin_attempt(entry(2).key), 1);
    EXPECT_EQ(Ledger{database}.attempts(key), 2);
    ledger.record(entry(1));
    EXPECT_EQ(ledger.attempts(key), 0);
    EXPECT_EQ(ledger.attempts(entry(2).key), 1);
}

TEST_F(LedgerTest, ForgetsAMailThatIsToBeReadOnceMore) {
    ledger.record(entry(1));
    ledger.record(entry(2));
    ledger.begin_attempt(entry(3).key);
    ledger.forget(entry(1).key);
    ledger.forget(entry(3).key);
    EXPECT_EQ(ledger.find(entry(1).key), std::nullopt);
    EXPECT_EQ(ledger.find_same_mail("key1", at(0)), std::nullopt);
    EXPECT_EQ(ledger.attempts(entry(3).key), 0);
    EXPECT_EQ(ledger.find(entry(2).key), entry(2));
    ledger.record(entry(1));
}

TEST_F(LedgerTest, KeepsOneCursorForAMailbox) {
    EXPECT_EQ(ledger.cursor("support"), std::nullopt);
    ledger.begin_attempt(entry(1).key);
    EXPECT_EQ(ledger.cursor("support"), std::nullopt);
    ledger.set_cursor({"support", 7, 12, at(5)});
    const MailboxCursor newer{"support", 8, 4294967295U, at(6), at(1), 4294967294U};
    ledger.set_cursor(newer);
    EXPECT_EQ(ledger.cursor("support"), newer);
}

TEST_F(LedgerTest, ListsNewestFirstByOutcome) {
    for (const std::uint32_t uid : {1U, 2U, 3U}) ledger.record(entry(uid));
    LedgerEntry ignored = entry(4);
    ignored.outcome = Outcome::ignored;
    ledger.record(ignored);
    EXPECT_EQ(ledger.list("support", std::nullopt, 2),
              (std::vector<LedgerEntry>{ignored, entry(3)}));
    EXPECT_EQ(ledger.list("support", Outcome::ignored, 9), std::vector<LedgerEntry>{ignored});
    EXPECT_EQ(ledger.list("support", Outcome::ticket, 1), std::vector<LedgerEntry>{entry(3)});
    EXPECT_EQ(ledger.list("unknown", std::nullopt, 9), std::vector<LedgerEntry>{});
}

TEST_F(LedgerTest, NamesEveryOutcome) {
    EXPECT_EQ(to_string(Outcome::ticket), "ticket");
    EXPECT_EQ(to_string(Outcome::follow_up), "follow_up");
    EXPECT_EQ(to_string(Outcome::duplicate), "duplicate");
    EXPECT_EQ(to_string(Outcome::ignored), "ignored");
    EXPECT_EQ(to_string(Outcome::quarantined), "quarantined");
}

}  // namespace
}  // namespace bellhop::storage
