// A copy of the database in one file, and the way back from it.
//
// A backup is a database of its own: everything that stands in the original, and the secret key of
// our Message-IDs, without which the mails that went out prove nothing. It is made beside a daemon
// at work.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace bellhop::storage {

/// A backup that cannot be made or used; what() is one line for people.
class BackupError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct BackupFacts {
    std::chrono::sys_seconds made_at = {};
    std::int64_t tickets = 0;
    std::int64_t messages = 0;
    std::uint64_t bytes = 0;  ///< of the file

    friend bool operator==(const BackupFacts&, const BackupFacts&) = default;
};

/// Writes a backup of the database `from` into `to`, readable by its owner only. It is read back
/// whole and found undamaged, and on the disk, before it takes the name; what stood under the name
/// is replaced by it. The same goes for a failure: `to` is the old one, or the new one.
///
/// Throws DatabaseError, BackupError.
BackupFacts make_backup(const std::filesystem::path& from,
                        const std::filesystem::path& to,
                        const std::string& key,
                        std::chrono::sys_seconds now);

struct RestoreOrder {
    std::filesystem::path backup = {};
    std::filesystem::path database = {};
    std::filesystem::path key_file = {};
    std::vector<std::string> mailboxes = {};  ///< to be read again before anything is sent
    std::chrono::sys_seconds now = {};
    std::optional<std::int64_t> next_ticket = {};  ///< where a person knows better
};

struct RestoreReport {
    BackupFacts backup = {};
    std::int64_t next_ticket = 0;
    std::size_t held_mails = 0;  ///< waited when the backup was made; perhaps sent since
    std::optional<std::filesystem::path> put_aside = {};  ///< where the database before it is now
};

/// Puts a backup in the place of the database. It is brought up to date, begins a generation of its
/// own (generations.hpp), and holds back the mails that waited when it was made: somebody may have
/// had them since. What stood there before is kept under another name. Either it is done, or the
/// database is the one from before.
///
/// The next ticket's number is above every one that has been given since: known from the database
/// that is put aside where it can be read, otherwise estimated from what came in before the backup
/// ten times over.
///
/// Precondition: the process lock is held. Throws DatabaseError, BackupError.
RestoreReport restore_backup(const RestoreOrder& order);

}  // namespace bellhop::storage
