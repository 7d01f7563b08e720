#include "rules/rule_lint.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <re2/re2.h>

#include "rules/rule_implication.hpp"
#include "rules/rule_program.hpp"

namespace bellhop::rules {
namespace {

using parsers::Diagnostics;
using parsers::in_quotes;
using parsers::Severity;
using parsers::TextSpan;

std::string rule_at(const Rule& rule, const TextSpan& here) {
    const std::string file = rule.where.file == here.file ? "" : rule.where.file + ", ";
    return "rule " + in_quotes(rule.name) + " (" + file + "line " +
           std::to_string(rule.where.line) + ")";
}

/// Key and value of what the actions set for good; not what adds up or moves.
std::map<std::string, std::string> settings_of(const RuleActions& actions) {
    std::map<std::string, std::string> settings;
    const auto add = [&](const char* key, const std::optional<std::string>& value) {
        if (value) settings[key] = *value;
    };
    add("priority", actions.priority);
    add("team", actions.team);
    add("assignee", actions.assignee);
    add("category", actions.category);
    add("acknowledge", actions.acknowledge);
    if (actions.handling) settings["handling"] = name_of(*actions.handling);
    return settings;
}

/// Whether everything that the actions do is setting what settings_of() tells of.
bool only_sets(const RuleActions& actions) {
    return !actions.raise_to && !actions.lower_to && actions.raise_by == 0 &&
           actions.tags.empty() && !actions.restricted && !actions.parent &&
           actions.notify.empty() && actions.note.empty() && !actions.stop;
}

class Lint {
public:
    Lint(const RuleSet& rules, const Vocabulary& vocabulary)
        : rules_{rules}, book_{rules.book()}, vocabulary_{vocabulary}, implication_{book_} {}

    void find_impossible() {
        for (const Rule& rule : book_.rules) {
            for (const Condition& exception : rule.unless.conditions) {
                if (!implication_.imply(rule.when.conditions, exception)) continue;
                error(exception.where, "rule " + in_quotes(rule.name) + " can never match",
                      {"every mail that meets its conditions meets this exception"});
            }
            find_opposites(rule);
        }
    }

    /// Rules that an earlier one stops before, or that a later one overwrites.
    void find_overruled() {
        const std::vector<Rule>& all = book_.rules;
        for (std::size_t later = 0; later < all.size(); ++later) {
            for (std::size_t earlier = 0; earlier < later; ++earlier) {
                if (all[earlier].then.stop && implication_.implies(all[later], all[earlier])) {
                    error(all[later].where, "rule " + in_quotes(all[later].name) + " can never act",
                          {rule_at(all[earlier], all[later].where) +
                           " matches every mail that this one does, and stops"});
                    break;
                }
            }
            for (std::size_t next = later + 1; next < all.size(); ++next)
                compare(all[later], all[next]);
        }
    }

    void find_untested(const std::vector<RuleTest>& tests, const People* people) {
        std::set<std::string> matched;
        for (const RuleTest& test : tests) {
            const Decision decision = rules_.evaluate(facts_of(test, people));
            for (const Step& step : decision.trace) {
                if (step.verdict == Verdict::matched) matched.insert(rules_.name_of(step));
            }
        }
        for (const Rule& rule : book_.rules) {
            if (matched.contains(rule.name)) continue;
            warning(rule.where, "no test mail matches rule " + in_quotes(rule.name),
                    {"write a [[test]] that expects it; \"bellhop rules test\" runs them"});
        }
    }

    void find_needless_words() {
        std::map<std::string, std::pair<std::string, TextSpan>> first;  // by how it is written
        for (const WordList& list : book_.lists) {
            find_needless(list.words.keywords, list.word_spans, "list");
            for (std::size_t i = 0; i < list.words.keywords.size(); ++i) {
                if (!list.words.keywords[i].only_list().empty()) continue;
                const std::string form = folded_form(list.words.keywords[i].written);
                const auto [known, is_new] =
                    first.emplace(form, std::pair{list.name, list.word_spans[i]});
                if (is_new || known->second.first == list.name) continue;
                warning(list.word_spans[i],
                        in_quotes(list.words.keywords[i].written) + " stands in list " +
                            in_quotes(known->second.first) + " too",
                        {"if both are meant, let one list use the other: \"@" +
                         known->second.first + "\""});
            }
        }
        for (const Rule& rule : book_.rules) {
            for_each_test<TextTest>(rule, [&](const TextTest& test) {
                find_needless(test.words.keywords, test.word_spans, "condition");
            });
        }
    }

    void find_wide_regexes() {
        for (const Rule& rule : book_.rules) {
            for_each_test<TextTest>(rule, [&](const TextTest& test) {
                for (std::size_t i = 0; i < test.regexes.size(); ++i) {
                    if (!matches_everything(test.regexes[i])) continue;
                    error(test.regex_spans[i],
                          "the pattern " + in_quotes(test.regexes[i]) + " matches every text",
                          {"a pattern looks anywhere in the text: leave out what may be missing"});
                }
            });
        }
    }

    void find_unknown_names() {
        for (const auto* rules : {&book_.rules, &book_.boosts}) {
            for (const Rule& rule : *rules) {
                find_unknown_actions(rule);
                for_each_test<PropertyTest>(
                    rule, [&](const PropertyTest& test) { find_unknown_values(test); });
            }
        }
        check(book_.start_where, "team", book_.start.team.value_or(""), vocabulary_.teams);
        check(book_.start_where, "technician", book_.start.assignee.value_or(""),
              vocabulary_.people);
    }

    void find_ended_boosts(std::chrono::year_month_day today) {
        for (const Rule& boost : book_.boosts) {
            for_each_test<DateTest>(boost, [&](const DateTest& test) {
                if (test.to < today) {
                    warning(boost.where, "boost " + in_quotes(boost.name) + " is over",
                            {"it may be taken out"});
                }
            });
        }
    }

    Diagnostics take_findings() {
        parsers::sort_by_place(findings_);
        return std::move(findings_);
    }

private:
    void error(const TextSpan& where, std::string message, std::vector<std::string> hints) {
        findings_.push_back({where, std::move(message), std::move(hints), Severity::error});
    }
    void warning(const TextSpan& where, std::string message, std::vector<std::string> hints) {
        findings_.push_back({where, std::move(message), std::move(hints), Severity::warning});
    }

    /// Calls `each` for every test of that kind in the rule's conditions, however deep.
    template <class Test, class Function>
    static void for_each_test(const std::vector<Condition>& conditions, const Function& each) {
        for (const Condition& condition : conditions) {
            if (const auto* test = std::get_if<Test>(&condition.test)) each(*test);
            if (const auto* combined = std::get_if<CombinedTest>(&condition.test)) {
                for_each_test<Test>(combined->conditions, each);
            }
        }
    }
    template <class Test, class Function>
    static void for_each_test(const Rule& rule, const Function& each) {
        for_each_test<Test>(rule.when.conditions, each);
        for_each_test<Test>(rule.unless.conditions, each);
    }

    /// Two conditions side by side that no mail can meet both: dates apart, one value being two.
    void find_opposites(const Rule& rule) {
        const auto& conditions = rule.when.conditions;
        for (std::size_t i = 0; i < conditions.size(); ++i) {
            for (std::size_t k = i + 1; k < conditions.size(); ++k) {
                const auto* one = std::get_if<DateTest>(&conditions[i].test);
                const auto* two = std::get_if<DateTest>(&conditions[k].test);
                if (one == nullptr || two == nullptr) continue;
                if (one->to < two->from || two->to < one->from) {
                    error(conditions[k].where, "rule " + in_quotes(rule.name) + " can never match",
                          {"its dates do not meet"});
                }
            }
        }
    }

    void compare(const Rule& earlier, const Rule& later) {
        const auto first = settings_of(earlier.then);
        const auto second = settings_of(later.then);
        if (first.empty() || second.empty() || earlier.then.stop) return;
        const bool overwrites = std::all_of(first.begin(), first.end(), [&](const auto& set) {
            return second.contains(set.first);
        });
        if (overwrites && only_sets(earlier.then) && implication_.implies(earlier, later)) {
            warning(earlier.where, "rule " + in_quotes(earlier.name) + " has no effect",
                    {rule_at(later, earlier.where) +
                     " matches every mail that this one does, and sets the same"});
            return;
        }
        if (!implication_.implies(earlier, later) || !implication_.implies(later, earlier)) return;
        for (const auto& [key, value] : first) {
            const auto other = second.find(key);
            if (other == second.end() || other->second == value) continue;
            warning(later.where, "rule " + in_quotes(later.name) + " contradicts another",
                    {rule_at(earlier, later.where) + " matches the same mails and sets " + key +
                         " to " + in_quotes(value) + ", this one to " + in_quotes(other->second),
                     "the later rule wins"});
        }
    }

    void find_needless(const std::vector<Keyword>& keywords,
                       const std::vector<TextSpan>& spans,
                       const std::string& where) {
        for (std::size_t i = 0; i < keywords.size() && i < spans.size(); ++i) {
            for (std::size_t k = 0; k < keywords.size(); ++k) {
                const bool same = keywords[i].parts == keywords[k].parts;
                if (i == k || (same && k > i) || !rules::implies(keywords[i], keywords[k]))
                    continue;
                warning(spans[i], in_quotes(keywords[i].written) + " is never needed",
                        {same ? "it stands twice"
                              : in_quotes(keywords[k].written) + " stands in the same " + where +
                                    " and is found wherever this is"});
                break;
            }
        }
    }

    /// Tried on texts that have nothing in common.
    static bool matches_everything(const std::string& written) {
        const RE2 regex{written, regex_options()};
        if (RE2::PartialMatch("", regex)) return true;
        const auto matches = [&](const char* text) { return RE2::PartialMatch(text, regex); };
        return matches("q") && matches("7") && matches("-") && matches("\xC3\xA9");
    }

    void check(const TextSpan& where,
               const std::string& what,
               const std::string& name,
               const std::optional<std::vector<std::string>>& known) {
        if (!known || name.empty() || name.find('*') != std::string::npos) return;
        const bool found = std::any_of(known->begin(), known->end(), [&](const std::string& each) {
            return folded_form(each) == folded_form(name);
        });
        if (found) return;
        const std::string near = parsers::nearest(name, *known);
        error(where, "unknown " + what + ' ' + in_quotes(name),
              near.empty() ? std::vector<std::string>{}
                           : std::vector{"did you mean " + in_quotes(near) + '?'});
    }

    void find_unknown_actions(const Rule& rule) {
        const auto place = [&](const std::string& key) {
            const auto found =
                std::find_if(rule.action_spans.begin(), rule.action_spans.end(),
                             [&](const ActionSpan& span) { return span.key == key; });
            return found == rule.action_spans.end() ? rule.where : found->where;
        };
        check(place("team"), "team", rule.then.team.value_or(""), vocabulary_.teams);
        check(place("assignee"), "technician", rule.then.assignee.value_or(""), vocabulary_.people);
        if (rule.then.acknowledge != "none") {
            check(place("acknowledge"), "template", rule.then.acknowledge.value_or(""),
                  vocabulary_.templates);
        }
        if (!vocabulary_.teams || !vocabulary_.people) return;
        std::vector<std::string> known = *vocabulary_.teams;
        known.insert(known.end(), vocabulary_.people->begin(), vocabulary_.people->end());
        known.insert(known.end(), group_names().begin(), group_names().end());
        for (const std::string& name : rule.then.notify) {
            if (name.find('@') == std::string::npos)
                check(place("notify"), "team or person", name, known);
        }
    }

    void find_unknown_values(const PropertyTest& test) {
        const std::map<Property, const std::optional<std::vector<std::string>>*> known{
            {Property::school, &vocabulary_.schools},
            {Property::plan, &vocabulary_.plans},
            {Property::mailbox, &vocabulary_.mailboxes},
            {Property::calendar, &vocabulary_.layers}};
        const auto names = known.find(test.property);
        if (names == known.end()) return;
        const std::string what =
            test.property == Property::calendar ? "calendar layer" : name_of(test.property);
        for (std::size_t i = 0; i < test.values.size() && i < test.spans.size(); ++i) {
            check(test.spans[i], what, test.values[i], *names->second);
        }
    }

    const RuleSet& rules_;
    const RuleBook& book_;
    const Vocabulary& vocabulary_;
    Implication implication_;
    Diagnostics findings_ = {};
};

}  // namespace

Diagnostics lint(const RuleSet& rules,
                 const std::vector<RuleTest>& tests,
                 const People* people,
                 const Vocabulary& vocabulary,
                 std::chrono::year_month_day today) {
    Lint findings{rules, vocabulary};
    findings.find_impossible();
    findings.find_overruled();
    findings.find_untested(tests, people);
    findings.find_needless_words();
    findings.find_wide_regexes();
    findings.find_unknown_names();
    findings.find_ended_boosts(today);
    return findings.take_findings();
}

}  // namespace bellhop::rules
