#include "rules/rule/rule_file.hpp"

#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

/// The complaints about `lines` after a well-formed beginning of five lines.
std::string said(const std::string& lines) {
    return complaints_of(basics + "\n" + lines);
}

/// A whole rule with one line more in it: line 9 of the file.
std::string said_of_rule(const std::string& line) {
    return said("[[rule]]\nname = \"r\"\nwhen.group = \"staff\"\n" + line + "\nthen.stop = true\n");
}

TEST(RuleFile, TakesAGoodFile) {
    EXPECT_EQ(said_of_rule("when.text = \"printer\""), "none");
}

TEST(RuleFile, KnowsItsPriorities) {
    EXPECT_EQ(said_of_rule("then.priority = \"P11\""),
              "rules.toml:9:17: error: unknown priority \"P11\"\n"
              "    9 | then.priority = \"P11\"\n"
              "      |                 ^~~~~\n"
              "      = expected one of: P1, P2, P3, P4\n"
              "      = did you mean \"P1\"?\n");
    EXPECT_EQ(said_of_rule("when.priority = \"urgent\""),
              "rules.toml:9:17: error: unknown priority \"urgent\"\n"
              "    9 | when.priority = \"urgent\"\n"
              "      |                 ^~~~~~~~\n"
              "      = expected one of: P1, P2, P3, P4\n");
}

TEST(RuleFile, WantsPrioritiesAndADefault) {
    EXPECT_EQ(complaints_of("[default]\npriority = \"P3\"\n"),
              "rules.toml:1:1: error: no priorities\n"
              "    1 | [default]\n"
              "      | ^\n"
              "      = for example: priorities = [\"P1\", \"P2\", \"P3\", \"P4\"], the most urgent "
              "first\n");
    EXPECT_EQ(complaints_of("priorities = [\"P1\", \"P2\"]\n"),
              "rules.toml:1:1: error: no section [default]\n"
              "    1 | priorities = [\"P1\", \"P2\"]\n"
              "      | ^\n"
              "      = it says what becomes of a mail that no rule is about\n"
              "      = for example: [default]\n"
              "      =              priority = \"P2\"\n");
    EXPECT_EQ(complaints_of("priorities = [\"P1\", \"P1\"]\n[default]\npriority = \"P1\"\n"),
              "rules.toml:1:14: error: a priority stands twice\n"
              "    1 | priorities = [\"P1\", \"P1\"]\n"
              "      |              ^~~~~~~~~~~~\n"
              "      = each once, the most urgent first\n");
    EXPECT_EQ(complaints_of("priorities = [\"P1\"]\n[default]\nteam = \"desk\"\nstop = true\n"),
              "rules.toml:2:1: error: [default] names no priority\n"
              "    2 | [default]\n"
              "      | ^~~~~~~~~\n"
              "      = for example: priority = \"P1\"\n"
              "rules.toml:4:1: error: \"stop\" has no meaning in [default]\n"
              "    4 | stop = true\n"
              "      | ^~~~\n"
              "      = it is what every new ticket begins with\n");
}

TEST(RuleFile, AgreesWithThePrioritiesOfTheServiceLevel) {
    Vocabulary vocabulary;
    vocabulary.priorities = {"high", "low"};
    EXPECT_EQ(complaints_of({{"rules.toml", "[default]\npriority = \"low\"\n"}}, vocabulary),
              "none");
    EXPECT_EQ(complaints_of({{"rules.toml",
                              "priorities = [\"low\", \"high\"]\n[default]\npriority = \"low\"\n"}},
                            vocabulary),
              "rules.toml:1:14: error: sla.toml has other priorities, or in another order\n"
              "    1 | priorities = [\"low\", \"high\"]\n"
              "      |              ^~~~~~~~~~~~~~~\n"
              "      = leave this line out: the priorities of sla.toml count\n");
}

TEST(RuleFile, WantsRulesThatDoSomethingForSomeMails) {
    EXPECT_EQ(said("[[rule]]\nthen.stop = true\n"),
              "rules.toml:6:1: error: missing key \"name\"\n"
              "    6 | [[rule]]\n"
              "      | ^~~~~~~~\n"
              "      = for example: name = \"no internet\"\n"
              "rules.toml:6:1: error: rule \"\" has no condition\n"
              "    6 | [[rule]]\n"
              "      | ^~~~~~~~\n"
              "      = for example: when.text = [\"internet down\"]\n"
              "      = what holds for every mail stands in [default]\n");
    EXPECT_EQ(said("[[rule]]\nname = \"r\"\nwhen.text = \"x\"\n"),
              "rules.toml:6:1: error: rule \"r\" does nothing\n"
              "    6 | [[rule]]\n"
              "      | ^~~~~~~~\n"
              "      = for example: then.priority = \"P3\"\n");
}

TEST(RuleFile, ComplainsOnceOfAMisspeltCondition) {
    EXPECT_EQ(said("[[rule]]\nname = \"r\"\nwhen.taged = \"x\"\nthen.stop = true\n"),
              "rules.toml:8:6: error: unknown key \"taged\"\n"
              "    8 | when.taged = \"x\"\n"
              "      |      ^~~~~\n"
              "      = did you mean \"tagged\"?\n");
    EXPECT_EQ(said("[[rule]]\nname = \"r\"\nwhen = {}\nthen.stop = true\n"),
              "rules.toml:6:1: error: rule \"r\" has no condition\n"
              "    6 | [[rule]]\n"
              "      | ^~~~~~~~\n"
              "      = for example: when.text = [\"internet down\"]\n"
              "      = what holds for every mail stands in [default]\n");
}

TEST(RuleFile, RefusesTwoRulesOfOneName) {
    const std::string rule = "[[rule]]\nname = \"r\"\nwhen.text = \"x\"\nthen.stop = true\n";
    EXPECT_EQ(said(rule + rule),
              "rules.toml:10:1: error: two rules are named \"r\"\n"
              "   10 | [[rule]]\n"
              "      | ^~~~~~~~\n"
              "      = first in line 6\n");
}

TEST(RuleFile, RefusesUnknownKeys) {
    EXPECT_EQ(said_of_rule("when.suject = \"x\""),
              "rules.toml:9:6: error: unknown key \"suject\"\n"
              "    9 | when.suject = \"x\"\n"
              "      |      ^~~~~~\n"
              "      = did you mean \"subject\"?\n");
    EXPECT_EQ(said_of_rule("then.prioritty = \"P1\""),
              "rules.toml:9:6: error: unknown key \"prioritty\"\n"
              "    9 | then.prioritty = \"P1\"\n"
              "      |      ^~~~~~~~~\n"
              "      = did you mean \"priority\"?\n");
}

TEST(RuleFile, RefusesUnknownWords) {
    EXPECT_EQ(said_of_rule("when.kind = \"human\""),
              "rules.toml:9:13: error: unknown kind \"human\"\n"
              "    9 | when.kind = \"human\"\n"
              "      |             ^~~~~~~\n"
              "      = expected one of: person, automatic, bounce\n");
    EXPECT_EQ(said("[[rule]]\nname = \"r\"\nwhen.group = \"pupils\"\nthen.stop = true\n"),
              "rules.toml:8:14: error: unknown group \"pupils\"\n"
              "    8 | when.group = \"pupils\"\n"
              "      |              ^~~~~~~~\n"
              "      = expected one of: staff, nominated contact, slt, technician, parent, pupil, "
              "monitoring, unknown\n"
              "      = did you mean \"pupil\"?\n");
}

TEST(RuleFile, RefusesFaultyKeywords) {
    EXPECT_EQ(said_of_rule("when.text = [\"internet\", \"*port\"]"),
              "rules.toml:9:26: error: \"*\" stands inside \"*port\"\n"
              "    9 | when.text = [\"internet\", \"*port\"]\n"
              "      |                          ^~~~~~~\n"
              "      = it may only end a word (\"comput*\"); use contains for a piece of a word\n");
    EXPECT_EQ(said_of_rule("when.text = { contains = \"\" }"),
              "rules.toml:9:26: error: contains looks for nothing\n"
              "    9 | when.text = { contains = \"\" }\n"
              "      |                          ^~\n"
              "      = for example: contains = \"error 0x\"\n");
    EXPECT_EQ(said_of_rule("when.text = { at_least = 2 }"),
              "rules.toml:9:13: error: no words to look for\n"
              "    9 | when.text = { at_least = 2 }\n"
              "      |             ^~~~~~~~~~~~~~~~\n"
              "      = write words, contains or regex\n");
}

TEST(RuleFile, RefusesFaultyPatterns) {
    EXPECT_EQ(said_of_rule("when.text = { regex = '(a' }"),
              "rules.toml:9:23: error: cannot read the pattern \"(a\": missing ): (a\n"
              "    9 | when.text = { regex = '(a' }\n"
              "      |                       ^~~~\n");
    EXPECT_EQ(
        said_of_rule("when.text = { regex = '(?=a)' }"),
        "rules.toml:9:23: error: cannot read the pattern \"(?=a)\": invalid perl operator: (?=\n"
        "    9 | when.text = { regex = '(?=a)' }\n"
        "      |                       ^~~~~~~\n"
        "      = look-around and back references are not available: RE2 never takes long\n");
}

TEST(RuleFile, KnowsItsWordLists) {
    EXPECT_EQ(
        said("[words]\noutage = [\"down\"]\n" +
             std::string{"[[rule]]\nname = \"r\"\nwhen.text = \"@outrage\"\nthen.stop = true\n"}),
        "rules.toml:10:13: error: unknown word list \"@outrage\"\n"
        "   10 | when.text = \"@outrage\"\n"
        "      |             ^~~~~~~~~~\n"
        "      = did you mean \"@outage\"?\n");
    EXPECT_EQ(said_of_rule("when.text = \"@faults\""),
              "rules.toml:9:13: error: unknown word list \"@faults\"\n"
              "    9 | when.text = \"@faults\"\n"
              "      |             ^~~~~~~~~\n"
              "      = lists stand in [words], as in faults = [\"...\"]\n");
    EXPECT_EQ(said("[words]\na = [\"@b\"]\nb = [\"@a\"]\n"),
              "rules.toml:7:1: error: word list \"a\" uses itself\n"
              "    7 | a = [\"@b\"]\n"
              "      | ^\n"
              "rules.toml:8:1: error: word list \"b\" uses itself\n"
              "    8 | b = [\"@a\"]\n"
              "      | ^\n");
    EXPECT_EQ(said("[words]\n\"a b\" = \"x\"\n"),
              "rules.toml:7:1: error: \"a b\" cannot be the name of a list\n"
              "    7 | \"a b\" = \"x\"\n"
              "      | ^~~~~\n"
              "      = names have letters, digits, \"-\" and \"_\"\n");
}

TEST(RuleFile, RefusesFaultyAddressesAndDates) {
    EXPECT_EQ(said_of_rule("when.from = \"ann\""),
              "rules.toml:9:13: error: \"ann\" is neither an address nor a domain\n"
              "    9 | when.from = \"ann\"\n"
              "      |             ^~~~~\n"
              "      = for example: from = \"*@example.org\"\n");
    EXPECT_EQ(said_of_rule("when.domain = \"ann@example.org\""),
              "rules.toml:9:15: error: \"ann@example.org\" is an address\n"
              "    9 | when.domain = \"ann@example.org\"\n"
              "      |               ^~~~~~~~~~~~~~~~~\n"
              "      = for an address, write from = ...\n");
    EXPECT_EQ(said_of_rule("when.dates = { from = 2027-03-04, to = 2027-03-03 }"),
              "rules.toml:9:40: error: the dates end before they begin\n"
              "    9 | when.dates = { from = 2027-03-04, to = 2027-03-03 }\n"
              "      |                                        ^~~~~~~~~~\n"
              "      = both days count\n");
}

TEST(RuleFile, RefusesWhatCannotBothBeDone) {
    EXPECT_EQ(said_of_rule("then.priority = \"P1\"\nthen.raise_to = \"P2\""),
              "rules.toml:10:6: error: \"priority\" and \"raise_to\" in one rule\n"
              "   10 | then.raise_to = \"P2\"\n"
              "      |      ^~~~~~~~\n"
              "      = write two rules if both are meant; they apply in their order\n");
    EXPECT_EQ(said_of_rule("then.hold = true\nthen.ignore = true"),
              "rules.toml:10:6: error: \"hold\" and \"ignore\" in one rule\n"
              "   10 | then.ignore = true\n"
              "      |      ^~~~~~\n"
              "      = a mail is held, ignored or put into quarantine: only one of them\n");
    EXPECT_EQ(said_of_rule("then.acknowledge = true"),
              "rules.toml:9:20: error: acknowledging is the rule\n"
              "    9 | then.acknowledge = true\n"
              "      |                    ^~~~\n"
              "      = write the name of a template, or false for none\n");
}

TEST(RuleFile, ChecksSurges) {
    EXPECT_EQ(said_of_rule("then.parent = \"first\""),
              "rules.toml:9:15: error: there is no first ticket without a surge\n"
              "    9 | then.parent = \"first\"\n"
              "      |               ^~~~~~~\n"
              "      = write when.surge = {tickets = 5, people = 3, within = \"15 min\"}, or the "
              "number of a ticket\n");
    EXPECT_EQ(said_of_rule("when.surge = { tickets = 3, people = 4, within = \"15 min\" }"),
              "rules.toml:9:38: error: more people than tickets\n"
              "    9 | when.surge = { tickets = 3, people = 4, within = \"15 min\" }\n"
              "      |                                      ^\n"
              "      = each ticket comes from one person\n");
}

TEST(RuleFile, ChecksBoosts) {
    EXPECT_EQ(said("[[boost]]\nname = \"b\"\nfrom = 2027-03-04\nto = 2027-03-03\nraise_by = 1\n"),
              "rules.toml:9:6: error: the boost ends before it begins\n"
              "    9 | to = 2027-03-03\n"
              "      |      ^~~~~~~~~~\n"
              "      = both days count\n");
    EXPECT_EQ(said("[[boost]]\nfrom = 2027-03-03\nto = 2027-03-03\nraise_by = 1\n"),
              "rules.toml:6:1: error: missing key \"name\"\n"
              "    6 | [[boost]]\n"
              "      | ^~~~~~~~~\n"
              "      = for example: name = \"Ofsted visit\"\n");
    EXPECT_EQ(said("[[boost]]\nname = \"b\"\nfrom = 2027-03-03\nto = 2027-03-03\n"),
              "rules.toml:6:1: error: boost \"b\" does nothing\n"
              "    6 | [[boost]]\n"
              "      | ^~~~~~~~~\n"
              "      = for example: raise_by = 1\n");
}

TEST(RuleFile, ChecksTests) {
    EXPECT_EQ(said("[[test]]\nexpect.priority = \"P3\"\nearlier = { tickets = 3 }\n"),
              "rules.toml:8:11: error: missing key \"rule\"\n"
              "    8 | earlier = { tickets = 3 }\n"
              "      |           ^~~~~~~~~~~~~~~\n"
              "      = for example: rule = \"no internet\"\n");
    EXPECT_EQ(said("[[test]]\nsubject = \"x\"\n"),
              "rules.toml:6:1: error: the test expects nothing\n"
              "    6 | [[test]]\n"
              "      | ^~~~~~~~\n"
              "      = for example: expect.priority = \"P1\"\n");
    EXPECT_EQ(said("[[rule]]\nname = \"outage\"\nwhen.text = \"x\"\nthen.stop = true\n"
                   "[[test]]\nsubject = \"x\"\nexpect.rules = [\"outtage\"]\n"),
              "rules.toml:10:1: error: unknown rule \"outtage\" in test \"x\"\n"
              "   10 | [[test]]\n"
              "      | ^~~~~~~~\n"
              "      = did you mean \"outage\"?\n");
}

TEST(RuleFile, WantsTheDatesOfABoost) {
    EXPECT_EQ(said("[[boost]]\n"
                   "name = \"b\"\n"
                   "raise_by = 1\n"),
              "rules.toml:6:1: error: missing key \"from\"\n"
              "    6 | [[boost]]\n"
              "      | ^~~~~~~~~\n"
              "      = for example: from = 2027-03-03\n"
              "rules.toml:6:1: error: missing key \"to\"\n"
              "    6 | [[boost]]\n"
              "      | ^~~~~~~~~\n"
              "      = for example: to = 2027-03-04\n");
}

TEST(RuleFile, ChecksWordListsAndProposals) {
    EXPECT_EQ(said("[words]\n"
                   "a = { except = \"x\" }\n"
                   "b = { words = \"x\", but = \"y\" }\n"),
              "rules.toml:7:5: error: missing key \"words\"\n"
              "    7 | a = { except = \"x\" }\n"
              "      |     ^~~~~~~~~~~~~~~~\n"
              "      = for example: words = [\"urgent\"]\n"
              "rules.toml:8:20: error: unknown key \"but\"\n"
              "    8 | b = { words = \"x\", but = \"y\" }\n"
              "      |                    ^~~\n"
              "      = known here: except, words\n");
    EXPECT_EQ(said("[proposals]\n"
                   "from = [\"staf\"]\n"
                   "at_most = \"P9\"\n"
                   "header = \"x\"\n"),
              "rules.toml:7:9: error: unknown from \"staf\"\n"
              "    7 | from = [\"staf\"]\n"
              "      |         ^~~~~~\n"
              "      = expected one of: staff, nominated contact, slt, technician, parent, pupil, "
              "monitoring, unknown\n"
              "      = did you mean \"staff\"?\n"
              "rules.toml:8:11: error: unknown priority \"P9\"\n"
              "    8 | at_most = \"P9\"\n"
              "      |           ^~~~\n"
              "      = expected one of: P1, P2, P3, P4\n"
              "rules.toml:9:1: error: unknown key \"header\"\n"
              "    9 | header = \"x\"\n"
              "      | ^~~~~~\n"
              "      = did you mean \"headers\"?\n");
}

TEST(RuleFile, ChecksWhatTestsSay) {
    EXPECT_EQ(said("[[test]]\n"
                   "subject = \"x\"\n"
                   "expect.priority = \"P9\"\n"
                   "[[test]]\n"
                   "subject = \"x\"\n"
                   "expect.priorty = \"P1\"\n"),
              "rules.toml:8:19: error: unknown priority \"P9\"\n"
              "    8 | expect.priority = \"P9\"\n"
              "      |                   ^~~~\n"
              "      = expected one of: P1, P2, P3, P4\n"
              "rules.toml:11:8: error: unknown key \"priorty\"\n"
              "   11 | expect.priorty = \"P1\"\n"
              "      |        ^~~~~~~\n"
              "      = did you mean \"priority\"?\n");
    EXPECT_EQ(said("[[test]]\n"
                   "subject = \"x\"\n"
                   "date = \"today\"\n"
                   "expect.handling = \"keep\"\n"),
              "rules.toml:8:8: error: \"date\" must be a date, not \"today\"\n"
              "    8 | date = \"today\"\n"
              "      |        ^~~~~~~\n"
              "      = for example: date = 2026-12-25\n"
              "rules.toml:9:19: error: unknown handling \"keep\"\n"
              "    9 | expect.handling = \"keep\"\n"
              "      |                   ^~~~~~\n"
              "      = expected one of: accept, hold, ignore, quarantine\n");
}

TEST(RuleFile, RefusesWhatTwoFilesBothSay) {
    EXPECT_EQ(complaints_of(
                  Files{{"rules.toml", "include = \"a.toml\"\n" + basics + "[words]\nw = \"x\"\n"},
                        {"a.toml", "[default]\npriority = \"P1\"\n[words]\nw = \"y\"\n"}}),
              "rules.toml:3:1: error: section [default] stands twice\n"
              "    3 | [default]\n"
              "      | ^~~~~~~~~\n"
              "      = first in a.toml:1\n"
              "rules.toml:7:1: error: word list \"w\" stands twice\n"
              "    7 | w = \"x\"\n"
              "      | ^\n"
              "      = first in a.toml:4\n"
              "      = to change a list that is included, write [words.w] add = [...] remove = "
              "[...]\n");
}

TEST(RuleFile, BoundsItsFiles) {
    RuleLimits limits;
    limits.files = 2;
    const Files files{{"rules.toml", "include = [\"a.toml\", \"b.toml\"]\n" + basics},
                      {"a.toml", ""},
                      {"b.toml", ""}};
    EXPECT_EQ(complaints_of(files, {}, limits),
              "rules.toml:1:22: error: too many files\n"
              "    1 | include = [\"a.toml\", \"b.toml\"]\n"
              "      |                      ^~~~~~~~\n"
              "      = at most 2\n");
}

TEST(RuleFile, BoundsItsRules) {
    RuleLimits limits;
    limits.rules = 1;
    const std::string rest = "when.text = \"x\"\nthen.stop = true\n";
    const std::string rules =
        basics + "[[rule]]\nname = \"1\"\n" + rest + "[[rule]]\nname = \"2\"\n" + rest;
    EXPECT_EQ(complaints_of({{"rules.toml", rules}}, {}, limits),
              "rules.toml:9:1: error: too many rules\n"
              "    9 | [[rule]]\n"
              "      | ^~~~~~~~\n"
              "      = at most 1\n");
}

TEST(RuleFile, BoundsItsWordsOfListsAndRulesTogether) {
    RuleLimits limits;
    limits.keywords = 4;
    const std::string words = "[words]\nx = { words = [\"a\", \"b\"], except = \"c\" }\n";
    const std::string rule =
        "[[rule]]\nname = \"r\"\nwhen.any = [{ text = [\"d\", \"e\"] }]\nthen.stop = true\n";
    EXPECT_EQ(complaints_of({{"rules.toml", basics + words + rule}}, {}, limits),
              "rules.toml:7:1: error: too many words\n"
              "    7 | [[rule]]\n"
              "      | ^~~~~~~~\n"
              "      = at most 4 in all lists and rules\n");
    limits.keywords = 5;
    EXPECT_EQ(complaints_of({{"rules.toml", basics + words + rule}}, {}, limits), "none");
}

TEST(RuleFile, SaysEverythingAtOnce) {
    EXPECT_EQ(said_of_rule("when.kind = \"human\"\nwhen.text = \"@x\"\nthen.tag = \"y\""),
              "rules.toml:9:13: error: unknown kind \"human\"\n"
              "    9 | when.kind = \"human\"\n"
              "      |             ^~~~~~~\n"
              "      = expected one of: person, automatic, bounce\n"
              "rules.toml:10:13: error: unknown word list \"@x\"\n"
              "   10 | when.text = \"@x\"\n"
              "      |             ^~~~\n"
              "      = lists stand in [words], as in x = [\"...\"]\n"
              "rules.toml:11:6: error: unknown key \"tag\"\n"
              "   11 | then.tag = \"y\"\n"
              "      |      ^~~\n"
              "      = did you mean \"tags\"?\n");
}

const std::string main_file =
    "include = [\"more/words.toml\"]\n" + basics +
    "[[rule]]\nname = \"second\"\nwhen.text = \"@outage\"\nthen.priority = \"P2\"\n";

TEST(RuleFile, IncludesFilesBeforeItself) {
    const Files files{{"etc/rules.toml", main_file},
                      {"etc/more/words.toml",
                       "include = [\"base.toml\"]\n[words]\noutage = [\"@net\", "
                       "\"down\"]\n[[rule]]\nname = \"first\"\n"
                       "when.text = \"@outage\"\nthen.priority = \"P1\"\n"},
                      {"etc/more/base.toml", "[words]\nnet = \"internet\"\n"}};
    const auto loaded = load_rules("etc/rules.toml", reader_of(files), {});
    ASSERT_TRUE(loaded.has_value());
    ASSERT_EQ(loaded->rules.book().rules.size(), 2U);
    EXPECT_EQ(loaded->rules.book().rules[0].name, "first");
    EXPECT_EQ(loaded->files, (std::vector<std::string>{"etc/more/base.toml", "etc/more/words.toml",
                                                       "etc/rules.toml"}));
    MailFacts facts;
    facts.subject = "No internet";
    EXPECT_EQ(loaded->rules.evaluate(facts).outcome.priority, "P2");
}

TEST(RuleFile, SaysWhichFileCannotBeRead) {
    EXPECT_EQ(complaints_of(Files{{"rules.toml", main_file}}),
              "rules.toml:1:12: error: cannot read \"more/words.toml\"\n"
              "    1 | include = [\"more/words.toml\"]\n"
              "      |            ^~~~~~~~~~~~~~~~~\n");
    EXPECT_EQ(complaints_of(Files{}), "rules.toml:1:1: error: cannot read \"rules.toml\"\n");
    EXPECT_EQ(complaints_of(Files{{"rules.toml", main_file},
                                  {"more/words.toml", "include = \"../rules.toml\"\n"}}),
              "more/words.toml:1:11: error: \"../rules.toml\" leads out of the folder of the "
              "configuration\n"
              "    1 | include = \"../rules.toml\"\n"
              "      |           ^~~~~~~~~~~~~~~\n");
}

TEST(RuleFile, RefusesAFileThatIncludesItself) {
    EXPECT_EQ(complaints_of(Files{{"rules.toml", "include = \"a.toml\"\n" + basics},
                                  {"a.toml", "include = \"a.toml\"\n"}}),
              "a.toml:1:11: error: \"a.toml\" includes itself\n"
              "    1 | include = \"a.toml\"\n"
              "      |           ^~~~~~~~\n");
}

TEST(RuleFile, ChangesItsDigestWithAnyFile) {
    const auto digest = [](const std::string& words) {
        const Files files{{"rules.toml", "include = \"w.toml\"\n" + basics}, {"w.toml", words}};
        return load_rules("rules.toml", reader_of(files), {})->rules.book().digest;
    };
    EXPECT_EQ(digest("[words]\na = \"x\"\n"), digest("[words]\na = \"x\"\n"));
    EXPECT_NE(digest("[words]\na = \"x\"\n"), digest("[words]\na = \"y\"\n"));
    EXPECT_EQ(digest("").size(), 64U);
}

}  // namespace
}  // namespace bellhop::rules
