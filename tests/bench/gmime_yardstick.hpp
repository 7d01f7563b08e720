// GMime 3 over a mail, as the yardstick for parse_message().
#pragma once

#include <cstddef>
#include <string>

namespace bellhop::bench {

/// Whether this program was built with GMime.
bool has_gmime();

/// Reads the mail to a tree, the main header fields to text, decodes every body part and reads the
/// texts as UTF-8. Bytes of all that came out; 0 without GMime.
std::size_t read_with_gmime(const std::string& mail);

}  // namespace bellhop::bench
