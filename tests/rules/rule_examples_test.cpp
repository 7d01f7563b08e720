// The shipped example rules read mails as a person would.
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "rules/rule_file.hpp"
#include "rules/rule_lint.hpp"

namespace bellhop::rules {
namespace {

std::optional<std::string> read_file(const std::string& name) {
    std::ifstream in{name, std::ios::binary};
    if (!in) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

class ShippedRules : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        const std::string folder = BELLHOP_SOURCE_DIR "/docs/examples/" + GetParam();
        auto loaded_people =
            load_people(folder + "/people.toml", read_file(folder + "/people.toml").value());
        ASSERT_TRUE(loaded_people.has_value());
        people = std::move(*loaded_people);
        auto loaded = load_rules(folder + "/rules.toml", read_file, {});
        if (loaded.has_error()) {
            for (const parsers::Diagnostic& each : loaded.error()) {
                ADD_FAILURE() << parsers::render(each, read_file(each.where.file).value_or(""));
            }
            GTEST_SKIP();
        }
        rules.emplace(std::move(*loaded));
    }

    std::string differences(const std::vector<RuleTest>& tests) const {
        std::string all;
        for (const TestFailure& failure : run_tests(rules->rules, tests, &people)) {
            all += std::to_string(failure.where.line) + ": " + failure.name;
            for (const std::string& line : failure.lines) all += "; " + line;
            all += '\n';
        }
        return all;
    }

    People people = {};
    std::optional<LoadedRules> rules = {};
};

TEST_P(ShippedRules, PassTheirOwnTests) {
    EXPECT_FALSE(rules->tests.empty());
    EXPECT_EQ(differences(rules->tests), "");
}

TEST_P(ShippedRules, ReadMailsAsAPersonWould) {
    const std::string file = BELLHOP_TEST_DATA "/rules_mails/" + GetParam() + ".toml";
    const auto tests = load_tests(file, read_file(file).value(), rules->rules.book());
    ASSERT_TRUE(tests.has_value());
    EXPECT_GE(tests->size(), 30U);
    EXPECT_EQ(differences(*tests), "");
}

TEST_P(ShippedRules, HaveNoErrors) {
    for (const parsers::Diagnostic& each : lint(rules->rules, rules->tests, &people, {}, {})) {
        EXPECT_NE(each.severity, parsers::Severity::error)
            << parsers::render(each, read_file(each.where.file).value_or(""));
    }
}

INSTANTIATE_TEST_SUITE_P(Desks,
                         ShippedRules,
                         testing::Values("school", "provider", "district", "tiered"),
                         [](const auto& desk) { return desk.param; });

}  // namespace
}  // namespace bellhop::rules
