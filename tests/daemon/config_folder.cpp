#include "tests/daemon/config_folder.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <sys/stat.h>

namespace bellhop::daemon {

ConfigFolder::ConfigFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "bellhop-XXXXXX").string();
    path_ = mkdtemp(name.data());
}

ConfigFolder::~ConfigFolder() {
    std::filesystem::remove_all(path_);
}

std::filesystem::path ConfigFolder::write(const std::string& name,
                                          const std::string& text,
                                          mode_t mode) const {
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::filesystem::remove(file);
    std::ofstream{file, std::ios::binary} << text;
    chmod(file.c_str(), mode);
    return file;
}

std::string ConfigFolder::read(const std::string& name) const {
    std::ifstream in{path_ / name, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::string ConfigFolder::without_path(std::string text) const {
    const std::string prefix = path_.string() + "/";
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
        text.erase(at, prefix.size());
    }
    return text;
}

}  // namespace bellhop::daemon
