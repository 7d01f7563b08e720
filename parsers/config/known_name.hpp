// Names as people type them, among those that there are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

struct KnownName {
    std::string name = {};       ///< as it is written among those known; empty where none is meant
    std::string complaint = {};  ///< why none is; empty where one is
};

/// The name that `typed` means: the same, the same in another case (ASCII), or the only one that
/// begins so, or has a word that begins so. `kind` is for the complaint: "there is no status
/// "opne"; there are: open, queued; did you mean "open"?"
KnownName known_name(const std::string& kind,
                     std::string_view typed,
                     const std::vector<std::string>& known);

}  // namespace bellhop::parsers
