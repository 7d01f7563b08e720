#include "daemon/desk/presets.hpp"

#include <map>
#include <set>

namespace bellhop::daemon {
namespace {

constexpr std::string_view every_preset = "every_preset";

}  // namespace

std::vector<std::string> preset_names() {
    std::set<std::string> names;
    for (const PresetFile& file : embedded_files()) {
        if (file.folder != every_preset) names.emplace(file.folder);
    }
    return {names.begin(), names.end()};
}

std::vector<PresetFile> preset_files(std::string_view preset) {
    std::map<std::string_view, PresetFile> by_path;
    for (const PresetFile& file : embedded_files()) {
        if (file.folder == every_preset) by_path.emplace(file.path, file);
    }
    for (const PresetFile& file : embedded_files()) {
        if (file.folder == preset) by_path[file.path] = file;
    }
    std::vector<PresetFile> files;
    files.reserve(by_path.size());
    for (const auto& [path, file] : by_path) files.push_back(file);
    return files;
}

std::vector<std::string> shipped_paths() {
    std::vector<std::string> paths;
    for (const PresetFile& file : embedded_files()) {
        if (file.folder == every_preset) paths.emplace_back(file.path);
    }
    return paths;
}

std::optional<std::string> shipped_text(std::string_view path) {
    for (const PresetFile& file : embedded_files()) {
        if (file.folder == every_preset && file.path == path) return std::string{file.text};
    }
    return std::nullopt;
}

}  // namespace bellhop::daemon
