#include "daemon/desk/text_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

#include "parsers/text/ascii.hpp"

namespace bellhop::daemon {
namespace {

std::error_code last_error() {
    return {errno, std::generic_category()};
}

}  // namespace

bool is_missing(const std::filesystem::path& file) {
    std::error_code error;
    return std::filesystem::symlink_status(file, error).type() ==
           std::filesystem::file_type::not_found;
}

std::optional<std::string> read_text_file(const std::filesystem::path& file,
                                          std::error_code& error,
                                          std::size_t most) {
    error.clear();
    const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0) {
        error = last_error();
        return std::nullopt;
    }
    std::string text;
    std::array<char, 64 * 1024> piece{};
    while (!error) {
        const ssize_t size = read(descriptor, piece.data(), piece.size());
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) error = last_error();
        if (size <= 0) break;
        text.append(piece.data(), static_cast<std::size_t>(size));
        if (text.size() > most) error = make_error_code(std::errc::file_too_large);
    }
    close(descriptor);
    if (error) return std::nullopt;
    return text;
}

std::optional<std::string> read_text_file(const std::filesystem::path& file, std::size_t most) {
    std::error_code unheard;
    return read_text_file(file, unheard, most);
}

parsers::Diagnostic cannot_be_read(const std::filesystem::path& file,
                                   const std::error_code& error) {
    const bool is_forbidden = error == std::errc::permission_denied;
    return {{file.string(), 1, 1, 1},
            "cannot be read: " + error.message(),
            {is_forbidden ? "try it with sudo, or as the user of the service"
                          : "bellhop init DIR writes one to start from"}};
}

parsers::TextSpan place_of_line(const std::filesystem::path& file, std::string_view beginning) {
    parsers::TextSpan place{file.string(), 1, 1, 1};
    const std::string text = read_text_file(file).value_or("");
    std::size_t line = 1;
    for (std::size_t at = 0; at < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view content =
            parsers::trimmed(std::string_view{text}.substr(at, end - at));
        if (content.starts_with(beginning)) {
            place.line = line;
            place.length = content.size();
            return place;
        }
        at = end + 1;
    }
    return place;
}

}  // namespace bellhop::daemon
