// What --help says of every command, as one text that people read. UPDATE_GOLDEN=1 writes it anew.
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include <gtest/gtest.h>

#include "daemon/commands/command_line.hpp"

namespace bellhop::daemon {
namespace {

constexpr const char* expected_file = BELLHOP_GOLDEN_HELP;

std::string help_of(const Program& program, std::vector<std::string> words) {
    std::string title = "$ bellhop";
    for (const std::string& word : words) title += " " + word;
    words.emplace_back("--help");
    std::ostringstream out;
    std::ostringstream complaints;
    EXPECT_EQ(run(program, words, out, complaints), 0) << title;
    EXPECT_EQ(complaints.str(), "");
    return title + " --help\n" + out.str() + "\n";
}

std::string help_of_all(const Program& program,
                        const std::vector<Command>& commands,
                        const std::vector<std::string>& before) {
    std::string text;
    for (const Command& command : commands) {
        std::vector<std::string> words = before;
        words.push_back(command.name);
        text += help_of(program, words) + help_of_all(program, command.commands, words);
    }
    return text;
}

TEST(Help, OfEveryCommandIsAsWritten) {
    const Program program{"bellhop", "bellhop - email-to-ticket gateway for school help desks",
                          "bellhop", "/etc/bellhop", all_commands()};
    const std::string found = help_of(program, {}) + help_of_all(program, program.commands, {});
    if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream{expected_file} << found;
    std::ifstream in{expected_file};
    const std::string expected{std::istreambuf_iterator<char>{in}, {}};
    EXPECT_EQ(found, expected) << "if it is meant so: UPDATE_GOLDEN=1 golden_tests";
}

}  // namespace
}  // namespace bellhop::daemon
