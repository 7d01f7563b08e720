// Test mails that stand beside the rules, and whether the rules do with them what was expected.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "parsers/config/config_value.hpp"
#include "rules/people/people.hpp"
#include "rules/rule/rule_reader.hpp"
#include "rules/rule/rule_set.hpp"

namespace bellhop::rules {

/// What a test expects; what it does not name may be anything.
struct Expectation {
    std::optional<std::string> priority = {};
    std::optional<std::string> team = {};
    std::optional<std::string> assignee = {};
    std::optional<std::string> category = {};
    std::optional<std::vector<std::string>> tags = {};  ///< among others
    std::optional<std::vector<std::string>> rules =
        {};                                   ///< that match: these, in this order, no others
    std::vector<std::string> not_rules = {};  ///< that must not match
    std::optional<bool> restricted = {};
    std::optional<bool> acknowledge = {};
    std::optional<Handling> handling = {};
};

/// A [[test]]: a mail and what is to become of it.
struct RuleTest {
    std::string name = {};  ///< or its subject
    MailFacts facts = {};
    bool knows_groups = false;  ///< whether the test says itself who the sender is
    Expectation expect = {};
    parsers::TextSpan where = {};
};

/// The mail of a [[test]] table, without what is known of its sender.
MailFacts read_test_mail(parsers::ConfigTable& table);

/// Reads one [[test]] table. Its body is taken apart as a mail's is: quotation and signature do not
/// count as new text.
RuleTest read_test(parsers::ConfigTable& table, const RuleReading& reading);

struct TestFailure {
    parsers::TextSpan where = {};
    std::string name = {};
    std::vector<std::string> lines = {};  ///< "priority is P3, expected P1"

    friend bool operator==(const TestFailure&, const TestFailure&) = default;
};

/// The mail of a test with what `people` knows of its sender, as the gateway would see it.
MailFacts facts_of(const RuleTest& test, const People* people);

/// What is not as expected; nothing where all is well.
std::vector<TestFailure> run_tests(const RuleSet& rules,
                                   const std::vector<RuleTest>& tests,
                                   const People* people);

}  // namespace bellhop::rules
