#include "rules/rule/rule_file.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "parsers/config/config_file.hpp"
#include "rules/people/people.hpp"
#include "rules/rule/keyword_count.hpp"
#include "rules/rule/rule_sources.hpp"
#include "rules/rule/rule_table_reader.hpp"
#include "rules/rule/word_list_reader.hpp"

namespace bellhop::rules {
namespace {

using parsers::ConfigFile;
using parsers::ConfigTable;
using parsers::ConfigValue;
using parsers::Diagnostics;
using parsers::in_quotes;
using parsers::TextSpan;

/// Reads the files section by section.
class RuleFileReader {
public:
    RuleFileReader(const ReadFile& read, const Vocabulary& vocabulary, RuleLimits limits)
        : vocabulary_{vocabulary},
          most_rules_{limits.rules},
          sources_{read, limits.files, complaints_},
          keywords_{limits.keywords, complaints_} {}

    void open(const std::string& name) { sources_.open(name, {name, 1, 1, 1}); }

    void read_all() {
        std::vector<ConfigTable> roots;
        for (const ConfigFile& file : sources_.files()) roots.push_back(file.root(complaints_));
        for (ConfigTable& root : roots) root.value("include");
        for (ConfigTable& root : roots) read_priorities(root);
        finish_priorities();
        read_lists(roots);
        for (ConfigTable& root : roots) read_start(root);
        for (ConfigTable& root : roots) read_proposals(root);
        for (ConfigTable& root : roots) read_weighing_section(root);
        for (ConfigTable& root : roots) name_evidence(root);
        for (ConfigTable& root : roots) read_all_evidence(root);
        finish_evidence();
        for (ConfigTable& root : roots) read_rules(root);
        for (ConfigTable& root : roots) read_boosts(root);
        for (ConfigTable& root : roots) {
            for (ConfigTable& table : root.tables("test"))
                tests_.push_back(read_test(table, reading_));
            root.refuse_unknown_keys();
        }
        check_rule_names();
        check_test_rules();
    }

    bool has_complaints() const { return !complaints_.empty(); }

    RuleBook take_book() {
        book_.digest = sources_.digest();
        return std::move(book_);
    }
    std::vector<std::string> files() const { return sources_.names(); }
    std::vector<RuleTest> take_tests() { return std::move(tests_); }
    Diagnostics take_complaints() {
        parsers::sort_by_place(complaints_);
        return std::move(complaints_);
    }

private:
    void read_priorities(ConfigTable& root) {
        std::vector<std::string> names = root.texts("priorities");
        if (names.empty()) return;
        if (!vocabulary_.priorities.empty() && names != vocabulary_.priorities) {
            root.complain("priorities", "sla.toml has other priorities, or in another order",
                          {"leave this line out: the priorities of sla.toml count"});
        } else if (std::set<std::string>(names.begin(), names.end()).size() != names.size()) {
            root.complain("priorities", "a priority stands twice",
                          {"each once, the most urgent first"});
        }
        book_.priorities = std::move(names);
    }

    void finish_priorities() {
        if (!vocabulary_.priorities.empty()) book_.priorities = vocabulary_.priorities;
        reading_.priorities = book_.priorities;
        if (!book_.priorities.empty() || sources_.files().empty()) return;
        ConfigTable root = sources_.files().back().root(complaints_);
        root.complain_at(
            {root.where().file, 1, 1, 1}, "no priorities",
            {"for example: priorities = [\"P1\", \"P2\", \"P3\", \"P4\"], the most urgent first"});
    }

    void read_lists(std::vector<ConfigTable>& roots) {
        WordListReader reader{reading_, keywords_, complaints_};
        for (ConfigTable& root : roots) reader.name(root);
        for (ConfigTable& root : roots) reader.read(root);
        book_.lists = std::move(reader).ordered();
    }

    void read_start(ConfigTable& root) {
        auto table = root.table("default");
        if (!table) return;
        std::vector<ActionSpan> spans;
        if (!book_.start_where.file.empty()) {
            table->complain_at(table->where(), "section [default] stands twice",
                               {first_place(book_.start_where, table->where())});
        }
        book_.start = read_actions(*table, reading_, spans);
        book_.start_where = table->where();
        if (!table->has("priority")) {
            table->complain_at(table->where(), "[default] names no priority",
                               {"for example: priority = \"" + example_priority(reading_) + "\""});
        }
        for (const char* key :
             {"raise_to", "lower_to", "raise_by", "lower_by", "mark", "parent", "stop"}) {
            if (!table->has(key)) continue;
            table->complain_at(table->where_key(key),
                               in_quotes(key) + " has no meaning in [default]",
                               {"it is what every new ticket begins with"});
        }
    }

    void read_proposals(ConfigTable& root) {
        auto table = root.table("proposals");
        if (!table) return;
        for (const ConfigValue& item : table->items("from")) {
            if (const auto group = item.choice(group_names()))
                book_.proposals.groups.push_back(*group);
        }
        book_.proposals.headers = table->texts("headers");
        book_.proposals.in_subject = table->boolean("subject").value_or(true);
        book_.proposals.at_most = read_priority(*table, "at_most", reading_);
        table->refuse_unknown_keys();
    }

    void read_weighing_section(ConfigTable& root) {
        if (auto strangers = root.table("strangers")) {
            book_.strangers_at_most = read_priority(*strangers, "at_most", reading_);
            strangers->refuse_unknown_keys();
        }
        auto table = root.table("weighing");
        if (!table) return;
        if (table->has("table")) read_tables(table->items("table"));
        read_weighing(*table, reading_, book_.weighing);
    }

    /// The points of words, in place of those of an included file; "none" for the evidence alone.
    void read_tables(const std::vector<ConfigValue>& names) {
        auto& tables = book_.weighing.tables;
        tables.clear();
        for (const ConfigValue& value : names) {
            const auto path = value.text();
            if (!path || *path == "none") continue;
            if (auto table = sources_.table_named(value, *path))
                tables.push_back({*path, std::move(table)});
        }
    }

    void name_evidence(ConfigTable& root) {
        for (ConfigTable& table : root.tables("evidence")) {
            const auto name = table.text("name");
            auto& names = reading_.evidence;
            if (name && std::find(names.begin(), names.end(), *name) == names.end())
                names.push_back(*name);
        }
    }

    /// What stands there already, in an included file, is changed.
    void read_all_evidence(ConfigTable& root) {
        auto& all = book_.weighing.evidence;
        for (ConfigTable& table : root.tables("evidence")) {
            const std::string name = table.required_text("name", "name = \"the bells\"");
            auto known = std::find_if(all.begin(), all.end(),
                                      [&](const Evidence& each) { return each.name == name; });
            if (known != all.end() && known->where.file == table.where().file) {
                table.complain_at(table.where(), "evidence " + in_quotes(name) + " stands twice",
                                  {first_place(known->where, table.where())});
            }
            if (table.boolean("disabled").value_or(false)) {
                if (known != all.end()) known->points = {};
                table.refuse_unknown_keys();
                continue;
            }
            if (known == all.end()) {
                all.push_back({});
                known = all.end() - 1;
                known->name = name;
                known->where = table.where();
            }
            read_evidence(table, reading_, book_.weighing, *known);
            keywords_.add(known->words, table.where());
            check_order(table, *known);
        }
    }

    /// What it names must stand before it.
    void check_order(ConfigTable& table, const Evidence& evidence) {
        const auto& all = book_.weighing.evidence;
        for (const std::string& name : evidence.both) {
            const bool is_before = std::any_of(all.begin(), all.end(), [&](const Evidence& each) {
                return &each < &evidence && each.name == name;
            });
            if (is_before) continue;
            table.complain("both", "evidence " + in_quotes(name) + " stands below",
                           {"write it above what names it"});
        }
    }

    void finish_evidence() {
        const Weighing& weighing = book_.weighing;
        if (weighing.evidence.empty() || weighing.has_scale()) return;
        complaints_.push_back({weighing.evidence.front().where,
                               "evidence is there, but no [weighing] says what it is for",
                               {"for example: [weighing]",
                                "             priorities = [\"P1\", \"P2\", \"P3\", \"P4\"]"}});
    }

    void read_rules(ConfigTable& root) {
        for (ConfigTable& table : root.tables("rule")) {
            if (takes_away(table)) continue;
            if (book_.rules.size() == most_rules_) {
                table.complain_at(table.where(), "too many rules",
                                  {"at most " + std::to_string(most_rules_)});
            }
            if (book_.rules.size() < most_rules_) add_rule(table);
        }
    }

    std::vector<Rule>::iterator included_rule(const std::string& name, const TextSpan& from) {
        return std::find_if(book_.rules.begin(), book_.rules.end(), [&](const Rule& rule) {
            return rule.name == name && rule.where.file != from.file;
        });
    }

    /// `disabled = true`: an included rule of that name is left out.
    bool takes_away(ConfigTable& table) {
        if (!table.boolean("disabled").value_or(false)) return false;
        const std::string name = table.required_text("name", "name = \"found by monitoring\"");
        table.refuse_unknown_keys();
        const auto known = included_rule(name, table.where());
        if (known == book_.rules.end()) {
            table.complain("name", "no rule " + in_quotes(name) + " is included", {});
        } else {
            book_.rules.erase(known);
        }
        return true;
    }

    /// `replaces = "..."`: in the place of an included rule.
    void add_rule(ConfigTable& table) {
        const auto replaced = table.text("replaces");
        Rule rule = read_rule(table, reading_);
        keywords_.add(rule.when.conditions, rule.where);
        keywords_.add(rule.unless.conditions, rule.where);
        if (!replaced) {
            book_.rules.push_back(std::move(rule));
            return;
        }
        const auto known = included_rule(*replaced, table.where());
        if (known == book_.rules.end()) {
            table.complain("replaces", "no rule " + in_quotes(*replaced) + " is included", {});
        } else {
            *known = std::move(rule);
        }
    }

    void read_boosts(ConfigTable& root) {
        for (ConfigTable& table : root.tables("boost"))
            book_.boosts.push_back(read_boost(table, reading_));
    }

    void check_rule_names() {
        std::map<std::string, TextSpan> places;
        for (const auto* rules : {&book_.rules, &book_.boosts}) {
            for (const Rule& rule : *rules) {
                const auto [first, is_new] = places.emplace(rule.name, rule.where);
                if (is_new || rule.name.empty()) continue;
                complaints_.push_back({rule.where,
                                       "two rules are named " + in_quotes(rule.name),
                                       {first_place(first->second, rule.where)}});
            }
        }
        if (book_.start_where.file.empty() && !sources_.files().empty()) {
            ConfigTable root = sources_.files().back().root(complaints_);
            root.complain_at(
                {root.where().file, 1, 1, 1}, "no section [default]",
                {"it says what becomes of a mail that no rule is about", "for example: [default]",
                 "             priority = \"" + example_priority(reading_) + "\""});
        }
    }

    /// A test that expects a rule that does not exist would never tell.
    void check_test_rules() {
        std::vector<std::string> known{"default"};
        for (const auto* rules : {&book_.rules, &book_.boosts}) {
            for (const Rule& rule : *rules) known.push_back(rule.name);
        }
        for (const RuleTest& test : tests_) {
            std::vector<std::string> named = test.expect.rules.value_or(std::vector<std::string>{});
            named.insert(named.end(), test.expect.not_rules.begin(), test.expect.not_rules.end());
            for (const std::string& name : named) {
                if (std::find(known.begin(), known.end(), name) != known.end()) continue;
                const std::string near = parsers::nearest(name, known);
                complaints_.push_back(
                    {test.where,
                     "unknown rule " + in_quotes(name) + " in test " + in_quotes(test.name),
                     near.empty() ? std::vector<std::string>{}
                                  : std::vector{"did you mean " + in_quotes(near) + '?'}});
            }
        }
    }

    const Vocabulary& vocabulary_;
    const std::size_t most_rules_;
    Diagnostics complaints_ = {};
    RuleSources sources_;
    KeywordCount keywords_;
    RuleReading reading_ = {};
    RuleBook book_ = {};
    std::vector<RuleTest> tests_ = {};
};

}  // namespace

boost::system::result<LoadedRules, Diagnostics> load_rules(const std::string& name,
                                                           const ReadFile& read,
                                                           const Vocabulary& vocabulary,
                                                           RuleLimits limits) {
    RuleFileReader reader{read, vocabulary, limits};
    reader.open(name);
    if (!reader.has_complaints()) reader.read_all();
    Diagnostics complaints = reader.take_complaints();
    if (parsers::has_errors(complaints)) return complaints;
    return LoadedRules{RuleSet{reader.take_book()}, reader.take_tests(), reader.files()};
}

boost::system::result<std::vector<RuleTest>, Diagnostics> load_tests(const std::string& name,
                                                                     std::string_view text,
                                                                     const RuleBook& book) {
    const auto file = ConfigFile::parse(name, text);
    if (file.has_error()) return file.error();
    Diagnostics complaints;
    ConfigTable root = file->root(complaints);
    const RuleReading reading{book.priorities, {}};
    std::vector<RuleTest> tests;
    for (ConfigTable& table : root.tables("test")) tests.push_back(read_test(table, reading));
    root.refuse_unknown_keys();
    if (parsers::has_errors(complaints)) return complaints;
    return tests;
}

}  // namespace bellhop::rules
