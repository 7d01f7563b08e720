#include "rules/rule/rule_effect.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>

#include "parsers/text/ensure.hpp"

namespace bellhop::rules {
namespace {

using Lines = std::vector<std::string>;

void set_priority(const std::string& to, const std::string& why, Outcome& outcome, Lines& did) {
    if (outcome.priority == to) {
        did.push_back("priority stays " + to + why);
    } else if (outcome.priority.empty()) {
        did.push_back("priority " + to);
    } else {
        did.push_back("priority " + outcome.priority + " → " + to);
    }
    outcome.priority = to;
}

void move_priority(const RuleActions& actions,
                   const Lines& priorities,
                   Outcome& outcome,
                   Lines& did) {
    if (actions.priority) set_priority(*actions.priority, "", outcome, did);
    const std::size_t rank = rank_of(outcome.priority, priorities);
    if (actions.raise_to) {
        const std::size_t least = rank_of(*actions.raise_to, priorities);
        ensure(least < priorities.size());
        set_priority(priorities[std::min(rank, least)], " (at least " + *actions.raise_to + ")",
                     outcome, did);
    }
    if (actions.lower_to) {
        const std::size_t most = rank_of(*actions.lower_to, priorities);
        ensure(most < priorities.size());
        const std::size_t known =
            std::min(rank_of(outcome.priority, priorities), priorities.size() - 1);
        set_priority(priorities[std::max(known, most)], " (at most " + *actions.lower_to + ")",
                     outcome, did);
    }
    if (actions.raise_by != 0) {
        const auto last = static_cast<std::ptrdiff_t>(priorities.size()) - 1;
        const auto from = static_cast<std::ptrdiff_t>(rank_of(outcome.priority, priorities));
        const std::ptrdiff_t to = std::clamp<std::ptrdiff_t>(from - actions.raise_by, 0, last);
        const std::string why =
            actions.raise_by > 0 ? " (nothing is more urgent)" : " (nothing is less urgent)";
        set_priority(priorities[static_cast<std::size_t>(to)], why, outcome, did);
    }
}

void set_name(const std::string& what,
              const std::optional<std::string>& to,
              std::string& value,
              Lines& did) {
    if (!to) return;
    did.push_back(value.empty() || value == *to ? what + ' ' + *to
                                                : what + ' ' + value + " → " + *to);
    value = *to;
}

/// Adds what is not there yet.
void add_names(const std::string& what,
               const Lines& names,
               NameAppender& to_values,
               Lines& values,
               Lines& did) {
    for (const std::string& name : names) {
        if (to_values.append(name, values)) did.push_back(what + ' ' + name);
    }
}

void add_names(const std::string& what, const Lines& names, Lines& values, Lines& did) {
    if (names.empty()) return;
    NameAppender to_values;
    add_names(what, names, to_values, values, did);
}

void set_acknowledgement(const std::string& to, Outcome& outcome, Lines& did) {
    outcome.acknowledge = to != "none";
    outcome.acknowledgement = outcome.acknowledge ? to : "";
    did.push_back(outcome.acknowledge ? "acknowledge with " + to : "no acknowledgement");
}

void set_handling(const RuleActions& actions, Outcome& outcome, Lines& did) {
    outcome.handling = *actions.handling;
    outcome.approver = outcome.handling == Handling::hold ? actions.approver : "";
    const std::string whose =
        outcome.approver.empty() ? "" : " for approval by " + outcome.approver;
    did.push_back(name_of(outcome.handling) + whose);
}

}  // namespace

std::size_t rank_of(std::string_view name, const std::vector<std::string>& priorities) {
    const auto found = std::find(priorities.begin(), priorities.end(), name);
    return static_cast<std::size_t>(found - priorities.begin());
}

bool NameAppender::append(const std::string& name, Lines& names) {
    const auto bit_of = [](const std::string& each) {
        return std::hash<std::string_view>{}(each) % (64 * 64);
    };
    for (; known_ < names.size(); ++known_) {
        const std::size_t bit = bit_of(names[known_]);
        seen_[bit / 64] |= std::uint64_t{1} << bit % 64;
    }
    const std::size_t bit = bit_of(name);
    const bool may_be_there = (seen_[bit / 64] >> bit % 64 & 1U) != 0;
    if (may_be_there && std::find(names.begin(), names.end(), name) != names.end()) return false;
    names.push_back(name);
    return true;
}

void apply(const RuleActions& actions,
           const std::vector<std::string>& priorities,
           std::optional<TicketId> surge_parent,
           Effects& effects,
           std::vector<std::string>& did) {
    Outcome& outcome = effects.outcome;
    ensure(!priorities.empty());
    move_priority(actions, priorities, outcome, did);
    set_name("team", actions.team, outcome.team, did);
    set_name("assignee", actions.assignee, outcome.assignee, did);
    set_name("category", actions.category, outcome.category, did);
    add_names("tag", actions.tags, effects.to_tags, outcome.tags, did);
    add_names("mark", actions.marks, effects.to_marks, effects.marks, did);
    if (actions.restricted) {
        outcome.restricted = true;
        did.emplace_back("restricted");
    }
    if (actions.acknowledge) set_acknowledgement(*actions.acknowledge, outcome, did);
    if (actions.handling) set_handling(actions, outcome, did);
    if (actions.parent) {
        outcome.parent = actions.parent->ticket ? actions.parent->ticket : surge_parent;
        if (outcome.parent) {
            did.push_back("parent ticket " +
                          std::to_string(static_cast<std::int64_t>(*outcome.parent)));
        }
    }
    add_names("notify", actions.notify, outcome.notify, did);
    if (!actions.note.empty()) add_names("note", {actions.note}, outcome.notes, did);
    add_names("requester from", actions.requester_from, outcome.requester_from, did);
    if (actions.stop) did.emplace_back("stop");
}

}  // namespace bellhop::rules
