// How evidence is added up, and what a desk may change of it.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/rule/property_table.hpp"
#include "rules/rule/ruling.hpp"
#include "rules/trial/rule_explain.hpp"
#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

const std::string scale = "[weighing]\npriorities = [\"P1\", \"P2\", \"P3\", \"P4\"]\n";

MailFacts mail(const std::string& subject, const std::string& body = "") {
    MailFacts facts;
    facts.subject = subject;
    facts.body = body;
    return facts;
}

Points sums_of(const std::string& text, const MailFacts& facts) {
    return rules_of(scale + text).evaluate(facts).weighed.value().sums;
}

double major_of(const std::string& text, const MailFacts& facts) {
    return sums_of(text, facts)[0];
}

RuleSet with_files(Files files) {
    auto result = load_rules("rules.toml", reader_of(files), {});
    if (result.has_error()) {
        ADD_FAILURE() << complaints_of(files);
        return RuleSet{RuleBook{{"P1"}}};
    }
    return std::move(result->rules);
}

const std::string bells =
    "[[evidence]]\nname = \"bells\"\nwords = [\"bell|bells\", \"tannoy\", \"gong\"]\n";

TEST(Weighing, DoesNothingWhereTheRulesDoNotAskForIt) {
    EXPECT_EQ(rules_of("").evaluate(mail("The bells are dead")).weighed, std::nullopt);
}

TEST(Weighing, CountsEachDifferentWordUpToTheCap) {
    const auto sum = [](int cap, const char* subject) {
        return major_of(bells + "cap = " + std::to_string(cap) + "\npoints = { major = 1.5 }\n",
                        mail(subject));
    };
    EXPECT_EQ(sum(1, "printer"), 0);
    EXPECT_EQ(sum(1, "bell"), 1.5);
    EXPECT_EQ(sum(3, "bell bell bells"), 1.5);
    EXPECT_EQ(sum(3, "bell, tannoy"), 3);
    EXPECT_EQ(sum(2, "bell, tannoy, gong"), 3);
}

TEST(Weighing, FindsWhatStandsInSubjectAndBodyButNotInHistory) {
    const std::string text = bells + "points = { P1 = 1 }\n";
    EXPECT_EQ(major_of(text, mail("bell")), 1);
    EXPECT_EQ(major_of(text, mail("x", "the bell")), 1);
    MailFacts history = mail("x", "y");
    history.quoted = "the bell";
    EXPECT_EQ(major_of(text, history), 0);
}

TEST(Weighing, KeepsSilentAboutSentencesOfThePastWhereItIsLive) {
    const std::string text =
        "[weighing]\npriorities = [\"P1\", \"P2\", \"P3\", \"P4\"]\nsilent = [\"yesterday\", "
        "\"if\"]\n" +
        bells + "points = { major = 1 }\n";
    const MailFacts past = mail("x", "Yesterday the bell rang. All is well.");
    EXPECT_EQ(rules_of(text + "live = true\n").evaluate(past).weighed->sums[0], 0);
    EXPECT_EQ(rules_of(text).evaluate(past).weighed->sums[0], 1);
    EXPECT_EQ(rules_of(text + "live = true\n")
                  .evaluate(mail("x", "The bell is dead. It rang yesterday."))
                  .weighed->sums[0],
              1);
}

TEST(Weighing, TakesTwoTogetherAndFactsOfTheSender) {
    const std::string text =
        bells + "points = { major = 1 }\n[[evidence]]\nname = \"exam\"\nwords = \"exam\"\n" +
        "[[evidence]]\nname = \"bells in an exam\"\nboth = [\"bells\", \"exam\"]\npoints = { major "
        "= 4 }\n" +
        "[[evidence]]\nname = \"a pupil\"\nwhen.group = \"pupil\"\npoints = { low = 2 }\n";
    EXPECT_EQ(major_of(text, mail("bell")), 1);
    EXPECT_EQ(major_of(text, mail("bell in the exam")), 5);
    MailFacts pupil = mail("bell");
    pupil.context.groups = {"pupil"};
    EXPECT_EQ(sums_of(text, pupil)[3], 2);
    EXPECT_EQ(sums_of(text, mail("bell"))[3], 0);
}

TEST(Weighing, GivesThePriorityThatTheSumSpeaksForAndRulesTheLastWord) {
    const std::string text = scale + bells +
                             "points = { major = 9 }\n[[rule]]\nname = \"from Ann\"\nwhen.from = "
                             "\"ann@hill.example.org\"\nthen.priority = \"P4\"\n";
    const RuleSet rules = rules_of(text);
    EXPECT_EQ(rules.evaluate(mail("bell")).outcome.priority, "P1");
    MailFacts from_ann = mail("bell");
    from_ann.from = "ann@hill.example.org";
    EXPECT_EQ(rules.evaluate(from_ann).outcome.priority, "P4");
    EXPECT_EQ(rules.evaluate(mail("")).outcome.priority, "P3");  // without words the default stands
}

TEST(Weighing, ChangesNoPriorityOfATicketThatIsThere) {
    const RuleSet rules =
        rules_of(scale + "safeguarding_from = 0.5\n" + bells +
                 "points = { major = 9, safeguarding = 9 }\n[[rule]]\nname = \"s\"\nwhen.arrival = "
                 "\"any\"\nwhen.marked = \"safeguarding\"\nthen.restricted = true\n");
    MailFacts facts = mail("Re: bell");
    facts.context.arrival = Arrival::follow_up;
    facts.context.ticket.emplace();
    facts.context.ticket->priority = "P3";
    const Decision decision = rules.evaluate(facts);
    EXPECT_EQ(decision.outcome.priority, "P3");
    EXPECT_TRUE(decision.outcome.restricted);
}

TEST(Weighing, TellsWhereItIsInDoubt) {
    const auto tags = [](const char* points) {
        return rules_of(scale + "doubt = 0.6\n" + bells + "points = " + points)
            .evaluate(mail("bell"))
            .outcome.tags;
    };
    // The grade that does least harm is said, the other one named.
    EXPECT_THAT(tags("{ high = 5, medium = 4.9 }"),
                testing::ElementsAre(testing::AnyOf("perhaps P2", "perhaps P3")));
    EXPECT_EQ(tags("{ high = 5, medium = 1 }"), std::vector<std::string>{});
}

TEST(Weighing, SaysTheGravestAsReadilyAsTheDeskWants) {
    const auto priority = [](const char* readiness) {
        return rules_of(scale + "readiness = " + readiness + "\n" + bells +
                        "points = { major = 5, high = 5 }")
            .evaluate(mail("bell"))
            .outcome.priority;
    };
    EXPECT_EQ(priority("0.3"), "P2");
    EXPECT_EQ(priority("3"), "P1");
}

TEST(Weighing, IsInNoDoubtWhereARuleHasDecided) {
    const auto tags = [](const char* rule) {
        return rules_of(scale + "doubt = 0.6\n" + bells + "points = { high = 5, medium = 4.9 }\n" +
                        "[[rule]]\nname = \"r\"\nwhen.text = \"bell\"\n" + rule)
            .evaluate(mail("bell"))
            .outcome.tags;
    };
    EXPECT_EQ(tags("then.priority = \"P1\"\n"), std::vector<std::string>{});
    EXPECT_EQ(tags("then.team = \"desk\"\n").size(), 1U);
}

TEST(Weighing, AddsUpSeveralTables) {
    const RuleSet rules = with_files(
        {{"rules.toml", basics + scale + "table = [\"one.points\", \"other.points\"]\n" + bells +
                            "points = { major = 1 }\n"},
         {"one.points", "bellhop points 1\nversion one\nstart 1 0 0 0 0\nlamp\t4 0 0 0 0\n"},
         {"other.points",
          "bellhop points 1\nversion two\nstart 2 0 0 0 0\ndesk\t5 0 0 0 0\nlamp\t-1 0 0 0 0\n"}});
    const double share = 1 / std::sqrt(12.0);
    const auto major = [&](const char* body) {
        return rules.evaluate(mail("", body)).weighed->sums[0];
    };
    EXPECT_NEAR(major("lamp"), 3 + 3 * share, 1e-9);
    EXPECT_NEAR(major("desk"), 3 + 5 * share, 1e-9);
    const Ruling ruling = ruling_of(rules, rules.evaluate(mail("", "lamp")));
    EXPECT_NE(ruling.evidence.find("table one + two"), std::string::npos) << ruling.evidence;
}

TEST(Weighing, AddsWhatATableSaysOfWordsAndPairs) {
    const RuleSet rules = with_files({{"rules.toml", basics + scale + "table = \"own.points\"\n" +
                                                         bells + "points = { major = 1 }\n"},
                                      {"own.points",
                                       "bellhop points 1\nversion ours\nstart 0.5 0 0 0 -9\nno "
                                       "bells\t4 0 0 0 0\nbells\t1 0 0 0 0\n"}});
    const Decision decision = rules.evaluate(mail("", "no bells"));
    EXPECT_NEAR(decision.weighed->sums[0], 0.5 + 1 + 5 / std::sqrt(12.0), 1e-9);
    EXPECT_NE(ruling_of(rules, decision).evidence.find("table ours"), std::string::npos);
    const Ruling ruling = ruling_of(rules, decision);
    EXPECT_EQ(read_ruling(ruling_event(ruling, {})).evidence, ruling.evidence);
    EXPECT_EQ(by_rules(ruling), "by its evidence");
    const auto heaviest = rules.heaviest(mail("", "no bells"), 2);
    ASSERT_EQ(heaviest.size(), 2U);
    EXPECT_EQ(heaviest[0].evidence, "");
    EXPECT_EQ(heaviest[0].because.word, "no bells");
    EXPECT_EQ(heaviest[1].evidence, "bells");
    EXPECT_EQ(heaviest[0].because.at, 0U);
    EXPECT_EQ(heaviest[0].because.until, 8U);
}

TEST(Weighing, IsExplainedWithWeightAndPlace) {
    const RuleSet rules = rules_of(scale + bells + "points = { major = 2 }\n");
    const MailFacts facts = mail("The tannoy");
    const auto explained = explain(rules, facts, rules.evaluate(facts));
    ASSERT_EQ(explained.size(), 2U);
    EXPECT_EQ(explained[1].name, "evidence");
    ASSERT_EQ(explained[1].because.size(), 1U);
    EXPECT_EQ(explained[1].because[0].evidence, "bells");
    EXPECT_EQ(explained[1].because[0].excerpt, "The »tannoy«");
    EXPECT_EQ(explained[1].because[0].weight, "+2.0 for P1");
    EXPECT_EQ(explained[1].sum,
              "P1 71 %, P2 10 %, P3 10 %, P4 10 %; safeguarding 50 %, without a table");
}

TEST(Strangers, GetNoMoreThanTheDeskAllows) {
    const RuleSet rules = rules_of(
        "[strangers]\nat_most = \"P2\"\n[[rule]]\nname = \"r\"\nwhen.text = "
        "\"fire\"\nthen.priority = \"P1\"\n[[boost]]\nname = \"b\"\nfrom = 2027-03-03\nto = "
        "2027-03-03\nraise_by = 1\n");
    MailFacts facts = mail("fire");
    facts.context.groups = {"unknown"};
    facts.context.knows_people = true;
    EXPECT_EQ(rules.evaluate(facts).outcome.priority, "P2");
    facts.context.knows_people =
        false;  // a desk that has not said who its people are knows no strangers
    EXPECT_EQ(rules.evaluate(facts).outcome.priority, "P1");
    facts.context.knows_people = true;
    facts.context.groups = {"staff"};
    EXPECT_EQ(rules.evaluate(facts).outcome.priority, "P1");
    facts = mail("lamp");
    facts.context.groups = {"unknown"};
    facts.context.knows_people = true;
    EXPECT_EQ(rules.evaluate(facts).outcome.priority, "P3");
}

// Whoever is not believed is a stranger, whatever people.toml says of the address he claims.
TEST(Strangers, AreAllWhoAreNotBelieved) {
    const RuleSet rules = rules_of(
        "[strangers]\nat_most = \"P2\"\n[[rule]]\nname = \"r\"\nwhen.arrival = \"any\"\n"
        "when.text = \"fire\"\nthen.priority = \"P1\"\n[[boost]]\nname = \"b\"\nschool = \"Hill\"\n"
        "from = 2027-03-03\nto = 2027-03-03\nraise_by = 1\nnote = \"We know of your visit.\"\n");
    for (const ProofLevel proof :
         {ProofLevel::proved, ProofLevel::inside, ProofLevel::unknown, ProofLevel::failed}) {
        const bool is_believed = proof == ProofLevel::proved || proof == ProofLevel::inside;
        MailFacts facts = mail("fire");
        facts.context.groups = {"staff"};
        facts.context.school = "Hill";
        facts.context.date = std::chrono::year{2027} / 3 / 3;
        facts.context.set_proof(proof);
        EXPECT_EQ(facts.context.is_from_stranger(), !is_believed) << to_text(proof);
        const Outcome fire = rules.evaluate(facts).outcome;
        EXPECT_EQ(fire.priority, is_believed ? "P1" : "P2") << to_text(proof);
        EXPECT_EQ(fire.notes.empty(), !is_believed) << to_text(proof);
        facts.subject = "lamp";
        EXPECT_EQ(rules.evaluate(facts).outcome.priority, is_believed ? "P2" : "P3");
    }
}

TEST(Strangers, RaiseNoTicketThatIsThereAboveIt) {
    const RuleSet rules = rules_of(
        "[strangers]\nat_most = \"P2\"\n[[rule]]\nname = \"r\"\nwhen.arrival = \"any\"\n"
        "when.text = \"fire\"\nthen.priority = \"P1\"\n");
    MailFacts facts = mail("fire");
    facts.context.set_proof(ProofLevel::failed);
    facts.context.arrival = Arrival::follow_up;
    facts.context.ticket.emplace();
    for (const auto& [before, after] : {std::pair{"P4", "P2"}, {"P2", "P2"}, {"P1", "P1"}}) {
        facts.context.ticket->priority = before;
        EXPECT_EQ(rules.evaluate(facts).outcome.priority, after) << before;
    }
    facts.context.standing = Standing::himself;
    facts.context.ticket->priority = "P4";
    EXPECT_EQ(rules.evaluate(facts).outcome.priority, "P1");
}

TEST(Strangers, MakeNoSurge) {
    const RuleSet rules = rules_of(
        "[[rule]]\nname = \"s\"\nwhen.text = \"wifi\"\nwhen.surge = { tickets = 3, people = 3, "
        "within = \"15 min\", same = \"desk\" }\nthen.priority = \"P1\"\n");
    MailFacts facts = mail("wifi");
    facts.from = "c@hill.example";
    facts.context.groups = {"staff"};
    facts.context.knows_people = true;
    facts.context.school = "Hill";
    for (const char* who : {"a@one.example", "b@two.example"})
        facts.context.recent.push_back({TicketId{1}, {}, who, "Hill", {}, {"s"}});
    EXPECT_EQ(rules.evaluate(facts).outcome.priority, "P1");
    for (RecentTicket& recent : facts.context.recent) recent.school.clear();
    EXPECT_EQ(rules.evaluate(facts).outcome.priority, "P3");
    for (RecentTicket& recent : facts.context.recent) recent.school = "Hill";
    facts.context.groups = {"unknown"};
    EXPECT_EQ(rules.evaluate(facts).outcome.priority, "P3");
}

TEST(Properties, HaveOneEntryEachInTheTable) {
    const auto& table = property_table();
    for (std::size_t i = 0; i < table.size(); ++i) {
        EXPECT_EQ(table[i].property, static_cast<Property>(i));
        EXPECT_FALSE(name_of(table[i].property).empty());
        EXPECT_EQ(table[i].known == KnownValues::listed, !table[i].listed.empty());
        EXPECT_NO_FATAL_FAILURE(table[i].values({}, {}));
    }
    EXPECT_EQ(table.back().property, Property::has_header);  // the last: none is missing
}

// ---- what an administrator changes in his own file
// --------------------------------------------------

const std::string builtin = "include = [\"builtin:school\", \"builtin:products\"]\n";

RuleSet desk_with(const std::string& own) {
    return with_files({{"rules.toml", builtin + basics + scale + own}});
}

TEST(Administrator, AddsAProductToAList) {
    const std::string rule =
        "[[rule]]\nname = \"MIS\"\nwhen.text = \"@mis\"\nthen.team = \"MIS\"\n";
    EXPECT_EQ(desk_with(rule).evaluate(mail("Juniper")).outcome.team, "desk");
    EXPECT_EQ(desk_with("[words.mis]\nadd = [\"juniper\"]\n" + rule)
                  .evaluate(mail("Juniper"))
                  .outcome.team,
              "MIS");
}

TEST(Administrator, TakesAWordAway) {
    const auto found = [](const RuleSet& rules) {
        return rules.evaluate(mail("x", "The tills are closed for lunch")).weighed->found;
    };
    EXPECT_THAT(found(desk_with("")), testing::Contains("what everybody hangs on"));
    EXPECT_THAT(
        found(desk_with("[words.core]\nremove = [\"tills|till|cashless|biometric|canteen\"]\n")),
        testing::Not(testing::Contains("what everybody hangs on")));
}

TEST(Administrator, LetsAWordRaiseNothing) {
    const auto major = [](const RuleSet& rules) {
        return rules.evaluate(mail("x", "Quokka")).weighed->sums[0];
    };
    const double usual = major(desk_with(""));
    EXPECT_LT(
        major(desk_with(
            "[[evidence]]\nname = \"our newsletter\"\nwords = \"quokka\"\npoints = { P1 = -3 }\n")),
        usual - 2.9);
}

TEST(Administrator, LetsAWordWeighMore) {
    const RuleSet rules = desk_with(
        "[[evidence]]\nname = \"the bells\"\nwords = \"bell|bells|tannoy\"\npoints = { P1 = 9 }\n");
    EXPECT_EQ(rules.evaluate(mail("Bells", "The bells are silent")).outcome.priority, "P1");
}

TEST(Administrator, GivesASchoolItsOwnHabit) {
    const RuleSet rules = desk_with(
        "[[evidence]]\nname = \"Hill rings wolf\"\nwhen.school = \"Hill Primary\"\npoints = { P1 = "
        "-9 }\n");
    MailFacts facts =
        mail("Internet", "The internet is down in the whole school and nobody can work");
    EXPECT_EQ(rules.evaluate(facts).outcome.priority, "P1");
    facts.context.school = "Hill Primary";
    EXPECT_NE(rules.evaluate(facts).outcome.priority, "P1");
}

TEST(Administrator, IsNeverWokenForASender) {
    const RuleSet rules = desk_with(
        "[[rule]]\nname = \"the copier firm\"\nwhen.from = "
        "\"alerts@copiers.example\"\nthen.lower_to = \"P3\"\n");
    MailFacts facts =
        mail("Internet", "The internet is down in the whole school and nobody can work");
    EXPECT_EQ(rules.evaluate(facts).outcome.priority, "P1");
    facts.from = "alerts@copiers.example";
    EXPECT_EQ(rules.evaluate(facts).outcome.priority, "P3");
}

TEST(Administrator, SaysTheGravestMoreReadily) {
    const MailFacts facts = mail("Server", "The server is slow for some teachers this morning");
    EXPECT_NE(desk_with("").evaluate(facts).outcome.priority, "P1");
    EXPECT_EQ(with_files({{"rules.toml", builtin + basics + scale + "readiness = 90\n"}})
                  .evaluate(facts)
                  .outcome.priority,
              "P1");
}

TEST(Administrator, SendsATopicToATeam) {
    const RuleSet rules = desk_with(
        "[[rule]]\nname = \"doors\"\nwhen.text = \"door|doors|fob|fobs\"\nthen.team = \"site\"\n");
    EXPECT_EQ(rules.evaluate(mail("A new fob please")).outcome.team, "site");
}

TEST(Administrator, LeavesOutARuleThatIsIncluded) {
    const MailFacts facts = mail("Complaint", "I am not happy with how long this takes");
    EXPECT_EQ(desk_with("").evaluate(facts).outcome.tags.front(), "complaint");
    for (const std::string& tag :
         desk_with("[[rule]]\nname = \"unhappy\"\ndisabled = true\n").evaluate(facts).outcome.tags)
        EXPECT_NE(tag, "complaint");
}

TEST(Administrator, PutsARuleInThePlaceOfOneThatIsIncluded) {
    const RuleSet rules = desk_with(
        "[[rule]]\nname = \"who is unhappy\"\nreplaces = \"unhappy\"\nwhen.text = "
        "\"@unhappy\"\nthen.notify = [\"desk lead\"]\n");
    const Outcome outcome =
        rules.evaluate(mail("Complaint", "I am not happy with how long this takes")).outcome;
    EXPECT_EQ(outcome.notify, std::vector<std::string>{"desk lead"});
    for (const std::string& tag : outcome.tags) EXPECT_NE(tag, "complaint");
}

TEST(Administrator, SwitchesEvidenceOff) {
    const MailFacts facts = mail("x", "Unsubscribe");
    const auto of = [&](const RuleSet& rules) { return rules.evaluate(facts).weighed->sums; };
    EXPECT_NE(of(desk_with("")),
              of(desk_with("[[evidence]]\nname = \"advertisement\"\ndisabled = true\n")));
}

TEST(Administrator, DoesWithoutTheTable) {
    const RuleSet rules =
        with_files({{"rules.toml", builtin + basics + scale + "table = \"none\"\n"}});
    EXPECT_TRUE(rules.book().weighing.tables.empty());
    EXPECT_EQ(
        rules
            .evaluate(mail("Internet", "The internet is down in the whole school, nobody can work"))
            .outcome.priority,
        "P1");
}

// ---- complaints ----

TEST(EvidenceReader, SaysWhatIsWrong) {
    const auto first_line = [](const std::string& own) {
        const Files files{{"rules.toml", builtin + basics + own}};
        const std::string all = complaints_of(files);
        const std::size_t colon = all.find("error: ");
        return colon == std::string::npos ? all : all.substr(colon + 7, all.find('\n') - colon - 7);
    };
    EXPECT_EQ(first_line(""), "evidence is there, but no [weighing] says what it is for");
    EXPECT_EQ(first_line("[weighing]\npriorities = [\"P1\"]\n"),
              "four grades want four priorities");
    EXPECT_EQ(first_line(scale + "table = \"other.points\"\n"), "cannot read \"other.points\"");
    EXPECT_EQ(first_line(scale + "[[evidence]]\nname = \"x\"\npoints = { P1 = 1 }\n"),
              "evidence \"x\" is never found");
    EXPECT_EQ(
        first_line(scale + "[[evidence]]\nname = \"x\"\nwords = \"x\"\npoints = { P7 = 1 }\n"),
        "unknown grade \"P7\"");
    EXPECT_EQ(first_line(scale + "[[evidence]]\nname = \"x\"\nboth = [\"y\"]\n"),
              "unknown both \"y\"");
    EXPECT_EQ(first_line(scale + "[[evidence]]\nname = \"x\"\nboth = [\"y\", "
                                 "\"thanks\"]\n[[evidence]]\nname = \"y\"\nwords = \"y\"\n"),
              "evidence \"y\" stands below");
    EXPECT_EQ(first_line(scale + "[[evidence]]\nname = \"x\"\nwords = \"x\"\n[[evidence]]\nname = "
                                 "\"x\"\nwords = \"y\"\n"),
              "evidence \"x\" stands twice");
    EXPECT_EQ(first_line(scale + "[words.core]\nremove = [\"no such\"]\n"),
              "\"no such\" does not stand in the list \"core\"");
    EXPECT_EQ(first_line(scale + "[words.cor]\nadd = [\"x\"]\n"), "no list \"cor\" to change");
    EXPECT_EQ(first_line(scale + "[[rule]]\nname = \"x\"\ndisabled = true\n"),
              "no rule \"x\" is included");
    EXPECT_EQ(
        first_line(
            scale +
            "[[rule]]\nname = \"x\"\nreplaces = \"y\"\nwhen.text = \"x\"\nthen.stop = true\n"),
        "no rule \"y\" is included");
    EXPECT_EQ(
        first_line(scale + "[[rule]]\nname = \"x\"\nwhen.evidence = \"thank\"\nthen.stop = true\n"),
        "unknown evidence \"thank\"");
    EXPECT_EQ(first_line("[strangers]\nat_most = \"P9\"\n" + scale), "unknown priority \"P9\"");
    EXPECT_EQ(first_line("include_ = 1\n" + scale).substr(0, 11), "unknown key");
}

TEST(EvidenceReader, SaysWhatWouldBeRight) {
    const auto all_of = [](const std::string& own) {
        return complaints_of(Files{{"rules.toml", builtin + basics + own}});
    };
    const auto has = [&](const std::string& own, const std::string& hint) {
        const std::string all = all_of(own);
        EXPECT_NE(all.find("      = " + hint + "\n"), std::string::npos) << all;
    };
    has("", "for example: [weighing]");
    has("", "             priorities = [\"P1\", \"P2\", \"P3\", \"P4\"]");
    has(scale + "[words]\ncore = [\"x\"]\n",
        "to change a list that is included, write [words.core] add = [...] remove = [...]");
    has(scale + "[words.zzzzzzzzz]\nadd = [\"x\"]\n", "lists that are included can be changed");
    has(scale + "[words.cor]\nadd = [\"x\"]\n", "did you mean \"core\"?");
    has(scale + "[words.core]\nremove = [\"x\"]\n", "`bellhop rules show core` prints it");
    has(scale +
            "[[evidence]]\nname = \"x\"\nboth = [\"y\", \"thanks\"]\n[[evidence]]\nname = "
            "\"y\"\nwords = \"y\"\n",
        "write it above what names it");
    has(scale + "[[rule]]\ndisabled = true\n", "for example: name = \"found by monitoring\"");
    has(scale + "[[evidence]]\nwords = \"x\"\n", "for example: name = \"the bells\"");
    has(scale + "[[evidence]]\nname = \"x\"\n", "for example: words = [\"tannoy|bells\"]");
    has("[weighing]\npriorities = [\"P1\"]\n",
        "the most urgent first: major, high, medium, low; one may stand twice");
    has(scale + "[[evidence]]\nname = \"x\"\nwords = \"x\"\npoints = { zzzzzzzz = 1 }\n",
        "expected one of: major, high, medium, low, safeguarding");
}

TEST(EvidenceReader, SaysWhereATableIsNone) {
    EXPECT_EQ(
        complaints_of(Files{{"rules.toml", basics + scale + "table = \"own.points\"\n"},
                            {"own.points", "nonsense"}}),
        "rules.toml:7:9: error: \"own.points\": line 1: no table of points of a version I know\n"
        "    7 | table = \"own.points\"\n"
        "      |         ^~~~~~~~~~~~\n"
        "      = `bellhop rules learn` makes such tables\n");
}

}  // namespace
}  // namespace bellhop::rules
