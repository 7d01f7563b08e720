#include "storage/blob_store.hpp"

#include "parsers/text/digest.hpp"
#include "storage/mail_slices.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

std::string sha256_of(std::string_view bytes) {
    return parsers::hex(parsers::sha256(bytes));
}

class BlobStoreTest : public StoreTest {
protected:
    BlobStore blobs{database};

    std::int64_t number(const char* sql) {
        Statement query = database.prepare(sql);
        EXPECT_TRUE(query.step());
        return query.integer(0);
    }
    std::int64_t stored_bytes() { return number("SELECT sum(length(bytes)) FROM blobs"); }

    static parsers::Attachment attachment(std::string bytes) {
        parsers::Attachment result;
        result.sha256 = sha256_of(bytes);
        result.bytes = std::move(bytes);
        return result;
    }

    static std::string mail_with(const std::vector<parsers::Attachment>& attachments) {
        std::string raw = "Subject: report\r\n\r\n";
        for (const parsers::Attachment& each : attachments) {
            raw += "--x\r\n\r\n";
            append_base64(raw, each.bytes, {});
            raw += "\r\n";
        }
        return raw + "--x--\r\n";
    }
};

TEST_F(BlobStoreTest, GivesBackTheBytes) {
    for (const std::string& bytes : {hostile_text, std::string{}, std::string(300'000, '\0')}) {
        const std::string hash = blobs.put(bytes);
        EXPECT_EQ(hash, sha256_of(bytes));
        EXPECT_EQ(blobs.get(hash), bytes);
    }
}

TEST_F(BlobStoreTest, StoresTheSameBytesOnce) {
    blobs.put("one");
    blobs.put("one");
    blobs.put("one", sha256_of("one"));
    EXPECT_EQ(number("SELECT count(*) FROM blobs"), 1);
}

TEST_F(BlobStoreTest, HasNothingUnderAnUnknownHash) {
    EXPECT_EQ(blobs.get(sha256_of("unknown")), std::nullopt);
    EXPECT_EQ(blobs.get(""), std::nullopt);
    EXPECT_EQ(blobs.get("' OR 1=1"), std::nullopt);
    EXPECT_EQ(blobs.get(std::string(64, 'G')), std::nullopt);
    EXPECT_THROW(blobs.put("bytes", "no hash"), DatabaseError);
}

TEST_F(BlobStoreTest, RefersToNothingOrToAStoredBlob) {
    const std::string hash = blobs.put("one");
    EXPECT_EQ(blobs.reference(""), std::nullopt);
    EXPECT_EQ(blobs.reference(hash), blobs.find(hash));
    EXPECT_THROW(blobs.reference(sha256_of("two")), DatabaseError);
}

TEST_F(BlobStoreTest, StoresAMailWithoutTheTextOfItsAttachments) {
    const std::vector<parsers::Attachment> attachments{attachment(std::string(90'000, 'a')),
                                                       attachment("small"),
                                                       attachment(std::string(70'000, 'b'))};
    const std::string raw = mail_with(attachments);
    blobs.put_mail(raw, sha256_of(raw), attachments);
    EXPECT_LT(stored_bytes(), 161'000);
    EXPECT_EQ(blobs.get(sha256_of(raw)), raw);
    for (const parsers::Attachment& each : attachments) {
        EXPECT_EQ(blobs.get(each.sha256), each.bytes);
    }
}

TEST_F(BlobStoreTest, StoresAnAttachmentOfManyMailsOnce) {
    const std::vector<parsers::Attachment> logo{attachment(std::string(50'000, 'l'))};
    for (int index = 0; index < 5; ++index) {
        const std::string raw = "X-Number: " + std::to_string(index) + "\r\n" + mail_with(logo);
        blobs.put_mail(raw, sha256_of(raw), logo);
        EXPECT_EQ(blobs.get(sha256_of(raw)), raw);
    }
    EXPECT_LT(stored_bytes(), 51'000);
}

TEST_F(BlobStoreTest, StoresAMailTwiceAsOne) {
    const std::vector<parsers::Attachment> attachments{attachment(std::string(5'000, 'a'))};
    const std::string raw = mail_with(attachments);
    blobs.put_mail(raw, sha256_of(raw), attachments);
    blobs.put_mail(raw, sha256_of(raw), attachments);
    EXPECT_EQ(blobs.get(sha256_of(raw)), raw);
    EXPECT_EQ(number("SELECT count(*) FROM blob_slices"), 1);
}

TEST_F(BlobStoreTest, StoresAMailWholeWhereItsAttachmentsAreNotInIt) {
    const std::vector<parsers::Attachment> attachments{attachment(std::string(5'000, 'a'))};
    const std::string raw = "Subject: none\r\n\r\n" + std::string(9'000, 'q');
    blobs.put_mail(raw, sha256_of(raw), attachments);
    EXPECT_EQ(blobs.get(sha256_of(raw)), raw);
    EXPECT_EQ(number("SELECT count(*) FROM blob_slices"), 0);
}

TEST_F(BlobStoreTest, MakesAMailInAMailAgain) {
    const std::vector<parsers::Attachment> picture{attachment(std::string(20'000, 'p'))};
    const std::string inner = mail_with(picture);
    blobs.put_mail(inner, sha256_of(inner), picture);
    const std::vector<parsers::Attachment> forwarded{attachment(inner)};
    const std::string outer = mail_with(forwarded);
    blobs.put_mail(outer, sha256_of(outer), forwarded);
    EXPECT_EQ(blobs.get(sha256_of(outer)), outer);
    EXPECT_LT(stored_bytes(), 21'000);
}

TEST_F(BlobStoreTest, NoticesAMailThatHasLostAPart) {
    const std::vector<parsers::Attachment> attachments{attachment(std::string(5'000, 'a'))};
    const std::string raw = mail_with(attachments);
    blobs.put_mail(raw, sha256_of(raw), attachments);
    database.execute("DELETE FROM blob_slices");
    EXPECT_THROW(blobs.get(sha256_of(raw)), DatabaseError);
}

}  // namespace
}  // namespace bellhop::storage
