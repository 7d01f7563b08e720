#include "storage/backup.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/database.hpp"
#include "storage/generations.hpp"

namespace bellhop::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t smallest_gap = 1000;  // numbers left out at a restore, at least
constexpr std::int64_t gap_factor = 10;      // busier than ever before: September after an outage
constexpr std::chrono::days rate_window{28};
constexpr std::size_t most_damage_told = 3;  // lines; the first ones say enough

class Descriptor {
public:
    Descriptor(const fs::path& file, int flags)
        : number_(::open(file.c_str(), flags, S_IRUSR | S_IWUSR)) {
        if (number_ < 0) fail("cannot open", file);
    }
    ~Descriptor() { ::close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int number() const { return number_; }
    void flush(const fs::path& file) const {
        if (::fsync(number_) != 0) fail("cannot write", file);
    }
    [[noreturn]] static void fail(const char* what, const fs::path& file) {
        throw BackupError(std::string{what} + " \"" + file.string() +
                          "\": " + std::strerror(errno));
    }

private:
    int number_;
};

/// The file and its name in the folder.
void flush(const fs::path& file) {
    Descriptor{file, O_RDWR | O_CLOEXEC}.flush(file);
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path{"."};
    Descriptor{folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC}.flush(folder);
}

void rename_file(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) Descriptor::fail("cannot replace", to);
}

void remove_database(const fs::path& file) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
        std::error_code ignored;
        fs::remove(file.string() + suffix, ignored);
    }
}

/// Gone when it is not wanted any more, whatever happens.
class TemporaryDatabase {
public:
    explicit TemporaryDatabase(fs::path file) : file_(std::move(file)) { remove_database(file_); }
    ~TemporaryDatabase() { remove_database(file_); }
    TemporaryDatabase(const TemporaryDatabase&) = delete;
    TemporaryDatabase& operator=(const TemporaryDatabase&) = delete;
    const fs::path& file() const { return file_; }

private:
    fs::path file_;
};

std::int64_t number(Database& database, const char* sql) {
    Statement query = database.prepare(sql);
    return query.step() ? query.integer(0) : 0;
}

std::int64_t last_ticket_given(Database& database) {
    return number(database, "SELECT seq FROM sqlite_sequence WHERE name = 'tickets'");
}

void require_undamaged(Database& database, const fs::path& file) {
    const std::vector<std::string> damage = database.damage();
    if (damage.empty()) return;
    std::string text = "\"" + file.string() + "\" is damaged:";
    for (std::size_t i = 0; i < std::min(damage.size(), most_damage_told); ++i) {
        text += (i > 0 ? "; " : " ") + damage[i];
    }
    throw BackupError(text);
}

std::uint64_t size_of(const fs::path& file) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    return error ? 0 : size;
}

bool is_backup(Database& database) {
    return database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'backup_made'").step();
}

BackupFacts facts_of(Database& database, const fs::path& file) {
    Statement made = database.prepare("SELECT made_at FROM backup_made");
    if (!made.step()) throw BackupError("\"" + file.string() + "\" is no backup");
    return {made.instant(0), number(database, "SELECT count(*) FROM tickets"),
            number(database, "SELECT count(*) FROM messages"), size_of(file)};
}

void copy_bytes(const fs::path& from, const fs::path& to) {
    const Descriptor in{from, O_RDONLY | O_CLOEXEC};
    const Descriptor out{to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC};
    std::string buffer(1024 * 1024, '\0');
    for (;;) {
        const ssize_t read = ::read(in.number(), buffer.data(), buffer.size());
        if (read < 0) Descriptor::fail("cannot read", from);
        if (read == 0) break;
        for (ssize_t done = 0; done < read;) {
            const ssize_t wrote =
                ::write(out.number(), buffer.data() + done, static_cast<std::size_t>(read - done));
            if (wrote < 0) Descriptor::fail("cannot write", to);
            done += wrote;
        }
    }
    out.flush(to);
}

void write_key(const fs::path& file, const std::string& key) {
    const fs::path fresh = file.string() + ".restoring";
    {
        const Descriptor out{fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC};
        if (::write(out.number(), key.data(), key.size()) != static_cast<ssize_t>(key.size())) {
            Descriptor::fail("cannot write", fresh);
        }
        out.flush(fresh);
    }
    rename_file(fresh, file);
}

/// The last number that has been given since the backup, or one that is surely above it.
std::int64_t last_given_since(Database& backup,
                              const RestoreOrder& order,
                              const BackupFacts& facts) {
    const std::int64_t known = last_ticket_given(backup);
    if (order.next_ticket) {
        if (*order.next_ticket <= known) {
            throw BackupError("the next ticket cannot be " + std::to_string(*order.next_ticket) +
                              ": the backup has " + std::to_string(known) + " already");
        }
        return *order.next_ticket - 1;
    }
    Statement opened = backup.prepare("SELECT count(*) FROM tickets WHERE opened_at >= ?1",
                                      facts.made_at - rate_window);
    opened.step();
    const auto days = std::chrono::ceil<std::chrono::days>(order.now - facts.made_at).count();
    const std::int64_t expected =
        opened.integer(0) * std::max<std::int64_t>(days, 1) / std::int64_t{rate_window.count()};
    std::int64_t last = known + std::max(smallest_gap, gap_factor * expected);
    try {
        Database present{order.database, {.access = Access::reader}};
        last = std::max(last, last_ticket_given(present));
    } catch (const DatabaseError&) {
        return last;  // there is none, or it cannot be read: that may be why there is a restore
    }
    return last;
}

/// Mails that waited when the backup was made: perhaps they have been sent since.
std::size_t hold_waiting_mails(Database& database) {
    database
        .prepare(
            "UPDATE outbox SET state = 'failed', last_reply = 'held back at a restore: it may "
            "have been sent before; \"bellhop outbox retry\" sends it' "
            "WHERE state IN ('queued', 'sending') AND state <> 'sent'")
        .run();
    return static_cast<std::size_t>(database.changes());
}

/// Leaves nothing of the database in a log: it would be taken for the log of the one that comes.
void empty_log(const fs::path& database, const fs::path& aside) {
    try {
        Database{database}.fold();
    } catch (const DatabaseError&) {
        // Damaged, or newer: its log goes with it.
        for (const char* suffix : {"-wal", "-shm"}) {
            std::error_code ignored;
            fs::rename(database.string() + suffix, aside.string() + suffix, ignored);
        }
    }
}

/// `fresh` takes the place of `database` in one step, and what stood there the name that is given
/// back; nothing where nothing stood there. There is no moment without a database, and none at
/// which it has two names.
std::optional<fs::path> put_in_place(const fs::path& fresh,
                                     const fs::path& database,
                                     std::chrono::sys_seconds now) {
    const fs::path aside =
        database.string() + ".before-restore-" + std::to_string(now.time_since_epoch().count());
    std::error_code error;
    if (!fs::exists(database, error)) {
        rename_file(fresh, database);
        return std::nullopt;
    }
    empty_log(database, aside);
    rename_file(fresh, aside);
    if (::renameat2(AT_FDCWD, aside.c_str(), AT_FDCWD, database.c_str(), RENAME_EXCHANGE) != 0) {
        Descriptor::fail("cannot replace", database);
    }
    return aside;
}

}  // namespace

BackupFacts make_backup(const fs::path& from,
                        const fs::path& to,
                        const std::string& key,
                        std::chrono::sys_seconds now) {
    const TemporaryDatabase fresh{to.string() + ".unfinished"};
    Database{from, {.access = Access::reader}}.copy_to(fresh.file());
    BackupFacts facts;
    {
        Database copy{fresh.file(), {.is_scratch = true}};
        copy.execute(
            "CREATE TABLE backup_made (made_at INTEGER NOT NULL, key BLOB NOT NULL) STRICT");
        copy.prepare("INSERT INTO backup_made (made_at, key) VALUES (?1, ?2)", now, BlobView{key})
            .run();
        copy.fold();
        require_undamaged(copy, fresh.file());
        facts = facts_of(copy, to);
    }
    flush(fresh.file());
    facts.bytes = size_of(fresh.file());
    rename_file(fresh.file(), to);
    flush(to);
    return facts;
}

RestoreReport restore_backup(const RestoreOrder& order) {
    const TemporaryDatabase fresh{order.database.string() + ".restoring"};
    copy_bytes(order.backup, fresh.file());
    RestoreReport report;
    std::string key;
    {
        Database copy{fresh.file()};
        if (!is_backup(copy)) {
            throw BackupError("\"" + order.backup.string() +
                              "\" is no backup: \"bellhop backup\" makes one");
        }
        require_undamaged(copy, order.backup);
        report.backup = facts_of(copy, order.backup);
        {
            Statement kept = copy.prepare("SELECT key FROM backup_made");
            kept.step();
            key = kept.text(0);
        }
        Transaction transaction{copy};
        const std::int64_t last = last_given_since(copy, order, report.backup);
        report.next_ticket = last + 1;
        report.held_mails = hold_waiting_mails(copy);
        Generations{copy}.begin({order.now, report.backup.made_at}, last, order.mailboxes);
        copy.execute("DROP TABLE backup_made");
        transaction.commit();
        copy.fold();
    }
    flush(fresh.file());
    write_key(order.key_file, key);
    report.put_aside = put_in_place(fresh.file(), order.database, order.now);
    flush(order.database);
    return report;
}

}  // namespace bellhop::storage
