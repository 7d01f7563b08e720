// The secret key of our msg-ids.
#pragma once

#include <filesystem>
#include <string>

namespace bellhop::daemon {

/// 32 bytes beside the database, made at the first use, readable by their owner only. Without them
/// the msg-ids that went out prove nothing any more: include the file in backups.
///
/// Throws std::system_error where it can be neither read nor made.
std::string load_or_make_key(const std::filesystem::path& database);

}  // namespace bellhop::daemon
