#include "rules/rule/keyword_count.hpp"

#include <string>
#include <variant>

namespace bellhop::rules {

void KeywordCount::add(const KeywordGroup& words, const parsers::TextSpan& where) {
    const bool was_too_much = count_ > most_;
    count_ += words.keywords.size() + words.except.size();
    if (was_too_much || count_ <= most_) return;
    complaints_.push_back({where,
                           "too many words",
                           {"at most " + std::to_string(most_) + " in all lists and rules"}});
}

void KeywordCount::add(const std::vector<Condition>& conditions, const parsers::TextSpan& where) {
    for (const Condition& condition : conditions) {
        if (const auto* text = std::get_if<TextTest>(&condition.test)) add(text->words, where);
        if (const auto* combined = std::get_if<CombinedTest>(&condition.test))
            add(combined->conditions, where);
    }
}

}  // namespace bellhop::rules
