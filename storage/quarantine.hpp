// Mails that could not be taken: kept whole, with the reason, until a person has looked.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/ledger.hpp"

namespace bellhop::storage {

class Database;

enum class QuarantineId : std::int64_t {};

struct QuarantinedMail {
    QuarantineId id = {};
    MailKey key = {};
    std::string reason = {};
    std::string raw_sha256 = {};  ///< the blob of the raw bytes; empty: the server has kept them
    std::uint64_t size = 0;
    std::chrono::sys_seconds at = {};
    /// When a person has settled it: taken as a ticket after all, or dropped.
    std::optional<std::chrono::sys_seconds> released_at = {};
    std::string dropped = {};  ///< "tbrown: an advertisement", where nobody wants it; else empty

    friend bool operator==(const QuarantinedMail&, const QuarantinedMail&) = default;
};

class Quarantine {
public:
    explicit Quarantine(Database& database);

    QuarantineId put(const QuarantinedMail& mail);  ///< `id` is ignored
    /// Newest first.
    std::vector<QuarantinedMail> list(bool released_too, std::size_t limit = 1000) const;
    std::size_t count(bool released_too) const;
    std::optional<QuarantinedMail> find(QuarantineId id) const;
    /// The entry of this mail that nobody has released yet.
    std::optional<QuarantinedMail> waiting(const MailKey& key) const;
    void mark_released(QuarantineId id, std::chrono::sys_seconds at);
    /// Nobody wants it: it waits no more, and the ledger says by whom and why. Its bytes stay until
    /// retention removes them; a mail that the server has never handed over is taken should it come
    /// after all. `who` and `why` are one line each.
    void drop(const QuarantinedMail& mail,
              const std::string& who,
              const std::string& why,
              std::chrono::sys_seconds at);

private:
    Database& database_;
};

}  // namespace bellhop::storage
