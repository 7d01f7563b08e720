#include "rules/rule/rule_set.hpp"

#include <algorithm>
#include <utility>

#include "parsers/text/ensure.hpp"
#include "rules/rule/rule_evaluation.hpp"
#include "rules/rule/rule_program.hpp"

namespace bellhop::rules {

struct RuleSet::Compiled {
    explicit Compiled(RuleBook from) : book{std::move(from)}, program{book} {}

    RuleBook book;
    RuleProgram program;  // refers to `book`
};

RuleSet::RuleSet(RuleBook book) : compiled_{std::make_unique<const Compiled>(std::move(book))} {}
RuleSet::~RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;

const RuleBook& RuleSet::book() const {
    return compiled_->book;
}

Decision RuleSet::evaluate(const MailFacts& facts) const {
    return RuleEvaluation{compiled_->book, compiled_->program, facts}.run();
}

std::vector<WeighedPiece> RuleSet::heaviest(const MailFacts& facts, std::size_t most) const {
    return RuleEvaluation{compiled_->book, compiled_->program, facts}.heaviest(most);
}

std::vector<std::size_t> RuleSet::evidence_in(const MailFacts& facts) const {
    return RuleEvaluation{compiled_->book, compiled_->program, facts}.evidence();
}

std::string RuleSet::name_of(const Step& step) const {
    switch (step.kind) {
        case StepKind::start:
            return "default";
        case StepKind::weighing:
            return "evidence";
        case StepKind::strangers:
            return "strangers";
        case StepKind::proposal:
            return "sender's proposal";
        case StepKind::rule:
            return compiled_->book.rules[step.index].name;
        case StepKind::boost:
            return compiled_->book.boosts[step.index].name;
    }
    never_reached();
}

const Condition& RuleSet::condition(std::uint32_t failed) const {
    ensure(failed < compiled_->program.conditions.size());
    return *compiled_->program.conditions[failed].condition;
}

}  // namespace bellhop::rules
