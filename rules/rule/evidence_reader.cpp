#include <algorithm>

#include "rules/rule/rule_reader.hpp"

namespace bellhop::rules {
namespace {

using parsers::ConfigTable;
using parsers::ConfigValue;
using parsers::in_quotes;

constexpr double most_points = 20;  // more says no more: one point is a factor of e

/// The scale that is called so: by its own name, or by that of the desk's priority.
std::optional<Scale> scale_called(std::string_view name, const Weighing& weighing) {
    if (const auto scale = scale_named(name)) return scale;
    const auto& priorities = weighing.priorities;
    const auto found = std::find(priorities.begin(), priorities.end(), name);
    if (found == priorities.end()) return std::nullopt;
    return static_cast<Scale>(found - priorities.begin());
}

/// `points = { P1 = 1.5, low = -0.5, safeguarding = 1 }`
void read_points(ConfigTable& table,
                 std::string_view key,
                 const Weighing& weighing,
                 Points& points) {
    auto all = table.table(key);
    if (!all) return;
    points = {};
    for (const std::string& name : all->keys()) {
        const auto scale = scale_called(name, weighing);
        if (!scale) {
            std::vector<std::string> known{"major", "high", "medium", "low", "safeguarding"};
            known.insert(known.end(), weighing.priorities.begin(), weighing.priorities.end());
            const std::string near = parsers::nearest(name, known);
            all->complain_at(
                all->where_key(name), "unknown grade " + in_quotes(name),
                {near.empty() ? "expected one of: major, high, medium, low, safeguarding"
                              : "did you mean " + in_quotes(near) + '?'});
            continue;
        }
        points[static_cast<std::size_t>(*scale)] =
            all->real(name, -most_points, most_points).value_or(0);
    }
}

}  // namespace

void read_evidence(ConfigTable& table,
                   const RuleReading& reading,
                   const Weighing& weighing,
                   Evidence& evidence) {
    if (const auto words = table.value("words")) {
        ReadWords read = read_words(*words, reading);
        evidence.words.keywords = std::move(read.keywords);
        evidence.word_spans = std::move(read.spans);
    }
    if (const auto except = table.value("except"))
        evidence.words.except = read_words(*except, reading).keywords;
    const bool has_both = table.has("both") || !evidence.both.empty();
    if (table.has("both")) evidence.both.clear();
    for (const ConfigValue& item : table.items("both")) {
        if (const auto name = item.choice(reading.evidence)) evidence.both.push_back(*name);
    }
    if (auto when = table.table("when")) evidence.when.conditions = read_conditions(*when, reading);
    read_points(table, "points", weighing, evidence.points);
    if (const auto cap = table.integer("cap", 1, 20)) evidence.cap = static_cast<std::size_t>(*cap);
    evidence.live = table.boolean("live").value_or(evidence.live);
    table.refuse_unknown_keys();
    // A name in `both` that nobody has is complained of by itself.
    if (evidence.words.keywords.empty() && !has_both && evidence.when.conditions.empty()) {
        table.complain_at(table.where(), "evidence " + in_quotes(evidence.name) + " is never found",
                          {"for example: words = [\"tannoy|bells\"]"});
    }
}

void read_weighing(ConfigTable& table, const RuleReading& reading, Weighing& weighing) {
    if (table.has("priorities")) weighing.priorities.clear();
    for (const ConfigValue& item : table.items("priorities")) {
        const auto priority = item.choice(reading.priorities);
        if (priority) weighing.priorities.push_back(*priority);
    }
    if (table.has("priorities") && weighing.priorities.size() != grade_count &&
        table.items("priorities").size() != grade_count) {
        table.complain("priorities", "four grades want four priorities",
                       {"the most urgent first: major, high, medium, low; one may stand twice"});
    }
    if (const auto silent = table.value("silent"))
        weighing.silent.keywords = read_words(*silent, reading).keywords;
    read_points(table, "start", weighing, weighing.start);
    weighing.alone = table.real("alone", 0.01, 100).value_or(weighing.alone);
    weighing.readiness = table.real("readiness", 0.01, 100).value_or(weighing.readiness);
    weighing.doubt = table.real("doubt", 0.01, 1).value_or(weighing.doubt);
    weighing.safeguarding_from =
        table.real("safeguarding_from", 0.001, 1).value_or(weighing.safeguarding_from);
    weighing.where = table.where();
    table.refuse_unknown_keys();
}

}  // namespace bellhop::rules
