// The configurations that `bellhop init` writes: files of daemon/presets/, part of the program.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/desk/embedded_files.hpp"

namespace bellhop::daemon {

/// "district", "provider", "school".
std::vector<std::string> preset_names();

/// All files of a preset by path: those of "every_preset", replaced by the preset's own of the same
/// path.
std::vector<PresetFile> preset_files(std::string_view preset);

/// The paths of "every_preset"'s files.
std::vector<std::string> shipped_paths();

/// The text of "every_preset"'s file of that path: what holds where a folder has none. Nothing
/// where there is no such file.
std::optional<std::string> shipped_text(std::string_view path);

}  // namespace bellhop::daemon
