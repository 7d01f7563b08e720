// Rules from a text, for the tests of this folder.
#pragma once

#include <map>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "rules/rule/rule_file.hpp"

namespace bellhop::rules {

inline const std::string basics = R"(priorities = ["P1", "P2", "P3", "P4"]
[default]
priority = "P3"
team = "desk"
)";

using Files = std::map<std::string, std::string>;

inline ReadFile reader_of(const Files& files) {
    return [files](const std::string& name) -> std::optional<std::string> {
        const auto found = files.find(name);
        return found == files.end() ? std::nullopt : std::optional{found->second};
    };
}

/// All complaints about `files`, as the administrator sees them; "none" where there are none.
inline std::string complaints_of(const Files& files,
                                 const Vocabulary& vocabulary = {},
                                 RuleLimits limits = {}) {
    const auto loaded = load_rules("rules.toml", reader_of(files), vocabulary, limits);
    if (loaded.has_value()) return "none";
    std::string all;
    for (const parsers::Diagnostic& each : loaded.error()) {
        const auto file = files.find(each.where.file);
        all += parsers::render(each, file == files.end() ? "" : file->second);
    }
    return all;
}

inline std::string complaints_of(const std::string& text) {
    return complaints_of(Files{{"rules.toml", text}});
}

inline LoadedRules loaded(const std::string& text) {
    auto result = load_rules("rules.toml", reader_of({{"rules.toml", text}}), {});
    if (result.has_error()) {
        ADD_FAILURE() << complaints_of(text);
        return LoadedRules{RuleSet{RuleBook{{"P1"}}}};
    }
    return std::move(*result);
}

inline RuleSet rules_of(const std::string& text) {
    return std::move(loaded(basics + text).rules);
}

}  // namespace bellhop::rules
