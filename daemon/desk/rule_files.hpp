// rules.toml and people.toml of a configuration folder, loaded and checked together.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <boost/system/result.hpp>

#include "parsers/config/diagnostic.hpp"
#include "rules/people/people.hpp"
#include "rules/rule/rule_file.hpp"

namespace bellhop::daemon {

/// Whether rules.toml is loaded: what only lists and shows needs none of it.
enum class RulesFile { loaded, left_out };

struct ConfiguredRules {
    std::optional<rules::RuleSet> loaded = {};  ///< none: left out
    std::vector<rules::RuleTest> tests = {};
    std::optional<rules::People> people = {};  ///< none: there is no people.toml
    std::string people_file = {};
    rules::Vocabulary vocabulary = {};    ///< as far as people.toml tells
    std::vector<std::string> files = {};  ///< of the rules, included ones among them

    const rules::People* known_people() const { return people ? &*people : nullptr; }
    /// Precondition: they were not left out.
    const rules::RuleSet& rule_set() const;
};

/// Loads `rules_file` and `people_file`, where there are such. `vocabulary` holds what the other
/// files tell; `default_priority` is of every ticket where there are no rules. Errors: the
/// complaints about all of them at once.
boost::system::result<ConfiguredRules, parsers::Diagnostics> load_rule_files(
    const std::filesystem::path& rules_file,
    const std::filesystem::path& people_file,
    rules::Vocabulary vocabulary = {},
    const std::string& default_priority = "P3",
    RulesFile rules_wanted = RulesFile::loaded);

/// Rules for a desk that has written none: every ticket has the same priority.
rules::RuleSet no_rules(std::vector<std::string> priorities, const std::string& default_priority);

/// The complaints that stand for failed [[test]] mails: rules whose own tests fail are not taken.
parsers::Diagnostics failed_tests(const ConfiguredRules& configured);

}  // namespace bellhop::daemon
