// Whether one rule's conditions can only hold where another's do: what lint's findings rest on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/rule/rule.hpp"

namespace bellhop::rules {

/// Whether every text that has `narrow` has `wide`. Sound, not complete: true is certain, false may
/// only mean "not seen".
bool implies(const Keyword& narrow, const Keyword& wide);

/// Answers by the conditions' form, with the word lists of `book` written out. Sound, not complete.
class Implication {
public:
    /// `book` must outlive this.
    explicit Implication(const RuleBook& book) : book_{book} {}

    /// Whether every mail for which `narrow` holds is one for which `wide` holds.
    bool implies(const Condition& narrow, const Condition& wide) const;

    /// Whether every mail that `narrow` matches is matched by `wide`.
    bool implies(const Rule& narrow, const Rule& wide) const;

    /// Whether the conditions together imply `wide`.
    bool imply(const std::vector<Condition>& narrow, const Condition& wide) const;

    /// The keywords, with those of a list in place of "@list" where that stands alone.
    /// Of `keywords` and of the book.
    std::vector<const Keyword*> written_out(const std::vector<Keyword>& keywords) const;

    /// What "@list" alone is found by, whatever else stands in the text; nothing where the list, or
    /// one that it uses, has exceptions.
    std::vector<const Keyword*> words_of(const Keyword& list) const;

private:
    bool text_implies(const TextTest& narrow, const TextTest& wide) const;
    bool has_exceptions(const TextTest& test) const;

    const RuleBook& book_;
};

}  // namespace bellhop::rules
