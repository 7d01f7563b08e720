#include "rules/learn/learnt_file.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/config/config_file.hpp"
#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

struct Desk {
    Weighing weighing = {};
    Learnt learnt = {};
};

Desk desk() {
    Desk made;
    made.weighing.evidence.resize(2);
    made.weighing.evidence[0].where.file = "builtin:school";
    made.weighing.evidence[1].where.file = "rules.toml";
    made.learnt.beside = {{"builtin:words", nullptr}};
    made.learnt.start_alone = {0, -1.26, 0.04, 2, 0};
    made.learnt.evidence = {{"the \"bells\"", {1.25, 0, -0.5, 0, 0}}, {"own", {1, 0, 0, 0, 0}}};
    return made;
}

TEST(LearntFile, NamesTheTableAndPointsOfTheProgramsEvidence) {
    const Desk made = desk();
    const std::string text =
        learnt_rules(made.learnt, made.weighing, "v7", "learned.points", EvidencePoints::refit);
    EXPECT_NE(text.find("[weighing]\ntable = [\"builtin:words\", \"learned.points\"]\nstart = { "
                        "high = -1.3, low = 2 }\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("points = { major = 1.3, medium = -0.5 }\n"), std::string::npos) << text;
    // That of the desk's own file stands there.
    EXPECT_EQ(text.find("own"), std::string::npos) << text;
}

TEST(LearntFile, SaysNothingOfEvidenceThatIsKept) {
    const Desk made = desk();
    const std::string text =
        learnt_rules(made.learnt, made.weighing, "v7", "learned.points", EvidencePoints::keep);
    EXPECT_EQ(text.find("[[evidence]]"), std::string::npos) << text;
    EXPECT_EQ(text.find("start"), std::string::npos) << text;
}

TEST(LearntFile, CanBeRead) {
    const Desk made = desk();
    const std::string text =
        learnt_rules(made.learnt, made.weighing, "v7", "learned.points", EvidencePoints::refit);
    const auto file = parsers::ConfigFile::parse("learned.toml", text);
    EXPECT_TRUE(file.has_value()) << text;
}

}  // namespace
}  // namespace bellhop::rules
