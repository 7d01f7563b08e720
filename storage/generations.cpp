#include "storage/generations.hpp"

#include "parsers/text/digest.hpp"
#include "storage/database.hpp"

namespace bellhop::storage {
namespace {

/// What was signed before there were generations keeps its key.
std::string key_of(std::string_view secret, const std::string& generation) {
    if (generation.empty()) return std::string{secret};
    const parsers::Sha256 key = parsers::hmac_sha256(secret, "generation " + generation);
    return {reinterpret_cast<const char*>(key.data()), key.size()};
}

}  // namespace

rules::TokenKeys Generations::keys(std::string_view secret) const {
    Statement query =
        database_.prepare("SELECT name, last_ticket FROM generations ORDER BY number DESC");
    rules::TokenKeys keys;
    while (query.step()) {
        std::string key = key_of(secret, query.text(0));
        if (query.is_null(1)) {
            keys.current = std::move(key);
        } else {
            keys.earlier.push_back({std::move(key), query.id<rules::TicketId>(1)});
        }
    }
    return keys;
}

std::optional<Restored> Generations::restored() const {
    Statement query = database_.prepare(
        "SELECT began_at, backed_up_at FROM generations "
        "WHERE backed_up_at IS NOT NULL ORDER BY number DESC LIMIT 1");
    if (!query.step()) return std::nullopt;
    return Restored{query.instant(0), query.instant(1)};
}

void Generations::begin(const Restored& restored,
                        std::int64_t last_given,
                        const std::vector<std::string>& mailboxes) {
    database_
        .prepare(
            "UPDATE generations SET last_ticket = "
            "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'tickets'), 0) "
            "WHERE last_ticket IS NULL")
        .run();
    database_
        .prepare(
            "INSERT INTO generations (name, began_at, backed_up_at) "
            "VALUES (lower(hex(randomblob(8))), ?1, ?2)",
            restored.at, restored.backed_up_at)
        .run();
    database_.prepare("DELETE FROM sqlite_sequence WHERE name = 'tickets'").run();
    database_.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('tickets', ?1)", last_given)
        .run();
    database_.prepare("DELETE FROM unread_since_restore").run();
    for (const std::string& mailbox : mailboxes) {
        database_.prepare("INSERT INTO unread_since_restore (mailbox) VALUES (?1)", mailbox).run();
    }
}

std::vector<std::string> Generations::unread() const {
    Statement query =
        database_.prepare("SELECT mailbox FROM unread_since_restore ORDER BY mailbox");
    std::vector<std::string> mailboxes;
    while (query.step()) mailboxes.push_back(query.text(0));
    return mailboxes;
}

bool Generations::is_unread(const std::string& mailbox) const {
    return database_.prepare("SELECT 1 FROM unread_since_restore WHERE mailbox = ?1", mailbox)
        .step();
}

void Generations::mark_read(const std::string& mailbox) {
    database_.prepare("DELETE FROM unread_since_restore WHERE mailbox = ?1", mailbox).run();
}

}  // namespace bellhop::storage
