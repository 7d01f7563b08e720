// [tell] of people.toml: who of the desk is told of what.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "parsers/config/config_file.hpp"
#include "rules/ticket/occasion.hpp"

namespace bellhop::rules {

/// Words of [tell] besides "assignee", "team", "manager", the groups of a school, names and
/// addresses; each means somebody at some occasions only.
inline constexpr const char* approver_word = "approver";
inline constexpr const char* writer_word = "writer";

/// Whom an occasion is told to, and where the file says so.
struct TellEntry {
    std::vector<std::string> whom = {};         ///< empty: nobody
    std::vector<parsers::TextSpan> spans = {};  ///< of each name; none where the file says nothing
};

struct TellTable {
    std::map<Occasion, TellEntry> entries = {};  ///< where the file says something
    std::size_t most_an_hour = 20;  ///< mails to one person; what is more comes as a digest

    /// Whom [tell] names, or whom it tells where it says nothing.
    std::vector<std::string> whom(Occasion occasion) const;
};

/// Reads the table; complaints go where the table's go.
TellTable read_tell_table(parsers::ConfigTable& table);

}  // namespace bellhop::rules
