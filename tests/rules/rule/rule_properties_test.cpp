// Random rules on random mails: the compiled rules against a slow reading of what the manual says,
// and the laws that hold whatever the rules are.
#include <algorithm>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "rules/rule/ruling.hpp"
#include "rules/trial/rule_explain.hpp"
#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

using Names = std::vector<std::string>;

const Names priorities{"P1", "P2", "P3", "P4"};
const Names words{"printer", "wifi", "exam", "slow", "urgent", "door"};
const Names groups{"staff", "slt", "pupil"};
const Names labels{"red", "green", "blue"};

class Dice {
public:
    explicit Dice(std::uint32_t seed) : engine_(seed) {}

    std::size_t below(std::size_t limit) { return engine_() % limit; }
    bool one_in(std::size_t chances) { return below(chances) == 0; }
    const std::string& of(const Names& choices) { return choices[below(choices.size())]; }
    template <class T>
    void shuffle(std::vector<T>& all) {
        for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[below(i)]);
    }

private:
    std::mt19937 engine_;
};

/// A condition of a kind, and the one value that it asks for.
struct SimpleCondition {
    std::string key;
    std::string value;
};

struct SimpleRule {
    std::string name;
    std::vector<SimpleCondition> when;
    std::vector<SimpleCondition> unless;
    std::vector<SimpleCondition> then;  // key and value of an action
};

struct SimpleMail {
    std::set<std::string> words;
    std::set<std::string> groups;
};

std::string written(const std::string& table, const std::vector<SimpleCondition>& lines) {
    std::string text;
    for (const SimpleCondition& line : lines) {
        const bool is_bare =
            line.value == "true" || line.value.find_first_not_of("0123456789") == std::string::npos;
        text +=
            table + '.' + line.key + " = " + (is_bare ? line.value : '"' + line.value + '"') + '\n';
    }
    return text;
}

std::string written(const std::vector<SimpleRule>& rules) {
    std::string text;
    for (const SimpleRule& rule : rules) {
        text += "[[rule]]\nname = \"" + rule.name + "\"\n" + written("when", rule.when) +
                written("unless", rule.unless) + written("then", rule.then);
    }
    return text;
}

MailFacts facts_of(const SimpleMail& mail) {
    MailFacts facts;
    bool in_subject = true;
    for (const std::string& word : mail.words) {
        std::string& text = in_subject ? facts.subject : facts.body;
        text += word + ". ";
        in_subject = !in_subject;
    }
    facts.context.groups.assign(mail.groups.begin(), mail.groups.end());
    return facts;
}

SimpleMail random_mail(Dice& dice) {
    SimpleMail mail;
    for (const std::string& word : words) {
        if (dice.one_in(2)) mail.words.insert(word);
    }
    for (const std::string& group : groups) {
        if (dice.one_in(2)) mail.groups.insert(group);
    }
    return mail;
}

/// What a mail is found to be on its way through the rules, as the manual tells it.
struct SlowState {
    std::size_t priority = 2;
    std::string team = "desk";
    std::string category;
    std::set<std::string> tags;
    std::set<std::string> marks;
    std::set<std::string> notify;
    bool restricted = false;
    Names matched;
};

bool slow_holds(const SimpleCondition& condition, const SimpleMail& mail, const SlowState& state) {
    if (condition.key == "text" || condition.key == "also")
        return mail.words.contains(condition.value);
    if (condition.key == "group") return mail.groups.contains(condition.value);
    if (condition.key == "tagged") return state.tags.contains(condition.value);
    if (condition.key == "marked") return state.marks.contains(condition.value);
    return condition.key == "priority" && priorities[state.priority] == condition.value;
}

std::size_t rank(const std::string& priority) {
    return static_cast<std::size_t>(std::find(priorities.begin(), priorities.end(), priority) -
                                    priorities.begin());
}

void slow_act(const SimpleCondition& action, SlowState& state) {
    const std::string& value = action.value;
    if (action.key == "priority") state.priority = rank(value);
    if (action.key == "raise_to") state.priority = std::min(state.priority, rank(value));
    if (action.key == "lower_to") state.priority = std::max(state.priority, rank(value));
    if (action.key == "raise_by" && state.priority > 0) --state.priority;
    if (action.key == "lower_by" && state.priority < 3) ++state.priority;
    if (action.key == "team") state.team = value;
    if (action.key == "category") state.category = value;
    if (action.key == "tags") state.tags.insert(value);
    if (action.key == "mark") state.marks.insert(value);
    if (action.key == "notify") state.notify.insert(value);
    if (action.key == "restricted") state.restricted = true;
}

SlowState slow_run(const std::vector<SimpleRule>& rules, const SimpleMail& mail) {
    SlowState state;
    for (const SimpleRule& rule : rules) {
        bool matches = true;
        for (const SimpleCondition& condition : rule.when)
            matches = matches && slow_holds(condition, mail, state);
        for (const SimpleCondition& exception : rule.unless)
            matches = matches && !slow_holds(exception, mail, state);
        if (!matches) continue;
        state.matched.push_back(rule.name);
        bool stop = false;
        for (const SimpleCondition& action : rule.then) {
            slow_act(action, state);
            stop = stop || action.key == "stop";
        }
        if (stop) break;
    }
    return state;
}

Names sorted(Names names) {
    std::sort(names.begin(), names.end());
    return names;
}

Names in_order(const std::set<std::string>& names) {
    return {names.begin(), names.end()};
}

/// One condition of each of some kinds.
std::vector<SimpleCondition> random_conditions(Dice& dice) {
    std::vector<SimpleCondition> all{{"text", dice.of(words)}};
    if (dice.one_in(3)) all.push_back({"also", dice.of(words)});
    if (dice.one_in(3)) all.push_back({"group", dice.of(groups)});
    if (dice.one_in(4)) all.push_back({"tagged", dice.of(labels)});
    if (dice.one_in(4)) all.push_back({"marked", dice.of(labels)});
    if (dice.one_in(6)) all.push_back({"priority", dice.of(priorities)});
    if (dice.one_in(3)) all.erase(all.begin());
    if (all.empty()) all.push_back({"group", dice.of(groups)});
    return all;
}

std::vector<SimpleCondition> random_actions(Dice& dice) {
    static const Names moves{"priority", "raise_to", "lower_to"};
    std::vector<SimpleCondition> all;
    if (dice.one_in(2)) all.push_back({dice.of(moves), dice.of(priorities)});
    if (all.empty() && dice.one_in(4))
        all.push_back({dice.one_in(2) ? "raise_by" : "lower_by", "1"});
    if (dice.one_in(3)) all.push_back({"team", dice.of(labels)});
    if (dice.one_in(4)) all.push_back({"category", dice.of(labels)});
    if (dice.one_in(3)) all.push_back({"tags", dice.of(labels)});
    if (dice.one_in(3)) all.push_back({"mark", dice.of(labels)});
    if (dice.one_in(6)) all.push_back({"notify", dice.of(labels)});
    if (dice.one_in(10)) all.push_back({"restricted", "true"});
    if (dice.one_in(12)) all.push_back({"stop", "true"});
    if (all.empty()) all.push_back({"tags", dice.of(labels)});
    return all;
}

std::vector<SimpleRule> random_rules(Dice& dice) {
    std::vector<SimpleRule> rules;
    for (std::size_t i = 3 + dice.below(12); i > 0; --i) {
        SimpleRule rule{"rule " + std::to_string(i), random_conditions(dice), {}, {}};
        if (dice.one_in(3)) rule.unless = random_conditions(dice);
        rule.then = random_actions(dice);
        rules.push_back(std::move(rule));
    }
    return rules;
}

Names matched(const RuleSet& rules, const Decision& decision) {
    return ruling_of(rules, decision).matched;
}

TEST(RuleProperties, DecideAsTheManualSays) {
    Dice dice{1};
    std::size_t matches = 0;
    std::size_t stopped = 0;
    for (int round = 0; round < 300; ++round) {
        const std::vector<SimpleRule> simple = random_rules(dice);
        const RuleSet rules = rules_of(written(simple));
        for (int i = 0; i < 20; ++i) {
            const SimpleMail mail = random_mail(dice);
            const SlowState want = slow_run(simple, mail);
            const Decision got = rules.evaluate(facts_of(mail));
            ASSERT_EQ(matched(rules, got), want.matched) << written(simple);
            ASSERT_EQ(got.outcome.priority, priorities[want.priority]) << written(simple);
            ASSERT_EQ(got.outcome.team, want.team) << written(simple);
            ASSERT_EQ(got.outcome.category, want.category) << written(simple);
            ASSERT_EQ(sorted(got.outcome.tags), in_order(want.tags)) << written(simple);
            ASSERT_EQ(sorted(got.marks), in_order(want.marks)) << written(simple);
            ASSERT_EQ(sorted(got.outcome.notify), in_order(want.notify)) << written(simple);
            ASSERT_EQ(got.outcome.restricted, want.restricted) << written(simple);
            matches += want.matched.size();
            stopped += got.trace.back().verdict == Verdict::not_reached ? 1 : 0;
        }
    }
    EXPECT_GT(matches, 3000U) << "too few rules match to tell anything";
    EXPECT_GT(stopped, 100U);
}

/// Rules that neither stop, nor go by what others decide, nor set what another sets: what they do
/// adds up, in whatever order.
TEST(RuleProperties, IndependentRulesMayStandInAnyOrder) {
    Dice dice{2};
    for (int round = 0; round < 150; ++round) {
        std::vector<SimpleRule> rules;
        const auto add = [&](const std::string& key, const std::string& value) {
            rules.push_back({"rule " + std::to_string(rules.size()),
                             {{"text", dice.of(words)}, {"group", dice.of(groups)}},
                             {},
                             {{key, value}}});
            if (dice.one_in(2)) rules.back().when.pop_back();
            if (dice.one_in(2)) rules.back().unless = {{"text", dice.of(words)}};
        };
        add("team", "network");
        add("category", "hardware");
        add("restricted", "true");
        for (int i = 0; i < 3; ++i) add("tags", dice.of(labels));
        for (int i = 0; i < 3; ++i) add("notify", dice.of(labels));
        for (int i = 0; i < 3; ++i) add("raise_to", dice.of(priorities));
        const SimpleMail mail = random_mail(dice);
        const auto outcome = [&] {
            Outcome made = rules_of(written(rules)).evaluate(facts_of(mail)).outcome;
            made.tags = sorted(made.tags);
            made.notify = sorted(made.notify);
            return made;
        };
        const Outcome first = outcome();
        for (int i = 0; i < 5; ++i) {
            dice.shuffle(rules);
            ASSERT_EQ(outcome(), first) << written(rules);
        }
    }
}

/// A rule that does not match leaves no trace on the outcome, wherever it stands.
TEST(RuleProperties, RulesThatDoNotMatchChangeNothing) {
    Dice dice{3};
    for (int round = 0; round < 150; ++round) {
        std::vector<SimpleRule> rules = random_rules(dice);
        const SimpleMail mail = random_mail(dice);
        const Decision all = rules_of(written(rules)).evaluate(facts_of(mail));
        const Names names = slow_run(rules, mail).matched;
        rules.erase(std::remove_if(rules.begin(), rules.end(),
                                   [&](const SimpleRule& rule) {
                                       return std::find(names.begin(), names.end(), rule.name) ==
                                              names.end();
                                   }),
                    rules.end());
        const Decision some = rules_of(written(rules)).evaluate(facts_of(mail));
        ASSERT_EQ(some.outcome, all.outcome) << written(rules);
        ASSERT_EQ(some.marks, all.marks) << written(rules);
    }
}

/// What a step says that it did, done again on the outcome so far.
std::string last_priority(const std::vector<ExplainedRule>& explained) {
    std::string priority;
    for (const ExplainedRule& rule : explained) {
        for (const std::string& line : rule.did) {
            if (!line.starts_with("priority ")) continue;
            const std::string told = line.substr(0, line.find(" ("));
            priority = told.substr(told.rfind(' ') + 1);
        }
    }
    return priority;
}

/// What is shown of a mail is what was decided: the same rules, and what they say they did is what
/// has become of the ticket.
TEST(RuleProperties, ExplainTellsWhatWasDecided) {
    Dice dice{4};
    for (int round = 0; round < 150; ++round) {
        const std::vector<SimpleRule> simple = random_rules(dice);
        const RuleSet rules = rules_of(written(simple));
        for (int i = 0; i < 10; ++i) {
            const MailFacts facts = facts_of(random_mail(dice));
            const Ruling live = ruling_of(rules, rules.evaluate(facts));
            const auto explained = explain(rules, facts, rules.evaluate(facts));
            Names told;
            ASSERT_EQ(explained.size(), simple.size() + 1);
            for (std::size_t k = 1; k < explained.size(); ++k) {
                ASSERT_EQ(explained[k].name, simple[k - 1].name);
                ASSERT_EQ(explained[k].matched, explained[k].why_not.empty());
                if (explained[k].matched) told.push_back(explained[k].name);
                if (!explained[k].matched) {
                    ASSERT_TRUE(explained[k].did.empty());
                }
            }
            ASSERT_EQ(told, live.matched) << written(simple);
            ASSERT_EQ(last_priority(explained), live.outcome.priority) << written(simple);
        }
    }
}

/// One set of rules keeps nothing of one mail for the next.
TEST(RuleProperties, MailsDoNotTouchEachOther) {
    Dice dice{5};
    const std::vector<SimpleRule> simple = random_rules(dice);
    const RuleSet rules = rules_of(written(simple));
    std::vector<MailFacts> mails;
    std::vector<Outcome> alone;
    for (int i = 0; i < 50; ++i) {
        mails.push_back(facts_of(random_mail(dice)));
        alone.push_back(rules_of(written(simple)).evaluate(mails.back()).outcome);
    }
    for (std::size_t i = mails.size(); i-- > 0;) {
        ASSERT_EQ(rules.evaluate(mails[i]).outcome, alone[i]) << written(simple);
    }
}

}  // namespace
}  // namespace bellhop::rules
