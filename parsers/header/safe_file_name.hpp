// File names that may be written to disk whatever a mail calls its attachments.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bellhop::parsers {

constexpr std::size_t max_file_name_bytes =
    120;  // leaves room for a number within every file system's 255

/// `name` as one component of a path that cannot leave its folder, hide, name a device, or turn its
/// extension around: no separators, control, format or bidirectional characters, no leading or
/// trailing dots and blanks. Percent escapes of separators count as separators. Never empty:
/// "attachment" where nothing remains. Idempotent.
std::string safe_file_name(std::string_view name);

}  // namespace bellhop::parsers
