// The examples of bellhop-rules(5) do what the page says.
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

/// The literal blocks of the page, as they are shown.
std::vector<std::string> examples() {
    std::ifstream page{BELLHOP_SOURCE_DIR "/docs/man/bellhop-rules.5"};
    std::vector<std::string> blocks;
    bool inside = false;
    for (std::string line; std::getline(page, line);) {
        if (line.rfind(".Bd -literal", 0) == 0) {
            inside = true;
            blocks.emplace_back();
        } else if (line == ".Ed") {
            inside = false;
        } else if (inside) {
            for (std::size_t at = line.find("\\e"); at != std::string::npos;
                 at = line.find("\\e", at + 1)) {
                line.replace(at, 2, "\\");
            }
            blocks.back() += line + '\n';
        }
    }
    return blocks;
}

TEST(RulesManual, ShowsExamplesThatWork) {
    const std::vector<std::string> blocks = examples();
    ASSERT_GT(blocks.size(), 10U);
    for (std::size_t i = 1; i < blocks.size(); ++i) {
        const LoadedRules rules = loaded(blocks[0] + blocks[i]);
        EXPECT_FALSE(rules.tests.empty()) << blocks[i];
        for (const TestFailure& failure : run_tests(rules.rules, rules.tests, nullptr)) {
            ADD_FAILURE() << blocks[i] << failure.name << ": "
                          << testing::PrintToString(failure.lines);
        }
    }
}

}  // namespace
}  // namespace bellhop::rules
