// The shipped example rules read mails as a person would.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "rules/learn/learning.hpp"
#include "rules/learn/lesson.hpp"
#include "rules/lint/rule_lint.hpp"
#include "rules/rule/rule_file.hpp"

namespace bellhop::rules {
namespace {

std::optional<std::string> read_file(const std::string& name) {
    std::ifstream in{name, std::ios::binary};
    if (!in) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

/// Who writes, by role: the address that the example desk knows.
std::string address_of(const std::string& role, const std::string& desk) {
    static const std::map<std::string, std::string> schools{
        {"teacher", "teacher@hill.example.org"},
        {"office", "office@hill.example.org"},
        {"head", "head@hill.example.org"},
        {"business", "business@dale.example.org"},
        {"pupil", "20jsmith@hill.example.org"},
        {"parent", "kim@families.example.org"},
        {"monitoring", "monitoring@desk.example.org"},
        {"technician", "tom@desk.example.org"},
        {"stranger", "someone@elsewhere.example.com"}};
    static const std::map<std::string, std::string> one_school{
        {"business", "business@hill.example.org"},
        {"parent", "kim@families.hill.example.org"},
        {"monitoring", "monitoring@hill.example.org"},
        {"technician", "it@hill.example.org"}};
    static const std::map<std::string, std::string> district{
        {"teacher", "teacher@lincoln.district.example.org"},
        {"office", "office@lincoln.district.example.org"},
        {"head", "principal@lincoln.district.example.org"},
        {"business", "staff@central.district.example.org"},
        {"pupil", "jdoe@students.district.example.org"},
        {"monitoring", "monitoring@district.example.org"},
        {"technician", "tina@district.example.org"}};
    const auto& own = desk == "school" ? one_school : district;
    const bool has_own = desk == "school" || desk == "district";
    if (has_own && own.contains(role)) return own.at(role);
    return schools.contains(role) ? schools.at(role) : role;
}

/// A mail of all desks as a test of one: empty where nothing is expected of that desk.
std::string test_of(const std::string& mail, const std::string& desk) {
    static const std::string from = "from = \"";
    std::istringstream lines{mail};
    std::string made;
    std::string expected;
    for (std::string line; std::getline(lines, line);) {
        const std::string owner = line.substr(0, line.find('.'));
        const bool is_expected = owner == desk || owner == "all";
        const bool is_others =
            owner == "school" || owner == "provider" || owner == "district" || owner == "tiered";
        if (line.starts_with(from)) {
            const std::string role = line.substr(from.size(), line.size() - from.size() - 1);
            made += from + address_of(role, desk) + "\"\n";
        } else if (is_expected) {
            expected += "expect" + line.substr(owner.size()) + '\n';
        } else if (!is_others) {
            made += line + '\n';
        }
    }
    return expected.empty() ? "" : made + expected;
}

/// The mails of `file` of which something is expected of the desk, as its tests.
std::string tests_of(const std::string& file, const std::string& desk) {
    static const std::string begin = "[[test]]\n";
    const std::string all = read_file(file).value();
    std::string made;
    for (std::size_t at = all.find(begin); at != std::string::npos;) {
        const std::size_t next = all.find(begin, at + 1);
        made += test_of(all.substr(at, next - at), desk);
        at = next;
    }
    return made;
}

/// One example folder, read once: the words take a while.
struct Desk {
    People people = {};
    std::optional<LoadedRules> rules = {};
    std::string complaints = {};
};

Desk read_desk(const std::string& name) {
    const std::string folder = BELLHOP_SOURCE_DIR "/docs/examples/" + name;
    Desk desk;
    auto people = load_people(folder + "/people.toml", read_file(folder + "/people.toml").value());
    if (people.has_error()) {
        desk.complaints = parsers::render(people.error().front(), "");
        return desk;
    }
    desk.people = std::move(*people);
    auto loaded = load_rules(folder + "/rules.toml", read_file, {});
    if (loaded.has_value()) desk.rules.emplace(std::move(*loaded));
    if (loaded.has_error()) {
        for (const parsers::Diagnostic& each : loaded.error())
            desk.complaints += parsers::render(each, read_file(each.where.file).value_or(""));
    }
    return desk;
}

const Desk& desk_named(const std::string& name) {
    static std::map<std::string, Desk> desks;
    if (!desks.contains(name)) desks.emplace(name, read_desk(name));
    return desks.at(name);
}

class ShippedRules : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override { ASSERT_TRUE(rules.has_value()) << desk_named(GetParam()).complaints; }

    std::string differences(const std::vector<RuleTest>& tests) const {
        std::string all;
        for (const TestFailure& failure : run_tests(rules->rules, tests, &people)) {
            all += std::to_string(failure.where.line) + ": " + failure.name;
            for (const std::string& line : failure.lines) all += "; " + line;
            all += '\n';
        }
        return all;
    }

    const People& people = desk_named(GetParam()).people;
    const std::optional<LoadedRules>& rules = desk_named(GetParam()).rules;
};

TEST_P(ShippedRules, PassTheirOwnTests) {
    EXPECT_FALSE(rules->tests.empty());
    EXPECT_EQ(differences(rules->tests), "");
}

/// Of mails that the shipped table has learnt, and of those that it has not: what it reads as a
/// person would who knows this desk. The floors lie a little below what was measured.
TEST_P(ShippedRules, ReadMostMailsAsAPersonWould) {
    struct Floor {
        const char* folder;
        std::size_t percent;
    };
    const std::map<std::string, std::vector<Floor>> floors{
        {"school", {{"learnt", 55}, {"kept", 55}}},
        {"provider", {{"learnt", 80}, {"kept", 70}}},
        {"district", {{"learnt", 55}, {"kept", 55}}},
        {"tiered", {{"learnt", 75}, {"kept", 70}}}};
    for (const Floor& floor : floors.at(GetParam())) {
        std::size_t mails = 0;
        std::size_t missed = 0;
        for (const auto& entry : std::filesystem::directory_iterator{
                 std::string{BELLHOP_TEST_DATA "/rules_mails/"} + floor.folder}) {
            const std::string file = entry.path().filename().string();
            if (!file.starts_with("desks_")) continue;
            const std::string text = tests_of(entry.path().string(), GetParam());
            const auto tests = load_tests(file, text, rules->rules.book());
            ASSERT_TRUE(tests.has_value()) << file << parsers::render(tests.error().front(), text);
            mails += tests->size();
            missed += run_tests(rules->rules, *tests, &people).size();
        }
        const std::size_t read = 100 * (mails - missed) / std::max<std::size_t>(mails, 1);
        std::cout << GetParam() << ", " << floor.folder << ": " << mails - missed << " of " << mails
                  << " mails\n";
        EXPECT_GE(mails, 40U);
        EXPECT_GE(read, floor.percent) << floor.folder;
    }
}

/// By an author who knew no rule, labelled twice, never learnt from: 122 of 150 when they were
/// first read. Always "P3" would be acceptable for 63 %.
TEST(ShippedRulesOfTheProvider, ReadStrangersMailsAsTwoPeopleWould) {
    const RuleSet& rules = desk_named("provider").rules->rules;
    const std::string file = "strangers_4.toml";
    const auto lessons =
        read_lessons(file, read_file(BELLHOP_TEST_DATA "/rules_mails/kept/" + file).value(),
                     rules.book(), {"expect"});
    ASSERT_TRUE(lessons.has_value());
    const Marks marks = marks_of(rules, *lessons);
    EXPECT_EQ(marks.mails, 150U);
    EXPECT_GE(marks.acceptable, 115U);
    EXPECT_LE(marks.gravest_missed, 4U);
    std::cout << marks.acceptable << " of " << marks.mails
              << "; the gravest right, false, missed: " << marks.gravest_right << ", "
              << marks.gravest_false << ", " << marks.gravest_missed
              << "; restricted: " << marks.restricted_right << ", " << marks.restricted_false
              << ", " << marks.restricted_missed << '\n';
}

TEST_P(ShippedRules, GiveLintNothingToComplainOf) {
    for (const parsers::Diagnostic& each : lint(rules->rules, rules->tests, &people, {}, {}))
        ADD_FAILURE() << parsers::render(each, read_file(each.where.file).value_or(""));
}

INSTANTIATE_TEST_SUITE_P(Desks,
                         ShippedRules,
                         testing::Values("school", "provider", "district", "tiered"),
                         [](const auto& desk) { return desk.param; });

}  // namespace
}  // namespace bellhop::rules
