// Bytes kept under the hash of their content: raw mails, attachments, HTML bodies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/message.hpp"

namespace bellhop::storage {

class Database;

enum class BlobId : std::int64_t {};

class BlobStore {
public:
    explicit BlobStore(Database& database);

    /// Stores `bytes` under their SHA-256 unless they are there already. Returns the hash in
    /// hexadecimal.
    std::string put(std::string_view bytes);
    /// The same where the hash is known already. Precondition: it is right.
    void put(std::string_view bytes, const std::string& sha256);

    /// Stores a raw mail, and the attachments that were read from it. The base64 text of an
    /// attachment is left out of the mail and made again by get(): the bytes are stored once, and
    /// an attachment that comes in many mails (a logo) only once for all. Where the text cannot be
    /// made again to the byte, the mail is stored as it stands.
    void put_mail(std::string_view raw,
                  const std::string& sha256,
                  const std::vector<parsers::Attachment>& attachments);

    /// Other bytes for a blob that one row refers to. Precondition: it exists, and holds no slices.
    void replace(BlobId id, std::string_view bytes);

    /// The bytes; nothing where the hash is unknown or is none. Throws DatabaseError where they do
    /// not have the size they had.
    std::optional<std::string> get(const std::string& sha256) const;

    /// Throws DatabaseError where there is no such row.
    std::string get(BlobId id) const;

    /// The row of a blob: what other tables refer to it by.
    std::optional<BlobId> find(const std::string& sha256) const;
    /// The same for a column that may name no blob: nothing for an empty hash. Throws DatabaseError
    /// where the blob has not been stored.
    std::optional<BlobId> reference(const std::string& sha256) const;

private:
    BlobId put_row(std::string_view bytes, std::string_view digest, std::size_t size);

    Database& database_;
};

}  // namespace bellhop::storage
