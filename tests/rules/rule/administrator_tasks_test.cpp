// What an administrator wants of the shipped rules, in at most four lines of his own file. Beside
// the provider's rules, as `bellhop init --preset provider` gives them.
#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "rules/rule/rule_file.hpp"

namespace bellhop::rules {
namespace {

const std::string folder = BELLHOP_SOURCE_DIR "/docs/examples/provider/";

const std::string own_tests = ", \"tests.toml\"";

std::optional<std::string> read_file(const std::string& name) {
    std::ifstream in{name, std::ios::binary};
    if (!in) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

struct Task {
    const char* name;
    const char* below;  ///< the line of the shipped file below which his own stand; empty: its end
    const char* lines;
    const char* mails;  ///< [[test]] tables: what is to become of them then
};

const Task tasks[] = {
    {"a new product", "",
     "[words.mis]\n"
     "add = [\"juniper\"]\n"
     "[words.bromcom]\n"
     "add = [\"juniper\"]\n",
     "[[test]]\nsubject = \"Juniper\"\nbody = \"Where do I find the timetable in Juniper?\"\n"
     "expect.team = \"MIS\"\n"},
    {"a product with a team of its own", "",
     "[[rule]]\n"
     "name = \"Juniper\"\n"
     "when.text = \"juniper\"\n"
     "then = { team = \"partners\", category = \"Juniper\" }\n",
     "[[test]]\nsubject = \"Juniper\"\nexpect.team = \"partners\"\nexpect.category = "
     "\"Juniper\"\n"},
    {"a word that must not raise", "",
     "[[evidence]]\n"
     "name = \"the play that we rehearse\"\n"
     "words = \"hamlet\"\n"
     "points = { P1 = -4, P2 = -4 }\n",
     "[[test]]\nsubject = \"Hamlet tonight\"\n"
     "body = \"The stage computer for Hamlet is dead and the performance begins in an hour.\"\n"
     "expect.priority = \"P3\"\n"},
    {"a word that weighs more", "",
     "[[evidence]]\n"
     "name = \"the tannoy\"\n"
     "words = \"tannoy\"\n"
     "points = { P1 = 6 }\n",
     "[[test]]\nsubject = \"Tannoy\"\nbody = \"The tannoy crackles.\"\nexpect.priority = \"P1\"\n"},
    {"a school with its own habit", "",
     "[[evidence]]\n"
     "name = \"Hill rings wolf\"\n"
     "when.school = \"Hill Primary\"\n"
     "points = { P3 = 4 }\n",
     "[[test]]\nfrom = \"teacher@hill.example.org\"\nsubject = \"Stage\"\n"
     "body = \"The stage computer is dead and the performance begins in an hour.\"\n"
     "expect.priority = \"P3\"\n"},
    {"a team's topics", "",
     "[[rule]]\n"
     "name = \"doors\"\n"
     "when.text = \"door|doors|fob|fobs\"\n"
     "then.team = \"technical\"\n",
     "[[test]]\nsubject = \"My fob\"\nbody = \"My fob does not open the side door.\"\n"
     "expect.team = \"technical\"\n"},
    {"never wake me for this sender", "",
     "[[rule]]\n"
     "name = \"the copier firm\"\n"
     "when.from = \"alerts@copiers.example\"\n"
     "then.lower_to = \"P4\"\n",
     "[[test]]\nfrom = \"alerts@copiers.example\"\nsubject = \"CRITICAL: device down\"\n"
     "body = \"Status: DOWN. The main site copier is offline.\"\nexpect.priority = \"P4\"\n"},
    {"say P1 more readily", "[weighing]", "readiness = 3\n",
     "[[test]]\nfrom = \"office@hill.example.org\"\nsubject = \"Wifi\"\n"
     "body = \"The wifi is down in two classrooms and the office.\"\nexpect.priority = \"P1\"\n"},
    {"a rule that is not wanted here", "",
     "[[rule]]\n"
     "name = \"a machine says that a whole site is cut off\"\n"
     "disabled = true\n",
     "[[test]]\nfrom = \"monitoring@desk.example.org\"\nsubject = \"PROBLEM: Hill core switch "
     "down\"\n"
     "body = \"Host: core switch\\nState: DOWN\"\nkind = \"automatic\"\n"
     "expect.not_rules = [\"an alarm of a whole site\"]\n"},
    {"an address that is read by a team of its own", "",
     "[[rule]]\n"
     "name = \"exams\"\n"
     "when.to = \"exams@desk.example.org\"\n"
     "then = { team = \"MIS\", raise_to = \"P2\", tags = [\"exams\"] }\n",
     "[[test]]\nto = \"exams@desk.example.org\"\nsubject = \"Entries\"\nexpect.team = \"MIS\"\n"
     "expect.priority = \"P2\"\nexpect.tags = [\"exams\"]\n"},
};

class AdministratorTask : public testing::TestWithParam<Task> {
protected:
    /// How many of the task's mails do not become what is wanted, with `lines` in his file.
    std::size_t misses(std::string_view lines) const {
        std::string text = read_file(folder + "rules.toml").value();
        const std::string_view below = GetParam().below;
        const std::size_t at = below.empty() ? text.size() : text.find(below) + below.size() + 1;
        text.insert(at, lines);
        text += GetParam().mails;
        // The mails of the example desk say what it wants, which is not what he wants.
        text.erase(text.find(own_tests), own_tests.size());
        const auto own_file = [&](const std::string& name) {
            return name == folder + "rules.toml" ? text : read_file(name);
        };
        const auto loaded = load_rules(folder + "rules.toml", own_file, {});
        if (loaded.has_error()) {
            for (const auto& each : loaded.error()) ADD_FAILURE() << parsers::render(each, text);
            return 0;
        }
        const auto people = load_people("people.toml", read_file(folder + "people.toml").value());
        std::size_t missed = 0;
        for (const TestFailure& failure : run_tests(loaded->rules, loaded->tests, &*people)) {
            ++missed;
            for (const std::string& line : failure.lines)
                last_ += failure.name + ": " + line + '\n';
        }
        return missed;
    }

    mutable std::string last_ = {};
};

TEST_P(AdministratorTask, TakesFourLinesAtMost) {
    const std::string_view lines = GetParam().lines;
    EXPECT_LE(std::count(lines.begin(), lines.end(), '\n'), 4);
    EXPECT_EQ(misses(lines), 0U) << last_;
}

TEST_P(AdministratorTask, IsNotSolvedWithoutThem) {
    EXPECT_EQ(misses(""), 1U);
}

INSTANTIATE_TEST_SUITE_P(OfTen, AdministratorTask, testing::ValuesIn(tasks), [](const auto& one) {
    std::string name = one.param.name;
    std::erase_if(name, [](unsigned char c) { return std::isalnum(c) == 0; });
    return name;
});

}  // namespace
}  // namespace bellhop::rules
