// The products that the provider's desk looks after, each in everyday sentences; and the everyday
// things that bear a product's name.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include <gtest/gtest.h>

#include "rules/rule/rule_file.hpp"

namespace bellhop::rules {
namespace {

const std::string folder = BELLHOP_SOURCE_DIR "/docs/examples/";

std::optional<std::string> read_file(const std::string& name) {
    std::ifstream in{name, std::ios::binary};
    if (!in) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

const RuleSet& rules_of_desk(const std::string& desk) {
    static std::map<std::string, LoadedRules> known;
    const auto found = known.find(desk);
    if (found != known.end()) return found->second.rules;
    auto loaded = load_rules(folder + desk + "/rules.toml", read_file, {});
    return known.emplace(desk, std::move(*loaded)).first->second.rules;
}

Outcome outcome_of(const std::string& subject,
                   const std::string& body,
                   const std::string& desk = "provider") {
    MailFacts facts;
    facts.subject = subject;
    facts.body = body;
    return rules_of_desk(desk).evaluate(facts).outcome;
}

/// Whether somebody would be woken, or the people for children at risk told.
bool is_alarm(const Outcome& outcome, const std::string& desk) {
    return outcome.restricted ||
           outcome.priority == rules_of_desk(desk).book().weighing.priorities.front();
}

struct Product {
    const char* name;
    const char* team;
};

constexpr Product products[] = {{"SIMS", "MIS"},
                                {"SIMS.net", "MIS"},
                                {"Arbor", "MIS"},
                                {"Bromcom", "MIS"},
                                {"FMS6", "MIS"},
                                {"Tali", "MIS"},
                                {"Senso", "safeguarding"},
                                {"teamSOS", "safeguarding"},
                                {"MyConcern", "safeguarding"},
                                {"CPOMS", "safeguarding"},
                                {"InVentry", "safeguarding"},
                                {"LGfL", "technical"},
                                {"FileSafe", "technical"}};

constexpr const char* sentences[] = {
    "Where do I find the timetable in {}?",
    "Could you add Mrs Hale to {} from Monday please?",
    "{} asks me for a code that I do not have.",
    "I have had the {} training and would like to try it with my class.",
    "My colleague says that {} looks different on her laptop.",
    "The list that {} prints has the wrong heading.",
    "How do I get out of the last screen of {}?",
    "{} is a little slow on my laptop after lunch.",
    "Is there a short guide to {} that I can hand to a new starter?",
    "I pressed something in {} and now a column is missing."};

class ProductName : public testing::TestWithParam<Product> {};

TEST_P(ProductName, BringsEverydaySentencesToItsTeamAndHardlyAlarms) {
    int alarms = 0;
    for (std::string sentence : sentences) {
        sentence.replace(sentence.find("{}"), 2, GetParam().name);
        const Outcome outcome = outcome_of("A question", sentence);
        EXPECT_EQ(outcome.team, GetParam().team) << sentence;
        alarms += is_alarm(outcome, "provider") ? 1 : 0;
    }
    EXPECT_LE(alarms, std::string_view{GetParam().team} == "safeguarding" ? 2 : 1);
}

INSTANTIATE_TEST_SUITE_P(Shipped, ProductName, testing::ValuesIn(products), [](const auto& one) {
    std::string name = one.param.name;
    std::erase(name, '.');
    return name;
});

/// What the four example desks name in their rules, and what schools call by a name of its own.
constexpr const char* names[] = {"SIMS",
                                 "Arbor",
                                 "Bromcom",
                                 "MCAS",
                                 "ScholarPack",
                                 "Integris",
                                 "Pupil Asset",
                                 "PowerSchool",
                                 "Infinite Campus",
                                 "Skyward",
                                 "Synergy",
                                 "Aeries",
                                 "iTrent",
                                 "FMS6",
                                 "Tali",
                                 "Senso",
                                 "teamSOS",
                                 "MyConcern",
                                 "CPOMS",
                                 "InVentry",
                                 "EntrySign",
                                 "FileSafe",
                                 "LGfL",
                                 "Smoothwall",
                                 "Securly",
                                 "Lightspeed",
                                 "GoGuardian",
                                 "Impero",
                                 "NetSupport",
                                 "ParentPay",
                                 "ClassCharts",
                                 "Google Classroom",
                                 "Seesaw",
                                 "PaperCut",
                                 "Canvas",
                                 "Clever",
                                 "ClassDojo",
                                 "Tapestry",
                                 "Satchel One",
                                 "Teams"};

class EverydayName : public testing::TestWithParam<std::tuple<const char*, const char*>> {};

TEST_P(EverydayName, IsNoAlarmByItself) {
    const auto& [desk, name] = GetParam();
    std::string alarms;
    for (std::string sentence : sentences) {
        sentence.replace(sentence.find("{}"), 2, name);
        if (is_alarm(outcome_of("A question", sentence, desk), desk)) alarms += sentence + '\n';
    }
    EXPECT_LE(std::count(alarms.begin(), alarms.end(), '\n'), 2) << alarms;
}

INSTANTIATE_TEST_SUITE_P(
    OfFourDesks,
    EverydayName,
    testing::Combine(testing::Values("school", "provider", "district", "tiered"),
                     testing::ValuesIn(names)),
    [](const auto& one) {
        std::string name = std::string{std::get<0>(one.param)} + '_' + std::get<1>(one.param);
        std::erase(name, ' ');
        return name;
    });

TEST(ProductNames, AreNotMeantByEverythingOfThatName) {
    for (const char* sentence : {
             "The new SIM card for the head's phone has not arrived.",
             "Could we have two SIM cards for the trip phones?",
             "The sim tray of the tablet is stuck.",
             "Year 6 want to play The Sims 4 in computing club.",
             "We plant a tree for Arbor Day and need the hall projector.",
             "My fitness tracker's sim only contract ends.",
         }) {
        const Outcome outcome = outcome_of("A question", sentence);
        EXPECT_NE(outcome.team, "MIS") << sentence;
        EXPECT_NE(outcome.priority, "P1") << sentence;
    }
}

}  // namespace
}  // namespace bellhop::rules
