// rules.toml, with the files that it includes, read into a rule set.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <boost/system/result.hpp>

#include "parsers/config/diagnostic.hpp"
#include "rules/rule/rule_reader.hpp"
#include "rules/rule/rule_set.hpp"
#include "rules/rule/rule_test.hpp"

namespace bellhop::rules {

/// LIM-8: how much one set of rules may hold.
struct RuleLimits {
    std::size_t rules = 5000;
    std::size_t files = 100;         ///< with includes
    std::size_t keywords = 200'000;  ///< of all lists and rules
};

/// The text of a file; nothing where it cannot be read. `name` is as the complaints name it: an
/// included file's is relative to the folder of the file that includes it.
using ReadFile = std::function<std::optional<std::string>(const std::string& name)>;

struct LoadedRules {
    RuleSet rules;
    std::vector<RuleTest> tests = {};
    std::vector<std::string> files = {};  ///< that were read, included ones among them
};

/// Reads the rules file `name`. `include`d files come first, as if they stood at its top.
///
/// Errors: every complaint of every file, sorted by place.
boost::system::result<LoadedRules, parsers::Diagnostics> load_rules(const std::string& name,
                                                                    const ReadFile& read,
                                                                    const Vocabulary& vocabulary,
                                                                    RuleLimits limits = {});

/// Reads further test mails, from a file of [[test]] tables alone. Errors: every complaint.
boost::system::result<std::vector<RuleTest>, parsers::Diagnostics> load_tests(
    const std::string& name, std::string_view text, const RuleBook& book);

}  // namespace bellhop::rules
