// rules.toml and people.toml of a configuration folder, loaded and checked together.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <boost/system/result.hpp>

#include "parsers/diagnostic.hpp"
#include "rules/people.hpp"
#include "rules/rule_file.hpp"

namespace bellhop::daemon {

struct ConfiguredRules {
    rules::RuleSet rule_set;
    std::vector<rules::RuleTest> tests = {};
    std::optional<rules::People> people = {};  ///< none: there is no people.toml
    std::string people_file = {};
    rules::Vocabulary vocabulary = {};  ///< as far as people.toml tells

    const rules::People* known_people() const { return people ? &*people : nullptr; }
};

/// Loads `rules_file` and, where there is one, `people_file`. `vocabulary` holds what the other
/// files tell. Errors: the complaints about all of them at once.
boost::system::result<ConfiguredRules, parsers::Diagnostics> load_rule_files(
    const std::filesystem::path& rules_file,
    const std::filesystem::path& people_file,
    rules::Vocabulary vocabulary = {});

/// The complaints that stand for failed [[test]] mails: rules whose own tests fail are not taken.
parsers::Diagnostics failed_tests(const ConfiguredRules& configured);

}  // namespace bellhop::daemon
