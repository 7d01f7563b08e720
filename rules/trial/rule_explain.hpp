// A decision in words: every rule in order, matched or not, by which word at which place, and what
// it did.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/rule/rule_set.hpp"

namespace bellhop::rules {

struct ExplainedReason {
    std::string field = {};
    std::string word = {};
    std::optional<std::size_t> at = {};  ///< byte of the field's text, where the word stands in one
    std::size_t line = 0;                ///< of the field's text, from 1; 0 without a place
    std::string excerpt = {};            ///< the place, with the word between "»" and "«"
    std::string evidence = {};           ///< its name, where the word is one of it
    std::string weight = {};             ///< where it is weighed: "+0.6 for P1"

    friend bool operator==(const ExplainedReason&, const ExplainedReason&) = default;
};

struct ExplainedRule {
    std::string name = {};
    bool matched = false;
    std::vector<ExplainedReason> because = {};  ///< where it did not match: what spoke against it
    std::vector<std::string> did = {};
    std::string why_not = {};  ///< empty where it matched
    std::string sum = {};      ///< of what was weighed: "P1 62 %, P2 30 %, ..."

    friend bool operator==(const ExplainedRule&, const ExplainedRule&) = default;
};

/// `facts` and `decision` belong together: rules.evaluate(facts) == decision.
std::vector<ExplainedRule> explain(const RuleSet& rules,
                                   const MailFacts& facts,
                                   const Decision& decision);

/// Why the condition does not hold: "group is not pupil".
std::string why_not(const Condition& condition);

}  // namespace bellhop::rules
