// Files written into a text by uuencode (POSIX.1-2017, uuencode), as mailers did before MIME and
// some copiers still do.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

struct EncodedFile {
    std::string name = {};  ///< as it stands in the "begin" line: bytes
    std::string bytes = {};
};

struct UnpackedText {
    std::string text = {};  ///< without the encoded files
    std::vector<EncodedFile> files = {};
};

constexpr std::size_t max_uuencoded_files = 50;  // in one text

/// Takes the uuencoded files out of a text. A "begin" line that no encoded line or no end follows
/// stays text. Linear time.
UnpackedText unpack_uuencoded(std::string_view text);

/// `text` as a person reads it: without the uuencoded files, and without one that is cut off at its
/// end. Linear time.
std::string without_uuencoded(std::string_view text);

}  // namespace bellhop::parsers
