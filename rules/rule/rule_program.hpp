// The conditions of a rule book, flattened and compiled: internal to RuleSet.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <re2/re2.h>
#include <re2/set.h>

#include "rules/rule/rule.hpp"
#include "rules/words/keyword_set.hpp"

namespace bellhop::rules {

/// A pattern that is matched as it is written.
struct CompiledRegex {
    std::string written = {};
    std::unique_ptr<RE2> regex = {};
};

struct CompiledCondition {
    const Condition* condition = nullptr;
    std::vector<std::uint32_t> children = {};  ///< of a CombinedTest
    GroupId words = {};                        ///< of a TextTest
    std::vector<std::uint32_t> texts = {};     ///< of a TextTest: numbers of RuleProgram::texts
    std::vector<std::uint32_t> regexes = {};   ///< of a TextTest: numbers of RuleProgram::regexes
    std::vector<std::string> contains = {};    ///< of a TextTest: folded
    std::vector<std::string> values = {};      ///< of a PropertyTest or an AddressTest: folded
};

/// The quick answer to a condition: most are words of which the mail has none. Small and dense,
/// because every mail asks all of them.
struct Gate {
    static constexpr std::uint32_t always_open = 0xFFFFFFFF;  // no quick answer

    GroupId words = {};
    std::uint32_t texts = always_open;  ///< number of RuleProgram::gate_texts
};

struct CompiledRule {
    std::uint32_t begin = 0;  ///< its conditions in RuleProgram::rule_conditions; all must hold
    std::uint32_t end = 0;
};

struct CompiledEvidence {
    GroupId words = {};
    bool has_words = false;
    std::vector<std::size_t> both = {};          ///< indices of Weighing::evidence, all before it
    std::vector<std::uint32_t> conditions = {};  ///< all must hold
};

/// LIM-8: 1 MiB a pattern. The set of all may be larger; where even that is not enough, patterns
/// are tried one by one.
constexpr std::int64_t max_regex_memory = 1024 * 1024;
constexpr std::int64_t max_regex_set_memory = 64 * 1024 * 1024;

/// How the patterns of rules are read.
RE2::Options regex_options();

class RuleProgram {
public:
    /// `book` must outlive the program, at its place.
    explicit RuleProgram(const RuleBook& book);

    std::vector<CompiledCondition> conditions = {};
    std::vector<Gate> gates = {};  ///< by condition
    /// Texts that conditions ask together, mostly subject and body: numbers of `texts`.
    std::vector<std::vector<std::uint32_t>> gate_texts = {};
    std::vector<std::uint32_t> rule_conditions = {};
    std::vector<CompiledRule> rules = {};
    std::vector<CompiledRule> boosts = {};
    std::vector<CompiledEvidence> evidence = {};  ///< by index of Weighing::evidence
    GroupId silent = {};                          ///< Weighing::silent
    std::uint32_t subject = 0;                    ///< number of `texts`, where anything is weighed
    std::uint32_t body = 0;
    std::uint32_t quoted = 0;
    std::vector<TextSource> texts = {};
    std::vector<CompiledRegex> regexes = {};
    std::unique_ptr<RE2::Set> regex_set = {};  ///< null: no patterns, or too many for one automaton
    KeywordSet keywords = {};

private:
    std::uint32_t add(const Condition& condition);
    void add_text(const TextTest& test, CompiledCondition& compiled);
    Gate gate_of(const CompiledCondition& compiled);
    std::uint32_t add_source(const TextSource& source);
    CompiledRule add_rule(const Rule& rule);
    void add_weighing(const Weighing& weighing);
    void compile_regex_set();

    std::vector<std::unique_ptr<const Condition>> made_ = {};  // that stand in no book
};

}  // namespace bellhop::rules
