#include "rules/rule/rule_table_reader.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <variant>

namespace bellhop::rules {
namespace {

using parsers::ConfigTable;
using parsers::ConfigValue;
using parsers::in_quotes;

/// A rule is about new tickets unless it says otherwise: a follow-up must not undo what staff
/// decided.
void settle_arrival(Rule& rule) {
    auto& conditions = rule.when.conditions;
    if (!names_arrival(conditions)) {
        PropertyTest test{Property::arrival, {"new"}, {}};
        conditions.insert(conditions.begin(), Condition{std::move(test), rule.where});
        return;
    }
    conditions.erase(
        std::remove_if(conditions.begin(), conditions.end(),
                       [](const Condition& condition) {
                           const auto* test = std::get_if<PropertyTest>(&condition.test);
                           return test != nullptr && test->property == Property::arrival &&
                                  test->values == std::vector<std::string>{"any"};
                       }),
        conditions.end());
}

void read_then(ConfigTable& table, const RuleReading& reading, Rule& rule) {
    auto then = table.table("then");
    if (then) rule.then = read_actions(*then, reading, rule.action_spans);
    if (!then || rule.action_spans.empty()) {
        table.complain_at(table.where(), "rule " + in_quotes(rule.name) + " does nothing",
                          {"for example: then.priority = \"" + example_priority(reading) + "\""});
    }
    if (rule.then.parent && !rule.then.parent->ticket && !rule.surge) {
        then->complain(
            "parent", "there is no first ticket without a surge",
            {"write when.surge = {tickets = 5, people = 3, within = \"15 min\"}, or the number "
             "of a ticket"});
    }
}

std::vector<Condition> boost_conditions(ConfigTable& table,
                                        const RuleReading& reading,
                                        std::optional<std::chrono::year_month_day> from,
                                        std::optional<std::chrono::year_month_day> to) {
    std::vector<Condition> conditions;
    conditions.push_back({PropertyTest{Property::arrival, {"new"}, {}}, table.where()});
    if (from && to) conditions.push_back({DateTest{*from, *to}, table.where_key("from")});
    if (table.value("school")) {
        PropertyTest test{Property::school, table.texts("school"), {}};
        for (const ConfigValue& item : table.items("school")) test.spans.push_back(item.where());
        conditions.push_back({std::move(test), table.where_key("school")});
    }
    if (auto when = table.table("when")) {
        for (Condition& condition : read_conditions(*when, reading)) {
            conditions.push_back(std::move(condition));
        }
    }
    return conditions;
}

RuleActions boost_actions(ConfigTable& table, const RuleReading& reading) {
    RuleActions then;
    then.raise_to = read_priority(table, "raise_to", reading);
    then.raise_by = static_cast<int>(table.integer("raise_by", 1, 20).value_or(0));
    then.note = table.text("note").value_or("");
    then.tags = table.texts("tags");
    then.notify = table.texts("notify");
    return then;
}

}  // namespace

std::string example_priority(const RuleReading& reading) {
    return reading.priorities.empty() ? "P3" : reading.priorities[reading.priorities.size() / 2];
}

Rule read_rule(ConfigTable& table, const RuleReading& reading) {
    Rule rule;
    rule.where = table.where();
    rule.name = table.required_text("name", "name = \"no internet\"");
    bool has_key = false;  // a misspelt one is complained of by itself
    if (auto when = table.table("when")) {
        rule.surge = read_surge(*when);
        rule.when.conditions = read_conditions(*when, reading);
        has_key = !when->keys().empty();
    }
    if (auto unless = table.table("unless"))
        rule.unless.conditions = read_conditions(*unless, reading);
    if (rule.when.conditions.empty() && !has_key) {
        table.complain_at(table.where(), "rule " + in_quotes(rule.name) + " has no condition",
                          {"for example: when.text = [\"internet down\"]",
                           "what holds for every mail stands in [default]"});
    }
    settle_arrival(rule);
    read_then(table, reading, rule);
    table.refuse_unknown_keys();
    return rule;
}

Rule read_boost(ConfigTable& table, const RuleReading& reading) {
    Rule boost;
    boost.where = table.where();
    boost.name = table.required_text("name", "name = \"Ofsted visit\"");
    const bool has_from = table.require("from", "from = 2027-03-03");
    const bool both = table.require("to", "to = 2027-03-04") && has_from;
    const auto from = table.date("from");
    const auto to = table.date("to");
    if (both && from && to && *to < *from) {
        table.complain("to", "the boost ends before it begins", {"both days count"});
    }
    boost.when.conditions = boost_conditions(table, reading, from, to);
    boost.then = boost_actions(table, reading);
    if (!boost.then.raise_to && boost.then.raise_by == 0 && boost.then.note.empty()) {
        table.complain_at(table.where(), "boost " + in_quotes(boost.name) + " does nothing",
                          {"for example: raise_by = 1"});
    }
    table.refuse_unknown_keys();
    return boost;
}

}  // namespace bellhop::rules
