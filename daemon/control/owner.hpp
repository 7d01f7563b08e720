// Root works in the place of whoever owns the database, so that nothing of it belongs to root in
// the end.
#pragma once

#include <filesystem>

#include <sys/types.h>

namespace bellhop::daemon {

/// Whether this is root, and the database, or the folder that would hold it, is somebody else's.
bool belongs_to_another(const std::filesystem::path& database);

/// Makes the folder that holds the database where it is missing. Throws std::system_error.
void make_folder_of(const std::filesystem::path& database);

/// While it lives, a process of root's has the effective user and group of the owner of the
/// database, or, where there is none yet, of the nearest folder that would hold it. Others stay who
/// they are.
///
/// Throws std::system_error where root may not become that user.
class AsOwner {
public:
    explicit AsOwner(const std::filesystem::path& database);
    ~AsOwner();
    AsOwner(const AsOwner&) = delete;
    AsOwner& operator=(const AsOwner&) = delete;

private:
    uid_t user_;  // to go back to
    gid_t group_;
};

}  // namespace bellhop::daemon
