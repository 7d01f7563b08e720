// SIMS is no SIM card: what the lists of products find in everyday sentences, and what they leave.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

struct Sentences {
    const char* list;
    std::vector<const char*> found;
    std::vector<const char*> left;
};

class Products : public testing::TestWithParam<Sentences> {};

TEST_P(Products, AreFoundWhereTheyAreMeant) {
    const std::string text = "include = [\"builtin:products\"]\n" + basics +
                             "[[rule]]\nname = \"product\"\nwhen.text = \"@" + GetParam().list +
                             "\"\nthen.team = \"product\"\n";
    const RuleSet rules = std::move(loaded(text).rules);
    const auto team = [&](const char* body) {
        MailFacts facts;
        facts.body = body;
        return rules.evaluate(facts).outcome.team;
    };
    EXPECT_GE(GetParam().found.size() + GetParam().left.size(), 10U);
    for (const char* sentence : GetParam().found) EXPECT_EQ(team(sentence), "product") << sentence;
    for (const char* sentence : GetParam().left) EXPECT_EQ(team(sentence), "desk") << sentence;
}

INSTANTIATE_TEST_SUITE_P(
    Lists,
    Products,
    testing::Values(
        Sentences{"sims",
                  {"SIMS will not open on the office PC.", "Could you update SIMS.net for me?",
                   "Solus has stopped deploying.", "Registers in SIMS are blank.",
                   "My sims password has expired."},
                  {"The sims 4 game is on a pupil's iPad.", "We need ten sims cards for the trip.",
                   "The simulation in physics is slow.", "A similar thing happened in May.",
                   "Simon cannot print."}},
        Sentences{"sim-cards",
                  {"We need a new SIM card.", "The SIM only contract has ended.",
                   "Two sims for the trip phones, please.", "The dongle says no SIM.",
                   "Our 4G router wants another sim."},
                  {"SIMS will not open.", "The simulator froze.", "Simon's laptop is dead.",
                   "It is simply slow.", "Sims registers are empty."}},
        Sentences{"arbor",
                  {"Arbor is down.", "I cannot log in to Arbor.", "Arbor shows the wrong class.",
                   "The arbor report is empty.", "Who looks after Arbor now?"},
                  {"We plant trees for Arbor Day.", "She moved to Ann Arbor.",
                   "The harbour trip form is missing.", "Arboretum tickets did not print.",
                   "The labour club wants a room."}},
        Sentences{
            "bromcom",
            {"Bromcom is slow.", "MCAS will not accept my code.", "Nobody can get into Bromcom.",
             "The My Child At School app is blank.", "Please reset my Bromcom login."},
            {"The broom cupboard is locked.", "My child is at school today.",
             "The intercom is dead.", "dot com addresses bounce.", "Comics club wants an iPad."}},
        Sentences{"finance",
                  {"FMS6 gives an error.", "Tali does not post invoices.", "PS Financials is down.",
                   "Access Education Finance is slow.", "Fund Manager will not open."},
                  {"The finance office printer jams.", "Natalie needs a laptop.",
                   "The Italian club wants a room.", "A financial news site is blocked.",
                   "Can Talitha have an account?"}},
        Sentences{"safeguarding-software",
                  {"Senso is offline.", "MyConcern is down.", "teamSOS did not ring.",
                   "I cannot log in to CPOMS.", "Please add a user to MyConcern."},
                  {"My concern is the heating.", "The sensor in the hall blinks.",
                   "A team SOS song plays in assembly.", "That makes sense to me.",
                   "It is of no concern."}},
        Sentences{
            "visitors",
            {"InVentry prints no badges.", "The InVentry screen is black.", "EntrySign is frozen.",
             "The signing-in screen is stuck.", "Our visitor system is down."},
            {"The inventory list is wrong.", "We have visitors on Friday.",
             "Invent a new name, please.", "The entry door squeaks.", "Sign the form for me."}},
        Sentences{"lgfl",
                  {"LGfL is down.", "Which USO do I use?", "TrustNet has lost its line.",
                   "The London Grid line is slow.", "My USO password is wrong."},
                  {"I use a Mac.", "The golf club wants a page.", "London trip forms are due.",
                   "A grid of names does not print.", "The trust wants new laptops."}},
        Sentences{
            "backup",
            {"The backup failed.", "Please restore a deleted folder.", "FileSafe reports an error.",
             "Last night's back-up did not run.", "Can you recover my document?"},
            {"We are back up and running.", "A backup teacher needs a login.",
             "It works as a backup.", "Please back the van up.", "The rest is fine."}},
        Sentences{"dns",
                  {"Please add a TXT record.", "Our MX records are wrong.",
                   "The domain name needs renewal.", "DNS does not resolve.",
                   "Change the nameservers, please."},
                  {"The record of attendance is wrong.", "A text came in.",
                   "Our zone of the playground is wet.", "The main domino set is missing.",
                   "Please record the assembly."}},
        Sentences{
            "filtering",
            {"Please unblock this website.", "YouTube is blocked for staff.",
             "Could we have a filtering change?", "Whitelist this page for us.",
             "The web filter stops everything."},
            {"The coffee filter is gone.", "Block C has no heating.", "The toilet is blocked.",
             "I cannot filter my spreadsheet.", "A building block is broken."}}),
    [](const auto& each) {
        std::string name = each.param.list;
        std::replace(name.begin(), name.end(), '-', '_');
        return name;
    });

}  // namespace
}  // namespace bellhop::rules
