#include "storage/quarantine.hpp"

#include "storage/blob_store.hpp"
#include "storage/ledger.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

class QuarantineTest : public StoreTest {
protected:
    Quarantine quarantine{database};
    BlobStore blobs{database};

    QuarantinedMail mail(const std::string& bytes) {
        return {.key = {"support", 7, 9},
                .reason = hostile_text,
                .raw_sha256 = blobs.put(bytes),
                .size = bytes.size(),
                .at = at(100)};
    }
};

TEST_F(QuarantineTest, KeepsMailsUntilTheyAreReleased) {
    QuarantinedMail first = mail("first");
    QuarantinedMail second = mail("second");
    first.id = quarantine.put(first);
    second.id = quarantine.put(second);
    EXPECT_EQ(quarantine.list(false), (std::vector<QuarantinedMail>{second, first}));
    quarantine.mark_released(first.id, at(200));
    first.released_at = at(200);
    EXPECT_EQ(quarantine.list(false), std::vector<QuarantinedMail>{second});
    EXPECT_EQ(quarantine.list(true), (std::vector<QuarantinedMail>{second, first}));
    EXPECT_EQ(quarantine.find(first.id), first);
    EXPECT_EQ(quarantine.find(QuarantineId{99}), std::nullopt);
    EXPECT_EQ(blobs.get(first.raw_sha256), "first");
}

/// Who has dropped it and why stand where every mail has its outcome; the bytes stay.
TEST_F(QuarantineTest, DropsWhatNobodyWants) {
    Ledger ledger{database};
    QuarantinedMail dropped = mail("first");
    QuarantinedMail other = mail("second");
    other.key.uid = 10;
    for (QuarantinedMail* one : {&dropped, &other}) {
        one->id = quarantine.put(*one);
        ledger.record({.key = one->key,
                       .outcome = Outcome::quarantined,
                       .reason = one->reason,
                       .content_key = one->raw_sha256,
                       .at = one->at});
    }
    quarantine.drop(dropped, "tess", hostile_text, at(200));
    EXPECT_EQ(quarantine.list(false), std::vector<QuarantinedMail>{other});
    EXPECT_EQ(quarantine.waiting(dropped.key), std::nullopt);
    dropped.released_at = at(200);
    dropped.dropped = std::string{"tess: "} + hostile_text;
    EXPECT_EQ(quarantine.find(dropped.id), dropped);
    EXPECT_EQ(blobs.get(dropped.raw_sha256), "first");
    const LedgerEntry entry = ledger.find(dropped.key).value();
    EXPECT_EQ(entry.outcome, Outcome::ignored);
    EXPECT_EQ(entry.reason, "dropped from quarantine by " + dropped.dropped);
    EXPECT_EQ(entry.content_key, dropped.raw_sha256) << "delivered again it is the same mail";
    EXPECT_EQ(ledger.find(other.key)->outcome, Outcome::quarantined);
}

/// A mail that was taken after all and that a rule ignores was dropped by nobody.
TEST_F(QuarantineTest, TellsDroppedFromIgnored) {
    Ledger ledger{database};
    QuarantinedMail released = mail("first");
    released.id = quarantine.put(released);
    ledger.record({.key = released.key, .outcome = Outcome::ignored, .reason = "by rule x"});
    quarantine.mark_released(released.id, at(200));
    EXPECT_EQ(quarantine.find(released.id)->dropped, "");
}

TEST_F(QuarantineTest, KeepsAMailWhoseBytesWereNeverFetched) {
    QuarantinedMail large = mail("x");
    large.raw_sha256.clear();
    large.size = 4'000'000'000;
    large.id = quarantine.put(large);
    EXPECT_EQ(quarantine.find(large.id), large);
}

TEST_F(QuarantineTest, RefusesABlobThatIsNotStored) {
    QuarantinedMail without = mail("x");
    without.raw_sha256 = std::string(64, '0');
    EXPECT_THROW(quarantine.put(without), DatabaseError);
    EXPECT_FALSE(database.in_transaction());
}

}  // namespace
}  // namespace bellhop::storage
