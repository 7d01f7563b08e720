#include "storage/quarantine.hpp"

#include "storage/blob_store.hpp"
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
