// Header lines as mail programs write them into a text: "From:", "*Von:*", "Envoyé :", "发件人：".
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace bellhop::parsers {

enum class HeaderLineKind { from, date, to, cc, subject, reply_to, other };

struct HeaderLine {
    HeaderLineKind kind = HeaderLineKind::other;
    std::size_t value_at = 0;  ///< where the value begins in the line
};

/// What header line `line` is, if it is one; `folded_line` is folded(line). Quote marks, blanks,
/// "*" and "_" around the name are passed over.
std::optional<HeaderLine> header_line(std::string_view folded_line);

}  // namespace bellhop::parsers
