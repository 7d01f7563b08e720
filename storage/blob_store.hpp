// Bytes kept under the hash of their content: raw mails, attachments, HTML bodies.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bellhop::storage {

class Database;

class BlobStore {
public:
    explicit BlobStore(Database& database);

    /// Stores `bytes` under their SHA-256 unless they are there already. Returns the hash in
    /// hexadecimal.
    std::string put(std::string_view bytes);
    /// The same where the hash is known already. Precondition: it is right.
    void put(std::string_view bytes, const std::string& sha256);
    std::optional<std::string> get(const std::string& sha256) const;

private:
    Database& database_;
};

}  // namespace bellhop::storage
