// Where the base64 text of attachments stands in a mail, so that it need not be stored beside the
// attachments themselves.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::storage {

/// How base64 text is broken into lines. The last line has no line end.
struct LineBreaks {
    std::size_t length = 76;  ///< characters in a line; a multiple of 4
    std::string end = "\r\n";

    friend bool operator==(const LineBreaks&, const LineBreaks&) = default;
};

/// raw[position, position + length) is exactly the base64 text of `parts[part]`.
struct MailSlice {
    std::size_t position = 0;
    std::size_t length = 0;
    std::size_t part = 0;
    LineBreaks breaks = {};

    friend bool operator==(const MailSlice&, const MailSlice&) = default;
};

/// The slices of a mail, ascending and apart. `parts` stand in the order of the mail; one that is
/// small, or is not found to the byte in the usual form, gives no slice. Linear in the size of
/// both.
std::vector<MailSlice> find_slices(std::string_view raw,
                                   const std::vector<std::string_view>& parts);

/// Appends `bytes` in base64 (RFC 4648 section 4), broken into lines.
void append_base64(std::string& out, std::string_view bytes, const LineBreaks& breaks);

}  // namespace bellhop::storage
