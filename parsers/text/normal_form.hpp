// Unicode's normalisation form C (Unicode Standard Annex #15): each text has one spelling.
#pragma once

#include <string>

namespace bellhop::parsers {

/// Valid UTF-8 in normalisation form C. Invalid bytes in `text` become U+FFFD.
std::string normalized(std::string text);

}  // namespace bellhop::parsers
