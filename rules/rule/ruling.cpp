#include "rules/rule/ruling.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "parsers/config/diagnostic.hpp"

namespace bellhop::rules {
namespace {

/// Names of rules stand one a line: a name has no line end.
std::string in_lines(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : "\n") + name;
    return text;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> names;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        names.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return names;
}

/// "P1 1.2, P2 0.4, P3 -0.8, P4 -0.8, safeguarding -3.1; table 2026-12-01 school mails"
std::string sum_of(const Weighed& weighed, const Weighing& weighing) {
    const auto tenths = [](double points) {
        const long all = std::lround(points * 10);
        return std::string{all < 0 ? "-" : ""} + std::to_string(std::labs(all) / 10) + '.' +
               std::to_string(std::labs(all) % 10);
    };
    std::string text;
    for (std::size_t grade = 0; grade < grade_count; ++grade)
        text += weighing.priorities[grade] + ' ' + tenths(weighed.sums[grade]) + ", ";
    text += "safeguarding " + tenths(weighed.sums[static_cast<std::size_t>(Scale::safeguarding)]);
    return text +
           (weighing.tables.empty() ? "; no table" : "; table " + versions_of(weighing.tables));
}

}  // namespace

Ruling ruling_of(const RuleSet& rules, const Decision& decision) {
    Ruling ruling{
        decision.outcome, {}, decision.surge_rules, decision.proposed, decision.digest, {}, {}};
    if (decision.weighed) ruling.evidence = sum_of(*decision.weighed, rules.book().weighing);
    for (const Step& step : decision.trace) {
        const bool is_rule = step.kind == StepKind::rule || step.kind == StepKind::boost;
        if (is_rule && step.verdict == Verdict::matched) {
            ruling.matched.push_back(rules.name_of(step));
        }
        if (step.kind != StepKind::rule || step.verdict != Verdict::matched) continue;
        const std::vector<std::string>& tags = rules.book().rules.at(step.index).then.tags;
        ruling.tags.insert(ruling.tags.end(), tags.begin(), tags.end());
    }
    return ruling;
}

std::string by_rules(const Ruling& ruling) {
    if (ruling.matched.empty())
        return ruling.evidence.empty() ? "by the default rule" : "by its evidence";
    std::string text = ruling.matched.size() == 1 ? "by the rule " : "by the rules ";
    for (const std::string& name : ruling.matched) {
        if (&name != &ruling.matched.front()) text += ", ";
        text += parsers::in_quotes(name);
    }
    return text;
}

TicketEvent ruling_event(const Ruling& ruling, std::chrono::sys_seconds at) {
    TicketEvent event{at, Event::rules, "gateway", by_rules(ruling), {}};
    const auto say = [&event](const char* key, const std::string& value) {
        if (!value.empty()) event.values.emplace_back(key, value);
    };
    say("rules", ruling.digest);
    say("matched", in_lines(ruling.matched));
    say("surge", in_lines(ruling.surge_rules));
    say("proposed", ruling.proposed);
    say("evidence", ruling.evidence);
    say("priority", ruling.outcome.priority);
    say("team", ruling.outcome.team);
    say("assignee", ruling.outcome.assignee);
    say("category", ruling.outcome.category);
    if (ruling.outcome.handling != Handling::accept) {
        say("handling", name_of(ruling.outcome.handling));
    }
    return event;
}

Ruling read_ruling(const TicketEvent& event) {
    Ruling ruling;
    for (const auto& [key, value] : event.values) {
        if (key == "rules") ruling.digest = value;
        if (key == "matched") ruling.matched = lines_of(value);
        if (key == "surge") ruling.surge_rules = lines_of(value);
        if (key == "proposed") ruling.proposed = value;
        if (key == "evidence") ruling.evidence = value;
        if (key == "priority") ruling.outcome.priority = value;
        if (key == "team") ruling.outcome.team = value;
        if (key == "assignee") ruling.outcome.assignee = value;
        if (key == "category") ruling.outcome.category = value;
        if (key != "handling") continue;
        for (const Handling each : {Handling::hold, Handling::ignore, Handling::quarantine}) {
            if (value == name_of(each)) ruling.outcome.handling = each;
        }
    }
    return ruling;
}

}  // namespace bellhop::rules
