// A step of the ladder in words, for the people of the desk.
#pragma once

#include <string>

#include "rules/sla/ladder.hpp"

namespace bellhop::rules {

/// One sentence: "It has not been solved in time: it was due by Monday 2 November, 1 pm." `due` is
/// the timer's due instant in words, empty where there is none.
std::string notice_sentence(const Notice& notice, const std::string& due);

/// Half a line of a digest: "an answer was due by Monday 2 November, 1 pm".
std::string notice_in_short(const Notice& notice, const std::string& due);

}  // namespace bellhop::rules
