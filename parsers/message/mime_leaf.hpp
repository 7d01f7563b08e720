// One body part without parts of its own: what its header says, and its decoded contents.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/header/media_type.hpp"
#include "parsers/message/mime_outline.hpp"

namespace bellhop::parsers {

struct Leaf {
    const OutlinePart& part;
    std::string filename = {};  ///< UTF-8, without path; empty where none is given
    ParameterField disposition = {};
    std::string content_id = {};  ///< without angle brackets
};

/// `part` must outlive the result. `undeclared`: the charset of what names none
/// (undeclared_charset).
Leaf leaf_of(const OutlinePart& part, std::string_view undeclared = {});

/// What a body part holds, and what was wrong with how it was written.
struct LeafBytes {
    std::string bytes = {};
    std::vector<Defect> defects = {};
};

/// The body, its transfer encoding undone. Never fails.
LeafBytes decoded_bytes(const OutlinePart& part);

struct LeafText {
    std::string text = {};
    std::vector<Defect> defects = {};
};

/// The contents as text: UTF-8, NFC, "\n"; format=flowed joined. Not more than `limit` bytes.
/// `undeclared`: the charset of what names none (undeclared_charset).
LeafText decoded_text(const OutlinePart& part, std::size_t limit, std::string_view undeclared = {});

/// The first bytes of the contents, the transfer encoding undone: about `limit` of them, at least
/// where there are as many.
std::string beginning_of_text(const OutlinePart& part, std::size_t limit);

/// Whether more than `limit` bytes of text stand in `part`, so that decoded_text() cuts it.
bool is_longer_than(const OutlinePart& part, std::size_t limit);

}  // namespace bellhop::parsers
