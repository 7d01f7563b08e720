// A new configuration folder, written from a preset.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::daemon {

enum class Overwriting { refused, wanted };

struct WrittenFolder {
    std::vector<std::string> written = {};  ///< paths in the folder
    std::vector<std::string> existing =
        {};  ///< not empty: these were there, and nothing was written
};

/// Writes the files of `preset`, and makes the folder of the database, which only its owner may
/// enter. Where Overwriting is refused, either all files are new or none is written. A file that is
/// replaced is replaced at once: nobody reads half of one.
///
/// Throws std::system_error where a file cannot be written.
WrittenFolder write_config_folder(const std::filesystem::path& folder,
                                  std::string_view preset,
                                  Overwriting overwriting);

}  // namespace bellhop::daemon
