// Names from elsewhere, joined to a folder that they cannot leave.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace bellhop::daemon {

/// The file `name` in `folder`, which may not exist yet. Nothing where the name is empty, absolute,
/// holds "..", or leads out of the folder by a symbolic link: what is written or read there lies
/// below `folder`. Links within it are followed. `folder` exists.
std::optional<std::filesystem::path> path_inside(const std::filesystem::path& folder,
                                                 std::string_view name);

}  // namespace bellhop::daemon
