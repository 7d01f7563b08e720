#include "daemon/commands/input_file.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "daemon/commands/command.hpp"

namespace bellhop::daemon {

boost::system::result<std::string> read_input(const std::string& name) {
    const auto failed = [](int number) {
        return boost::system::error_code{number, boost::system::system_category()};
    };
    std::ifstream file;
    if (name != "-") {
        std::error_code error;
        if (std::filesystem::is_directory(name, error)) return failed(EISDIR);
        errno = 0;
        file.open(name, std::ios::binary);
        if (!file) return failed(errno != 0 ? errno : EIO);
    }
    std::istream& in = name == "-" ? std::cin : file;
    std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    if (in.bad()) return failed(EIO);
    return bytes;
}

std::string required_input(const std::string& name, int status) {
    auto bytes = read_input(name);
    if (bytes.has_error()) {
        throw CommandFailure(
            status, "bellhop: cannot read " + name + ": " + bytes.error().message() + "\n");
    }
    return *std::move(bytes);
}

}  // namespace bellhop::daemon
