// The header of a mail or of a body part: split into fields, unfolded, cleaned of what does not
// belong there.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "parsers/message/message.hpp"
#include "parsers/message/message_limits.hpp"

namespace bellhop::parsers {

struct HeaderBlock {
    std::vector<HeaderField> fields = {};
    std::size_t body_start = 0;  ///< where the body starts in the bytes that were read
    bool truncated = false;      ///< beyond a limit: fields left out or cut
    bool has_junk = false;       ///< lines that are no header fields were left out
    bool has_nul = false;        ///< NUL bytes were left out
    bool has_bare_cr = false;    ///< a line of it ends in CR alone
    bool has_end = false;        ///< an empty line ended it

    /// The body of the first field of that name (in any case), or an empty view.
    std::string_view field(std::string_view name) const;
};

/// The message's own header may begin with what is not part of it (an mbox "From " line, a byte
/// order mark, empty lines).
enum class HeaderOwner { message, body_part };

constexpr std::size_t max_field_bytes =
    64 * 1024;  // of one header field; the rest of it is left out

/// Reads the header block at the start of `bytes`. Line ends may be CRLF, LF or bare CR. Linear
/// time.
HeaderBlock read_header_block(std::string_view bytes,
                              HeaderOwner owner,
                              const MessageLimits& limits);

}  // namespace bellhop::parsers
