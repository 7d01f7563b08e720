// How many words the lists, the evidence and the rules of one set have, and the limit of it.
#pragma once

#include <cstddef>
#include <vector>

#include "parsers/config/diagnostic.hpp"
#include "rules/rule/rule.hpp"
#include "rules/words/keyword_set.hpp"

namespace bellhop::rules {

/// Complains once, at the first list or rule that is too much.
class KeywordCount {
public:
    /// `complaints` outlives it.
    KeywordCount(std::size_t most, parsers::Diagnostics& complaints)
        : most_{most}, complaints_{complaints} {}

    void add(const KeywordGroup& words, const parsers::TextSpan& where);
    /// Also of conditions within conditions.
    void add(const std::vector<Condition>& conditions, const parsers::TextSpan& where);

private:
    std::size_t most_;
    std::size_t count_ = 0;
    parsers::Diagnostics& complaints_;
};

}  // namespace bellhop::rules
