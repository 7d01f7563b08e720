// The rules, compiled, and the one way to apply them: for the live gateway, for tests, for
// explaining.
//
// A new ticket begins with what the default rule says, or with the priority that its sender may
// propose. Then the rules are looked at in the order of the file. Each that matches changes what it
// names: what a later rule sets replaces what an earlier one has set, tags and people to notify add
// up, "restricted" stays. A rule with "stop" is the last. Boosts come at the end, always. A
// follow-up begins with what its ticket is.
#pragma once

#include <cstdint>
#include <memory>
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

class RuleSet {
public:
    /// Precondition: `book` comes from load_rules(), or is as free of errors.
    explicit RuleSet(RuleBook book);
    ~RuleSet();
    RuleSet(RuleSet&&) noexcept;
    RuleSet& operator=(RuleSet&&) noexcept;

    /// Pure: the same facts give the same decision. Linear in the size of the mail.
    Decision evaluate(const MailFacts& facts) const;

    const RuleBook& book() const;

    /// The rule's name; "default", "sender's proposal" for what comes before the rules.
    std::string name_of(const Step& step) const;

    /// The condition that Step::failed tells of. Precondition: the step did not match.
    const Condition& condition(std::uint32_t failed) const;

    struct Compiled;

private:
    std::unique_ptr<const Compiled> compiled_;
};

/// The text of a mail that a condition or a reason is about.
std::string text_of(const MailFacts& facts, const TextSource& source);

}  // namespace bellhop::rules
