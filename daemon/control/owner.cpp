#include "daemon/control/owner.hpp"

#include <cerrno>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

namespace bellhop::daemon {
namespace {

void become(uid_t user, gid_t group) {
    if (setegid(group) != 0 || seteuid(user) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot act as the owner");
    }
}

struct Owner {
    uid_t user = 0;
    gid_t group = 0;
};

/// Of the database, or of the nearest folder that is there.
Owner owner_of(std::filesystem::path nearest) {
    struct stat status = {};
    while (stat(nearest.c_str(), &status) != 0) {
        if (!nearest.has_parent_path() || nearest == nearest.parent_path()) return {};
        nearest = nearest.parent_path();
    }
    return {status.st_uid, status.st_gid};
}

}  // namespace

bool belongs_to_another(const std::filesystem::path& database) {
    return geteuid() == 0 && owner_of(database).user != 0;
}

void make_folder_of(const std::filesystem::path& database) {
    std::error_code error;
    std::filesystem::create_directories(database.parent_path(), error);
    if (error) throw std::system_error(error, "cannot create " + database.parent_path().string());
}

AsOwner::AsOwner(const std::filesystem::path& database) : user_(geteuid()), group_(getegid()) {
    if (!belongs_to_another(database)) return;
    const Owner owner = owner_of(database);
    become(owner.user, owner.group);
}

AsOwner::~AsOwner() {
    if (geteuid() == user_) return;
    // The user first: only root may change the group.
    if (seteuid(user_) != 0 || setegid(group_) != 0)
        _exit(71);  // EX_OSERR; never go on as somebody else
}

}  // namespace bellhop::daemon
