#include "storage/inspection.hpp"

#include <algorithm>
#include <optional>

#include "parsers/text/digest.hpp"
#include "storage/blob_store.hpp"
#include "storage/database.hpp"

namespace bellhop::storage {
namespace {

constexpr std::size_t most_named = 5;  // numbers in a line

/// What must be true of the rows, told by those of which it is not: `sql` gives their numbers.
struct Invariant {
    const char* what;
    const char* sql;
    const char* to_do;
};

constexpr const char* tell_us =
    "nothing is lost by it now; keep a backup, and report it with the output of this command";

constexpr Invariant invariants[] = {
    {"tickets without a message",
     "SELECT id FROM tickets t WHERE NOT EXISTS "
     "(SELECT 1 FROM messages m WHERE m.ticket = t.id) ORDER BY id",
     tell_us},
    {"tickets whose log has no beginning",
     "SELECT id FROM tickets t WHERE NOT EXISTS "
     "(SELECT 1 FROM events e WHERE e.ticket = t.id AND e.type = 'created') ORDER BY id",
     tell_us},
    {"mails in quarantine whose bytes are gone",
     "SELECT id FROM quarantine WHERE raw IS NULL AND size > 0 ORDER BY id",
     "the mail may still lie on the server, in the folder of processed mail: move it back"},
    {"mails in the ledger whose message has a number that was never given",
     "SELECT uid FROM ledger WHERE message > "
     "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'messages'), 0)",
     advice_on_damage},
    {"mails in the ledger whose ticket has a number that was never given",
     "SELECT uid FROM ledger WHERE ticket > "
     "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'tickets'), 0)",
     advice_on_damage},
    {"tickets with a number that was never given",
     "SELECT id FROM tickets WHERE id > "
     "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'tickets'), 0)",
     advice_on_damage},
    {"mails to be sent in a state that there is not",
     "SELECT id FROM outbox WHERE state NOT IN "
     "('queued', 'sending', 'sent', 'failed', 'cancelled') ORDER BY id",
     tell_us},
    {"mails that count as sent, without an instant",
     "SELECT id FROM outbox WHERE state = 'sent' AND sent_at IS NULL ORDER BY id", tell_us},
};

std::string named(const std::vector<std::int64_t>& numbers, std::int64_t times) {
    std::string text;
    for (const std::int64_t one : numbers) text += (text.empty() ? "" : ", ") + std::to_string(one);
    return times > static_cast<std::int64_t>(numbers.size()) ? text + ", ..." : text;
}

class Inspector {
public:
    explicit Inspector(Database& database) : database_(database) {}

    Inspection inspect(std::size_t most_blobs) && {
        for (const std::string& line : database_.damage()) {
            found_.faults.push_back({line, advice_on_damage, 1});
        }
        // What is read below may be nonsense then, or throw.
        if (!found_.faults.empty()) return std::move(found_);
        for (const Invariant& one : invariants) hold_against(one);
        found_.tickets = number("SELECT count(*) FROM tickets");
        found_.messages = number("SELECT count(*) FROM messages");
        found_.blobs = number("SELECT count(*) FROM blobs");
        read_blobs(most_blobs);
        return std::move(found_);
    }

private:
    std::int64_t number(const char* sql) {
        Statement query = database_.prepare(sql);
        return query.step() ? query.integer(0) : 0;
    }

    void hold_against(const Invariant& invariant) {
        std::vector<std::int64_t> numbers;
        std::int64_t times = 0;
        for (Statement query = database_.prepare(invariant.sql); query.step(); ++times) {
            if (numbers.size() < most_named) numbers.push_back(query.integer(0));
        }
        add(invariant.what, numbers, times, invariant.to_do);
    }

    void add(const std::string& what,
             const std::vector<std::int64_t>& numbers,
             std::int64_t times,
             const char* to_do) {
        if (times == 0) return;
        found_.faults.push_back({what + ": " + named(numbers, times), to_do, times});
    }

    /// A sample that meets every part of the table: each n-th row.
    void read_blobs(std::size_t most) {
        if (most == 0 || found_.blobs == 0) return;
        const auto wanted = static_cast<std::int64_t>(most);
        const std::int64_t step = (found_.blobs - 1) / wanted + 1;
        std::vector<std::int64_t> others;
        std::int64_t times = 0;
        Statement rows = database_.prepare("SELECT id, sha256 FROM blobs ORDER BY id");
        for (std::int64_t at = 0; rows.step(); ++at) {
            if (at % step != 0) continue;
            ++found_.blobs_read;
            if (is_whole(rows.id<BlobId>(0), rows.text(1))) continue;
            ++times;
            if (others.size() < most_named) others.push_back(rows.integer(0));
        }
        add("stored bytes that are not those of their hash", others, times, advice_on_damage);
    }

    bool is_whole(BlobId id, const std::string& digest) {
        try {
            const std::string bytes = BlobStore{database_}.get(id);
            return parsers::hex(parsers::sha256(bytes)) == parsers::hex(digest);
        } catch (const DatabaseError& error) {
            if (error.fault() != DatabaseFault::damaged) throw;
            return false;
        }
    }

    Database& database_;
    Inspection found_ = {};
};

}  // namespace

Inspection inspect(Database& database, std::size_t most_blobs) {
    return Inspector{database}.inspect(most_blobs);
}

QuickLook look_quickly(Database& database, const std::function<bool()>& is_enough) {
    QuickLook look;
    for (const std::string& table : database.tables()) {
        const auto damage = is_enough() ? std::nullopt : database.quick_damage(table, is_enough);
        if (!damage) {
            look.not_seen.push_back(table);
            continue;
        }
        look.tables.push_back(table);
        for (const std::string& line : *damage) look.damage.push_back(table + ": " + line);
    }
    return look;
}

}  // namespace bellhop::storage
