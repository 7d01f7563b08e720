#include "daemon/commands/command.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

TEST(CommandOptions, RefuseNumbersThatAreNone) {
    const Option limit = whole_number("--limit", "at most", {1, 100});
    for (const char* good : {"1", "42", "100"}) EXPECT_EQ(limit.complaint(good), "") << good;
    for (const char* bad : {"", "0", "101", "-1", "1.5", " 1", "1 ", "ten", "99999999999999999999"})
        EXPECT_NE(limit.complaint(bad), "") << bad;
}

TEST(CommandOptions, TakeTheNumberOfAMailAsAListShowsIt) {
    const Option number = mail_number("outbox list");
    EXPECT_TRUE(number.is_required);
    EXPECT_EQ(number.complaint("17"), "");
    EXPECT_EQ(number.complaint("no. 17"), "\"no. 17\" is not the number of a mail");
    EXPECT_EQ(number.complaint("0"), "\"0\" is not the number of a mail");
    EXPECT_EQ(mail_numbers("outbox list").takes, Option::Takes::several);
}

TEST(CommandArguments, TellWhatWasGiven) {
    const Arguments given{{{"--name", {"a", "b"}}, {"--limit", {"7"}}, {"--all", {}}}};
    EXPECT_TRUE(given.has("--name"));
    EXPECT_FALSE(given.has("--all"));
    EXPECT_EQ(given.text("--name"), "b");  // the last one counts
    EXPECT_EQ(given.text("--all"), "");
    EXPECT_EQ(given.number("--limit"), 7);
    EXPECT_EQ(given.numbers("--limit"), (std::vector<std::int64_t>{7}));
    EXPECT_TRUE(given.numbers("--all").empty());
}

TEST(CommandArgumentsDeathTest, DieOfAnOptionThatTheCommandDoesNotHave) {
    const Arguments given{{{"--name", {"a"}}}};
    EXPECT_DEATH(given.text("--nam"), "given_.end");
    EXPECT_DEATH(given.number("--name"), "has_value");
}

TEST(Commands, HaveNamesOfTheirOwnAndSayWhatTheyDo) {
    std::set<std::string> names;
    for (const Command& command : all_commands()) {
        EXPECT_TRUE(names.insert(command.name).second) << command.name;
        EXPECT_FALSE(command.what.empty()) << command.name;
        EXPECT_NE(command.commands.empty(), command.run == nullptr) << command.name;
        for (const Command& inner : command.commands) {
            EXPECT_FALSE(inner.what.empty()) << command.name << ' ' << inner.name;
            EXPECT_NE(inner.run, nullptr) << command.name << ' ' << inner.name;
        }
    }
}

}  // namespace
}  // namespace bellhop::daemon
