// How the words of a command line reach a command, and what is said of wrong ones.
#include "daemon/commands/command_line.hpp"

#include <functional>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sysexits.h>

namespace bellhop::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A program with one command of a group, which notes what it is given.
class CommandLine : public ::testing::Test {
protected:
    Command lend_command() {
        Command lend{"lend", "lend a thing", "Example: shop tool lend saw"};
        lend.options = {values("THING", "what").required(),
                        value("--to", "whom").among({"ann", "bob"}),
                        value("--why", "a reason").by_default("work"),
                        values("--with", "further things"),
                        whole_number("--days", "for how long", {1, 14}).by_default("7"),
                        flag("--urgent", "at once")};
        lend.run = [this](const Arguments& given, Invocation& invocation) {
            given_ = given;
            invocation_ = invocation;
            if (act_) act_(invocation);
        };
        return lend;
    }

    int run_words(const std::vector<std::string>& words) {
        Command tool{"tool", "things to lend"};
        tool.commands = {lend_command()};
        out_.str({});
        complaints_.str({});
        return run({"shop", "a shop", "shop 3", "/etc/shop", {tool}}, words, out_, complaints_);
    }

    Arguments given_ = {};
    Invocation invocation_ = {};
    std::function<void(Invocation&)> act_ = {};
    std::ostringstream out_ = {};
    std::ostringstream complaints_ = {};
};

TEST_F(CommandLine, GivesWhatWasTypedAndTheDefaults) {
    EXPECT_EQ(run_words({"tool", "lend", "saw", "--to", "bob", "drill"}), EX_OK);
    EXPECT_THAT(given_.texts("THING"), ElementsAre("saw", "drill"));
    EXPECT_EQ(given_.text("--to"), "bob");
    EXPECT_EQ(given_.text("--why"), "work");
    EXPECT_EQ(given_.number("--days"), 7);
    EXPECT_FALSE(given_.has("--urgent"));
    EXPECT_THAT(given_.texts("--with"), IsEmpty());
    EXPECT_EQ(invocation_.config_folder, "/etc/shop");
    EXPECT_FALSE(invocation_.json);
}

TEST_F(CommandLine, TakesTextsAsTheyAreTyped) {
    for (const std::string text : {"[a,b]", "{}", "a,b", "a=b", "", " ", "\"", "true", "ä", "-"}) {
        ASSERT_EQ(run_words({"tool", "lend", "saw", "--why", text}), EX_OK) << text;
        EXPECT_EQ(given_.text("--why"), text);
        if (text.empty()) continue;  // "--with=" waits for its value in the next word
        ASSERT_EQ(run_words({"tool", "lend", "saw", "--with=" + text, "--with", "x"}), EX_OK);
        EXPECT_THAT(given_.texts("--with"), ElementsAre(text, "x"));
    }
}

TEST_F(CommandLine, AnOptionTakesNoMoreWordsThanOne) {
    EXPECT_EQ(run_words({"tool", "lend", "--with", "rope", "saw", "drill"}), EX_OK);
    EXPECT_THAT(given_.texts("--with"), ElementsAre("rope"));
    EXPECT_THAT(given_.texts("THING"), ElementsAre("saw", "drill"));
}

TEST_F(CommandLine, TakesTheGeneralOptionsAnywhere) {
    const std::vector<std::vector<std::string>> lines{
        {"--json", "--config", "/tmp/x", "tool", "lend", "saw"},
        {"tool", "--json", "--config", "/tmp/x", "lend", "saw"},
        {"tool", "lend", "saw", "--config", "/tmp/x", "--json"}};
    for (const auto& words : lines) {
        EXPECT_EQ(run_words(words), EX_OK);
        EXPECT_EQ(invocation_.config_folder, "/tmp/x");
        EXPECT_TRUE(invocation_.json);
    }
}

TEST_F(CommandLine, RefusesWrongWords) {
    struct Case {
        std::vector<std::string> words;
        std::string complaint;
    };
    const std::vector<Case> cases{
        {{}, "A subcommand is required"},
        {{"tool"}, "A subcommand is required"},
        {{"tools"}, "A subcommand is required"},
        {{"tool", "lend"}, "THING is required"},
        {{"tool", "lend", "saw", "--to", "eve"}, "--to: eve not in {ann,bob}"},
        {{"tool", "lend", "saw", "--to"}, "--to"},
        {{"tool", "lend", "saw", "--days", "0"}, "\"0\" is not a whole number from 1 to 14"},
        {{"tool", "lend", "saw", "--days", "15"}, "\"15\" is not a whole number from 1 to 14"},
        {{"tool", "lend", "saw", "--days", "2.5"}, "\"2.5\" is not a whole number"},
        {{"tool", "lend", "saw", "--days", "99999999999999999999"}, "is not a whole number"},
        {{"tool", "lend", "saw", "--days", ""}, "--days"},
        {{"tool", "lend", "saw", "--colour", "red"}, "--colour"}};
    for (const Case& one : cases) {
        EXPECT_EQ(run_words(one.words), EX_USAGE) << one.complaint;
        EXPECT_THAT(complaints_.str(), HasSubstr(one.complaint));
        EXPECT_THAT(out_.str(), IsEmpty());
    }
}

TEST_F(CommandLine, AnswersQuestionsOnTheOutput) {
    EXPECT_EQ(run_words({"--version"}), EX_OK);
    EXPECT_EQ(out_.str(), "shop 3\n");
    EXPECT_EQ(run_words({"tool", "lend", "--help"}), EX_OK);
    EXPECT_THAT(out_.str(), HasSubstr("Usage: shop tool lend [OPTIONS] THING..."));
    EXPECT_THAT(complaints_.str(), IsEmpty());
}

TEST_F(CommandLine, EndsWithTheStatusOfTheCommand) {
    act_ = [](Invocation& invocation) { invocation.exit_status = 1; };
    EXPECT_EQ(run_words({"tool", "lend", "saw"}), 1);
    act_ = [](Invocation&) { throw CommandFailure(EX_CONFIG, "shop: no saw\n"); };
    EXPECT_EQ(run_words({"tool", "lend", "saw"}), EX_CONFIG);
    EXPECT_EQ(complaints_.str(), "shop: no saw\n");
    act_ = [](Invocation&) { throw std::runtime_error("the shop burns"); };
    EXPECT_EQ(run_words({"tool", "lend", "saw"}), EX_SOFTWARE);
    EXPECT_EQ(complaints_.str(), "bellhop: the shop burns\n");
}

/// Every command of the program: what a declaration must have to be of use.
void visit(const Command& command, const std::function<void(const Command&)>& look) {
    look(command);
    for (const Command& one : command.commands) visit(one, look);
}

TEST(AllCommands, RunOrHaveCommandsAndSayWhatTheyDo) {
    for (const Command& top : all_commands()) {
        visit(top, [](const Command& command) {
            EXPECT_FALSE(command.what.empty()) << command.name;
            EXPECT_NE(command.commands.empty(), command.run == nullptr) << command.name;
            std::set<std::string> names;
            for (const Option& option : command.options) {
                EXPECT_TRUE(names.insert(option.name).second) << command.name << option.name;
                EXPECT_FALSE(option.what.empty()) << command.name << option.name;
            }
        });
    }
}

}  // namespace
}  // namespace bellhop::daemon
