// Files of the configuration, read: what cannot be read is never taken for what is not there.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "parsers/config/diagnostic.hpp"

namespace bellhop::daemon {

constexpr std::size_t largest_text_file = 64 * 1024 * 1024;  // bytes; nobody writes more by hand

/// Whether there is surely nothing of that name. A link that leads nowhere, or a folder that may
/// not be entered, is something: reading it says what is the matter.
bool is_missing(const std::filesystem::path& file);

/// The whole file; nothing, and why in `error`, where it cannot be read or has more than `most`
/// bytes (std::errc::file_too_large).
std::optional<std::string> read_text_file(const std::filesystem::path& file,
                                          std::error_code& error,
                                          std::size_t most = largest_text_file);
/// The same where it does not matter why not.
std::optional<std::string> read_text_file(const std::filesystem::path& file,
                                          std::size_t most = largest_text_file);

/// "cannot be read: Permission denied", at the beginning of the file.
parsers::Diagnostic cannot_be_read(const std::filesystem::path& file, const std::error_code& error);

/// The first line of a file that begins with `beginning`, for what its reader keeps no place of;
/// the whole first line where there is none.
parsers::TextSpan place_of_line(const std::filesystem::path& file, std::string_view beginning);

}  // namespace bellhop::daemon
