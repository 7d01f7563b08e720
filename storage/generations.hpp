// The generations of the database, and what a restored one has still to do.
//
// A generation begins when the database is made, and at each restore from a backup. Between the
// backup and the restore numbers and Message-IDs were given that this database knows nothing of;
// each generation signs with a key of its own, so that they can be told from its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/ticket/own_message_id.hpp"

namespace bellhop::storage {

class Database;

/// When the database was last restored, and from what.
struct Restored {
    /// Of the mails that a server dates by this second or an earlier one nobody knows whether they
    /// have been answered; the gateway starts later than it.
    std::chrono::sys_seconds at = {};
    std::chrono::sys_seconds backed_up_at = {};

    friend bool operator==(const Restored&, const Restored&) = default;
};

class Generations {
public:
    explicit Generations(Database& database) : database_(database) {}

    /// The keys of tokens, all made from the secret key of the installation.
    rules::TokenKeys keys(std::string_view secret) const;

    /// Nothing where the database has never been restored.
    std::optional<Restored> restored() const;

    /// Begins a generation; the first ticket opened in it has a number above `last_given`. Nothing
    /// is sent until each of `mailboxes` has been read again. To be called within a transaction.
    void begin(const Restored& restored,
               std::int64_t last_given,
               const std::vector<std::string>& mailboxes);

    /// Mailboxes that are still to be read again, by name.
    std::vector<std::string> unread() const;
    bool is_unread(const std::string& mailbox) const;
    /// It has been read again, or is no longer wanted.
    void mark_read(const std::string& mailbox);

private:
    Database& database_;
};

}  // namespace bellhop::storage
