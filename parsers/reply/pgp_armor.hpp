// What PGP writes around a text that it signs (RFC 9580 section 7): lines for programs.
#pragma once

#include <cstddef>
#include <span>

#include "parsers/reply/reply_markers.hpp"

namespace bellhop::parsers {

/// How many lines, from `at` on, are the head of a signed text ("-----BEGIN PGP SIGNED
/// MESSAGE-----" and its fields), a signature or a public key; 0 where none begins there. What is
/// encrypted is none of these: it is all that the mail says.
///
/// Precondition: at < lines.size().
std::size_t armor_at(std::span<const TextLine> lines, std::size_t at);

}  // namespace bellhop::parsers
