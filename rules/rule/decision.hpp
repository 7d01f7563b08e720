// What the rules made of a mail, and why: each rule in order, with the words that decided it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "rules/rule/mail_facts.hpp"
#include "rules/rule/rule.hpp"

namespace bellhop::rules {

/// One thing that made a rule match.
struct Reason {
    std::string field = {};  ///< "subject", "group"
    std::string word = {};   ///< as written in the rules, or the value
    bool has_place = false;  ///< whether it stands in a text
    TextSource source = {};  ///< the text, where it does
    std::size_t at = 0;      ///< bytes [at, until) of that text
    std::size_t until = 0;

    friend bool operator==(const Reason&, const Reason&) = default;
};

enum class StepKind { start, proposal, rule, boost };

enum class Verdict {
    matched,
    not_matched,
    no_surge,     ///< all conditions hold, but there are too few such tickets
    not_reached,  ///< an earlier rule has stopped
};

/// What one rule made of the mail.
struct Step {
    StepKind kind = StepKind::rule;
    std::uint32_t index = 0;  ///< in RuleBook::rules or ::boosts
    Verdict verdict = Verdict::not_matched;
    std::uint32_t failed = 0;  ///< the condition that does not hold, for RuleSet::condition()
    std::vector<Reason> because = {};   ///< where it did not match: what spoke against it
    std::vector<std::string> did = {};  ///< "priority P2 → P1"
};

/// The outcome and how it came about: every rule in order. Holds words of the rules and places in
/// the mail, but no text of the mail: what is restricted does not leak by it.
struct Decision {
    Outcome outcome = {};
    std::vector<Step> trace = {};
    /// Rules with a surge whose other conditions hold: to be kept with the ticket (RecentTicket).
    std::vector<std::string> surge_rules = {};
    std::vector<std::string> marks = {};  ///< that rules have given for later ones
    std::string proposed = {};            ///< priority that the sender has proposed, heeded or not
    std::string digest = {};              ///< of the rules
};

/// The text of a mail that a condition or a reason is about.
std::string text_of(const MailFacts& facts, const TextSource& source);

}  // namespace bellhop::rules
