// How much of a mail is read.
#pragma once

#include <cstddef>

namespace bellhop::parsers {

/// Bounds of what is read; beyond them the rest is kept in the raw bytes only, and a defect says
/// so.
struct MessageLimits {
    std::size_t header_bytes = 256 * 1024;  // of one header block; mimetic is quadratic in it
    std::size_t fields = 1000;              // of one header block
    int nesting = 50;          // MIME levels; mimetic recurses and dies near 6,500 on 1 MB
    std::size_t parts = 1000;  // in the whole mail
    std::size_t text_bytes = 1024 * 1024;  // of `text`, and of `html`
    std::size_t attachments = 200;
};

}  // namespace bellhop::parsers
