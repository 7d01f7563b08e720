#include "daemon/desk/folder_guard.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bellhop::daemon {
namespace {

namespace fs = std::filesystem;

constexpr int deepest_folder = 4;
constexpr std::size_t most_files = 5'000;  // looked at
constexpr std::size_t most_faults = 20;    // more say no more
constexpr std::array<std::string_view, 5> extensions{".toml", ".txt", ".html", ".ics", ".points"};

/// Of the file, or of the nearest folder above it that is there.
std::optional<uid_t> owner_of(fs::path nearest) {
    struct stat status = {};
    while (stat(nearest.c_str(), &status) != 0) {
        if (!nearest.has_parent_path() || nearest == nearest.parent_path()) return std::nullopt;
        nearest = nearest.parent_path();
    }
    return status.st_uid;
}

std::string name_of(uid_t user) {
    const passwd* entry = getpwuid(user);
    return entry != nullptr ? entry->pw_name : "user " + std::to_string(user);
}

class FolderGuard {
public:
    FolderGuard(fs::path folder, const fs::path& database)
        : folder_(std::move(folder)),
          data_(database.parent_path()),
          service_(owner_of(database).value_or(geteuid())) {}

    parsers::Diagnostics run() {
        look_at(folder_);
        std::error_code error;
        std::size_t files = 0;
        auto entry = fs::recursive_directory_iterator{
            folder_, fs::directory_options::skip_permission_denied, error};
        for (; !error && entry != fs::recursive_directory_iterator{}; entry.increment(error)) {
            if (++files > most_files || faults_.size() >= most_faults) break;
            const fs::path& path = entry->path();
            const bool is_folder = entry->is_directory(error);
            // The database has keepers of its own.
            const bool is_left_alone = entry.depth() >= deepest_folder || path == data_;
            if (is_folder && is_left_alone) entry.disable_recursion_pending();
            if (is_folder ? path != data_ : is_configuration_file(path)) look_at(path);
        }
        return std::move(faults_);
    }

private:
    void look_at(const fs::path& path) {
        struct stat status = {};
        if (stat(path.c_str(), &status) != 0) return;
        const std::string name = parsers::in_quotes(path.string());
        if (S_ISREG(status.st_mode) && !is_honest(path)) {
            add(path, name + " is a link to what is no file of a configuration",
                "write the file itself, or a link to one that ends as it does");
        }
        if ((status.st_mode & S_IWOTH) != 0) {
            add(path, "everybody may write " + name, "chmod o-w " + path.string());
        }
        const bool is_ours =
            status.st_uid == 0 || status.st_uid == geteuid() || status.st_uid == service_;
        if (!is_ours) {
            add(path,
                name + " belongs to " + name_of(status.st_uid) +
                    ", who is neither root nor the user of the service",
                "chown root " + path.string());
        }
    }

    /// A template that is a link to a password would be sent to whoever writes to the desk.
    static bool is_honest(const fs::path& path) {
        std::error_code error;
        const fs::path real = fs::canonical(path, error);
        return error || real.extension() == path.extension();
    }

    void add(const fs::path& path, std::string message, std::string hint) {
        faults_.push_back({{path.string(), 1, 1, 1}, std::move(message), {std::move(hint)}});
    }

    fs::path folder_;
    fs::path data_;
    uid_t service_;
    parsers::Diagnostics faults_ = {};
};

}  // namespace

parsers::Diagnostics folder_faults(const fs::path& folder, const fs::path& database) {
    return FolderGuard{folder, database}.run();
}

bool is_configuration_file(const fs::path& file) {
    return std::find(extensions.begin(), extensions.end(), file.extension().string()) !=
           extensions.end();
}

}  // namespace bellhop::daemon
