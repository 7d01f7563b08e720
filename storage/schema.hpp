// The schema and its versions. A database tells whose it is by application_id, and how far its
// schema has come by the number of the last migration that it has seen. Database's constructor asks
// for both, and runs what is missing.
#pragma once

#include <vector>

namespace bellhop::storage {

constexpr int application_id = 0x426C6870;  // "Blhp", in bytes 68 to 71 of the file

struct Migration {
    int number = 0;
    const char* name = nullptr;
    const char* sql = nullptr;
};

/// Every migration, ascending from 1 without a gap. Built from storage/migrations/NNN_*.sql, of
/// which none is ever changed once it has landed.
const std::vector<Migration>& migrations();

}  // namespace bellhop::storage
