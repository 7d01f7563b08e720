// The tree of a message's body parts.
//
// mimetic builds it, from the outline's skeleton: it never sees a byte that a stranger wrote, for
// it dies on several (docs/adr/0005-mimetic-behind-a-wall.md). Its answer is checked against the
// outline.
#pragma once

#include <cstddef>
#include <vector>

#include "parsers/message/mime_outline.hpp"

namespace bellhop::parsers {

/// A node of the tree of body parts; `part` counts in Outline::parts.
struct MimeNode {
    std::size_t part = 0;
    std::vector<MimeNode> children = {};

    friend bool operator==(const MimeNode&, const MimeNode&) = default;
};

/// Each part of `outline` once; the parts one after the other where the tree cannot be built.
MimeNode tree_of(const Outline& outline);

}  // namespace bellhop::parsers
