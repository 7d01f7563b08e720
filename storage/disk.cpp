#include "storage/disk.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include <linux/magic.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>

namespace bellhop::storage {
namespace {

// statfs(2); linux/magic.h has not got them all.
constexpr std::uint32_t cifs = 0xff534d42;
constexpr std::uint32_t smb2 = 0xfe534d42;
constexpr std::uint32_t fuse = 0x65735546;
constexpr std::uint32_t ceph = 0x00c36400;
constexpr std::array<std::uint32_t, 7> network_file_systems{
    NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, AFS_SUPER_MAGIC, cifs, smb2, fuse, ceph};

}  // namespace

std::uint64_t free_bytes(const std::filesystem::path& path) {
    struct statvfs state = {};
    if (::statvfs(path.c_str(), &state) != 0) {
        throw std::system_error(errno, std::generic_category(), path.string());
    }
    return std::uint64_t{state.f_bavail} * state.f_frsize;
}

bool is_network_file_system(const std::filesystem::path& path) {
    struct statfs state = {};
    if (::statfs(path.c_str(), &state) != 0) {
        throw std::system_error(errno, std::generic_category(), path.string());
    }
    // The kernel's numbers have 32 bits, f_type has 64 and may be sign-extended.
    const auto type = static_cast<std::uint32_t>(state.f_type);
    return std::find(network_file_systems.begin(), network_file_systems.end(), type) !=
           network_file_systems.end();
}

}  // namespace bellhop::storage
