// What cmake/embed_files.cmake has made of daemon/presets/.
#pragma once

#include <string_view>
#include <vector>

namespace bellhop::daemon {

struct PresetFile {
    std::string_view folder =
        {};                      ///< below daemon/presets/: "every_preset", or the name of a preset
    std::string_view path = {};  ///< in the configuration folder: "templates/oversize.txt"
    std::string_view text = {};
};

const std::vector<PresetFile>& embedded_files();

}  // namespace bellhop::daemon
