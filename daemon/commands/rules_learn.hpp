// bellhop rules show, diff and learn: what the rules know, and how they come to know more.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "daemon/commands/command.hpp"
#include "daemon/desk/rule_files.hpp"
#include "rules/learn/learning.hpp"

namespace bellhop::daemon {

/// The rules that a command is about.
using GiveRules = std::function<ConfiguredRules(const std::string& rules_file)>;

struct LearnOptions {
    std::vector<std::string> labelled = {};  ///< folders or files of [[test]] mails
    std::string expect = "expect";           ///< tables that have the labels, by commas
    std::string since = {};                  ///< tickets since then; empty: none
    rules::LearningScope scope = {};
    std::string version = {};  ///< of the table; empty: the date
    std::string out = ".";     ///< the folder of what is written
};

/// `name`: one thing of the rules, or empty for all.
int run_rules_show(const ConfiguredRules& rules,
                   const std::string& name,
                   const Invocation& invocation);

/// `before`: a listing that `rules show --json` has printed, or another rules file.
int run_rules_diff(const ConfiguredRules& rules,
                   const std::string& before,
                   const GiveRules& give,
                   const Invocation& invocation);

int run_rules_learn(const ConfiguredRules& rules,
                    const LearnOptions& options,
                    const Invocation& invocation);

}  // namespace bellhop::daemon
