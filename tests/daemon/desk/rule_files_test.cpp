#include "daemon/desk/rule_files.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

class RuleFiles : public testing::Test {
protected:
    auto load(rules::Vocabulary vocabulary = {}) const {
        return load_rule_files(folder_.path() / "rules.toml", folder_.path() / "people.toml",
                               std::move(vocabulary));
    }
    std::string complaint(rules::Vocabulary vocabulary = {}) const {
        const auto loaded = load(std::move(vocabulary));
        return loaded.has_error() ? loaded.error().front().message : "none";
    }

    ConfigFolder folder_;
    const std::string basics_ = "priorities = [\"P1\", \"P2\"]\n[default]\npriority = \"P2\"\n";
};

TEST_F(RuleFiles, GiveEachTicketTheDefaultWhereThereAreNone) {
    const auto loaded = load({.priorities = {"P1", "P2", "P3"}});
    ASSERT_TRUE(loaded.has_value());
    EXPECT_EQ(loaded->rule_set().evaluate({}).outcome.priority, "P3");
    EXPECT_EQ(loaded->known_people(), nullptr);
    EXPECT_TRUE(loaded->files.empty());
    EXPECT_EQ(no_rules({}, "normal").evaluate({}).outcome.priority, "normal");
}

TEST_F(RuleFiles, AreReadWithThePeopleThatTheyName) {
    folder_.write("people.toml",
                  "[[school]]\nname = \"Hill\"\ndomains = [\"hill.example\"]\n"
                  "plan = \"gold\"\n[[team]]\nname = \"MIS\"\naddress = "
                  "\"mis@desk.example\"\n");
    folder_.write("rules.toml", basics_ +
                                    "[[rule]]\nname = \"a\"\nwhen.school = \"Hill\"\n"
                                    "then.team = \"MIS\"\n");
    const auto loaded = load();
    ASSERT_TRUE(loaded.has_value()) << complaint();
    ASSERT_NE(loaded->known_people(), nullptr);
    EXPECT_EQ(loaded->vocabulary.teams, (std::vector<std::string>{"MIS"}));
    EXPECT_EQ(loaded->vocabulary.schools, (std::vector<std::string>{"Hill"}));
    EXPECT_EQ(loaded->vocabulary.plans, (std::vector<std::string>{"gold"}));
    EXPECT_EQ(loaded->files.size(), 1U);
}

TEST_F(RuleFiles, AreLeftAloneWhereNobodyAsksForThem) {
    folder_.write("people.toml", "[[team]]\nname = \"MIS\"\naddress = \"mis@desk.example\"\n");
    folder_.write("rules.toml", "no rules at all");
    const auto loaded =
        load_rule_files(folder_.path() / "rules.toml", folder_.path() / "people.toml", {}, "P3",
                        RulesFile::left_out);
    ASSERT_TRUE(loaded.has_value());
    EXPECT_NE(loaded->known_people(), nullptr);
    EXPECT_FALSE(loaded->loaded.has_value());
    EXPECT_DEATH(loaded->rule_set(), "loaded.has_value");
}

TEST_F(RuleFiles, AreRefusedAllAtOnce) {
    folder_.write("people.toml", "[[school]]\n");
    folder_.write("rules.toml", basics_ + "[[rule]]\nname = \"a\"\n");
    const auto loaded = load();
    ASSERT_TRUE(loaded.has_error());
    bool of_people = false;
    bool of_rules = false;
    for (const parsers::Diagnostic& each : loaded.error()) {
        of_people = of_people || each.where.file.ends_with("people.toml");
        of_rules = of_rules || each.where.file.ends_with("rules.toml");
    }
    EXPECT_TRUE(of_people);
    EXPECT_TRUE(of_rules);
}

TEST_F(RuleFiles, AreRefusedForPeopleAloneToo) {
    folder_.write("people.toml", "[[school]]\n");
    EXPECT_TRUE(load().has_error());
}

TEST_F(RuleFiles, AreTriedWithTheirOwnTests) {
    folder_.write("rules.toml",
                  basics_ +
                      "[[test]]\nname = \"right\"\nsubject = \"x\"\nexpect.priority = \"P2\"\n"
                      "[[test]]\nname = \"wrong\"\nsubject = \"x\"\nexpect.priority = \"P1\"\n");
    const auto loaded = load();
    ASSERT_TRUE(loaded.has_value()) << complaint();
    const auto failed = failed_tests(*loaded);
    ASSERT_EQ(failed.size(), 1U);
    EXPECT_EQ(failed[0].message, "test \"wrong\" fails");
}

}  // namespace
}  // namespace bellhop::daemon
