#include "rules/rule/rule_table_reader.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/config/config_file.hpp"

namespace bellhop::rules {
namespace {

const RuleReading desk{{"P1", "P2", "P3", "P4"}, {}, {}};

struct Read {
    Rule rule = {};
    std::string complaints = {};
};

Read read(const std::string& text, Rule (*reader)(parsers::ConfigTable&, const RuleReading&)) {
    const auto file = parsers::ConfigFile::parse("rules.toml", text);
    EXPECT_TRUE(file.has_value()) << text;
    parsers::Diagnostics found;
    parsers::ConfigTable root = file->root(found);
    Read result;
    result.rule = reader(root, desk);
    for (const parsers::Diagnostic& each : found) result.complaints += each.message + '\n';
    return result;
}

/// The values of arrival that the rule asks for; "-" where it does not ask.
std::vector<std::string> arrival_of(const Rule& rule) {
    for (const Condition& each : rule.when.conditions) {
        const auto* test = std::get_if<PropertyTest>(&each.test);
        if (test != nullptr && test->property == Property::arrival) return test->values;
    }
    return {"-"};
}

TEST(RuleTableReader, TakesARuleToBeAboutNewTickets) {
    const std::string rest = "name = \"a\"\nthen.priority = \"P1\"\nwhen.text = \"net\"\n";
    using Values = std::vector<std::string>;
    EXPECT_EQ(arrival_of(read(rest, read_rule).rule), Values{"new"});
    EXPECT_EQ(arrival_of(read(rest + "when.arrival = \"follow-up\"", read_rule).rule),
              Values{"follow-up"});
    // "any" asks for nothing.
    EXPECT_EQ(arrival_of(read(rest + "when.arrival = \"any\"", read_rule).rule), Values{"-"});
}

TEST(RuleTableReader, ComplainsOfRulesThatAreNone) {
    EXPECT_EQ(read("name = \"a\"\nthen.priority = \"P1\"", read_rule).complaints,
              "rule \"a\" has no condition\n");
    EXPECT_EQ(read("name = \"a\"\nwhen.text = \"net\"", read_rule).complaints,
              "rule \"a\" does nothing\n");
    EXPECT_EQ(
        read("name = \"a\"\nwhen.text = \"net\"\nthen.parent = \"first\"", read_rule).complaints,
        "there is no first ticket without a surge\n");
    // A key that is misspelt is complained of by itself.
    EXPECT_EQ(read("name = \"a\"\nwhen.txt = \"net\"\nthen.priority = \"P1\"", read_rule)
                  .complaints.find("no condition"),
              std::string::npos);
}

TEST(RuleTableReader, ReadsABoostForItsDaysAndSchools) {
    const Read visit = read(
        "name = \"Ofsted\"\nfrom = 2027-03-03\nto = 2027-03-04\nschool = [\"Oak\", \"Elm\"]\n"
        "raise_by = 1\ntags = \"visit\"\nwhen.text = \"projector\"",
        read_boost);
    EXPECT_EQ(visit.complaints, "");
    EXPECT_EQ(visit.rule.then.raise_by, 1);
    EXPECT_EQ(visit.rule.then.tags, std::vector<std::string>{"visit"});
    EXPECT_EQ(arrival_of(visit.rule), std::vector<std::string>{"new"});
    EXPECT_EQ(visit.rule.when.conditions.size(), 4U);  // arrival, days, schools, words
}

TEST(RuleTableReader, ComplainsOfBoostsThatAreNone) {
    EXPECT_EQ(read("name = \"a\"\nfrom = 2027-03-04\nto = 2027-03-03\nraise_by = 1", read_boost)
                  .complaints,
              "the boost ends before it begins\n");
    EXPECT_EQ(read("name = \"a\"\nfrom = 2027-03-03\nto = 2027-03-03", read_boost).complaints,
              "boost \"a\" does nothing\n");
    EXPECT_NE(read("name = \"a\"\nto = 2027-03-03\nraise_by = 1", read_boost).complaints, "");
}

TEST(RuleTableReader, ShowsAPriorityThatTheDeskHas) {
    EXPECT_EQ(example_priority(desk), "P3");
    EXPECT_EQ(example_priority({{"urgent"}, {}, {}}), "urgent");
    EXPECT_EQ(example_priority({}), "P3");
}

}  // namespace
}  // namespace bellhop::rules
