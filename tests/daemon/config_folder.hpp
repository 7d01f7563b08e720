// A configuration folder that goes with its test.
#pragma once

#include <filesystem>
#include <string>

#include <sys/types.h>

namespace bellhop::daemon {

class ConfigFolder {
public:
    ConfigFolder();
    ConfigFolder(const ConfigFolder&) = delete;
    ConfigFolder& operator=(const ConfigFolder&) = delete;
    ~ConfigFolder();

    const std::filesystem::path& path() const { return path_; }

    /// Writes a file of the folder. Returns its path.
    std::filesystem::path write(const std::string& name,
                                const std::string& text,
                                mode_t mode = 0600) const;

    std::string read(const std::string& name) const;

    /// `text` without the folder's name before the names of its files.
    std::string without_path(std::string text) const;

private:
    std::filesystem::path path_;
};

}  // namespace bellhop::daemon
