// Mails made to break a reader, each of any size: small ones for the unit tests, full ones for
// `script/bench parse --hostile`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

struct HostileMail {
    std::string_view name;
    /// The mail with `count` of what its name says: levels, parts, bytes, words.
    std::string (*of)(std::size_t count);
    std::size_t full;         ///< the count that a mail server might let through
    std::size_t small;        ///< the count that a debug build reads in some ten milliseconds
    std::string_view defect;  ///< that must be told of both; empty: nothing need be wrong with it
};

const std::vector<HostileMail>& hostile_mails();

}  // namespace bellhop::parsers
