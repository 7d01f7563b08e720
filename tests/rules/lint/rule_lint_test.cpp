#include "rules/lint/rule_lint.hpp"

#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

/// The findings as the administrator sees them, but for those about missing tests.
std::string findings(const std::string& lines,
                     const Vocabulary& vocabulary = {},
                     bool untested = false,
                     const People* people = nullptr) {
    const std::string text = basics + "\n" + lines;
    const LoadedRules rules = loaded(text);
    std::string all;
    for (const parsers::Diagnostic& each :
         lint(rules.rules, rules.tests, people, vocabulary, 2027y / 1 / 1)) {
        if (!untested && each.message.rfind("no test mail", 0) == 0) continue;
        all += parsers::render(each, text);
    }
    return all.empty() ? "none" : all;
}

std::string rule(const std::string& name, const std::string& lines) {
    return "[[rule]]\nname = \"" + name + "\"\n" + lines + "\n";
}

TEST(RuleLint, IsContentWithGoodRules) {
    EXPECT_EQ(
        findings(
            rule("a", "when.text = \"internet\"\nthen.priority = \"P1\"") +
            rule("b", "when.text = \"printer\"\nthen.priority = \"P2\"") +
            rule("c", "when.text = \"internet\"\nwhen.group = \"pupil\"\nthen.priority = \"P4\"")),
        "none");
}

TEST(RuleLint, FindsRulesThatAreNeverReached) {
    EXPECT_EQ(
        findings(rule("invoices", "when.text = \"@net\"\nthen.stop = true") +
                 rule("refunds",
                      "when.text = [\"internet down\", \"wifi*\"]\nwhen.group = \"staff\"\n"
                      "then.priority = \"P2\"") +
                 "[words]\nnet = [\"internet\", \"wi*\"]\n"),
        "rules.toml:10:1: error: rule \"refunds\" can never act\n"
        "   10 | [[rule]]\n"
        "      | ^~~~~~~~\n"
        "      = rule \"invoices\" (line 6) matches every mail that this one does, and stops\n");
}

TEST(RuleLint, ToleratesWhatMayBeReached) {
    EXPECT_EQ(
        findings(rule("a", "when.text = \"internet\"\nunless.text = \"room\"\nthen.stop = true") +
                 rule("b", "when.text = \"internet down\"\nthen.priority = \"P2\"")),
        "none")
        << "with an exception";
    EXPECT_EQ(findings(rule("a", "when.text = \"internet down\"\nthen.stop = true") +
                       rule("b", "when.text = \"internet\"\nthen.priority = \"P2\"")),
              "none")
        << "wider than the first";
    EXPECT_EQ(findings(rule("a", "when.subject = \"internet\"\nthen.stop = true") +
                       rule("b", "when.text = \"internet\"\nthen.priority = \"P2\"")),
              "none")
        << "another text";
    EXPECT_EQ(findings(rule("a",
                            "when.text = { words = \"internet\", except = \"no internet\" "
                            "}\nthen.stop = true") +
                       rule("b", "when.text = \"internet\"\nthen.priority = \"P2\"")),
              "none")
        << "excepted phrases";
}

TEST(RuleLint, FindsRulesThatAreOverwritten) {
    EXPECT_EQ(
        findings(rule("a", "when.text = \"internet down\"\nthen.priority = \"P1\"") +
                 rule("b", "when.text = \"internet\"\nthen.priority = \"P2\"")),
        "rules.toml:6:1: warning: rule \"a\" has no effect\n"
        "    6 | [[rule]]\n"
        "      | ^~~~~~~~\n"
        "      = rule \"b\" (line 10) matches every mail that this one does, and sets the same\n");
}

TEST(RuleLint, ToleratesWhatARuleInBetweenGoesBy) {
    const std::string first = rule("a", "when.text = \"internet down\"\nthen.priority = \"P1\"");
    const std::string last = rule("c", "when.text = \"internet\"\nthen.priority = \"P2\"");
    EXPECT_NE(findings(first + rule("b", "when.text = \"x\"\nthen.team = \"y\"") + last), "none");
    EXPECT_EQ(findings(first + rule("b", "when.priority = \"P1\"\nthen.team = \"y\"") + last),
              "none");
    EXPECT_EQ(findings(first + rule("b", "when.text = \"x\"\nthen.stop = true") + last), "none");
}

TEST(RuleLint, FindsContradictions) {
    EXPECT_EQ(
        findings(
            rule("a", "when.text = \"internet\"\nthen.priority = \"P1\"\nthen.tags = [\"x\"]") +
            rule("b", "when.text = \"internet\"\nthen.priority = \"P2\"")),
        "rules.toml:11:1: warning: rule \"b\" contradicts another\n"
        "   11 | [[rule]]\n"
        "      | ^~~~~~~~\n"
        "      = rule \"a\" (line 6) matches the same mails and sets priority to \"P1\", this one "
        "to \"P2\"\n"
        "      = the later rule wins\n");
}

TEST(RuleLint, FindsRulesThatNeverMatch) {
    EXPECT_EQ(
        findings(rule(
            "a",
            "when.text = \"internet down\"\nunless.text = \"internet\"\nthen.priority = \"P1\"")),
        "rules.toml:9:8: error: rule \"a\" can never match\n"
        "    9 | unless.text = \"internet\"\n"
        "      |        ^~~~\n"
        "      = every mail that meets its conditions meets this exception\n");
}

TEST(RuleLint, FindsConditionsThatCannotMeet) {
    const auto said = [](const std::string& conditions) {
        return findings(rule("a", conditions + "\nthen.priority = \"P1\""));
    };
    EXPECT_EQ(said("when.kind = \"person\"\nwhen.all = [{ kind = [\"automatic\", \"bounce\"] }]"),
              "rules.toml:9:15: error: rule \"a\" can never match\n"
              "    9 | when.all = [{ kind = [\"automatic\", \"bounce\"] }]\n"
              "      |               ^~~~\n"
              "      = a mail has one kind, not two\n");
    EXPECT_EQ(said("when.dates = { from = 2027-03-01, to = 2027-03-02 }\n"
                   "when.all = [{ dates = { from = 2027-03-03, to = 2027-03-04 } }]"),
              "rules.toml:9:15: error: rule \"a\" can never match\n"
              "    9 | when.all = [{ dates = { from = 2027-03-03, to = 2027-03-04 } }]\n"
              "      |               ^~~~~\n"
              "      = its dates do not meet\n");
    EXPECT_EQ(said("when.attachments = false\nwhen.attachment_type = \"image/*\""),
              "rules.toml:8:6: error: rule \"a\" can never match\n"
              "    8 | when.attachments = false\n"
              "      |      ^~~~~~~~~~~\n"
              "      = it wants an attachment, and a mail without any\n");
    EXPECT_EQ(said("when.attachments = true\nwhen.all = [{ attachments = false }]"),
              "rules.toml:9:15: error: rule \"a\" can never match\n"
              "    9 | when.all = [{ attachments = false }]\n"
              "      |               ^~~~~~~~~~~\n"
              "      = it wants an attachment, and a mail without any\n");
    EXPECT_EQ(said("when.school = \"Hill *\"\nwhen.all = [{ school = \"Hill Primary\" }]"), "none");
    EXPECT_EQ(said("when.group = \"staff\"\nwhen.all = [{ group = \"slt\" }]"), "none")
        << "somebody may be in several groups";
    EXPECT_EQ(said("when.kind = \"person\"\nwhen.any = [{ kind = \"bounce\" }, { text = \"x\" }]"),
              "none");
}

TEST(RuleLint, FindsMoreWordsWantedThanThereAre) {
    EXPECT_EQ(findings("[words]\nnet = [\"wifi\", \"internet\"]\n" +
                       rule("a",
                            "when.text = { words = [\"@net\"], contains = \"0x\", at_least = 4 }\n"
                            "then.priority = \"P1\"")),
              "rules.toml:10:6: error: at_least = 4 can never be reached\n"
              "   10 | when.text = { words = [\"@net\"], contains = \"0x\", at_least = 4 }\n"
              "      |      ^~~~\n"
              "      = there are only 3 to look for; each counts once\n");
    EXPECT_EQ(findings("[words]\nnet = [\"wifi\", \"internet\"]\n" +
                       rule("a",
                            "when.text = { words = [\"@net\"], contains = \"0x\", at_least = 3 }\n"
                            "then.priority = \"P1\"")),
              "none");
}

TEST(RuleLint, FindsRulesWithoutATest) {
    const std::string rules = rule("a", "when.text = \"internet\"\nthen.priority = \"P1\"");
    EXPECT_EQ(findings(rules, {}, true),
              "rules.toml:6:1: warning: no test mail matches rule \"a\"\n"
              "    6 | [[rule]]\n"
              "      | ^~~~~~~~\n"
              "      = write a [[test]] that expects it; \"bellhop rules test\" runs them\n");
    EXPECT_EQ(
        findings(rules + "[[test]]\nsubject = \"internet\"\nexpect.priority = \"P1\"\n", {}, true),
        "none");
}

TEST(RuleLint, FindsNeedlessWords) {
    EXPECT_EQ(findings("[words]\nnet = [\"internet\", \"no internet\", \"wifi*\"]\nall = "
                       "[\"Wifi*\", \"server\"]\n"),
              "rules.toml:7:20: warning: \"no internet\" is never needed\n"
              "    7 | net = [\"internet\", \"no internet\", \"wifi*\"]\n"
              "      |                    ^~~~~~~~~~~~~\n"
              "      = \"internet\" stands in the same list and is found wherever this is\n"
              "rules.toml:8:8: warning: \"Wifi*\" stands in list \"net\" too\n"
              "    8 | all = [\"Wifi*\", \"server\"]\n"
              "      |        ^~~~~~~\n"
              "      = if both are meant, let one list use the other: \"@net\"\n");
}

TEST(RuleLint, FindsWordsThatAListOfTheConditionHas) {
    EXPECT_EQ(findings("[words]\nnet = [\"internet\", \"wifi*\"]\n" +
                       rule("a",
                            "when.text = [\"@net\", \"no internet\", \"wifis\", \"server\"]\n"
                            "then.priority = \"P1\"")),
              "rules.toml:10:22: warning: \"no internet\" is never needed\n"
              "   10 | when.text = [\"@net\", \"no internet\", \"wifis\", \"server\"]\n"
              "      |                      ^~~~~~~~~~~~~\n"
              "      = \"internet\" of \"@net\" is found wherever this is\n"
              "rules.toml:10:37: warning: \"wifis\" is never needed\n"
              "   10 | when.text = [\"@net\", \"no internet\", \"wifis\", \"server\"]\n"
              "      |                                     ^~~~~~~\n"
              "      = \"wifi*\" of \"@net\" is found wherever this is\n");
    EXPECT_EQ(findings("[words]\nnet = { words = \"internet\", except = \"internet cafe\" }\n" +
                       rule("a", "when.text = [\"@net\", \"internet\"]\nthen.priority = \"P1\"")),
              "none")
        << "what the list excepts is found by the word alone";
    EXPECT_EQ(findings(rule("a",
                            "when.text = { words = [\"internet\", \"no internet\"], except = "
                            "\"internet cafe\" }\nthen.priority = \"P1\"")),
              "none")
        << "no internet cafe";
    EXPECT_EQ(findings("[words]\nnet = [\"internet\", \"Internet\"]\n"),
              "rules.toml:7:20: warning: \"Internet\" is never needed\n"
              "    7 | net = [\"internet\", \"Internet\"]\n"
              "      |                    ^~~~~~~~~~\n"
              "      = it stands twice\n");
}

TEST(RuleLint, ToleratesLongerWordsWhereTheirPlaceMatters) {
    const std::string lists = "[words]\nnet = [\"internet\", \"internet access\"]\n";
    EXPECT_NE(findings(lists), "none");
    EXPECT_EQ(findings(lists + rule("a", "when.text = \"@net ...2 down\"\nthen.team = \"x\"")),
              "none")
        << "the longer one reaches further";
    EXPECT_EQ(findings(lists + rule("a",
                                    "when.text = { words = \"down\", except = \"@net\" "
                                    "}\nthen.team = \"x\"")),
              "none");
    EXPECT_EQ(findings(lists + rule("a",
                                    "when.text = { words = [\"@net\", \"down\"], at_least = 2 "
                                    "}\nthen.team = \"x\"")),
              "none")
        << "two of the list are two";
    EXPECT_EQ(
        findings("[words]\nnet = [\"internet\", \"internet access\"]\nall = [\"@net\", \"x\"]\n" +
                 rule("a", "when.text = \"@all ... down\"\nthen.team = \"x\"")),
        "none")
        << "through another list";
}

/// The findings about one keyword in a rule, without the place.
std::string doubts(const std::string& keyword) {
    std::string all =
        findings(rule("a", "when.text = \"" + keyword + "\"\nthen.priority = \"P1\""));
    if (all == "none") return all;
    EXPECT_EQ(all.substr(0, 26), "rules.toml:8:13: warning: ");
    const std::size_t hint = all.find("      = ");
    return all.substr(26, all.find('\n') - 26) + " / " +
           all.substr(hint + 8, all.size() - hint - 9);
}

TEST(RuleLint, FindsBarsBetweenWholePhrases) {
    EXPECT_EQ(doubts("internet down|wifi down"),
              "\"internet down|wifi down\" is read as \"internet down down\" or \"internet wifi "
              "down\" / \"|\" stands between single words; if whole phrases are meant, write "
              "\"internet down\", \"wifi down\"");
    EXPECT_EQ(
        doubts("no internet|no wifi"),
        "\"no internet|no wifi\" is read as \"no internet wifi\" or \"no no wifi\" / \"|\" "
        "stands between single words; if whole phrases are meant, write \"no internet\", \"no "
        "wifi\"");
    for (const std::string meant :
         {"internet|wifi down", "internet|wifi is|was down", "day|days after day|days",
          "face to|by face", "door|gate|access access|entry|control"}) {
        EXPECT_EQ(doubts(meant), "none") << meant;
    }
}

TEST(RuleLint, FindsPunctuationThatPartsNothing) {
    EXPECT_EQ(doubts("internet, wifi"),
              "\"internet, wifi\" is one phrase: punctuation does not count / if each is meant, "
              "write \"internet\", \"wifi\"");
    EXPECT_EQ(doubts("It is down. Help"),
              "\"It is down. Help\" is one phrase: punctuation does not count / if each is meant, "
              "write \"It is down\", \"Help\"");
    for (const std::string meant : {"St. Mary's", "wi-fi", "down!", "password ... reset", "24/7"})
        EXPECT_EQ(doubts(meant), "none") << meant;
}

TEST(RuleLint, FindsOperatorsOfSearchEngines) {
    EXPECT_EQ(doubts("wifi OR internet"),
              "\"OR\" in \"wifi OR internet\" is a word like any other / of several words in a "
              "list, one is enough: [\"wifi\", \"internet\"]");
    EXPECT_EQ(doubts("wifi AND down"),
              "\"AND\" in \"wifi AND down\" is a word like any other / for both, write { words = "
              "[\"wifi\", \"down\"], at_least = 2 }");
    EXPECT_EQ(doubts("wifi NOT guest"),
              "\"NOT\" in \"wifi NOT guest\" is a word like any other / for what is not to count, "
              "write except, or unless");
    EXPECT_EQ(doubts("OUT OF ORDER AND BROKEN"), "none");
    EXPECT_EQ(doubts("black and white"), "none");
}

TEST(RuleLint, FindsPatternsAndPiecesOfNearlyEveryText) {
    EXPECT_EQ(findings(rule("a", "when.text = { regex = '[a-d]' }\nthen.priority = \"P1\"")),
              "rules.toml:8:23: warning: the pattern \"[a-d]\" matches nearly every text\n"
              "    8 | when.text = { regex = '[a-d]' }\n"
              "      |                       ^~~~~~~\n"
              "      = a pattern is found within words too; \\b stands for the border of a word\n");
    EXPECT_EQ(findings(rule("a", "when.text = { contains = \"a\" }\nthen.priority = \"P1\"")),
              "rules.toml:8:6: warning: \"a\" is a piece of nearly every text\n"
              "    8 | when.text = { contains = \"a\" }\n"
              "      |      ^~~~\n"
              "      = contains looks within words, too; words looks for whole ones\n");
    EXPECT_EQ(findings(rule("a",
                            "when.text = { regex = '\\bsims\\b', contains = \"0x\" "
                            "}\nthen.priority = \"P1\"")),
              "none");
}

TEST(RuleLint, FindsPatternsThatMatchEverything) {
    EXPECT_EQ(findings(rule("a", "when.text = { regex = '(error)?' }\nthen.priority = \"P1\"")),
              "rules.toml:8:23: error: the pattern \"(error)?\" matches every text\n"
              "    8 | when.text = { regex = '(error)?' }\n"
              "      |                       ^~~~~~~~~~\n"
              "      = a pattern looks anywhere in the text: leave out what may be missing\n");
}

TEST(RuleLint, FindsUnknownNames) {
    Vocabulary vocabulary;
    vocabulary.teams = {"desk", "network"};
    vocabulary.people = {"Ann"};
    vocabulary.schools = {"Hill Primary"};
    vocabulary.layers = {"term", "exam day"};
    EXPECT_EQ(
        findings(
            rule("a",
                 "when.calendar = \"exam days\"\nwhen.school = \"Hill *\"\nthen.team = \"netwrk\"\n"
                 "then.notify = [\"Ann\", \"head@hill.example.org\"]"),
            vocabulary),
        "rules.toml:8:17: error: unknown calendar layer \"exam days\"\n"
        "    8 | when.calendar = \"exam days\"\n"
        "      |                 ^~~~~~~~~~~\n"
        "      = did you mean \"exam day\"?\n"
        "rules.toml:10:13: error: unknown team \"netwrk\"\n"
        "   10 | then.team = \"netwrk\"\n"
        "      |             ^~~~~~~~\n"
        "      = did you mean \"network\"?\n");
}

TEST(RuleLint, ChecksTheNamesOfPeopleTemplatesAndPlaces) {
    Vocabulary vocabulary;
    vocabulary.teams = {"network"};
    vocabulary.people = {"Ann Example"};
    vocabulary.plans = {"BasePlus+"};
    vocabulary.mailboxes = {"support"};
    vocabulary.templates = {"neutral"};
    EXPECT_EQ(findings(rule("a",
                            "when.mailbox = \"suport\"\nwhen.plan = \"Gold\"\n"
                            "then.team = \"Network\"\nthen.assignee = \"Ann Exmple\"\n"
                            "then.acknowledge = \"neutrl\""),
                       vocabulary),
              "rules.toml:2:1: error: unknown team \"desk\"\n"
              "    2 | [default]\n"
              "      | ^~~~~~~~~\n"
              "      = known: network\n"
              "rules.toml:8:16: error: unknown mailbox \"suport\"\n"
              "    8 | when.mailbox = \"suport\"\n"
              "      |                ^~~~~~~~\n"
              "      = did you mean \"support\"?\n"
              "rules.toml:9:13: error: unknown plan \"Gold\"\n"
              "    9 | when.plan = \"Gold\"\n"
              "      |             ^~~~~~\n"
              "      = known: BasePlus+\n"
              "rules.toml:10:13: error: unknown team \"Network\"\n"
              "   10 | then.team = \"Network\"\n"
              "      |             ^~~~~~~~~\n"
              "      = did you mean \"network\"?\n"
              "rules.toml:11:17: error: unknown technician \"Ann Exmple\"\n"
              "   11 | then.assignee = \"Ann Exmple\"\n"
              "      |                 ^~~~~~~~~~~~\n"
              "      = did you mean \"Ann Example\"?\n"
              "rules.toml:12:20: error: unknown template \"neutrl\"\n"
              "   12 | then.acknowledge = \"neutrl\"\n"
              "      |                    ^~~~~~~~\n"
              "      = did you mean \"neutral\"?\n");
}

People some_people() {
    People people;
    people.schools = {{"Hill Primary"}, {"Dale Primary"}};
    people.teams = {{"network", "network@desk.example.org"}, {"night shift"}, {"day shift"}};
    people.technicians = {{"Ann Example", "ann@desk.example.org", {"day shift"}}};
    people.contacts = {{"Joe Head", "head@hill.example.org", "Hill Primary", true, true}};
    return people;
}

std::string said_of_notice(const std::string& lines) {
    const People people = some_people();
    return findings(rule("a", "when.text = \"x\"\n" + lines), {}, false, &people);
}

TEST(RuleLint, FindsNoticesThatReachNobody) {
    EXPECT_EQ(said_of_notice("then.notify = [\"network\", \"day shift\", \"Ann Example\", "
                             "\"Joe Head\", \"team\", \"assignee\", \"manager\", "
                             "\"a@example.org\"]"),
              "none");
    EXPECT_EQ(said_of_notice("then.notify = \"night shift\""),
              "rules.toml:9:15: error: team \"night shift\" reaches nobody\n"
              "    9 | then.notify = \"night shift\"\n"
              "      |               ^~~~~~~~~~~~~\n"
              "      = people.toml gives it neither an address nor a technician\n");
    EXPECT_EQ(
        said_of_notice("then.notify = \"technician\""),
        "rules.toml:9:15: error: \"technician\" reaches nobody: it is a group of senders\n"
        "    9 | then.notify = \"technician\"\n"
        "      |               ^~~~~~~~~~~~\n"
        "      = of the groups, only \"slt\" and \"nominated contact\" of the ticket's school "
        "can be told\n");
    EXPECT_EQ(said_of_notice("then.notify = \"SLT\""),
              "rules.toml:9:15: error: unknown team or person \"SLT\"\n"
              "    9 | then.notify = \"SLT\"\n"
              "      |               ^~~~~\n"
              "      = did you mean \"slt\"?\n");
    EXPECT_EQ(said_of_notice("then.notify = \"slt\""),
              "rules.toml:9:15: warning: \"slt\" reaches nobody of \"Dale Primary\"\n"
              "    9 | then.notify = \"slt\"\n"
              "      |               ^~~~~\n"
              "      = mark a [[contact]] of people.toml with slt = true\n");
    EXPECT_EQ(said_of_notice("then.notify = \"slt\"\nwhen.school = \"Hill*\""), "none");
    EXPECT_EQ(said_of_notice("then.hold = \"nominated contact\""),
              "rules.toml:9:13: warning: \"nominated contact\" reaches nobody of \"Dale Primary\"\n"
              "    9 | then.hold = \"nominated contact\"\n"
              "      |             ^~~~~~~~~~~~~~~~~~~\n"
              "      = mark a [[contact]] of people.toml with nominated = true\n");
}

TEST(RuleLint, CountsTheSchoolsWhereANoticeReachesNobody) {
    People people = some_people();
    people.contacts.clear();
    EXPECT_EQ(findings(rule("a", "when.text = \"x\"\nthen.notify = \"slt\""), {}, false, &people),
              "rules.toml:9:15: warning: \"slt\" reaches nobody of \"Hill Primary\" and 1 more\n"
              "    9 | then.notify = \"slt\"\n"
              "      |               ^~~~~\n"
              "      = mark a [[contact]] of people.toml with slt = true\n");
}

TEST(RuleLint, FindsTagsAndMarksThatNoRuleGivesBefore) {
    const std::string giver =
        rule("giver", "when.text = \"x\"\nthen.tags = \"network\"\nthen.mark = \"lesson\"");
    const std::string taker =
        rule("taker",
             "when.any = [{ tagged = \"network\" }, { marked = \"lesson\" }]\nthen.team = \"x\"");
    EXPECT_EQ(findings(giver + taker), "none");
    EXPECT_EQ(findings(taker + giver),
              "rules.toml:8:24: warning: no rule before this one gives the tag \"network\"\n"
              "    8 | when.any = [{ tagged = \"network\" }, { marked = \"lesson\" }]\n"
              "      |                        ^~~~~~~~~\n"
              "      = rule \"giver\" gives it, but does not come before\n"
              "rules.toml:8:48: warning: no rule before this one gives the mark \"lesson\"\n"
              "    8 | when.any = [{ tagged = \"network\" }, { marked = \"lesson\" }]\n"
              "      |                                                ^~~~~~~~\n"
              "      = rule \"giver\" gives it, but does not come before\n");
    EXPECT_EQ(findings(giver + rule("b", "when.tagged = \"netwrk\"\nthen.team = \"x\"")),
              "rules.toml:13:15: warning: no rule before this one gives the tag \"netwrk\"\n"
              "   13 | when.tagged = \"netwrk\"\n"
              "      |               ^~~~~~~~\n"
              "      = did you mean \"network\"?\n");
    EXPECT_EQ(findings(rule("b", "when.tagged = \"x\"\nthen.team = \"x\"")),
              "rules.toml:8:15: warning: no rule before this one gives the tag \"x\"\n"
              "    8 | when.tagged = \"x\"\n"
              "      |               ^~~\n"
              "      = there is none so far\n");
    EXPECT_EQ(
        findings(rule("b", "when.arrival = \"any\"\nwhen.tagged = \"vip\"\nthen.team = \"x\"")),
        "none")
        << "the ticket may have it";
}

TEST(RuleLint, ShowsSomeOfManyNames) {
    Vocabulary vocabulary;
    vocabulary.teams = {"desk"};
    for (int i = 1; i <= 9; ++i) vocabulary.teams->push_back("team " + std::to_string(i));
    EXPECT_EQ(findings(rule("a", "when.text = \"x\"\nthen.team = \"nowhere\""), vocabulary),
              "rules.toml:9:13: error: unknown team \"nowhere\"\n"
              "    9 | then.team = \"nowhere\"\n"
              "      |             ^~~~~~~~~\n"
              "      = known: desk, team 1, team 2, team 3, team 4, team 5, team 6, team 7 and 2 "
              "more\n");
}

TEST(RuleLint, FindsBoostsThatAreOver) {
    EXPECT_EQ(
        findings("[[boost]]\nname = \"visit\"\nfrom = 2026-03-03\nto = 2026-03-04\nraise_by = 1\n"),
        "rules.toml:6:1: warning: boost \"visit\" is over\n"
        "    6 | [[boost]]\n"
        "      | ^~~~~~~~~\n"
        "      = it may be taken out\n");
}

}  // namespace
}  // namespace bellhop::rules
