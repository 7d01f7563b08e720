// What cmake/embed_files.cmake has made of daemon/presets/.
#pragma once

#include <vector>

#include "daemon/desk/presets.hpp"

namespace bellhop::daemon {

const std::vector<PresetFile>& embedded_files();

}  // namespace bellhop::daemon
