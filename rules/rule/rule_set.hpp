// The rules, compiled, and the one way to apply them: for the live gateway, for tests, for
// explaining.
//
// A new ticket begins with what the default rule says; with the priority that the evidence of its
// words adds up to, where the rules weigh any; or with the one that its sender may propose. Then
// the rules are looked at in the order of the file. Each that matches changes what it names: what a
// later rule sets replaces what an earlier one has set, tags and people to notify add up,
// "restricted" stays. A rule with "stop" is the last. What strangers may be given at most, and
// boosts, come at the end, always. A
// follow-up begins with what its ticket is.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "rules/rule/decision.hpp"
#include "rules/rule/mail_facts.hpp"
#include "rules/rule/rule.hpp"

namespace bellhop::rules {

class RuleSet {
public:
    /// Precondition: `book` comes from load_rules(), or is as free of errors.
    explicit RuleSet(RuleBook book);
    ~RuleSet();
    RuleSet(const RuleSet&) = delete;
    RuleSet(RuleSet&&) noexcept;
    RuleSet& operator=(const RuleSet&) = delete;
    RuleSet& operator=(RuleSet&&) noexcept;

    /// Pure: the same facts give the same decision. Linear in the size of the mail.
    Decision evaluate(const MailFacts& facts) const;

    /// What weighs in the mail, the heaviest first: what sets the chosen grade apart from the next.
    std::vector<WeighedPiece> heaviest(const MailFacts& facts, std::size_t most) const;

    /// How much of each evidence a mail has, by index of Weighing::evidence; no more than its cap.
    std::vector<std::size_t> evidence_in(const MailFacts& facts) const;

    const RuleBook& book() const;

    /// The rule's name; "default", "sender's proposal" for what comes before the rules.
    std::string name_of(const Step& step) const;

    /// The condition that Step::failed tells of. Precondition: the step did not match.
    const Condition& condition(std::uint32_t failed) const;

    struct Compiled;

private:
    std::unique_ptr<const Compiled> compiled_;
};

}  // namespace bellhop::rules
