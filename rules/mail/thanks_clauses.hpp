// The clauses of a thank-you that are known by how they are built, whatever they are about.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

namespace bellhop::rules {

using Clause = std::vector<std::string_view>;  ///< its words, folded

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words);

/// "Thank you so much for sorting this out so fast", "big thank you from all of us in Year 2".
bool says_thanks(const Clause& clause);

/// "The sound is back", "I can see the register now", "happy for this to be closed".
bool says_that_all_is_well(const Clause& clause);

}  // namespace bellhop::rules
