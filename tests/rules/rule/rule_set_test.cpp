#include "rules/rule/rule_set.hpp"

#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

MailFacts mail(const std::string& subject, const std::string& body = "") {
    MailFacts facts;
    facts.subject = subject;
    facts.body = body;
    facts.whole_body = body;
    facts.from = "Ann@hill.example.org";
    facts.context.groups = {"staff"};
    return facts;
}

/// Names of the rules that matched, the default among them.
Lines matched(const RuleSet& rules, const MailFacts& facts) {
    Lines names;
    for (const Step& step : rules.evaluate(facts).trace) {
        if (step.verdict == Verdict::matched) names.push_back(rules.name_of(step));
    }
    return names;
}

bool matches(const std::string& condition, const MailFacts& facts) {
    const RuleSet rules =
        rules_of("[[rule]]\nname = \"r\"\n" + condition + "\nthen.tags = [\"hit\"]\n");
    return !rules.evaluate(facts).outcome.tags.empty();
}

TEST(RuleSet, BeginsWithTheDefault) {
    const RuleSet rules = rules_of("");
    const Decision decision = rules.evaluate(mail("hello"));
    EXPECT_EQ(decision.outcome.priority, "P3");
    EXPECT_EQ(decision.outcome.team, "desk");
    EXPECT_EQ(decision.trace[0].did, (Lines{"priority P3", "team desk"}));
    EXPECT_EQ(matched(rules, mail("hello")), (Lines{"default"}));
}

TEST(RuleSet, LetsTheLaterRuleWinUnlessOneStops) {
    const std::string first =
        "[[rule]]\nname = \"a\"\nwhen.text = \"x\"\nthen.priority = \"P1\"\nthen.tags = "
        "[\"one\"]\n";
    const std::string second =
        "[[rule]]\nname = \"b\"\nwhen.text = \"x\"\nthen.priority = \"P4\"\nthen.tags = "
        "[\"two\"]\n";
    const Decision both = rules_of(first + second).evaluate(mail("x"));
    EXPECT_EQ(both.outcome.priority, "P4");
    EXPECT_EQ(both.outcome.tags, (Lines{"one", "two"}));
    EXPECT_EQ(both.trace[2].did, (Lines{"priority P1 → P4", "tag two"}));

    const Decision stopped = rules_of(first + "then.stop = true\n" + second).evaluate(mail("x"));
    EXPECT_EQ(stopped.outcome.priority, "P1");
    EXPECT_EQ(stopped.trace[2].verdict, Verdict::not_reached);
}

TEST(RuleSet, MovesPrioritiesWithinTheirBounds) {
    const auto priority = [](const std::string& action, const std::string& start) {
        return rules_of("[[rule]]\nname = \"s\"\nwhen.text = \"x\"\nthen.priority = \"" + start +
                        "\"\n[[rule]]\nname = \"r\"\nwhen.text = \"x\"\nthen." + action + "\n")
            .evaluate(mail("x"))
            .outcome.priority;
    };
    EXPECT_EQ(priority("raise_to = \"P2\"", "P4"), "P2");
    EXPECT_EQ(priority("raise_to = \"P2\"", "P1"), "P1");
    EXPECT_EQ(priority("lower_to = \"P3\"", "P1"), "P3");
    EXPECT_EQ(priority("lower_to = \"P3\"", "P4"), "P4");
    EXPECT_EQ(priority("raise_by = 1", "P3"), "P2");
    EXPECT_EQ(priority("raise_by = 9", "P3"), "P1");
    EXPECT_EQ(priority("lower_by = 1", "P3"), "P4");
    EXPECT_EQ(priority("lower_by = 9", "P3"), "P4");
}

TEST(RuleSet, LooksForWordsInTheTextThatIsAskedFor) {
    MailFacts facts = mail("Printer", "It is jammed");
    facts.quoted = "On Monday you wrote: urgent";
    facts.whole_body = facts.body + "\n" + facts.quoted;
    facts.from_name = "Ann Example";
    facts.attachments = {{"error-log.txt", "text/plain"}};
    facts.fields = {{"X-School", "Hill"}};
    EXPECT_TRUE(matches("when.text = \"printer\"", facts));
    EXPECT_TRUE(matches("when.text = \"jammed\"", facts));
    EXPECT_FALSE(matches("when.text = \"printer it\"", facts)) << "subject and body are two texts";
    EXPECT_FALSE(matches("when.subject = \"jammed\"", facts));
    EXPECT_TRUE(matches("when.body = \"jammed\"", facts));
    EXPECT_FALSE(matches("when.text = \"urgent\"", facts));
    EXPECT_TRUE(matches("when.whole_body = \"urgent\"", facts));
    EXPECT_TRUE(matches("when.quoted = \"urgent\"", facts));
    EXPECT_TRUE(matches("when.from_name = \"example\"", facts));
    EXPECT_TRUE(matches("when.attachment_name = \"error log\"", facts));
    EXPECT_TRUE(matches("when.header.x-school = \"hill\"", facts));
    EXPECT_FALSE(matches("when.header.X-Other = \"hill\"", facts));
    EXPECT_TRUE(matches("when.has_header = \"x-school\"", facts));
    EXPECT_TRUE(matches("when.text = \"printer\"\nwhen.also = \"jammed\"", facts));
    EXPECT_FALSE(matches("when.text = \"printer\"\nwhen.also = \"toner\"", facts));
}

TEST(RuleSet, CountsDifferentWords) {
    const std::string two = "when.text = { words = [\"slow\", \"wifi\", \"room*\"], at_least = 2 }";
    EXPECT_TRUE(matches(two, mail("slow", "the wifi")));
    EXPECT_FALSE(matches(two, mail("slow slow", "slow")));
}

TEST(RuleSet, HeedsNegatedPhrases) {
    const std::string urgent = "when.text = { words = \"urgent\", except = \"not ...2 urgent\" }";
    EXPECT_FALSE(matches(urgent, mail("This is not very urgent")));
    EXPECT_TRUE(matches(urgent, mail("not urgent?", "It is urgent")));
}

TEST(RuleSet, FindsPiecesAndPatternsWhereWritten) {
    EXPECT_TRUE(matches("when.text = { contains = \"RROR 0X\" }", mail("Error 0x80")));
    EXPECT_TRUE(matches("when.text = { contains = \"cafe's  menu\" }", mail("Café’s\nmenu")));
    EXPECT_TRUE(matches("when.subject = { regex = '0x[0-9a-f]{2}\\b' }", mail("ERROR 0XAF")));
    EXPECT_FALSE(matches("when.subject = { regex = '(?-i)0x' }", mail("ERROR 0XAF")));
    EXPECT_TRUE(
        matches("when.text = { words = \"a\", regex = 'b+', at_least = 2 }", mail("a bbb")));
}

TEST(RuleSet, StandsHostilePatternsAndTexts) {
    const RuleSet rules = rules_of(
        "[[rule]]\nname = \"r\"\nwhen.text = { regex = '(a+)+$' }\nthen.tags = [\"hit\"]\n");
    EXPECT_TRUE(rules.evaluate(mail("x", std::string(200'000, 'a') + "!")).outcome.tags ==
                Lines{"hit"})
        << "the end of what patterns are tried on is an end";
    EXPECT_TRUE(rules.evaluate(mail("x", std::string(60'000, 'a') + "!")).outcome.tags.empty());
}

TEST(RuleSet, TellsWhoWrites) {
    MailFacts facts = mail("x");
    facts.recipients = {"Help@desk.example.org"};
    facts.context.school = "Hill Primary";
    facts.context.plan = "BasePlus+";
    facts.context.mailbox = "support";
    facts.context.groups = {"nominated contact", "staff"};
    EXPECT_TRUE(matches("when.from = \"ann@hill.example.org\"", facts));
    EXPECT_TRUE(matches("when.from = \"*@HILL.example.org\"", facts));
    EXPECT_TRUE(matches("when.domain = \"example.org\"", facts));
    EXPECT_FALSE(matches("when.domain = \"ample.org\"", facts));
    EXPECT_TRUE(matches("when.to = \"help@desk.example.org\"", facts));
    EXPECT_TRUE(matches("when.school = \"hill *\"", facts));
    EXPECT_TRUE(matches("when.plan = [\"Base\", \"BasePlus+\"]", facts));
    EXPECT_TRUE(matches("when.mailbox = \"support\"", facts));
    EXPECT_TRUE(matches("when.group = \"nominated contact\"", facts));
    EXPECT_TRUE(matches("when.group = \"SLT\"\nunless.text = \"y\"", [] {
        MailFacts slt = mail("x");
        slt.context.groups = {"slt"};
        return slt;
    }()));
    EXPECT_FALSE(matches("when.text = \"x\"\nunless.group = \"staff\"", facts));
}

TEST(RuleSet, TellsWhenAndWhat) {
    MailFacts facts = mail("x");
    facts.context.date = 2027y / 3 / 3;
    facts.context.layers = {"term", "exam day"};
    facts.context.open = false;
    facts.content = parsers::MessageContent::image_only;
    facts.attachments = {{"a.PNG", "image/png"}};
    facts.kind = parsers::MessageKind::automatic;
    EXPECT_TRUE(matches("when.dates = { from = 2027-03-03, to = 2027-03-03 }", facts));
    EXPECT_FALSE(matches("when.dates = { from = 2027-03-04, to = 2027-03-05 }", facts));
    EXPECT_TRUE(matches("when.weekday = \"wednesday\"", facts));
    EXPECT_TRUE(matches("when.calendar = \"exam day\"", facts));
    EXPECT_TRUE(matches("when.hours = \"closed\"", facts));
    EXPECT_TRUE(matches("when.content = \"image only\"", facts));
    EXPECT_TRUE(matches("when.attachment_type = \"image/*\"", facts));
    EXPECT_TRUE(matches("when.attachments = true", facts));
    EXPECT_FALSE(matches("when.attachments = false", facts));
    EXPECT_TRUE(matches("when.kind = \"automatic\"", facts));
    EXPECT_FALSE(matches("when.kind = [\"person\", \"bounce\"]", facts));
}

TEST(RuleSet, CombinesConditions) {
    EXPECT_TRUE(matches("when.any = [{ text = \"a\" }, { text = \"b\" }]", mail("b")));
    EXPECT_FALSE(
        matches("when.any = [{ text = \"a\" }, { text = \"b\", group = \"pupil\" }]", mail("b")));
    EXPECT_TRUE(matches("when.all = [{ text = \"a\" }, { text = \"b\" }]", mail("b a")));
    EXPECT_FALSE(matches("when.all = [{ text = \"a\" }, { text = \"b\" }]", mail("b")));
    EXPECT_TRUE(matches("when.text = \"a\"\nwhen.none = [{ text = \"b\" }]", mail("a")));
    EXPECT_FALSE(matches("when.text = \"a\"\nwhen.none = [{ text = \"b\" }]", mail("a b")));
    EXPECT_FALSE(matches("when.text = \"a\"\nunless.any = [{ text = \"b\" }]", mail("a b")));
    EXPECT_FALSE(
        matches("when.text = \"a\"\nunless.text = \"b\"\nunless.group = \"pupil\"", mail("a b")))
        << "unless: any one of its conditions is enough";
}

TEST(RuleSet, LooksAtFollowUpsOnlyWhereAsked) {
    MailFacts facts = mail("x");
    facts.context.arrival = Arrival::follow_up;
    facts.context.ticket.emplace();
    facts.context.ticket->priority = "P1";
    facts.context.ticket->team = "network";
    const std::string rule = "[[rule]]\nname = \"r\"\nwhen.text = \"x\"\nthen.priority = \"P4\"\n";
    const Decision decision = rules_of(rule).evaluate(facts);
    EXPECT_EQ(decision.outcome.priority, "P1");
    EXPECT_EQ(decision.outcome.team, "network") << "a follow-up begins with what its ticket is";
    EXPECT_EQ(rules_of(rule + "when.arrival = \"any\"\n").evaluate(facts).outcome.priority, "P4");
    EXPECT_EQ(
        rules_of(rule + "when.arrival = \"follow-up\"\n").evaluate(mail("x")).outcome.priority,
        "P3");
}

TEST(RuleSet, BuildsOnWhatEarlierRulesDecided) {
    const std::string rules =
        "[[rule]]\nname = \"a\"\nwhen.text = \"x\"\nthen.tags = [\"network\"]\nthen.priority = "
        "\"P2\"\n"
        "[[rule]]\nname = \"b\"\nwhen.tagged = \"network\"\nwhen.priority = \"P2\"\nthen.priority "
        "= \"P1\"\n";
    EXPECT_EQ(rules_of(rules).evaluate(mail("x")).outcome.priority, "P1");
    EXPECT_EQ(rules_of(rules).evaluate(mail("y")).outcome.priority, "P3");
}

TEST(RuleSet, MarksForLaterRulesOnly) {
    const std::string giver =
        "[[rule]]\nname = \"a\"\nwhen.text = \"x\"\nthen.mark = [\"lesson\", \"room\"]\n"
        "[[rule]]\nname = \"b\"\nwhen.text = \"x\"\nthen.mark = \"lesson\"\n";
    const std::string taker =
        "[[rule]]\nname = \"c\"\nwhen.marked = \"LESSON\"\nwhen.none = [{ marked = \"exam\" "
        "}]\nthen.priority = \"P1\"\n";
    const Decision decision = rules_of(giver + taker).evaluate(mail("x"));
    EXPECT_EQ(decision.outcome.priority, "P1");
    EXPECT_EQ(decision.outcome.tags, Lines{}) << "a mark is no tag";
    EXPECT_EQ(decision.marks, (Lines{"lesson", "room"}));
    EXPECT_EQ(decision.trace[1].did, (Lines{"mark lesson", "mark room"}));
    EXPECT_EQ(decision.trace[2].did, Lines{}) << "it had it already";
    EXPECT_EQ(decision.trace[3].because, (std::vector<Reason>{{"marked", "lesson"}}));
    EXPECT_EQ(rules_of(taker + giver).evaluate(mail("x")).outcome.priority, "P3")
        << "rules that come before see nothing of it";
}

TEST(RuleSet, HeedsProposalsOnlyAsFarAsAllowed) {
    const std::string proposals =
        "[proposals]\nfrom = [\"staff\"]\nheaders = [\"X-Wanted\"]\nat_most = \"P2\"\n";
    EXPECT_EQ(rules_of("").evaluate(mail("[P1] x")).outcome.priority, "P3");
    EXPECT_EQ(rules_of(proposals).evaluate(mail("[p4] x")).outcome.priority, "P4");
    const Decision capped = rules_of(proposals).evaluate(mail("[P1] x"));
    EXPECT_EQ(capped.outcome.priority, "P2");
    EXPECT_EQ(capped.proposed, "P1");
    EXPECT_EQ(capped.trace[1].did, (Lines{"priority P3 → P1", "priority P1 → P2"}));
    EXPECT_EQ(rules_of(proposals).evaluate(mail("Fwd: [P4] x")).outcome.priority, "P3");

    MailFacts stranger = mail("[P4] x");
    stranger.context.groups = {"unknown"};
    EXPECT_EQ(rules_of(proposals).evaluate(stranger).outcome.priority, "P3");
    EXPECT_EQ(rules_of(proposals).evaluate(stranger).trace[1].verdict, Verdict::not_matched);

    MailFacts with_header = mail("x");
    with_header.fields = {{"X-Wanted", "P4"}};
    EXPECT_EQ(rules_of(proposals).evaluate(with_header).outcome.priority, "P4");
    EXPECT_EQ(rules_of(proposals +
                       "[[rule]]\nname = \"r\"\nwhen.proposed = \"P4\"\nthen.priority = \"P1\"\n")
                  .evaluate(with_header)
                  .outcome.priority,
              "P1")
        << "the desk's rules decide";
}

TEST(RuleSet, BoostsAtTheEndWithinTheirDates) {
    const std::string rules =
        "[[rule]]\nname = \"r\"\nwhen.text = \"x\"\nthen.priority = \"P3\"\nthen.stop = true\n"
        "[[boost]]\nname = \"Ofsted\"\nschool = \"Hill\"\nfrom = 2027-03-03\nto = 2027-03-04\n"
        "raise_by = 1\nnote = \"We know of your visit.\"\n";
    MailFacts facts = mail("x");
    facts.context.school = "Hill";
    facts.context.date = 2027y / 3 / 4;
    const Decision boosted = rules_of(rules).evaluate(facts);
    EXPECT_EQ(boosted.outcome.priority, "P2");
    EXPECT_EQ(boosted.outcome.notes, (Lines{"We know of your visit."}));
    facts.context.date = 2027y / 3 / 5;
    EXPECT_EQ(rules_of(rules).evaluate(facts).outcome.priority, "P3");
    facts.context.date = 2027y / 3 / 4;
    facts.context.school = "Dale";
    EXPECT_EQ(rules_of(rules).evaluate(facts).outcome.priority, "P3");
}

class Surge : public testing::Test {
protected:
    void arrives(std::int64_t ticket,
                 const std::string& from,
                 std::chrono::minutes before,
                 const std::string& school = "Hill") {
        RecentTicket recent{TicketId{ticket}, now - before, from, school};
        recent.surge_rules = {"everybody"};
        facts.context.recent.push_back(recent);
    }

    Decision decide() const { return rules.evaluate(facts); }

    const std::chrono::sys_seconds now = std::chrono::sys_days{2027y / 3 / 3} + 9h;
    const RuleSet rules = rules_of(
        "[[rule]]\nname = \"everybody\"\nwhen.text = \"internet\"\n"
        "when.surge = { tickets = 3, people = 2, within = \"15 min\" }\n"
        "then.priority = \"P1\"\nthen.parent = \"first\"\n");
    MailFacts facts = [this] {
        MailFacts made = mail("no internet");
        made.context.school = "Hill";
        made.context.at = now;
        return made;
    }();
};

TEST_F(Surge, NeedsEnoughTickets) {
    arrives(1, "bob@hill.example.org", 5min);
    const Decision decision = decide();
    EXPECT_EQ(decision.outcome.priority, "P3");
    EXPECT_EQ(decision.trace[1].verdict, Verdict::no_surge);
    EXPECT_EQ(decision.surge_rules, (Lines{"everybody"}));
}

TEST_F(Surge, LinksToTheFirst) {
    arrives(8, "bob@hill.example.org", 2min);
    arrives(7, "ann@hill.example.org", 14min);
    const Decision decision = decide();
    EXPECT_EQ(decision.outcome.priority, "P1");
    EXPECT_EQ(decision.outcome.parent, TicketId{7});
    EXPECT_EQ(decision.trace[1].because.back().word, "3 tickets from 2 people within 15 minutes");
}

TEST_F(Surge, LinksToTheParentOfTheFirst) {
    arrives(8, "bob@hill.example.org", 2min);
    arrives(7, "carl@hill.example.org", 14min);
    facts.context.recent.back().parent = TicketId{5};
    EXPECT_EQ(decide().outcome.parent, TicketId{5});
}

TEST_F(Surge, CountsUpToTheEndOfItsTime) {
    arrives(7, "bob@hill.example.org", 15min);
    arrives(8, "carl@hill.example.org", 15min);
    EXPECT_EQ(decide().outcome.priority, "P1");
    for (RecentTicket& recent : facts.context.recent) recent.at -= std::chrono::seconds{1};
    EXPECT_EQ(decide().outcome.priority, "P3");
}

TEST_F(Surge, NeedsDifferentPeople) {
    arrives(7, "Ann@Hill.example.org", 1min);
    arrives(8, "ann@hill.example.org", 2min);
    EXPECT_EQ(decide().outcome.priority, "P3");
}

TEST_F(Surge, ForgetsWhatIsLongAgoOrElsewhere) {
    arrives(6, "bob@hill.example.org", 16min);
    arrives(7, "carl@hill.example.org", 1min, "Dale");
    arrives(8, "dora@hill.example.org", 1min);
    EXPECT_EQ(decide().outcome.priority, "P3");
    facts.subject = "hello";
    EXPECT_TRUE(decide().surge_rules.empty());
}

TEST(RuleSet, DecidesOnEverythingElse) {
    const Decision decision = rules_of(
                                  "[[rule]]\nname = \"r\"\nwhen.text = \"x\"\n[rule.then]\nteam = "
                                  "\"MIS\"\nassignee = \"Bo\"\n"
                                  "category = \"SIMS\"\nrestricted = true\nacknowledge = "
                                  "\"neutral\"\nhold = \"nominated contact\"\n"
                                  "parent = 1042\nnotify = [\"Bo\", \"DSL\"]\nnote = \"n\"\n")
                                  .evaluate(mail("x"));
    Outcome expected;
    expected.priority = "P3";
    expected.team = "MIS";
    expected.assignee = "Bo";
    expected.category = "SIMS";
    expected.restricted = true;
    expected.acknowledgement = "neutral";
    expected.handling = Handling::hold;
    expected.approver = "nominated contact";
    expected.parent = TicketId{1042};
    expected.notify = {"Bo", "DSL"};
    expected.notes = {"n"};
    EXPECT_EQ(decision.outcome, expected);
    EXPECT_EQ(decision.trace[1].did,
              (Lines{"team desk → MIS", "assignee Bo", "category SIMS", "restricted",
                     "acknowledge with neutral", "hold for approval by nominated contact",
                     "parent ticket 1042", "notify Bo", "notify DSL", "note n"}));
}

TEST(RuleSet, GivesItsReasonsWithTheirPlaces) {
    const Decision decision = rules_of(
                                  "[[rule]]\nname = \"r\"\nwhen.text = \"wifi|wi-fi ... down\"\n"
                                  "when.group = \"staff\"\nthen.priority = \"P1\"\n")
                                  .evaluate(mail("Help", "The Wi-Fi is\ndown"));
    EXPECT_EQ(
        decision.trace[1].because,
        (std::vector<Reason>{{"group", "staff"},
                             {"body", "wifi|wi-fi ... down", true, {TextField::body}, 4, 17}}));
}

TEST(RuleSet, SaysWhichConditionFailed) {
    const RuleSet rules = rules_of(
        "[[rule]]\nname = \"r\"\nwhen.text = \"a\"\nwhen.also = \"b\"\nthen.priority = \"P1\"\n");
    const Decision decision = rules.evaluate(mail("a"));
    ASSERT_EQ(decision.trace[1].verdict, Verdict::not_matched);
    const Condition& failed = rules.condition(decision.trace[1].failed);
    EXPECT_EQ(std::get<TextTest>(failed.test).words.keywords[0].written, "b");
    EXPECT_TRUE(decision.trace[1].because.empty());
}

/// Rules whose actions touch nothing in common commute; the outcome is otherwise that of the
/// documented order.
TEST(RuleSet, DependsOnOrderOnlyWhereDocumented) {
    const Lines parts{"[[rule]]\nname = \"a\"\nwhen.text = \"x\"\nthen.team = \"MIS\"\n",
                      "[[rule]]\nname = \"b\"\nwhen.text = \"x\"\nthen.category = \"c\"\n",
                      "[[rule]]\nname = \"c\"\nwhen.text = \"x\"\nthen.raise_to = \"P2\"\n",
                      "[[rule]]\nname = \"d\"\nwhen.text = \"x\"\nthen.raise_to = \"P1\"\n",
                      "[[rule]]\nname = \"e\"\nwhen.text = \"y\"\nthen.priority = \"P4\"\n"};
    std::vector<std::size_t> order{0, 1, 2, 3, 4};
    const Outcome first =
        rules_of(parts[0] + parts[1] + parts[2] + parts[3] + parts[4]).evaluate(mail("x")).outcome;
    do {
        std::string text;
        for (const std::size_t i : order) text += parts[i];
        ASSERT_EQ(rules_of(text).evaluate(mail("x")).outcome, first) << text;
    } while (std::next_permutation(order.begin(), order.end()));
}

}  // namespace
}  // namespace bellhop::rules
