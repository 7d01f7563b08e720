#include "daemon/desk/rule_files.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <utility>

namespace bellhop::daemon {
namespace {

std::optional<std::string> read_file(const std::string& name) {
    std::error_code error;
    if (std::filesystem::is_directory(name, error)) return std::nullopt;
    std::ifstream in{name, std::ios::binary};
    if (!in) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

template <class Named>
std::vector<std::string> names_of(const std::vector<Named>& all) {
    std::vector<std::string> names;
    for (const Named& each : all) names.push_back(each.name);
    return names;
}

void add_people(const rules::People& people, rules::Vocabulary& vocabulary) {
    vocabulary.teams = names_of(people.teams);
    vocabulary.people = names_of(people.technicians);
    vocabulary.schools = names_of(people.schools);
    vocabulary.plans.emplace();
    for (const rules::School& school : people.schools) vocabulary.plans->push_back(school.plan);
}

}  // namespace

boost::system::result<ConfiguredRules, parsers::Diagnostics> load_rule_files(
    const std::filesystem::path& rules_file,
    const std::filesystem::path& people_file,
    rules::Vocabulary vocabulary,
    const std::string& default_priority) {
    parsers::Diagnostics complaints;
    std::optional<rules::People> people;
    if (const auto text = read_file(people_file.string())) {
        auto loaded = rules::load_people(people_file.string(), *text);
        if (loaded.has_error()) complaints = loaded.error();
        if (loaded.has_value()) people = std::move(*loaded);
    }
    if (people) add_people(*people, vocabulary);
    if (!std::filesystem::exists(rules_file)) {
        if (!complaints.empty()) return complaints;
        return ConfiguredRules{no_rules(vocabulary.priorities, default_priority),
                               {},
                               std::move(people),
                               people_file.string(),
                               std::move(vocabulary),
                               {}};
    }
    auto loaded = rules::load_rules(rules_file.string(), read_file, vocabulary);
    if (loaded.has_error()) {
        const parsers::Diagnostics found = loaded.error();  // error() gives a copy
        complaints.insert(complaints.end(), found.begin(), found.end());
    }
    if (!complaints.empty()) return complaints;
    return ConfiguredRules{std::move(loaded->rules), std::move(loaded->tests),
                           std::move(people),        people_file.string(),
                           std::move(vocabulary),    std::move(loaded->files)};
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
         rules::run_tests(configured.rule_set, configured.tests, configured.known_people())) {
        complaints.push_back({failure.where, "test " + parsers::in_quotes(failure.name) + " fails",
                              std::move(failure.lines)});
    }
    return complaints;
}

}  // namespace bellhop::daemon
