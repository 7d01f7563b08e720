// Every condition of a kind in a rule, however deep it stands.
#pragma once

#include <variant>
#include <vector>

#include "rules/rule/rule.hpp"

namespace bellhop::rules {

/// Calls `each(test, where)` for every test of that kind.
template <class Test, class Function>
void for_each_test(const std::vector<Condition>& conditions, const Function& each) {
    for (const Condition& condition : conditions) {
        if (const auto* test = std::get_if<Test>(&condition.test)) each(*test, condition.where);
        if (const auto* combined = std::get_if<CombinedTest>(&condition.test)) {
            for_each_test<Test>(combined->conditions, each);
        }
    }
}

/// Those of `when` and of `unless`.
template <class Test, class Function>
void for_each_test(const Rule& rule, const Function& each) {
    for_each_test<Test>(rule.when.conditions, each);
    for_each_test<Test>(rule.unless.conditions, each);
}

}  // namespace bellhop::rules
