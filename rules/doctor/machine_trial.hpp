// What the gateway stands on: disk, database, backups, the process itself.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/doctor/finding.hpp"

namespace bellhop::rules {

struct DiskSeen {
    std::string folder = {};
    std::optional<std::uint64_t> free_bytes = {};  ///< nothing: it cannot be asked
    std::uint64_t least_bytes = 0;                 ///< [limits] free_disk
    std::optional<std::uint64_t> free_files = {};  ///< inodes, where the file system counts them
};

/// "disk"
Finding judge_disk(const DiskSeen& seen);

/// Somebody else's file among those of the database.
struct StrayFile {
    std::string path = {};
    std::string owner = {};
};

struct DatabaseSeen {
    std::string path = {};
    std::string owner = {};  ///< whose the folder is, and so the service's user
    bool is_there = false;
    std::vector<StrayFile> strays = {};  ///< of the database, its log, lock and key
    bool folder_is_writable = true;      ///< by the service's user
    std::string open_words = {};         ///< why it cannot be opened; empty: it can
    std::vector<std::string> damage = {};
    std::string extent = {};  ///< "12 tables"
};

/// "database"
Finding judge_database(const DatabaseSeen& seen);

/// "database engine": `version` as in "SQLite 3.40.1". Versions before 3.51.3 may damage a database
/// that two processes write; one writer (ADR 0007) is what keeps us from it.
Finding judge_engine(const std::string& version);

/// "backup": when the last one was made, nothing where none ever was.
Finding judge_backup(std::optional<std::chrono::sys_seconds> last, std::chrono::sys_seconds now);

struct GatewaySeen {
    bool runs = false;
    std::string words = {};                 ///< "process 123, since ..."
    std::vector<std::string> failing = {};  ///< its duties that fail, with the reason
};

/// "gateway"
Finding judge_gateway(const GatewaySeen& seen);

constexpr std::chrono::days backup_notice{2};

}  // namespace bellhop::rules
