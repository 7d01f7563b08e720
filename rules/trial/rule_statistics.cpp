#include "rules/trial/rule_statistics.hpp"

#include <utility>

#include "rules/rule/ruling.hpp"
#include "rules/trial/past_ticket.hpp"

namespace bellhop::rules {

void RuleCount::add(const std::vector<TicketEvent>& log) {
    for (std::size_t i = 0; i < log.size(); ++i) {
        if (log[i].type != Event::rules || log[i].at < since_) continue;
        const Ruling ruling = read_ruling(log[i]);
        const auto differs = [&](TicketField field, const std::string& decided) {
            const auto corrected = corrected_after(log, i, field);
            return corrected && *corrected != decided;
        };
        const bool priority = differs(TicketField::priority, ruling.outcome.priority);
        const bool team = differs(TicketField::team, ruling.outcome.team);
        ++all_.mails;
        if (priority || team) ++all_.overruled;
        if (ruling.matched.empty()) ++all_.by_default;
        for (const std::string& name : ruling.matched) {
            RuleUse& use = by_name_[name];
            ++use.fired;
            if (priority) ++use.priority_overruled;
            if (team) ++use.team_overruled;
            if (priority || team) ++use.overruled;
        }
    }
}

RuleStatistics RuleCount::statistics(const RuleBook& book) const {
    RuleStatistics statistics = all_;
    std::map<std::string, RuleUse> left = by_name_;
    for (const auto* list : {&book.rules, &book.boosts}) {
        for (const Rule& rule : *list) {
            RuleUse use = std::exchange(left[rule.name], {});
            left.erase(rule.name);
            use.name = rule.name;
            statistics.rules.push_back(std::move(use));
        }
    }
    for (auto& [name, use] : left) {
        use.name = name;
        use.is_in_file = false;
        statistics.rules.push_back(use);
    }
    return statistics;
}

}  // namespace bellhop::rules
