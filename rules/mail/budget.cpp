#include "rules/mail/budget.hpp"

#include "parsers/text/ensure.hpp"

namespace bellhop::rules {
namespace {

std::optional<Exhausted> reached(BudgetOf whose,
                                 const std::vector<MailLimit>& limits,
                                 const std::vector<std::size_t>& spent) {
    for (std::size_t i = 0; i < limits.size() && i < spent.size(); ++i) {
        if (spent[i] >= limits[i].count) return Exhausted{whose, limits[i]};
    }
    return std::nullopt;
}

std::string name_of(BudgetOf whose) {
    switch (whose) {
        case BudgetOf::person:
            return "the sender has";
        case BudgetOf::domain:
            return "strangers of the sender's domain have";
        case BudgetOf::strangers:
            return "strangers have";
        case BudgetOf::everybody:
            return "all senders together have";
    }
    never_reached();
}

}  // namespace

std::string_view to_text(BudgetOf whose) {
    switch (whose) {
        case BudgetOf::person:
            return "person";
        case BudgetOf::domain:
            return "domain";
        case BudgetOf::strangers:
            return "strangers";
        case BudgetOf::everybody:
            return "everybody";
    }
    never_reached();
}

std::optional<Exhausted> exhausted(const Budget& budget, const Spent& spent, Familiarity sender) {
    if (auto found = reached(BudgetOf::person, budget.person, spent.person)) return found;
    if (sender == Familiarity::stranger) {
        if (auto found = reached(BudgetOf::domain, budget.domain, spent.domain)) return found;
        if (auto found = reached(BudgetOf::strangers, budget.strangers, spent.strangers)) {
            return found;
        }
    }
    return reached(BudgetOf::everybody, budget.everybody, spent.everybody);
}

std::string in_words(const Exhausted& limit, const std::string& had, const std::string& what) {
    const auto minutes =
        std::chrono::duration_cast<std::chrono::minutes>(limit.limit.window).count();
    return name_of(limit.whose) + " " + had + " " + std::to_string(limit.limit.count) + " " + what +
           " in " + std::to_string(minutes) + " minutes";
}

}  // namespace bellhop::rules
