// The files of a configuration, copied for a replay: its script may change them, and nothing of it
// is kept.
#pragma once

#include <filesystem>

namespace bellhop::daemon {

/// A temporary folder that goes with this object.
class ConfigurationCopy {
public:
    /// Copies what the configuration consists of and what its bellhop.toml names: no passwords, and
    /// no databases that lie beside it. Where `configuration` is no folder the copy is empty.
    /// Throws std::system_error.
    explicit ConfigurationCopy(const std::filesystem::path& configuration);
    ~ConfigurationCopy();
    ConfigurationCopy(const ConfigurationCopy&) = delete;
    ConfigurationCopy& operator=(const ConfigurationCopy&) = delete;

    const std::filesystem::path& folder() const { return folder_; }

private:
    void copy_files(const std::filesystem::path& from) const;
    void copy_named_files(const std::filesystem::path& from) const;

    std::filesystem::path root_;
    std::filesystem::path folder_;  // some levels below: what lies beside it has a place, too
};

}  // namespace bellhop::daemon
