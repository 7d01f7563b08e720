// The outline of a MIME message (RFC 2046 section 5.1): where its body parts begin and end, and
// their headers.
//
// One pass over the bytes, with bounds, that understands what senders get wrong: missing and reused
// boundaries, inner multiparts that are never closed, boundaries that are prefixes of each other.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "parsers/header/media_type.hpp"
#include "parsers/message/header_block.hpp"
#include "parsers/message/message.hpp"
#include "parsers/message/message_limits.hpp"

namespace bellhop::parsers {

struct OutlinePart {
    HeaderBlock header = {};
    ParameterField type = {};    ///< Content-Type, or what RFC 2045 section 5.2 assumes without one
    std::string_view body = {};  ///< raw; of a multipart: from its header to its end
    int depth = 0;               ///< 0 is the message itself
    bool is_too_deep = false;    ///< a multipart beyond the limit of nesting, left whole
    bool is_multipart = false;   ///< taken apart: the parts that follow at depth + 1 are its own
};

struct Outline {
    std::vector<OutlinePart> parts =
        {};  ///< in order of appearance; [0] is the message; never empty
    std::vector<Defect> defects = {};
};

/// `bytes` must outlive the result. Never fails; linear time.
Outline outline_of(std::string_view bytes, const MessageLimits& limits);

}  // namespace bellhop::parsers
