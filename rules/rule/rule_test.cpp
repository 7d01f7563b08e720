#include "rules/rule/rule_test.hpp"

#include <algorithm>
#include <utility>

#include "parsers/header/address.hpp"
#include "parsers/message/forwarded.hpp"
#include "parsers/reply/reply_text.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/lists.hpp"
#include "rules/rule/ruling.hpp"

namespace bellhop::rules {
namespace {

using parsers::ConfigTable;
using parsers::ConfigValue;

/// What a mail program would call a file of that name.
std::string media_type_of(const std::string& filename) {
    static const std::vector<std::pair<std::string, std::string>> types{
        {"png", "image/png"}, {"jpg", "image/jpeg"},  {"jpeg", "image/jpeg"},
        {"gif", "image/gif"}, {"heic", "image/heic"}, {"pdf", "application/pdf"},
        {"csv", "text/csv"},  {"txt", "text/plain"},  {"zip", "application/zip"}};
    const std::string ending = parsers::lower_case(filename.substr(filename.rfind('.') + 1));
    for (const auto& [known, type] : types) {
        if (ending == known) return type;
    }
    return "application/octet-stream";
}

bool is_image(const AttachmentFacts& attachment) {
    return attachment.type.rfind("image/", 0) == 0;
}

parsers::MessageContent content_of(const MailFacts& facts) {
    if (facts.whole_body.find_first_not_of(" \t\n") != std::string::npos)
        return parsers::MessageContent::text;
    if (facts.attachments.empty()) return parsers::MessageContent::empty;
    const bool images = std::all_of(facts.attachments.begin(), facts.attachments.end(), is_image);
    return images ? parsers::MessageContent::image_only : parsers::MessageContent::attachment_only;
}

void read_mail(ConfigTable& table, MailFacts& facts) {
    facts.subject = table.text("subject").value_or("");
    facts.whole_body = table.text("body").value_or("");
    parsers::ReplyParts parts = parsers::split_reply(facts.whole_body);
    facts.body = asked_text(facts.subject, parts.reply, parts.quoted,
                            parsers::find_forwarded(facts.subject, facts.whole_body));
    facts.quoted = std::move(parts.quoted);
    facts.from = table.text("from").value_or("");
    facts.from_name = table.text("from_name").value_or("");
    facts.recipients = table.texts("to");
    for (const std::string& name : table.texts("attachments")) {
        facts.attachments.push_back({name, media_type_of(name)});
    }
    if (auto headers = table.table("header")) {
        for (const std::string& name : headers->keys()) {
            facts.fields.push_back({name, headers->text(name).value_or("")});
        }
    }
    const std::vector<std::pair<std::string, parsers::MessageContent>> contents{
        {"text", parsers::MessageContent::text},
        {"empty", parsers::MessageContent::empty},
        {"image only", parsers::MessageContent::image_only},
        {"attachment only", parsers::MessageContent::attachment_only}};
    facts.content = table.one_of("content", contents).value_or(content_of(facts));
    const std::vector<std::pair<std::string, parsers::MessageKind>> kinds{
        {"person", parsers::MessageKind::human},
        {"automatic", parsers::MessageKind::automatic},
        {"bounce", parsers::MessageKind::bounce}};
    facts.kind = table.one_of("kind", kinds).value_or(parsers::MessageKind::human);
}

/// `earlier = {rule = "no internet", tickets = 4, people = 3}`: what came in within the last
/// minutes.
void read_earlier(ConfigTable& table, MailContext& context) {
    auto earlier = table.table("earlier");
    if (!earlier) return;
    const std::string rule = earlier->required_text("rule", "rule = \"no internet\"");
    const auto tickets = earlier->integer("tickets", 1, 1000).value_or(1);
    const auto people = earlier->integer("people", 1, 1000).value_or(tickets);
    earlier->refuse_unknown_keys();
    for (std::int64_t i = 0; i < tickets; ++i) {
        RecentTicket recent{TicketId{i + 1}, context.at};
        recent.requester = "person" + std::to_string(i % people) + "@example.org";
        recent.school = context.school;
        recent.surge_rules = {rule};
        context.recent.push_back(std::move(recent));
    }
}

void read_context(ConfigTable& table, const RuleReading& reading, MailContext& context) {
    context.mailbox = table.text("mailbox").value_or("");
    context.school = table.text("school").value_or("");
    context.plan = table.text("plan").value_or("");
    for (const ConfigValue& item : table.items("group")) {
        if (const auto group = item.choice(group_names())) context.groups.push_back(*group);
    }
    const std::vector<std::pair<std::string, ProofLevel>> proofs{{"proved", ProofLevel::proved},
                                                                 {"inside", ProofLevel::inside},
                                                                 {"unknown", ProofLevel::unknown},
                                                                 {"failed", ProofLevel::failed}};
    if (const auto proof = table.one_of("sender_proof", proofs)) context.set_proof(*proof);
    context.layers = table.texts("calendar");
    context.date = table.date("date").value_or(std::chrono::year_month_day{});
    const std::vector<std::pair<std::string, bool>> hours{{"open", true}, {"closed", false}};
    context.open = table.one_of("hours", hours).value_or(true);
    const std::vector<std::pair<std::string, Arrival>> arrivals{{"new", Arrival::new_ticket},
                                                                {"follow-up", Arrival::follow_up}};
    context.arrival = table.one_of("arrival", arrivals).value_or(Arrival::new_ticket);
    if (auto ticket = table.table("ticket")) {
        context.ticket.emplace();
        context.ticket->priority = read_priority(*ticket, "priority", reading).value_or("");
        context.ticket->team = ticket->text("team").value_or("");
        context.ticket->tags = ticket->texts("tags");
        ticket->refuse_unknown_keys();
    }
    read_earlier(table, context);
}

Expectation read_expectation(ConfigTable& table, const RuleReading& reading) {
    Expectation expect;
    expect.priority = read_priority(table, "priority", reading);
    expect.team = table.text("team");
    expect.assignee = table.text("assignee");
    expect.category = table.text("category");
    if (table.value("tags")) expect.tags = table.texts("tags");
    if (table.value("rules")) expect.rules = table.texts("rules");
    expect.not_rules = table.texts("not_rules");
    expect.restricted = table.boolean("restricted");
    expect.acknowledge = table.boolean("acknowledge");
    const std::vector<std::pair<std::string, Handling>> handlings{
        {"accept", Handling::accept},
        {"hold", Handling::hold},
        {"ignore", Handling::ignore},
        {"quarantine", Handling::quarantine}};
    expect.handling = table.one_of("handling", handlings);
    table.refuse_unknown_keys();
    return expect;
}

std::string joined(const std::vector<std::string>& names) {
    return names.empty() ? "none" : parsers::joined(names, ", ");
}

/// Collects what is not as expected.
class Comparison {
public:
    void text(const std::string& what,
              const std::optional<std::string>& expected,
              const std::string& met) {
        if (!expected || *expected == met) return;
        lines.push_back(what + " is " + (met.empty() ? "not set" : met) + ", expected " +
                        (expected->empty() ? "none" : *expected));
    }

    void yes_or_no(const std::string& what, const std::optional<bool>& expected, bool met) {
        if (!expected || *expected == met) return;
        lines.push_back((met ? "is " : "is not ") + what + ", expected " +
                        (*expected ? "so" : "not"));
    }

    std::vector<std::string> lines = {};
};

std::vector<std::string> differences(const RuleSet& rules,
                                     const Expectation& expect,
                                     const Decision& decision) {
    const Outcome& outcome = decision.outcome;
    Comparison comparison;
    comparison.text("priority", expect.priority, outcome.priority);
    comparison.text("team", expect.team, outcome.team);
    comparison.text("assignee", expect.assignee, outcome.assignee);
    comparison.text("category", expect.category, outcome.category);
    for (const std::string& tag : expect.tags.value_or(std::vector<std::string>{})) {
        if (std::find(outcome.tags.begin(), outcome.tags.end(), tag) != outcome.tags.end())
            continue;
        comparison.lines.push_back("tags are " + joined(outcome.tags) + ", expected " + tag);
    }
    const std::vector<std::string> matched = ruling_of(rules, decision).matched;
    if (expect.rules && *expect.rules != matched) {
        comparison.lines.push_back("matching rules: " + joined(matched) +
                                   "; expected: " + joined(*expect.rules));
    }
    for (const std::string& name : expect.not_rules) {
        if (std::find(matched.begin(), matched.end(), name) == matched.end()) continue;
        comparison.lines.push_back("rule " + name + " matches, expected not");
    }
    comparison.yes_or_no("restricted", expect.restricted, outcome.restricted);
    comparison.yes_or_no("acknowledged", expect.acknowledge, outcome.acknowledge);
    if (expect.handling)
        comparison.text("handling", name_of(*expect.handling), name_of(outcome.handling));
    return comparison.lines;
}

}  // namespace

MailFacts read_test_mail(ConfigTable& table) {
    MailFacts facts;
    read_mail(table, facts);
    return facts;
}

RuleTest read_test(ConfigTable& table, const RuleReading& reading) {
    RuleTest test;
    test.where = table.where();
    read_context(table, reading, test.facts.context);
    read_mail(table, test.facts);
    test.knows_groups = !test.facts.context.groups.empty();
    test.name = table.text("name").value_or(test.facts.subject);
    if (auto expect = table.table("expect")) {
        test.expect = read_expectation(*expect, reading);
    } else {
        table.complain_at(
            table.where(), "the test expects nothing",
            {"for example: expect.priority = \"" +
             (reading.priorities.empty() ? "P1" : reading.priorities.front()) + "\""});
    }
    table.refuse_unknown_keys();
    return test;
}

MailFacts facts_of(const RuleTest& test, const People* people) {
    MailFacts facts = test.facts;
    MailContext& context = facts.context;
    const bool is_known = people != nullptr && context.standing != Standing::nobody;
    const Sender sender = is_known ? people->sender(facts.from) : Sender{"", "", "", {"unknown"}};
    if (context.school.empty()) context.school = sender.school;
    if (context.plan.empty()) context.plan = sender.plan;
    for (RecentTicket& recent : context.recent) recent.school = context.school;
    if (!test.knows_groups) context.groups = sender.groups;
    if (context.standing != Standing::himself) context.groups = {"unknown"};
    context.knows_people = test.knows_groups || (people != nullptr && people->are_real());
    return facts;
}

std::vector<TestFailure> run_tests(const RuleSet& rules,
                                   const std::vector<RuleTest>& tests,
                                   const People* people) {
    std::vector<TestFailure> failures;
    for (const RuleTest& test : tests) {
        const Decision decision = rules.evaluate(facts_of(test, people));
        std::vector<std::string> lines = differences(rules, test.expect, decision);
        if (!lines.empty()) failures.push_back({test.where, test.name, std::move(lines)});
    }
    return failures;
}

}  // namespace bellhop::rules
