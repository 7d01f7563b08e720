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
    bool is_cut = false;  ///< its end is missing: the octets up to there
};

/// Where a file stood in a text, in bytes.
struct EncodedPlace {
    std::size_t begin = 0;
    std::size_t size = 0;
};

struct UnpackedText {
    std::string text = {};                  ///< without the encoded files
    std::vector<EncodedPlace> places = {};  ///< of `files`, in the text that was unpacked
    std::vector<EncodedFile> files = {};
    bool has_more = false;  ///< files beyond `max_uuencoded_files` stay in the text
};

constexpr std::size_t max_uuencoded_files = 50;  // in one text

/// Takes the uuencoded files out of a text. A "begin" line that no encoded line follows, or only a
/// few without an end, stays text; many are a file that was cut. Linear time.
UnpackedText unpack_uuencoded(std::string_view text);

}  // namespace bellhop::parsers
