// Reading conditions and actions out of configuration tables: internal to load_rules().
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/config/config_value.hpp"
#include "rules/rule/rule.hpp"

namespace bellhop::rules {

/// Names that rules may use, from the other files of the configuration. Where a list is absent,
/// what it names is not checked.
struct Vocabulary {
    std::vector<std::string> priorities = {};  ///< most urgent first; empty: rules.toml says
    std::optional<std::vector<std::string>> teams = {};
    std::optional<std::vector<std::string>> people = {};  ///< technicians, by name
    std::optional<std::vector<std::string>> schools = {};
    std::optional<std::vector<std::string>> plans = {};
    std::optional<std::vector<std::string>> mailboxes = {};
    std::optional<std::vector<std::string>> layers = {};  ///< of the calendar
    std::optional<std::vector<std::string>> templates = {};
};

/// What the readers know while they read.
struct RuleReading {
    std::vector<std::string> priorities = {};
    std::vector<std::string> lists = {};     ///< names of all word lists
    std::vector<std::string> evidence = {};  ///< names of all [[evidence]]
};

/// A list of keywords with their places.
struct ReadWords {
    std::vector<Keyword> keywords = {};
    std::vector<parsers::TextSpan> spans = {};
};

/// The keywords of an array of texts, or of one text. Complains of faults and of unknown lists.
ReadWords read_words(const parsers::ConfigValue& value, const RuleReading& reading);

/// The conditions of a table: `when`, `unless`, one of `any`. Complains of unknown keys.
std::vector<Condition> read_conditions(parsers::ConfigTable& table, const RuleReading& reading);

/// Whether `when` itself says for new tickets or follow-ups.
bool names_arrival(const std::vector<Condition>& conditions);

/// Changes `evidence` in what the [[evidence]] table names. Complains of unknown keys.
/// Grades may be called by their own names, or by the priorities of `weighing`.
void read_evidence(parsers::ConfigTable& table,
                   const RuleReading& reading,
                   const Weighing& weighing,
                   Evidence& evidence);

/// Changes `weighing` in what the section [weighing] names, but for its table. Complains of unknown
/// keys.
void read_weighing(parsers::ConfigTable& table, const RuleReading& reading, Weighing& weighing);

/// `surge = { tickets = 5, people = 3, within = "15 min" }`; nothing where the table has none.
std::optional<SurgeTest> read_surge(parsers::ConfigTable& when);

/// The table `then`, or [default]. Complains of unknown keys.
RuleActions read_actions(parsers::ConfigTable& table,
                         const RuleReading& reading,
                         std::vector<ActionSpan>& spans);

/// A priority that exists; complains of any other.
std::optional<std::string> read_priority(parsers::ConfigTable& table,
                                         std::string_view key,
                                         const RuleReading& reading);

}  // namespace bellhop::rules
