// The disk under the database.
#pragma once

#include <cstdint>
#include <filesystem>

namespace bellhop::storage {

/// Bytes that this process may still write on the file system of `path` (an existing file or
/// folder). Throws std::system_error.
std::uint64_t free_bytes(const std::filesystem::path& path);

/// Whether `path` lies on NFS, SMB or FUSE, whose locks and write-backs are no ground for a
/// database. Throws std::system_error.
bool is_network_file_system(const std::filesystem::path& path);

}  // namespace bellhop::storage
