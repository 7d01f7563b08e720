#include "daemon/desk/config_folder.hpp"

#include <cerrno>
#include <cstdio>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/desk/presets.hpp"
#include "daemon/desk/text_file.hpp"

namespace bellhop::daemon {
namespace {

constexpr mode_t file_mode = 0644;  // no secret stands in these files
constexpr mode_t folder_mode = 0755;
constexpr mode_t data_mode = 0700;  // mail of pupils and parents stands in these

[[noreturn]] void fail(const std::filesystem::path& path) {
    throw std::system_error(errno, std::generic_category(), "cannot write " + path.string());
}

void write_all(int file, std::string_view text, const std::filesystem::path& path) {
    while (!text.empty()) {
        const ssize_t count = write(file, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail(path);
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

/// Makes what is missing of it, with the mode that is meant whatever the umask is: the service,
/// which is another user, reads them, and nobody but their owner writes them.
void make_folders(const std::filesystem::path& folder) {
    if (folder.empty() || !is_missing(folder)) return;
    make_folders(folder.parent_path());
    if (mkdir(folder.c_str(), folder_mode) != 0) {
        if (errno != EEXIST) fail(folder);
        return;
    }
    if (chmod(folder.c_str(), folder_mode) != 0) fail(folder);
}

void write_file(const std::filesystem::path& path, std::string_view text) {
    make_folders(path.parent_path());
    const std::filesystem::path fresh = path.string() + ".new";
    const int file =
        open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, file_mode);
    if (file < 0) fail(fresh);
    try {
        if (fchmod(file, file_mode) != 0) fail(fresh);
        write_all(file, text, fresh);
    } catch (const std::system_error&) {
        close(file);
        unlink(fresh.c_str());
        throw;
    }
    if (close(file) != 0 || rename(fresh.c_str(), path.c_str()) != 0) fail(path);
}

}  // namespace

WrittenFolder write_files(const std::filesystem::path& folder,
                          const std::vector<NewFile>& files,
                          Overwriting overwriting) {
    WrittenFolder result;
    if (overwriting == Overwriting::refused) {
        for (const NewFile& file : files) {
            if (!is_missing(folder / file.path)) result.existing.push_back(file.path);
        }
        if (!result.existing.empty()) return result;
    }
    for (const NewFile& file : files) {
        write_file(folder / file.path, file.text);
        result.written.push_back(file.path);
    }
    return result;
}

WrittenFolder write_config_folder(const std::filesystem::path& folder,
                                  std::string_view preset,
                                  Overwriting overwriting) {
    std::vector<NewFile> files;
    for (const PresetFile& file : preset_files(preset)) {
        files.push_back({std::string{file.path}, std::string{file.text}});
    }
    WrittenFolder result = write_files(folder, files, overwriting);
    if (result.existing.empty()) make_data_folder(folder);
    return result;
}

void make_data_folder(const std::filesystem::path& folder) {
    const std::filesystem::path data = folder / "data";
    if (mkdir(data.c_str(), data_mode) != 0 && errno != EEXIST) fail(data);
}

}  // namespace bellhop::daemon
