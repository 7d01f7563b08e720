#include "rules/trial/rule_listing.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

#include "rules/trial/rule_explain.hpp"

namespace bellhop::rules {
namespace {

/// As short as it is exact to a hundredth: "0.5", "-2".
std::string number_text(double number) {
    const long all = std::lround(number * 100);
    std::string text = (all < 0 ? "-" : "") + std::to_string(std::labs(all) / 100);
    const std::string decimals = std::to_string(std::labs(all) % 100 + 100).substr(1);
    if (decimals == "00") return text;
    return text + '.' + (decimals.back() == '0' ? decimals.substr(0, 1) : decimals);
}

std::string points_text(const Points& points, const Weighing& weighing) {
    std::string text;
    for (std::size_t i = 0; i < scale_count; ++i) {
        if (std::abs(points[i]) < 0.005) continue;
        const std::string name = i < weighing.priorities.size()
                                     ? weighing.priorities[i]
                                     : std::string{name_of(static_cast<Scale>(i))};
        text += (text.empty() ? "" : ", ") + name + ' ' + number_text(points[i]);
    }
    return text.empty() ? "no points" : text;
}

std::string words_text(const KeywordGroup& group) {
    std::string text;
    for (const Keyword& each : group.keywords) text += each.written + '\n';
    for (const Keyword& each : group.except) text += "except " + each.written + '\n';
    return text;
}

std::string evidence_text(const Evidence& evidence, const Weighing& weighing) {
    std::string text = points_text(evidence.points, weighing);
    if (evidence.cap > 1) text += "; up to " + std::to_string(evidence.cap) + " words";
    if (evidence.live) text += "; not in silent sentences";
    text += '\n';
    for (const std::string& name : evidence.both) text += "with " + name + '\n';
    return text + words_text(evidence.words);
}

/// What it changes, as `rules explain` would say it.
std::string action_text(const RuleActions& then) {
    std::string text;
    const auto say = [&text](const std::string& what) { text += what + '\n'; };
    if (then.priority) say("priority " + *then.priority);
    if (then.raise_to) say("at least " + *then.raise_to);
    if (then.lower_to) say("at most " + *then.lower_to);
    if (then.raise_by != 0) say("raised by " + std::to_string(then.raise_by));
    if (then.team) say("team " + *then.team);
    if (then.assignee) say("assignee " + *then.assignee);
    if (then.category) say("category " + *then.category);
    for (const std::string& tag : then.tags) say("tag " + tag);
    for (const std::string& mark : then.marks) say("mark " + mark);
    if (then.restricted) say("restricted");
    if (then.acknowledge) say("acknowledge " + *then.acknowledge);
    if (then.handling) say(name_of(*then.handling));
    for (const std::string& who : then.notify) say("notify " + who);
    if (then.stop) say("stop");
    return text;
}

std::string rule_text(const Rule& rule) {
    std::string text;
    for (const Condition& condition : rule.when.conditions)
        text += "unless " + why_not(condition) + '\n';
    if (!rule.unless.conditions.empty()) text += "but for exceptions\n";
    return text + action_text(rule.then);
}

/// Lines of `text` as a set.
std::set<std::string> lines_of(const std::string& text) {
    std::set<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.insert(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

std::string change_text(const std::string& before, const std::string& after) {
    const std::set<std::string> old_lines = lines_of(before);
    const std::set<std::string> new_lines = lines_of(after);
    std::string text;
    const auto append = [&](const char* sign, const std::string& line) {
        text += std::string{text.empty() ? "" : "; "} + sign + line;
    };
    for (const std::string& line : old_lines) {
        if (!new_lines.contains(line)) append("- ", line);
    }
    for (const std::string& line : new_lines) {
        if (!old_lines.contains(line)) append("+ ", line);
    }
    return text.empty() ? "in another order" : text;
}

}  // namespace

RuleListing listing_of(const RuleBook& book) {
    RuleListing listing;
    for (const WordList& list : book.lists) listing["list " + list.name] = words_text(list.words);
    for (const Rule& rule : book.rules) listing["rule " + rule.name] = rule_text(rule);
    for (const Rule& boost : book.boosts) listing["boost " + boost.name] = action_text(boost.then);
    const Weighing& weighing = book.weighing;
    for (const Evidence& each : weighing.evidence)
        listing["evidence " + each.name] = evidence_text(each, weighing);
    if (!weighing.has_scale()) return listing;
    listing["setting readiness"] = number_text(weighing.readiness) + '\n';
    listing["setting doubt"] = number_text(weighing.doubt) + '\n';
    listing["setting safeguarding_from"] = number_text(weighing.safeguarding_from) + '\n';
    std::string tables;
    for (const NamedTable& each : weighing.tables)
        tables += each.table->version() + ", " + std::to_string(each.table->size()) + " entries\n";
    listing["table"] = tables.empty() ? "none\n" : tables;
    return listing;
}

std::vector<std::string> differences(const RuleListing& before, const RuleListing& after) {
    std::vector<std::string> lines;
    for (const auto& [name, text] : before) {
        const auto now = after.find(name);
        if (now == after.end()) {
            lines.push_back("- " + name);
        } else if (now->second != text) {
            lines.push_back("~ " + name + ": " + change_text(text, now->second));
        }
    }
    for (const auto& [name, text] : after) {
        if (!before.contains(name)) lines.push_back("+ " + name);
    }
    return lines;
}

}  // namespace bellhop::rules
