#include "rules/lint/rule_lint.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "rules/builtin/builtin_files.hpp"
#include "rules/lint/condition_walk.hpp"
#include "rules/lint/name_lint.hpp"
#include "rules/lint/rule_implication.hpp"
#include "rules/lint/word_lint.hpp"
#include "rules/rule/property_table.hpp"
#include "rules/rule/rule_program.hpp"

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
           actions.tags.empty() && actions.marks.empty() && !actions.restricted &&
           !actions.parent && actions.notify.empty() && actions.note.empty() && !actions.stop;
}

/// The conditions that must all hold, those within `all` among them.
std::vector<const Condition*> all_of(const std::vector<Condition>& conditions) {
    std::vector<const Condition*> every;
    for (const Condition& condition : conditions) {
        const auto* combined = std::get_if<CombinedTest>(&condition.test);
        if (combined == nullptr) {
            every.push_back(&condition);
        } else if (combined->quantifier == Quantifier::all) {
            const auto deeper = all_of(combined->conditions);
            every.insert(every.end(), deeper.begin(), deeper.end());
        }
    }
    return every;
}

/// Whether one value may be meant by both; patterns may always be.
bool may_meet(const PropertyTest& one, const PropertyTest& other) {
    const auto is_pattern = [](const std::string& value) {
        return value.find('*') != std::string::npos;
    };
    for (const std::string& value : one.values) {
        for (const std::string& second : other.values) {
            if (is_pattern(value) || is_pattern(second)) return true;
            if (folded_form(value) == folded_form(second)) return true;
        }
    }
    return false;
}

/// Whether the condition can only hold where there is an attachment.
bool wants_attachment(const decltype(Condition::test)& test) {
    if (const auto* present = std::get_if<AttachmentTest>(&test)) return present->present;
    if (const auto* property = std::get_if<PropertyTest>(&test))
        return property->property == Property::attachment_type;
    const auto* text = std::get_if<TextTest>(&test);
    return text != nullptr &&
           std::all_of(text->in.begin(), text->in.end(), [](const TextSource& source) {
               return source.field == TextField::attachment_name;
           });
}

std::string why_opposite(const decltype(Condition::test)& one,
                         const decltype(Condition::test)& other) {
    if (one.index() != other.index()) {
        const auto is_none = [](const auto& test) {
            const auto* present = std::get_if<AttachmentTest>(&test);
            return present != nullptr && !present->present;
        };
        const bool apart =
            (is_none(one) && wants_attachment(other)) || (is_none(other) && wants_attachment(one));
        return apart ? "it wants an attachment, and a mail without any" : "";
    }
    if (const auto* dates = std::get_if<DateTest>(&one)) {
        const auto& second = std::get<DateTest>(other);
        const bool apart = dates->to < second.from || second.to < dates->from;
        return apart ? "its dates do not meet" : "";
    }
    if (const auto* property = std::get_if<PropertyTest>(&one)) {
        const auto& second = std::get<PropertyTest>(other);
        const bool apart = property->property == second.property &&
                           entry_of(property->property).is_single && !may_meet(*property, second);
        return apart ? "a mail has one " + name_of(property->property) + ", not two" : "";
    }
    if (const auto* present = std::get_if<AttachmentTest>(&one)) {
        const bool apart = present->present != std::get<AttachmentTest>(other).present;
        return apart ? "it wants an attachment, and a mail without any" : "";
    }
    return "";
}

class Lint {
public:
    explicit Lint(const RuleSet& rules) : rules_{rules}, book_{rules.book()}, implication_{book_} {}

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
        std::vector<std::map<std::string, std::string>> settings;
        for (const Rule& rule : all) settings.push_back(settings_of(rule.then));
        for (std::size_t later = 0; later < all.size(); ++later) {
            for (std::size_t earlier = 0; earlier < later; ++earlier) {
                if (all[earlier].then.stop && implication_.implies(all[later], all[earlier])) {
                    error(all[later].where, "rule " + in_quotes(all[later].name) + " can never act",
                          {rule_at(all[earlier], all[later].where) +
                           " matches every mail that this one does, and stops"});
                    break;
                }
            }
            for (std::size_t next = later + 1; next < all.size(); ++next) {
                if (!settings[later].empty() && !settings[next].empty() && !all[later].then.stop)
                    compare(all[later], settings[later], all[next], settings[next]);
                // A rule in between may go by what this one has set, or keep the next from acting.
                if (all[next].then.stop || goes_by_priority(all[next])) break;
            }
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
            const bool is_builtin = rule.where.file.starts_with(builtin_prefix);
            if (is_builtin || matched.contains(rule.name)) continue;
            warning(rule.where, "no test mail matches rule " + in_quotes(rule.name),
                    {"write a [[test]] that expects it; \"bellhop rules test\" runs them"});
        }
    }

    void find_ended_boosts(std::chrono::year_month_day today) {
        for (const Rule& boost : book_.boosts) {
            for_each_test<DateTest>(boost, [&](const DateTest& test, const TextSpan&) {
                if (test.to < today) {
                    warning(boost.where, "boost " + in_quotes(boost.name) + " is over",
                            {"it may be taken out"});
                }
            });
        }
    }

    void take(Diagnostics found) {
        findings_.insert(findings_.end(), std::make_move_iterator(found.begin()),
                         std::make_move_iterator(found.end()));
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

    /// Two conditions that must both hold, and that no mail can meet both.
    void find_opposites(const Rule& rule) {
        const std::vector<const Condition*> all = all_of(rule.when.conditions);
        for (std::size_t k = 1; k < all.size(); ++k) {
            for (std::size_t i = 0; i < k; ++i) {
                const std::string why = why_opposite(all[i]->test, all[k]->test);
                if (why.empty()) continue;
                error(all[k]->where, "rule " + in_quotes(rule.name) + " can never match", {why});
                return;
            }
        }
    }

    static bool goes_by_priority(const Rule& rule) {
        bool found = false;
        for_each_test<PropertyTest>(rule, [&](const PropertyTest& test, const TextSpan&) {
            found = found || test.property == Property::priority;
        });
        return found;
    }

    void compare(const Rule& earlier,
                 const std::map<std::string, std::string>& first,
                 const Rule& later,
                 const std::map<std::string, std::string>& second) {
        if (!implication_.implies(earlier, later)) return;
        const bool overwrites = std::all_of(first.begin(), first.end(), [&](const auto& set) {
            return second.contains(set.first);
        });
        if (overwrites && only_sets(earlier.then)) {
            warning(earlier.where, "rule " + in_quotes(earlier.name) + " has no effect",
                    {rule_at(later, earlier.where) +
                     " matches every mail that this one does, and sets the same"});
            return;
        }
        if (!implication_.implies(later, earlier)) return;
        for (const auto& [key, value] : first) {
            const auto other = second.find(key);
            if (other == second.end() || other->second == value) continue;
            warning(later.where, "rule " + in_quotes(later.name) + " contradicts another",
                    {rule_at(earlier, later.where) + " matches the same mails and sets " + key +
                         " to " + in_quotes(value) + ", this one to " + in_quotes(other->second),
                     "the later rule wins"});
        }
    }

    const RuleSet& rules_;
    const RuleBook& book_;
    Implication implication_;
    Diagnostics findings_ = {};
};

}  // namespace

Diagnostics lint(const RuleSet& rules,
                 const std::vector<RuleTest>& tests,
                 const People* people,
                 const Vocabulary& vocabulary,
                 std::chrono::year_month_day today) {
    Lint findings{rules};
    findings.find_impossible();
    findings.find_overruled();
    findings.find_untested(tests, people);
    findings.find_ended_boosts(today);
    findings.take(lint_words(rules.book()));
    findings.take(lint_names(rules.book(), vocabulary, people));
    return findings.take_findings();
}

}  // namespace bellhop::rules
