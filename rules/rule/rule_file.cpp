#include "rules/rule/rule_file.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "parsers/config/config_file.hpp"
#include "parsers/text/digest.hpp"
#include "rules/builtin/builtin_files.hpp"
#include "rules/people/people.hpp"

namespace bellhop::rules {
namespace {

using parsers::ConfigFile;
using parsers::ConfigTable;
using parsers::ConfigValue;
using parsers::Diagnostics;
using parsers::in_quotes;
using parsers::TextSpan;

std::string line_of(const TextSpan& first, const TextSpan& again) {
    return "first in " + (first.file == again.file ? "line " : first.file + ':') +
           std::to_string(first.line);
}

/// Finds the files and reads them, section by section.
class RuleFileReader {
public:
    RuleFileReader(const ReadFile& read, const Vocabulary& vocabulary, RuleLimits limits)
        : read_{read}, vocabulary_{vocabulary}, limits_{limits} {}

    void open(const std::string& name, const TextSpan& from) {
        if (std::find(opening_.begin(), opening_.end(), name) != opening_.end()) {
            complaints_.push_back({from, in_quotes(name) + " includes itself", {}});
            return;
        }
        if (names_.contains(name)) return;  // twice is once
        if (names_.size() >= limits_.files) {
            complaints_.push_back(
                {from, "too many files", {"at most " + std::to_string(limits_.files)}});
            return;
        }
        const auto text = text_of(name);
        if (!text) {
            complaints_.push_back({from, "cannot read " + in_quotes(name), {}});
            return;
        }
        names_.insert(name);
        digested_ += parsers::hex(parsers::sha256(*text));
        auto file = ConfigFile::parse(name, *text);
        if (file.has_error()) {
            const Diagnostics found = file.error();  // error() gives a copy
            complaints_.insert(complaints_.end(), found.begin(), found.end());
            return;
        }
        open_includes(*file, name);
        files_.push_back(std::move(*file));
    }

    void read_all() {
        std::vector<ConfigTable> roots;
        for (const ConfigFile& file : files_) roots.push_back(file.root(complaints_));
        for (ConfigTable& root : roots) root.value("include");
        for (ConfigTable& root : roots) read_priorities(root);
        finish_priorities();
        for (ConfigTable& root : roots) name_lists(root);
        for (ConfigTable& root : roots) read_lists(root);
        order_lists();
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
        book_.digest = parsers::hex(parsers::sha256(digested_));
        return std::move(book_);
    }
    /// Those of the program are not among them: they do not change.
    std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const std::string& name : names_) {
            if (!name.starts_with(builtin_prefix)) names.push_back(name);
        }
        return names;
    }
    std::vector<RuleTest> take_tests() { return std::move(tests_); }
    Diagnostics take_complaints() {
        parsers::sort_by_place(complaints_);
        return std::move(complaints_);
    }

private:
    void open_includes(const ConfigFile& file, const std::string& name) {
        opening_.push_back(name);
        const std::size_t slash = name.rfind('/');
        const std::string folder = slash == std::string::npos ? "" : name.substr(0, slash + 1);
        ConfigTable root = file.root(complaints_);
        for (const ConfigValue& item : root.items("include")) {
            const auto path = item.text();
            if (!path) continue;
            open(beside(folder, *path), item.where());
        }
        opening_.pop_back();
    }

    /// A name as a file in `folder` gives it.
    static std::string beside(const std::string& folder, const std::string& path) {
        const bool is_whole = path.starts_with('/') || path.starts_with(builtin_prefix);
        return is_whole ? path : folder + path;
    }

    std::optional<std::string> text_of(const std::string& name) const {
        if (!name.starts_with(builtin_prefix)) return read_(name);
        const auto text = builtin_text(name);
        return text ? std::optional<std::string>{*text} : std::nullopt;
    }

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
        if (!book_.priorities.empty() || files_.empty()) return;
        Diagnostics& complaints = complaints_;
        ConfigTable root = files_.back().root(complaints);
        root.complain_at(
            {root.where().file, 1, 1, 1}, "no priorities",
            {"for example: priorities = [\"P1\", \"P2\", \"P3\", \"P4\"], the most urgent first"});
    }

    void name_lists(ConfigTable& root) {
        auto words = root.table("words");
        if (!words) return;
        for (const std::string& name : words->keys()) {
            if (!is_list_name(name)) {
                words->complain_at(words->where_key(name),
                                   in_quotes(name) + " cannot be the name of a list",
                                   {"names have letters, digits, \"-\" and \"_\""});
            }
            if (changes_list(*words, name)) continue;
            const auto [first, is_new] = list_places_.emplace(name, words->where_key(name));
            if (is_new) {
                reading_.lists.push_back(name);
            } else {
                std::vector<std::string> hints{line_of(first->second, words->where_key(name))};
                if (first->second.file != words->where_key(name).file) {
                    hints.push_back("to change a list that is included, write [words." + name +
                                    "] add = [...] remove = [...]");
                }
                words->complain_at(words->where_key(name),
                                   "word list " + in_quotes(name) + " stands twice",
                                   std::move(hints));
            }
        }
    }

    /// Whether it says what is to be other in a list that an included file has.
    static bool changes_list(ConfigTable& words, const std::string& name) {
        const ConfigValue value = *words.value(name);
        if (value.kind() != parsers::ConfigKind::table) return false;
        const ConfigTable table = *value.table();
        return table.has("add") || table.has("remove");
    }

    void change_list(ConfigTable& words, const std::string& name) {
        const auto list = std::find_if(book_.lists.begin(), book_.lists.end(),
                                       [&](const WordList& each) { return each.name == name; });
        if (list == book_.lists.end()) {
            const std::string near = parsers::nearest(name, reading_.lists);
            words.complain_at(words.where_key(name), "no list " + in_quotes(name) + " to change",
                              {near.empty() ? "lists that are included can be changed"
                                            : "did you mean " + in_quotes(near) + '?'});
            return;
        }
        ConfigTable table = *words.value(name)->table();
        auto& keywords = list->words.keywords;
        for (const ConfigValue& item : table.items("remove")) {
            const std::string written = item.text().value_or("");
            const auto has = [&](const Keyword& each) { return each.written == written; };
            const auto at = std::find_if(keywords.begin(), keywords.end(), has);
            if (at == keywords.end()) {
                item.complain(in_quotes(written) + " does not stand in the list " + in_quotes(name),
                              {"`bellhop rules show " + name + "` prints it"});
                continue;
            }
            list->word_spans.erase(list->word_spans.begin() + (at - keywords.begin()));
            keywords.erase(at);
        }
        if (const auto more = table.value("add")) {
            ReadWords read = read_words(*more, reading_);
            std::move(read.keywords.begin(), read.keywords.end(), std::back_inserter(keywords));
            std::move(read.spans.begin(), read.spans.end(), std::back_inserter(list->word_spans));
        }
        table.refuse_unknown_keys();
    }

    void read_lists(ConfigTable& root) {
        auto words = root.table("words");
        if (!words) return;
        for (const std::string& name : words->keys()) {
            if (changes_list(*words, name)) {
                change_list(*words, name);
                continue;
            }
            const ConfigValue value = *words->value(name);
            WordList list{name, {}, {}, words->where_key(name)};
            const bool has_except = value.kind() == parsers::ConfigKind::table;
            if (has_except) {
                ConfigTable table = *value.table();
                if (table.require("words", "words = [\"urgent\"]"))
                    take(list, *table.value("words"));
                if (const auto except = table.value("except")) {
                    list.words.except = read_words(*except, reading_).keywords;
                }
                table.refuse_unknown_keys();
            } else {
                take(list, value);
            }
            count(list.words, list.where);
            book_.lists.push_back(std::move(list));
        }
    }

    /// Complains at the first list or rule that is too much.
    void count(const KeywordGroup& words, const TextSpan& where) {
        const bool was_too_much = keywords_ > limits_.keywords;
        keywords_ += words.keywords.size() + words.except.size();
        if (was_too_much || keywords_ <= limits_.keywords) return;
        complaints_.push_back(
            {where,
             "too many words",
             {"at most " + std::to_string(limits_.keywords) + " in all lists and rules"}});
    }

    void count(const std::vector<Condition>& conditions, const TextSpan& where) {
        for (const Condition& condition : conditions) {
            if (const auto* text = std::get_if<TextTest>(&condition.test))
                count(text->words, where);
            if (const auto* combined = std::get_if<CombinedTest>(&condition.test))
                count(combined->conditions, where);
        }
    }

    void take(WordList& list, const ConfigValue& value) {
        ReadWords words = read_words(value, reading_);
        list.words.keywords = std::move(words.keywords);
        list.word_spans = std::move(words.spans);
    }

    static std::set<std::string> lists_used_by(const WordList& list) {
        std::set<std::string> used;
        for (const auto* keywords : {&list.words.keywords, &list.words.except}) {
            for (const Keyword& keyword : *keywords) {
                for (const KeywordPart& part : keyword.parts)
                    used.insert(part.lists.begin(), part.lists.end());
            }
        }
        return used;
    }

    /// Puts each list after those that it uses; what then remains uses itself.
    void order_lists() {
        std::vector<WordList> ordered;
        std::set<std::string> done;
        bool moved = true;
        while (moved) {
            moved = false;
            for (WordList& list : book_.lists) {
                if (list.name.empty()) continue;
                const std::set<std::string> used = lists_used_by(list);
                const bool ready =
                    std::all_of(used.begin(), used.end(), [&](const std::string& name) {
                        return done.contains(name) || !list_places_.contains(name);
                    });
                if (!ready) continue;
                done.insert(list.name);
                ordered.push_back(std::move(list));
                list = WordList{};
                moved = true;
            }
        }
        for (const WordList& list : book_.lists) {
            if (list.name.empty()) continue;
            complaints_.push_back(
                {list.where, "word list " + in_quotes(list.name) + " uses itself", {}});
        }
        book_.lists = std::move(ordered);
    }

    void read_start(ConfigTable& root) {
        auto table = root.table("default");
        if (!table) return;
        std::vector<ActionSpan> spans;
        if (!book_.start_where.file.empty()) {
            table->complain_at(table->where(), "section [default] stands twice",
                               {line_of(book_.start_where, table->where())});
        }
        book_.start = read_actions(*table, reading_, spans);
        book_.start_where = table->where();
        if (!table->has("priority")) {
            table->complain_at(table->where(), "[default] names no priority",
                               {"for example: priority = \"" + some_priority() + "\""});
        }
        for (const char* key :
             {"raise_to", "lower_to", "raise_by", "lower_by", "mark", "parent", "stop"}) {
            if (!table->has(key)) continue;
            table->complain_at(table->where_key(key),
                               in_quotes(key) + " has no meaning in [default]",
                               {"it is what every new ticket begins with"});
        }
    }

    std::string some_priority() const {
        return book_.priorities.empty() ? "P3" : book_.priorities[book_.priorities.size() / 2];
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
        if (const auto name = table->value("table")) read_table(*name);
        read_weighing(*table, reading_, book_.weighing);
    }

    /// The points of words; "none" for the evidence alone.
    void read_table(const ConfigValue& value) {
        const auto path = value.text();
        book_.weighing.table = nullptr;
        book_.weighing.table_name = path.value_or("");
        if (!path || *path == "none") return;
        const std::string& including = value.where().file;
        const std::size_t slash = including.rfind('/');
        const std::string name =
            beside(slash == std::string::npos ? "" : including.substr(0, slash + 1), *path);
        const auto text = text_of(name);
        if (!text) {
            value.complain("cannot read " + in_quotes(name));
            return;
        }
        if (!name.starts_with(builtin_prefix)) names_.insert(name);
        digested_ += parsers::hex(parsers::sha256(*text));
        auto table = PointTable::read(*text);
        if (table.has_error()) {
            value.complain(in_quotes(name) + ": " + table.error(),
                           {"`bellhop rules learn` makes such tables"});
            return;
        }
        book_.weighing.table = std::make_shared<const PointTable>(std::move(*table));
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
                                  {line_of(known->where, table.where())});
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
            count(known->words, table.where());
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
            if (book_.rules.size() == limits_.rules) {
                table.complain_at(table.where(), "too many rules",
                                  {"at most " + std::to_string(limits_.rules)});
            }
            if (book_.rules.size() < limits_.rules) add_rule(table);
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
        Rule rule = read_rule(table);
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

    Rule read_rule(ConfigTable& table) {
        Rule rule;
        rule.where = table.where();
        rule.name = table.required_text("name", "name = \"no internet\"");
        bool has_key = false;  // a misspelt one is complained of by itself
        if (auto when = table.table("when")) {
            rule.surge = read_surge(*when);
            rule.when.conditions = read_conditions(*when, reading_);
            has_key = !when->keys().empty();
        }
        if (auto unless = table.table("unless"))
            rule.unless.conditions = read_conditions(*unless, reading_);
        if (rule.when.conditions.empty() && !has_key) {
            table.complain_at(table.where(), "rule " + in_quotes(rule.name) + " has no condition",
                              {"for example: when.text = [\"internet down\"]",
                               "what holds for every mail stands in [default]"});
        }
        count(rule.when.conditions, rule.where);
        count(rule.unless.conditions, rule.where);
        settle_arrival(rule);
        read_then(table, rule);
        table.refuse_unknown_keys();
        return rule;
    }

    /// A rule is about new tickets unless it says otherwise: a follow-up must not undo what staff
    /// decided.
    static void settle_arrival(Rule& rule) {
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

    void read_then(ConfigTable& table, Rule& rule) {
        auto then = table.table("then");
        if (then) rule.then = read_actions(*then, reading_, rule.action_spans);
        if (!then || rule.action_spans.empty()) {
            table.complain_at(table.where(), "rule " + in_quotes(rule.name) + " does nothing",
                              {"for example: then.priority = \"" + some_priority() + "\""});
        }
        if (rule.then.parent && !rule.then.parent->ticket && !rule.surge) {
            then->complain(
                "parent", "there is no first ticket without a surge",
                {"write when.surge = {tickets = 5, people = 3, within = \"15 min\"}, or the number "
                 "of a ticket"});
        }
    }

    void read_boosts(ConfigTable& root) {
        for (ConfigTable& table : root.tables("boost")) book_.boosts.push_back(read_boost(table));
    }

    Rule read_boost(ConfigTable& table) {
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
        boost.when.conditions.push_back(
            {PropertyTest{Property::arrival, {"new"}, {}}, boost.where});
        if (from && to)
            boost.when.conditions.push_back({DateTest{*from, *to}, table.where_key("from")});
        if (table.value("school")) {
            PropertyTest test{Property::school, table.texts("school"), {}};
            for (const ConfigValue& item : table.items("school"))
                test.spans.push_back(item.where());
            boost.when.conditions.push_back({std::move(test), table.where_key("school")});
        }
        if (auto when = table.table("when")) {
            for (Condition& condition : read_conditions(*when, reading_)) {
                boost.when.conditions.push_back(std::move(condition));
            }
        }
        boost.then.raise_to = read_priority(table, "raise_to", reading_);
        boost.then.raise_by = static_cast<int>(table.integer("raise_by", 1, 20).value_or(0));
        boost.then.note = table.text("note").value_or("");
        boost.then.tags = table.texts("tags");
        boost.then.notify = table.texts("notify");
        if (!boost.then.raise_to && boost.then.raise_by == 0 && boost.then.note.empty()) {
            table.complain_at(table.where(), "boost " + in_quotes(boost.name) + " does nothing",
                              {"for example: raise_by = 1"});
        }
        table.refuse_unknown_keys();
        return boost;
    }

    void check_rule_names() {
        std::map<std::string, TextSpan> places;
        for (const auto* rules : {&book_.rules, &book_.boosts}) {
            for (const Rule& rule : *rules) {
                const auto [first, is_new] = places.emplace(rule.name, rule.where);
                if (is_new || rule.name.empty()) continue;
                complaints_.push_back({rule.where,
                                       "two rules are named " + in_quotes(rule.name),
                                       {line_of(first->second, rule.where)}});
            }
        }
        if (book_.start_where.file.empty() && !files_.empty()) {
            ConfigTable root = files_.back().root(complaints_);
            root.complain_at(
                {root.where().file, 1, 1, 1}, "no section [default]",
                {"it says what becomes of a mail that no rule is about", "for example: [default]",
                 "             priority = \"" + some_priority() + "\""});
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

    const ReadFile& read_;
    const Vocabulary& vocabulary_;
    const RuleLimits limits_;
    std::vector<ConfigFile> files_ = {};  // included before including
    std::set<std::string> names_ = {};
    std::vector<std::string> opening_ = {};
    std::map<std::string, TextSpan> list_places_ = {};
    std::size_t keywords_ = 0;
    std::string digested_ = {};
    RuleReading reading_ = {};
    RuleBook book_ = {};
    std::vector<RuleTest> tests_ = {};
    Diagnostics complaints_ = {};
};

}  // namespace

boost::system::result<LoadedRules, Diagnostics> load_rules(const std::string& name,
                                                           const ReadFile& read,
                                                           const Vocabulary& vocabulary,
                                                           RuleLimits limits) {
    RuleFileReader reader{read, vocabulary, limits};
    reader.open(name, {name, 1, 1, 1});
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
