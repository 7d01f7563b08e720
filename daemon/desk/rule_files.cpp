#include "daemon/desk/rule_files.hpp"

#include <string>
#include <utility>

#include "daemon/desk/folder_guard.hpp"
#include "daemon/desk/text_file.hpp"
#include "daemon/process/path_inside.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::daemon {
namespace {

/// A file that the rules name lies in their folder, whatever links lead to: whoever writes rules
/// shall not read what the service can read.
std::optional<std::string> text_in(const std::filesystem::path& folder, const std::string& name) {
    const std::filesystem::path relative =
        std::filesystem::path{name}.lexically_relative(folder.empty() ? "." : folder);
    const auto file = path_inside(folder.empty() ? "." : folder, relative.string());
    if (!file || !is_configuration_file(*file)) return std::nullopt;
    return read_text_file(*file);
}

void add_people(const rules::People& people, rules::Vocabulary& vocabulary) {
    vocabulary.teams = parsers::names_of(people.teams);
    vocabulary.people = parsers::names_of(people.technicians);
    vocabulary.schools = parsers::names_of(people.schools);
    vocabulary.plans.emplace();
    for (const rules::School& school : people.schools) vocabulary.plans->push_back(school.plan);
}

}  // namespace

boost::system::result<ConfiguredRules, parsers::Diagnostics> load_rule_files(
    const std::filesystem::path& rules_file,
    const std::filesystem::path& people_file,
    rules::Vocabulary vocabulary,
    const std::string& default_priority,
    RulesFile rules_wanted) {
    parsers::Diagnostics complaints;
    std::optional<rules::People> people;
    std::error_code error;
    if (is_missing(people_file)) {
        // Nobody is known.
    } else if (const auto text = read_text_file(people_file, error); !text) {
        complaints.push_back(cannot_be_read(people_file, error));
    } else {
        auto loaded = rules::load_people(people_file.string(), *text);
        if (loaded.has_error()) complaints = loaded.error();
        if (loaded.has_value()) people = std::move(*loaded);
    }
    if (people) add_people(*people, vocabulary);
    if (rules_wanted == RulesFile::left_out || is_missing(rules_file)) {
        if (!complaints.empty()) return complaints;
        std::optional<rules::RuleSet> none;
        if (rules_wanted == RulesFile::loaded)
            none = no_rules(vocabulary.priorities, default_priority);
        return ConfiguredRules{std::move(none),       {}, std::move(people), people_file.string(),
                               std::move(vocabulary), {}};
    }
    auto loaded = rules::load_rules(
        rules_file.string(),
        [&rules_file](const std::string& name) {
            return name == rules_file.string() ? read_text_file(name)
                                               : text_in(rules_file.parent_path(), name);
        },
        vocabulary);
    if (loaded.has_error()) {
        const parsers::Diagnostics found = loaded.error();  // error() gives a copy
        complaints.insert(complaints.end(), found.begin(), found.end());
    }
    if (!complaints.empty()) return complaints;
    return ConfiguredRules{std::move(loaded->rules), std::move(loaded->tests),
                           std::move(people),        people_file.string(),
                           std::move(vocabulary),    std::move(loaded->files)};
}

const rules::RuleSet& ConfiguredRules::rule_set() const {
    ensure(loaded.has_value());
    return *loaded;
}

rules::RuleSet no_rules(std::vector<std::string> priorities, const std::string& default_priority) {
    rules::RuleBook book;
    book.priorities = std::move(priorities);
    if (book.priorities.empty()) book.priorities = {default_priority};
    book.start.priority = default_priority;
    return rules::RuleSet{std::move(book)};
}

parsers::Diagnostics failed_tests(const ConfiguredRules& configured) {
    parsers::Diagnostics complaints;
    for (rules::TestFailure& failure :
         rules::run_tests(configured.rule_set(), configured.tests, configured.known_people())) {
        complaints.push_back({failure.where, "test " + parsers::in_quotes(failure.name) + " fails",
                              std::move(failure.lines)});
    }
    return complaints;
}

}  // namespace bellhop::daemon
