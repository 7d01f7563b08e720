// What the rules made of one mail, and how it came about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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

enum class StepKind { start, weighing, proposal, rule, strangers, boost };

enum class Verdict {
    matched,
    not_matched,
    no_surge,           ///< all conditions hold, but there are too few such tickets
    not_reached,        ///< an earlier rule has stopped
    not_for_strangers,  ///< a boost, and the sender is none whom the desk knows
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

/// What the evidence of a mail adds up to.
struct Weighed {
    Points sums = {};
    std::size_t grade = 0;     ///< the first choice: of Weighing::priorities
    std::size_t second = 0;    ///< the next likely
    bool is_doubtful = false;  ///< whether the second is near
    bool is_safeguarding = false;
    std::vector<std::string> found = {};  ///< names of the evidence

    friend bool operator==(const Weighed&, const Weighed&) = default;
};

/// The outcome and how it came about: every rule in order. Holds words of the rules and places in
/// the mail, but no text of the mail: what is restricted does not leak by it.
struct Decision {
    Outcome outcome = {};
    std::vector<Step> trace = {};
    /// Rules with a surge whose other conditions hold: to be kept with the ticket (RecentTicket).
    std::vector<std::string> surge_rules = {};
    std::vector<std::string> marks = {};  ///< that rules have given for later ones
    std::optional<Weighed> weighed = {};  ///< nothing where the rules weigh nothing
    std::string proposed = {};            ///< priority that the sender has proposed, heeded or not
    std::string digest = {};              ///< of the rules
};

/// One thing that weighs, with its place.
struct WeighedPiece {
    std::string evidence = {};  ///< its name; empty: a word of the table
    Points points = {};
    Reason because = {};  ///< the word with its place; of several the first

    friend bool operator==(const WeighedPiece&, const WeighedPiece&) = default;
};

/// The text of a mail that a condition or a reason is about.
std::string text_of(const MailFacts& facts, const TextSource& source);

}  // namespace bellhop::rules
