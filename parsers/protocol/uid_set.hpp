// Sets of IMAP UIDs as they stand in commands and answers: "3,5:7".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

/// RFC 9051 section 9, sequence-set: "3,5:7" is 3, 5, 6, 7 in that order. Never "*". nullopt where
/// it is none, or names more than `limit` numbers.
std::optional<std::vector<std::uint32_t>> parse_uid_set(std::string_view text, std::size_t limit);

/// The shortest sets that name `uids` (in any order, doubles allowed), each at most `line_limit`
/// bytes long: 3, 5, 6, 7 is "3,5:7".
std::vector<std::string> uid_sets(std::vector<std::uint32_t> uids, std::size_t line_limit);

}  // namespace bellhop::parsers
