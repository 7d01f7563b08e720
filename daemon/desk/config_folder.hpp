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

/// A file to be written: its path in the folder, and its text.
struct NewFile {
    std::string path = {};
    std::string text = {};
};

/// Where Overwriting is refused, either all files are new or none is written. A file that is
/// replaced is replaced at once: nobody reads half of one. Folders and files have the modes that
/// are meant, whatever the umask is.
///
/// Throws std::system_error where a file cannot be written.
WrittenFolder write_files(const std::filesystem::path& folder,
                          const std::vector<NewFile>& files,
                          Overwriting overwriting);

/// Writes the files of `preset`, as write_files() does, and makes the folder of the database, which
/// only its owner may enter.
WrittenFolder write_config_folder(const std::filesystem::path& folder,
                                  std::string_view preset,
                                  Overwriting overwriting);

/// Makes the folder of the database in a configuration folder. Throws std::system_error.
void make_data_folder(const std::filesystem::path& folder);

}  // namespace bellhop::daemon
