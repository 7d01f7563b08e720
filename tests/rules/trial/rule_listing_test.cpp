#include "rules/trial/rule_listing.hpp"

#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

const std::string own =
    "[words]\nmis = [\"sims\", \"arbor\"]\n[weighing]\npriorities = [\"P1\", \"P2\", \"P3\", "
    "\"P4\"]\n"
    "[[evidence]]\nname = \"MIS\"\nwords = \"@mis\"\npoints = { P1 = 0.5, safeguarding = -2 }\n"
    "[[rule]]\nname = \"MIS\"\nwhen.text = \"@mis\"\nthen.team = \"MIS\"\n";

RuleListing listing(const std::string& text) {
    return listing_of(rules_of(text).book());
}

TEST(RuleListing, ListsWhatTheRulesHave) {
    EXPECT_EQ(listing(own), (RuleListing{{"evidence MIS", "P1 0.5, safeguarding -2\n@mis\n"},
                                         {"list mis", "sims\narbor\n"},
                                         {"rule MIS",
                                          "unless arrival is not \"new\"\nunless none of \"@mis\" "
                                          "in subject or body\nteam MIS\n"},
                                         {"setting doubt", "1\n"},
                                         {"setting readiness", "1\n"},
                                         {"setting safeguarding_from", "1\n"},
                                         {"table", "none\n"}}));
}

TEST(RuleListing, TellsWhatDiffers) {
    std::string other = own;
    other.replace(other.find("\"arbor\""), 7, "\"juniper\"");
    other.replace(other.find("P1 = 0.5"), 8, "P1 = 1.5");
    other.replace(other.find("name = \"MIS\"\nwhen"), 12, "name = \"all MIS\"");
    EXPECT_EQ(differences(listing(own), listing(other)),
              (std::vector<std::string>{
                  "~ evidence MIS: - P1 0.5, safeguarding -2; + P1 1.5, safeguarding -2",
                  "~ list mis: - arbor; + juniper", "- rule MIS", "+ rule all MIS"}));
    EXPECT_EQ(differences(listing(own), listing(own)), std::vector<std::string>{});
}

}  // namespace
}  // namespace bellhop::rules
