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

#include "rules/rule/decision.hpp"
#include "rules/rule/mail_facts.hpp"
#include "rules/rule/rule.hpp"

namespace bellhop::rules {

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

}  // namespace bellhop::rules
