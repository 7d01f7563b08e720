#include "storage/blob_store.hpp"

#include <algorithm>
#include <utility>

#include "parsers/text/digest.hpp"
#include "parsers/text/ensure.hpp"
#include "storage/database.hpp"
#include "storage/mail_slices.hpp"

namespace bellhop::storage {
namespace {

int digit(char character) {
    if (character >= '0' && character <= '9') return character - '0';
    if (character >= 'a' && character <= 'f') return character - 'a' + 10;
    return -1;
}

/// The 32 bytes of a hash in hexadecimal, or nothing.
std::optional<std::string> digest_of(std::string_view hexadecimal) {
    if (hexadecimal.size() != 2 * parsers::Sha256{}.size()) return std::nullopt;
    std::string bytes;
    for (std::size_t index = 0; index < hexadecimal.size(); index += 2) {
        const int high = digit(hexadecimal[index]);
        const int low = digit(hexadecimal[index + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes += static_cast<char>(high << 4 | low);
    }
    return bytes;
}

std::string required_digest(std::string_view hexadecimal) {
    std::optional<std::string> digest = digest_of(hexadecimal);
    if (!digest)
        throw DatabaseError(DatabaseFault::other,
                            "\"" + std::string{hexadecimal} + "\" is no SHA-256");
    return *std::move(digest);
}

std::optional<BlobId> row_of(Database& database, std::string_view digest) {
    Statement query = database.prepare("SELECT id FROM blobs WHERE sha256 = ?1", BlobView{digest});
    if (!query.step()) return std::nullopt;
    return query.id<BlobId>(0);
}

bool has_slices(Database& database, BlobId id) {
    return database.prepare("SELECT 1 FROM blob_slices WHERE blob = ?1", id).step();
}

}  // namespace

BlobStore::BlobStore(Database& database) : database_(database) {}

std::string BlobStore::put(std::string_view bytes) {
    std::string sha256 = parsers::hex(parsers::sha256(bytes));
    put(bytes, sha256);
    return sha256;
}

void BlobStore::put(std::string_view bytes, const std::string& sha256) {
    const std::string digest = required_digest(sha256);
    if (!row_of(database_, digest)) put_row(bytes, digest, bytes.size());
}

BlobId BlobStore::put_row(std::string_view bytes, std::string_view digest, std::size_t size) {
    database_
        .prepare("INSERT INTO blobs (sha256, size, bytes) VALUES (?1, ?2, ?3)", BlobView{digest},
                 static_cast<std::int64_t>(size), BlobView{bytes})
        .run();
    return BlobId{database_.last_insert_rowid()};
}

void BlobStore::replace(BlobId id, std::string_view bytes) {
    const std::string digest = required_digest(parsers::hex(parsers::sha256(bytes)));
    ensure(!has_slices(database_, id));
    database_
        .prepare("UPDATE blobs SET sha256 = ?2, size = ?3, bytes = ?4 WHERE id = ?1", id,
                 BlobView{digest}, static_cast<std::int64_t>(bytes.size()), BlobView{bytes})
        .run();
    ensure(database_.changes() == 1);
}

void BlobStore::put_mail(std::string_view raw,
                         const std::string& sha256,
                         const std::vector<parsers::Attachment>& attachments) {
    const std::string digest = required_digest(sha256);
    AtomicWrite write{database_};
    std::vector<std::string_view> parts;
    for (const parsers::Attachment& attachment : attachments) {
        put(attachment.bytes, attachment.sha256);
        parts.push_back(attachment.bytes);
    }
    if (!row_of(database_, digest)) {
        const std::vector<MailSlice> slices = find_slices(raw, parts);
        std::string left;
        std::size_t done = 0;
        for (const MailSlice& slice : slices) {
            left += raw.substr(done, slice.position - done);
            done = slice.position + slice.length;
        }
        // Without slices the mail itself is bound: no copy of it is made.
        if (done > 0) left += raw.substr(done);
        const BlobId whole = put_row(done > 0 ? left : raw, digest, raw.size());
        for (const MailSlice& slice : slices) {
            database_
                .prepare(
                    "INSERT INTO blob_slices (blob, position, part, line_length, line_end) "
                    "VALUES (?1, ?2, ?3, ?4, ?5)",
                    whole, static_cast<std::int64_t>(slice.position),
                    find(attachments[slice.part].sha256),
                    static_cast<std::int64_t>(slice.breaks.length), slice.breaks.end)
                .run();
        }
    }
    write.commit();
}

std::optional<BlobId> BlobStore::find(const std::string& sha256) const {
    const std::optional<std::string> digest = digest_of(sha256);
    return digest ? row_of(database_, *digest) : std::nullopt;
}

std::optional<BlobId> BlobStore::reference(const std::string& sha256) const {
    if (sha256.empty()) return std::nullopt;
    const std::optional<BlobId> id = find(sha256);
    if (!id)
        throw DatabaseError(DatabaseFault::other, "no blob \"" + sha256 + "\" has been stored");
    return id;
}

std::optional<std::string> BlobStore::get(const std::string& sha256) const {
    const std::optional<BlobId> id = find(sha256);
    if (!id) return std::nullopt;
    return get(*id);
}

std::string BlobStore::get(BlobId id) const {
    std::string left;
    std::size_t size = 0;
    {
        Statement query = database_.prepare("SELECT bytes, size FROM blobs WHERE id = ?1", id);
        if (!query.step()) throw DatabaseError(DatabaseFault::damaged, "a blob is missing");
        left = query.text(0);
        size = static_cast<std::size_t>(query.integer(1));
    }
    if (left.size() == size) return left;

    // A part may be a mail with slices itself (a forwarded mail). It ends: a part is smaller than
    // the whole, because its base64 text is.
    std::string whole;
    whole.reserve(size);
    std::size_t used = 0;  // of `left`
    Statement slices = database_.prepare(
        "SELECT position, part, line_length, line_end FROM blob_slices WHERE blob = ?1 "
        "ORDER BY position",
        id);
    while (slices.step()) {
        const auto gap = static_cast<std::size_t>(slices.integer(0)) - whole.size();
        whole.append(left, std::min(used, left.size()), gap);
        used += gap;
        const LineBreaks breaks{static_cast<std::size_t>(slices.integer(2)), slices.text(3)};
        append_base64(whole, get(slices.id<BlobId>(1)), breaks);
    }
    whole.append(left, std::min(used, left.size()));
    if (whole.size() != size) {
        throw DatabaseError(DatabaseFault::damaged,
                            "a stored mail does not have the size that it had");
    }
    return whole;
}

}  // namespace bellhop::storage
