// Writes a secret into a file that only its owner reads.
#pragma once

#include <filesystem>
#include <string>

namespace bellhop::daemon {

/// One line, mode 0600 whatever the umask is, in a folder that is made for its owner alone where it
/// is missing. Nothing that is there is overwritten. Throws std::system_error.
void write_secret(const std::filesystem::path& file, const std::string& secret);

}  // namespace bellhop::daemon
