// What the reader of actions complains of, word by word.
#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

/// A whole rule with one line more in it: line 9 of the file.
std::string said_of_rule(const std::string& line) {
    return complaints_of(basics + "\n[[rule]]\nname = \"r\"\nwhen.group = \"staff\"\n" + line +
                         "\nthen.stop = true\n");
}

TEST(ActionReader, RefusesTwoPrioritiesInOneRule) {
    EXPECT_EQ(said_of_rule("then.priority = \"P1\"\nthen.lower_to = \"P2\""),
              "rules.toml:10:6: error: \"priority\" and \"lower_to\" in one rule\n"
              "   10 | then.lower_to = \"P2\"\n"
              "      |      ^~~~~~~~\n"
              "      = write two rules if both are meant; they apply in their order\n");
    EXPECT_EQ(said_of_rule("then.priority = \"P1\"\nthen.raise_by = 1"),
              "rules.toml:10:6: error: \"priority\" and \"raise_by\" in one rule\n"
              "   10 | then.raise_by = 1\n"
              "      |      ^~~~~~~~\n"
              "      = write two rules if both are meant; they apply in their order\n");
    EXPECT_EQ(said_of_rule("then.priority = \"P1\"\nthen.lower_by = 1"),
              "rules.toml:10:6: error: \"priority\" and \"lower_by\" in one rule\n"
              "   10 | then.lower_by = 1\n"
              "      |      ^~~~~~~~\n"
              "      = write two rules if both are meant; they apply in their order\n");
    EXPECT_EQ(said_of_rule("then.raise_by = 1\nthen.lower_by = 1"),
              "rules.toml:10:6: error: \"raise_by\" and \"lower_by\" in one rule\n"
              "   10 | then.lower_by = 1\n"
              "      |      ^~~~~~~~\n"
              "      = write two rules if both are meant; they apply in their order\n");
}

TEST(ActionReader, KnowsItsPrioritiesUnderEveryKey) {
    EXPECT_EQ(said_of_rule("then.raise_to = \"P5\""),
              "rules.toml:9:17: error: unknown priority \"P5\"\n"
              "    9 | then.raise_to = \"P5\"\n"
              "      |                 ^~~~\n"
              "      = expected one of: P1, P2, P3, P4\n");
    EXPECT_EQ(said_of_rule("then.lower_to = \"P5\""),
              "rules.toml:9:17: error: unknown priority \"P5\"\n"
              "    9 | then.lower_to = \"P5\"\n"
              "      |                 ^~~~\n"
              "      = expected one of: P1, P2, P3, P4\n");
}

TEST(ActionReader, ReadsFormsThatNameWhoAsks) {
    EXPECT_EQ(said_of_rule("then.requester_from = [\"Email: *\", \"reply-to\"]"), "");
    EXPECT_EQ(said_of_rule("then.requester_from = \"Email:\""),
              "rules.toml:9:23: error: no form in which a mail names who asks: \"*\" must stand once "
              "in it, for the address or the name\n"
              "    9 | then.requester_from = \"Email:\"\n"
              "      |                       ^~~~~~~~\n"
              "      = write it as the mail does, \"Email: *\", or \"reply-to\"\n");
    EXPECT_EQ(said_of_rule("then.requester_from = \"*\""),
              "rules.toml:9:23: error: no form in which a mail names who asks: something must stand "
              "before \"*\"\n"
              "    9 | then.requester_from = \"*\"\n"
              "      |                       ^~~\n"
              "      = write it as the mail does, \"Email: *\", or \"reply-to\"\n");
}

TEST(ActionReader, BoundsItsSteps) {
    EXPECT_EQ(said_of_rule("then.raise_by = 0"),
              "rules.toml:9:17: error: \"raise_by\" is out of range: 0\n"
              "    9 | then.raise_by = 0\n"
              "      |                 ^\n"
              "      = expected 1 to 20\n");
    EXPECT_EQ(said_of_rule("then.lower_by = 21"),
              "rules.toml:9:17: error: \"lower_by\" is out of range: 21\n"
              "    9 | then.lower_by = 21\n"
              "      |                 ^~\n"
              "      = expected 1 to 20\n");
}

TEST(ActionReader, WantsATicketOrTheFirstOfASurgeAsParent) {
    EXPECT_EQ(said_of_rule("then.parent = \"frist\""),
              "rules.toml:9:15: error: unknown parent \"frist\"\n"
              "    9 | then.parent = \"frist\"\n"
              "      |               ^~~~~~~\n"
              "      = expected one of: first\n"
              "      = did you mean \"first\"?\n");
    EXPECT_EQ(said_of_rule("then.parent = 0"),
              "rules.toml:9:15: error: \"parent\" is out of range: 0\n"
              "    9 | then.parent = 0\n"
              "      |               ^\n"
              "      = expected 1 to 1000000000\n");
}

TEST(ActionReader, WantsTrueOrFalse) {
    EXPECT_EQ(said_of_rule("then.hold = 3"),
              "rules.toml:9:13: error: \"hold\" must be true or false, not a whole number\n"
              "    9 | then.hold = 3\n"
              "      |             ^\n"
              "      = for example: hold = true\n");
    EXPECT_EQ(said_of_rule("then.ignore = \"yes\""),
              "rules.toml:9:15: error: \"ignore\" must be true or false, not \"yes\"\n"
              "    9 | then.ignore = \"yes\"\n"
              "      |               ^~~~~\n"
              "      = for example: ignore = true\n");
    EXPECT_EQ(said_of_rule("then.quarantine = \"yes\""),
              "rules.toml:9:19: error: \"quarantine\" must be true or false, not \"yes\"\n"
              "    9 | then.quarantine = \"yes\"\n"
              "      |                   ^~~~~\n"
              "      = for example: quarantine = true\n");
    EXPECT_EQ(said_of_rule("then.accept = 1"),
              "rules.toml:9:15: error: \"accept\" must be true or false, not a whole number\n"
              "    9 | then.accept = 1\n"
              "      |               ^\n"
              "      = for example: accept = true\n");
    EXPECT_EQ(said_of_rule("then.restricted = 1"),
              "rules.toml:9:19: error: \"restricted\" must be true or false, not a whole number\n"
              "    9 | then.restricted = 1\n"
              "      |                   ^\n"
              "      = for example: restricted = true\n");
}

TEST(ActionReader, HandlesAMailInOneWay) {
    EXPECT_EQ(said_of_rule("then.quarantine = true\nthen.accept = true"),
              "rules.toml:10:6: error: \"quarantine\" and \"accept\" in one rule\n"
              "   10 | then.accept = true\n"
              "      |      ^~~~~~\n"
              "      = a mail is held, ignored or put into quarantine: only one of them\n");
    EXPECT_EQ(said_of_rule("then.hold = \"head\"\nthen.quarantine = true"),
              "rules.toml:10:6: error: \"hold\" and \"quarantine\" in one rule\n"
              "   10 | then.quarantine = true\n"
              "      |      ^~~~~~~~~~\n"
              "      = a mail is held, ignored or put into quarantine: only one of them\n");
}

TEST(ActionReader, WantsTexts) {
    EXPECT_EQ(said_of_rule("then.tags = 3"),
              "rules.toml:9:13: error: \"tags\" must be a text, not a whole number\n"
              "    9 | then.tags = 3\n"
              "      |             ^\n"
              "      = for example: tags = \"3\"\n");
    EXPECT_EQ(said_of_rule("then.notify = [1]"),
              "rules.toml:9:16: error: \"notify\" must be a text, not a whole number\n"
              "    9 | then.notify = [1]\n"
              "      |                ^\n"
              "      = for example: notify = \"1\"\n");
    EXPECT_EQ(said_of_rule("then.team = true"),
              "rules.toml:9:13: error: \"team\" must be a text, not true or false\n"
              "    9 | then.team = true\n"
              "      |             ^~~~\n"
              "      = for example: team = \"true\"\n");
    EXPECT_EQ(said_of_rule("then.note = 1"),
              "rules.toml:9:13: error: \"note\" must be a text, not a whole number\n"
              "    9 | then.note = 1\n"
              "      |             ^\n"
              "      = for example: note = \"1\"\n");
}

}  // namespace
}  // namespace bellhop::rules
