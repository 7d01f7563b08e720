#include <algorithm>
#include <utility>

#include "parsers/text/lists.hpp"
#include "rules/people/named_requester.hpp"
#include "rules/rule/rule_reader.hpp"

namespace bellhop::rules {
namespace {

using parsers::ConfigKind;
using parsers::ConfigTable;

void read_priorities(ConfigTable& table, const RuleReading& reading, RuleActions& actions) {
    actions.priority = read_priority(table, "priority", reading);
    actions.raise_to = read_priority(table, "raise_to", reading);
    actions.lower_to = read_priority(table, "lower_to", reading);
    const auto raise_by = table.integer("raise_by", 1, 20);
    const auto lower_by = table.integer("lower_by", 1, 20);
    actions.raise_by = static_cast<int>(raise_by.value_or(0) - lower_by.value_or(0));
    const auto conflict = [&](const char* one, const char* other) {
        if (!table.has(one) || !table.has(other)) return;
        table.complain_at(table.where_key(other),
                          "\"" + std::string{one} + "\" and \"" + other + "\" in one rule",
                          {"write two rules if both are meant; they apply in their order"});
    };
    conflict("priority", "raise_to");
    conflict("priority", "lower_to");
    conflict("priority", "raise_by");
    conflict("priority", "lower_by");
    conflict("raise_by", "lower_by");
}

void read_handling(ConfigTable& table, RuleActions& actions) {
    std::string first;
    const auto found = [&](const std::string& key, Handling handling) {
        if (!first.empty()) {
            table.complain_at(table.where_key(key),
                              "\"" + first + "\" and \"" + key + "\" in one rule",
                              {"a mail is held, ignored or put into quarantine: only one of them"});
        }
        first = key;
        actions.handling = handling;
    };
    if (const auto hold = table.value("hold")) {
        if (hold->kind() == ConfigKind::text) {
            actions.approver = hold->text().value_or("");
            found("hold", Handling::hold);
        } else if (hold->boolean().value_or(false)) {
            found("hold", Handling::hold);
        }
    }
    if (table.boolean("ignore").value_or(false)) found("ignore", Handling::ignore);
    if (table.boolean("quarantine").value_or(false)) found("quarantine", Handling::quarantine);
    if (table.boolean("accept").value_or(false)) found("accept", Handling::accept);
}

void read_acknowledge(ConfigTable& table, RuleActions& actions) {
    const auto value = table.value("acknowledge");
    if (!value) return;
    if (value->kind() != ConfigKind::boolean) {
        actions.acknowledge = value->text();
    } else if (!value->boolean().value_or(true)) {
        actions.acknowledge = "none";
    } else {
        value->complain("acknowledging is the rule",
                        {"write the name of a template, or false for none"});
    }
}

void read_parent(ConfigTable& table, RuleActions& actions) {
    const auto value = table.value("parent");
    if (!value) return;
    if (value->kind() == ConfigKind::text) {
        if (value->choice({"first"})) actions.parent = ParentLink{};
    } else if (const auto number = value->integer(1, 1'000'000'000)) {
        actions.parent = ParentLink{TicketId{*number}};
    }
}

void read_requester(ConfigTable& table, RuleActions& actions) {
    for (const auto& item : table.items("requester_from")) {
        const auto form = item.text();
        if (!form) continue;
        const std::string fault = fault_of_form(*form);
        if (fault.empty()) {
            actions.requester_from.push_back(*form);
        } else {
            item.complain("no form in which a mail names who asks: " + fault,
                          {"write it as the mail does, \"Email: *\", or \"reply-to\""});
        }
    }
}

}  // namespace

std::optional<std::string> read_priority(ConfigTable& table,
                                         std::string_view key,
                                         const RuleReading& reading) {
    const auto value = table.value(key);
    if (!value) return std::nullopt;
    // The complaint says "unknown priority", whichever key it stands under.
    const std::size_t fields = reading.priorities.size();
    const auto word = value->text();
    if (!word || fields == 0) return word;
    if (parsers::contains(reading.priorities, *word)) return word;
    std::vector<std::string> hints{"expected one of: " + parsers::joined(reading.priorities, ", ")};
    const std::string near = parsers::nearest(*word, reading.priorities);
    if (!near.empty()) hints.push_back("did you mean " + parsers::in_quotes(near) + "?");
    value->complain("unknown priority " + parsers::in_quotes(*word), std::move(hints));
    return std::nullopt;
}

RuleActions read_actions(ConfigTable& table,
                         const RuleReading& reading,
                         std::vector<ActionSpan>& spans) {
    RuleActions actions;
    read_priorities(table, reading, actions);
    actions.team = table.text("team");
    actions.assignee = table.text("assignee");
    actions.category = table.text("category");
    actions.tags = table.texts("tags");
    actions.marks = table.texts("mark");
    actions.restricted = table.boolean("restricted").value_or(false);
    read_acknowledge(table, actions);
    read_handling(table, actions);
    read_parent(table, actions);
    actions.notify = table.texts("notify");
    actions.note = table.text("note").value_or("");
    read_requester(table, actions);
    actions.stop = table.boolean("stop").value_or(false);
    table.refuse_unknown_keys();
    for (const std::string& key : table.keys()) spans.push_back({key, table.where(key)});
    return actions;
}

}  // namespace bellhop::rules
