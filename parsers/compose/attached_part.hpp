// Files that go out with a mail: body parts of their own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

struct OutgoingFile {
    std::string filename = {};  ///< UTF-8; made harmless when it is written
    std::string bytes = {};
    /// Where the HTML shows it: <img src="cid:...">; letters, digits, "-", "." and "@". Empty: it
    /// is attached.
    std::string content_id = {};

    friend bool operator==(const OutgoingFile&, const OutgoingFile&) = default;
};

/// "image/png" for "Screen.PNG"; "application/octet-stream" where the ending says nothing, and for
/// what a reader's program might run.
std::string_view media_type_of_file(std::string_view filename);

/// Header and body of the part, in base64, with CRLF line ends. Names beyond ASCII are written as
/// RFC 2231 section 4 has it.
std::string attached_part(const OutgoingFile& file);

}  // namespace bellhop::parsers
