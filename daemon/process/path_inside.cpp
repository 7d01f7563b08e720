#include "daemon/process/path_inside.hpp"

#include <algorithm>
#include <system_error>

namespace bellhop::daemon {
namespace {

namespace fs = std::filesystem;

bool is_below(const fs::path& folder, const fs::path& file) {
    const auto [in_folder, in_file] =
        std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
    return in_folder == folder.end() && in_file != file.end();
}

/// Whether a link is left in it, which is then one to something that does not exist.
bool has_dangling_link(fs::path file) {
    std::error_code error;
    for (; file.has_relative_path(); file = file.parent_path()) {
        if (fs::is_symlink(fs::symlink_status(file, error))) return true;
    }
    return false;
}

}  // namespace

std::optional<fs::path> path_inside(const fs::path& folder, std::string_view name) {
    if (name.empty() || name.find('\0') != std::string_view::npos) return std::nullopt;
    const fs::path relative{name};
    if (relative.is_absolute() || !relative.has_filename()) return std::nullopt;
    // Also where a folder of the name would bring it back: behind a link ".." is another place.
    if (std::find(relative.begin(), relative.end(), "..") != relative.end()) return std::nullopt;
    std::error_code error;
    const fs::path home = fs::canonical(folder, error);
    if (error) return std::nullopt;
    const fs::path file = fs::weakly_canonical(home / relative, error);
    if (error || !is_below(home, file) || has_dangling_link(file)) return std::nullopt;
    return file;
}

}  // namespace bellhop::daemon
