#include "rules/lint/name_lint.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "parsers/text/lists.hpp"
#include "rules/lint/condition_walk.hpp"
#include "rules/people/people.hpp"
#include "rules/rule/property_table.hpp"
#include "rules/ticket/doubt.hpp"
#include "rules/words/folded_text.hpp"
#include "rules/words/wildcard.hpp"

namespace bellhop::rules {
namespace {

using parsers::Diagnostics;
using parsers::in_quotes;
using parsers::Severity;
using parsers::TextSpan;
using Names = std::vector<std::string>;

template <class Named>
void append_names(const std::vector<Named>& all, Names& names) {
    for (const Named& each : all) names.push_back(each.name);
}

/// As one of `names` is written; empty where none is the same but for case and accents.
std::string in_any_case(const Names& names, const std::string& name) {
    const auto found = std::find_if(names.begin(), names.end(), [&](const std::string& each) {
        return folded_form(each) == folded_form(name);
    });
    return found == names.end() ? "" : *found;
}

constexpr std::size_t names_shown = 8;

/// The name that was perhaps meant, or all that there are.
Names hints_for(const std::string& name, const Names& known) {
    const std::string same = in_any_case(known, name);
    const std::string near = same.empty() ? parsers::nearest(name, known) : same;
    if (!near.empty()) return {"did you mean " + in_quotes(near) + '?'};
    if (known.empty()) return {"there is none so far"};
    std::string all;
    for (std::size_t i = 0; i < known.size() && i < names_shown; ++i)
        all += (all.empty() ? "" : ", ") + known[i];
    const std::size_t more = known.size() - std::min(known.size(), names_shown);
    return {"known: " + all + (more == 0 ? "" : " and " + std::to_string(more) + " more")};
}

/// Whether the rule can only look at mails that open a ticket.
bool is_about_new_tickets(const Rule& rule) {
    return std::any_of(rule.when.conditions.begin(), rule.when.conditions.end(),
                       [](const Condition& condition) {
                           const auto* test = std::get_if<PropertyTest>(&condition.test);
                           return test != nullptr && test->property == Property::arrival &&
                                  test->values == Names{"new"};
                       });
}

class NameLint {
public:
    NameLint(const RuleBook& book, const Vocabulary& vocabulary, const People* people)
        : book_{book}, vocabulary_{vocabulary}, people_{people} {}

    Diagnostics run() {
        const auto at_start = [&](const char*) { return book_.start_where; };
        look_at_actions(book_.start, at_start, std::nullopt);
        given_tags_ = book_.start.tags;
        if (book_.weighing.has_scale()) {
            given_marks_.emplace_back(safeguarding_mark);
            for (const std::string& priority : book_.weighing.priorities)
                given_tags_.push_back(doubt_tag(priority));
        }
        for (const auto* rules : {&book_.rules, &book_.boosts}) {
            for (const Rule& rule : *rules) look_at(rule);
        }
        return std::move(findings_);
    }

private:
    void add(Severity severity, const TextSpan& where, std::string message, Names hints) {
        findings_.push_back({where, std::move(message), std::move(hints), severity});
    }

    void look_at(const Rule& rule) {
        const auto place = [&](const char* key) {
            const auto found =
                std::find_if(rule.action_spans.begin(), rule.action_spans.end(),
                             [&](const ActionSpan& span) { return span.key == key; });
            return found == rule.action_spans.end() ? rule.where : found->where;
        };
        std::optional<Names> schools;
        for_each_test<PropertyTest>(rule, [&](const PropertyTest& test, const TextSpan&) {
            look_at_values(test, rule);
            if (test.property == Property::school) schools = test.values;
        });
        look_at_actions(rule.then, place, schools);
        given_tags_.insert(given_tags_.end(), rule.then.tags.begin(), rule.then.tags.end());
        given_marks_.insert(given_marks_.end(), rule.then.marks.begin(), rule.then.marks.end());
    }

    void check(const TextSpan& where,
               const std::string& what,
               const std::string& name,
               const std::optional<Names>& known) {
        if (!known || name.empty() || parsers::contains(*known, name)) return;
        add(Severity::error, where, "unknown " + what + ' ' + in_quotes(name),
            hints_for(name, *known));
    }

    // ---- actions ----

    template <class Place>
    void look_at_actions(const RuleActions& actions,
                         const Place& place,
                         const std::optional<Names>& schools) {
        check(place("team"), "team", actions.team.value_or(""), vocabulary_.teams);
        check(place("assignee"), "technician", actions.assignee.value_or(""), vocabulary_.people);
        if (actions.acknowledge != "none") {
            check(place("acknowledge"), "template", actions.acknowledge.value_or(""),
                  vocabulary_.templates);
        }
        if (people_ == nullptr) return;
        for (const std::string& name : actions.notify) check_reach(place("notify"), name, schools);
        if (!actions.approver.empty()) check_reach(place("hold"), actions.approver, schools);
    }

    /// As staff_addresses() finds them.
    void check_reach(const TextSpan& where,
                     const std::string& name,
                     const std::optional<Names>& schools) {
        static const Names roles{"assignee", "team", "manager"};
        static const Names school_groups{"slt", "nominated contact"};
        if (name.find('@') != std::string::npos || parsers::contains(roles, name)) return;
        if (parsers::contains(school_groups, name)) return check_school_group(where, name, schools);
        if (const Team* team = people_->team(name)) return check_team(where, *team);
        Names known = roles;
        known.insert(known.end(), school_groups.begin(), school_groups.end());
        append_names(people_->teams, known);
        append_names(people_->technicians, known);
        append_names(people_->contacts, known);
        if (parsers::contains(known, name)) return;
        if (parsers::contains(group_names(), name)) {
            add(Severity::error, where,
                in_quotes(name) + " reaches nobody: it is a group of senders",
                {"of the groups, only \"slt\" and \"nominated contact\" of the ticket's school can "
                 "be told"});
            return;
        }
        add(Severity::error, where, "unknown team or person " + in_quotes(name),
            hints_for(name, known));
    }

    void check_team(const TextSpan& where, const Team& team) {
        if (!people_->addresses_of(team.name).empty()) return;
        add(Severity::error, where, "team " + in_quotes(team.name) + " reaches nobody",
            {"people.toml gives it neither an address nor a technician"});
    }

    /// A school without such a contact is told by nobody's mail.
    void check_school_group(const TextSpan& where,
                            const std::string& group,
                            const std::optional<Names>& schools) {
        Names without;
        for (const School& school : people_->schools) {
            if (schools && !is_one_of(school.name, *schools)) continue;
            if (people_->contacts_of(school.name, group).empty()) without.push_back(school.name);
        }
        if (without.empty()) return;
        std::string where_not = " of " + in_quotes(without.front());
        if (without.size() > 1) where_not += " and " + std::to_string(without.size() - 1) + " more";
        add(Severity::warning, where, in_quotes(group) + " reaches nobody" + where_not,
            {group == "slt" ? "mark a [[contact]] of people.toml with slt = true"
                            : "mark a [[contact]] of people.toml with nominated = true"});
    }

    static bool is_one_of(const std::string& name, const Names& patterns) {
        return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
            return matches_wildcard(folded_form(pattern), folded_form(name));
        });
    }

    // ---- conditions ----

    void look_at_values(const PropertyTest& test, const Rule& rule) {
        if (test.property == Property::tagged) return check_given(test, rule, "tag", given_tags_);
        if (test.property == Property::marked) return check_given(test, rule, "mark", given_marks_);
        const std::map<Property, const std::optional<Names>*> known{
            {Property::school, &vocabulary_.schools},
            {Property::plan, &vocabulary_.plans},
            {Property::mailbox, &vocabulary_.mailboxes},
            {Property::calendar, &vocabulary_.layers}};
        const auto names = known.find(test.property);
        if (names == known.end()) return;
        const std::string what =
            test.property == Property::calendar ? "calendar layer" : name_of(test.property);
        for (std::size_t i = 0; i < test.values.size() && i < test.spans.size(); ++i) {
            const std::string& value = test.values[i];
            const bool fits_any = value.find('*') != std::string::npos;
            if (fits_any || (*names->second && !in_any_case(**names->second, value).empty()))
                continue;
            check(test.spans[i], what, value, *names->second);
        }
    }

    /// A tag of a follow-up may come from its ticket; every other one, and every mark, from an
    /// earlier rule.
    void check_given(const PropertyTest& test,
                     const Rule& rule,
                     const std::string& what,
                     const Names& given) {
        const bool from_ticket = what == "tag" && !is_about_new_tickets(rule);
        for (std::size_t i = 0; i < test.values.size() && i < test.spans.size(); ++i) {
            const std::string& value = test.values[i];
            if (from_ticket || has_match(given, value)) continue;
            Names hints = hints_for(value, given);
            if (const Rule* later = giver_of(value, what)) {
                hints = {"rule " + in_quotes(later->name) + " gives it, but does not come before"};
            }
            add(Severity::warning, test.spans[i],
                "no rule before this one gives the " + what + ' ' + in_quotes(value),
                std::move(hints));
        }
    }

    static bool has_match(const Names& names, const std::string& pattern) {
        return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
            return matches_wildcard(folded_form(pattern), folded_form(name));
        });
    }

    const Rule* giver_of(const std::string& pattern, const std::string& what) const {
        for (const Rule& rule : book_.rules) {
            if (has_match(what == "tag" ? rule.then.tags : rule.then.marks, pattern)) return &rule;
        }
        return nullptr;
    }

    const RuleBook& book_;
    const Vocabulary& vocabulary_;
    const People* people_;
    Names given_tags_ = {};  // by the rules so far
    Names given_marks_ = {};
    Diagnostics findings_ = {};
};

}  // namespace

Diagnostics lint_names(const RuleBook& book, const Vocabulary& vocabulary, const People* people) {
    return NameLint{book, vocabulary, people}.run();
}

}  // namespace bellhop::rules
