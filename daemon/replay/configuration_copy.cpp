#include "daemon/replay/configuration_copy.hpp"

#include <cerrno>
#include <string>
#include <system_error>
#include <vector>

#include <stdlib.h>

#include "daemon/desk/folder_guard.hpp"
#include "daemon/desk/settings.hpp"
#include "daemon/desk/text_file.hpp"

namespace bellhop::daemon {
namespace {

namespace fs = std::filesystem;

constexpr int deepest_folder = 4;         // of a configuration
constexpr std::size_t most_files = 2000;  // a folder with more is no configuration

fs::path temporary_folder() {
    std::error_code error;
    const fs::path parent = fs::temp_directory_path(error);
    if (error) throw std::system_error(error, "there is no folder for temporary files");
    std::string name = (parent / "bellhop-replay-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        throw std::system_error(errno, std::generic_category(), "cannot make " + name);
    }
    return name;
}

std::error_code copy_one(const fs::path& file, const fs::path& copy) {
    std::error_code error;
    fs::create_directories(copy.parent_path(), error);
    if (!error) fs::copy_file(file, copy, error);
    return error;
}

/// Certificates of servers: public, and a configuration that names one that is not there is
/// refused.
std::vector<fs::path> named_files(const Settings& settings) {
    std::vector<fs::path> files{settings.smtp.server.ca_file};
    for (const MailboxSettings& one : settings.mailboxes) files.push_back(one.server.ca_file);
    std::erase(files, fs::path{});
    return files;
}

}  // namespace

ConfigurationCopy::ConfigurationCopy(const fs::path& configuration)
    : root_(temporary_folder()), folder_(root_ / "1/2/3/configuration") {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) throw std::system_error(error, "cannot make " + folder_.string());
    if (!fs::is_directory(configuration, error)) return;
    copy_files(configuration);
    copy_named_files(configuration);
}

ConfigurationCopy::~ConfigurationCopy() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
}

void ConfigurationCopy::copy_files(const fs::path& from) const {
    std::error_code error;
    std::size_t files = 0;
    auto entry = fs::recursive_directory_iterator{
        from, fs::directory_options::skip_permission_denied, error};
    for (; !error && entry != fs::recursive_directory_iterator{}; entry.increment(error)) {
        if (entry.depth() == deepest_folder) entry.disable_recursion_pending();
        if (!is_configuration_file(entry->path()) || !entry->is_regular_file(error)) continue;
        if (++files > most_files) {
            error = std::make_error_code(std::errc::file_too_large);
            break;
        }
        error = copy_one(entry->path(), folder_ / entry->path().lexically_relative(from));
        if (error) break;
    }
    if (error) throw std::system_error(error, "cannot copy " + from.string());
}

/// At the same place as seen from the folder, also above it.
void ConfigurationCopy::copy_named_files(const fs::path& from) const {
    const auto settings = load_settings(from);
    if (settings.has_error()) return;  // told when the copy is loaded
    for (const fs::path& file : named_files(*settings)) {
        const fs::path copy = (folder_ / file.lexically_relative(from)).lexically_normal();
        // Of another place it was named in full, and is found from the copy, too.
        const bool is_below = *copy.lexically_relative(root_).begin() != "..";
        if (!is_below || !is_missing(copy)) continue;
        const std::error_code error = copy_one(file, copy);
        if (error) throw std::system_error(error, "cannot copy " + file.string());
    }
}

}  // namespace bellhop::daemon
