// bellhop rules: trying rules before they are live.
#include <chrono>
#include <iostream>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/input_file.hpp"
#include "daemon/commands/rules_history.hpp"
#include "daemon/commands/rules_learn.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/desk/desk_vocabulary.hpp"
#include "daemon/desk/rule_files.hpp"
#include "daemon/desk/settings.hpp"
#include "daemon/orders/given_order.hpp"
#include "daemon/view/output.hpp"
#include "daemon/view/rule_output.hpp"
#include "parsers/message/parse_message.hpp"
#include "parsers/text/quantity.hpp"
#include "rules/lint/rule_lint.hpp"
#include "rules/trial/rule_explain.hpp"

namespace bellhop::daemon {
namespace {

struct RulesOptions {
    std::string rules_file = {};  // instead of the folder's
    std::vector<std::string> mails = {};
    // How a mail of `explain` arrives.
    std::string mailbox = {};
    std::string school = {};
    std::vector<std::string> groups = {};
    std::string sender_proof = {};
    std::vector<std::string> layers = {};
    std::string date = {};
    bool closed = false;
    bool follow_up = false;
};

ConfiguredRules configured_rules(const RulesOptions& options, const Invocation& invocation) {
    const std::filesystem::path folder = invocation.config_folder;
    const std::filesystem::path file = options.rules_file.empty()
                                           ? folder / "rules.toml"
                                           : std::filesystem::path{options.rules_file};
    std::error_code error;
    if (!std::filesystem::exists(file, error)) {
        throw CommandFailure(EX_CONFIG, "bellhop: cannot read " + file.string() + "\n");
    }
    // Rules in another folder come with their own people and their own desk, where they have any.
    const bool has_people = std::filesystem::exists(file.parent_path() / "people.toml", error);
    const std::filesystem::path home = has_people ? file.parent_path() : folder;
    auto configured = load_rule_files(file, home / "people.toml", folder_vocabulary(home));
    if (configured.has_error()) throw CommandFailure(EX_CONFIG, render_all(configured.error()));
    return std::move(*configured);
}

std::chrono::year_month_day today() {
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

// ---- lint ---------------------------------------------------------------------------------------

boost::json::object to_json(const parsers::Diagnostic& diagnostic) {
    boost::json::object object;
    object["file"] = diagnostic.where.file;
    object["line"] = diagnostic.where.line;
    object["column"] = diagnostic.where.column;
    object["severity"] = diagnostic.severity == parsers::Severity::error ? "error" : "warning";
    object["message"] = diagnostic.message;
    object["hints"] = boost::json::value_from(diagnostic.hints);
    return object;
}

int run_lint(const RulesOptions& options, const Invocation& invocation) {
    const ConfiguredRules configured = configured_rules(options, invocation);
    parsers::Diagnostics findings =
        rules::lint(configured.rule_set(), configured.tests, configured.known_people(),
                    configured.vocabulary, today());
    if (configured.people) {
        for (parsers::Diagnostic& each :
             rules::lint_people(*configured.people, configured.people_file, today())) {
            findings.push_back(std::move(each));
        }
    }
    if (invocation.json) {
        boost::json::array all;
        for (const parsers::Diagnostic& each : findings) all.push_back(to_json(each));
        std::cout << boost::json::serialize(all) << '\n';
    } else if (findings.empty()) {
        std::cout << "nothing to complain of\n";
    } else {
        std::cout << render_all(findings);
    }
    return findings.empty() ? EX_OK : 1;
}

// ---- test ---------------------------------------------------------------------------------------

std::vector<rules::RuleTest> chosen_tests(const RulesOptions& options,
                                          ConfiguredRules& configured) {
    if (options.mails.empty()) return std::move(configured.tests);
    std::vector<rules::RuleTest> tests;
    for (const std::string& file : options.mails) {
        auto loaded =
            rules::load_tests(file, required_input(file, EX_DATAERR), configured.rule_set().book());
        if (loaded.has_error()) throw CommandFailure(EX_CONFIG, render_all(loaded.error()));
        for (rules::RuleTest& test : *loaded) tests.push_back(std::move(test));
    }
    return tests;
}

int run_test(const RulesOptions& options, const Invocation& invocation) {
    ConfiguredRules configured = configured_rules(options, invocation);
    const std::vector<rules::RuleTest> tests = chosen_tests(options, configured);
    const auto failures = rules::run_tests(configured.rule_set(), tests, configured.known_people());
    if (invocation.json) {
        boost::json::array all;
        for (const rules::TestFailure& failure : failures) {
            all.push_back({{"file", failure.where.file},
                           {"line", failure.where.line},
                           {"name", failure.name},
                           {"differences", boost::json::value_from(failure.lines)}});
        }
        std::cout << boost::json::serialize(boost::json::object{
                         {"tests", tests.size()}, {"failed", failures.size()}, {"failures", all}})
                  << '\n';
        return failures.empty() ? EX_OK : 1;
    }
    for (const rules::TestFailure& failure : failures) {
        std::cout << fmt::format("{}:{}: failed: {}\n", failure.where.file, failure.where.line,
                                 parsers::in_quotes(failure.name));
        for (const std::string& line : failure.lines)
            std::cout << "      " << harmless_text(line) << '\n';
    }
    std::cout << fmt::format("{} of {} test mails as expected\n", tests.size() - failures.size(),
                             tests.size());
    return failures.empty() ? EX_OK : 1;
}

// ---- explain ------------------------------------------------------------------------------------

rules::MailContext context_of(const parsers::Message& message,
                              const RulesOptions& options,
                              const rules::People* people) {
    rules::MailContext context;
    const std::string from = message.from ? message.from->address : "";
    const rules::Sender sender =
        people != nullptr ? people->sender(from) : rules::Sender{"", "", "", {"unknown"}};
    context.mailbox = options.mailbox;
    context.school = options.school.empty() ? sender.school : options.school;
    context.plan = sender.plan;
    context.groups = options.groups.empty() ? sender.groups : options.groups;
    context.knows_people = !options.groups.empty() || (people != nullptr && people->are_real());
    if (const auto proof = rules::proof_level_named(options.sender_proof)) {
        context.set_proof(*proof);
    }
    context.layers = options.layers;
    context.open = !options.closed;
    context.arrival = options.follow_up ? rules::Arrival::follow_up : rules::Arrival::new_ticket;
    const std::chrono::year_month_day sent =
        message.date
            ? std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(*message.date)}
            : today();
    context.date = options.date.empty() ? sent : parsers::parse_date(options.date).value_or(sent);
    if (message.date) context.at = *message.date;
    return context;
}

int run_explain(const RulesOptions& options, const Invocation& invocation) {
    const ConfiguredRules configured = configured_rules(options, invocation);
    for (const std::string& file : options.mails) {
        if (read_ticket_number(file)) {
            explain_rules_of_ticket(file, configured.rule_set(), invocation);
            continue;
        }
        const parsers::Message message = parsers::parse_message(required_input(file, EX_DATAERR));
        const rules::MailFacts facts =
            rules::facts_of(message, context_of(message, options, configured.known_people()));
        const rules::Decision decision = configured.rule_set().evaluate(facts);
        const auto explained = rules::explain(configured.rule_set(), facts, decision);
        if (invocation.json) {
            std::cout << boost::json::serialize(daemon::to_json(explained, decision.outcome))
                      << '\n';
        } else {
            std::cout << daemon::in_words(explained, decision.outcome);
        }
    }
    return EX_OK;
}

Option rules_file_option() {
    return value("--rules", "instead of rules.toml of the configuration folder").called("FILE");
}

Command lint_command() {
    Command lint{"lint", "what is allowed in rules, but hardly meant",
                 "Example: bellhop rules lint"};
    lint.options = {rules_file_option()};
    lint.run = [](const Arguments& given, Invocation& invocation) {
        RulesOptions options;
        options.rules_file = given.text("--rules");
        invocation.exit_status = run_lint(options, invocation);
    };
    return lint;
}

Command test_command() {
    Command test{"test", "run the test mails that stand beside the rules",
                 "Example: bellhop rules test --rules new.toml"};
    test.options = {rules_file_option(),
                    values("FILE", "files of [[test]] mails instead of those of the rules")};
    test.run = [](const Arguments& given, Invocation& invocation) {
        RulesOptions options;
        options.rules_file = given.text("--rules");
        options.mails = given.texts("FILE");
        invocation.exit_status = run_test(options, invocation);
    };
    return test;
}

RulesOptions explain_options(const Arguments& given) {
    RulesOptions options;
    options.rules_file = given.text("--rules");
    options.mails = given.texts("FILE|TICKET");
    options.mailbox = given.text("--mailbox");
    options.school = given.text("--school");
    options.groups = given.texts("--group");
    options.sender_proof = given.text("--sender-proof");
    options.layers = given.texts("--layer");
    options.date = given.text("--date");
    options.closed = given.has("--closed");
    options.follow_up = given.has("--follow-up");
    return options;
}

Command explain_command_of_rules() {
    Command explain{"explain", "which rules match a mail, on which word, and what each does"};
    explain.options = {
        rules_file_option(),
        values("FILE|TICKET",
               "messages; - is standard input; a number is a ticket: the mail that opened it")
            .required(),
        value("--mailbox", "it came in by this mailbox"),
        value("--school", "instead of the school that the sender belongs to"),
        values("--group", "instead of what people.toml says of the sender"),
        value("--sender-proof", "what the mailbox's servers prove of the sender")
            .among({"proved", "inside", "unknown", "failed"}),
        values("--layer", "a layer of the calendar is in force: \"exam day\""),
        value("--date", "it came in on this day; else on the day it was sent"),
        flag("--closed", "it came in outside opening hours"),
        flag("--follow-up", "it belongs to a ticket")};
    explain.footer =
        "Examples: bellhop rules explain mail.eml --group \"nominated contact\"\n"
        "          bellhop rules explain 1042";
    explain.run = [](const Arguments& given, Invocation& invocation) {
        invocation.exit_status = run_explain(explain_options(given), invocation);
    };
    return explain;
}

ConfiguredRules rules_in(const std::string& file, const Invocation& invocation) {
    RulesOptions options;
    options.rules_file = file;
    return configured_rules(options, invocation);
}

Command show_command() {
    Command show{"show", "word lists, evidence and rules, with what is built in",
                 "Example: bellhop rules show mis"};
    show.options = {rules_file_option(), value("NAME", "one of them, whole")};
    show.run = [](const Arguments& given, Invocation& invocation) {
        invocation.exit_status = run_rules_show(rules_in(given.text("--rules"), invocation),
                                                given.text("NAME"), invocation);
    };
    return show;
}

Command diff_command() {
    Command diff{"diff",
                 "what differs from other rules, or from what `rules show --json` printed before",
                 "Example: bellhop rules diff listing-before-upgrade.json"};
    diff.options = {rules_file_option(),
                    value("FILE", "a listing, or a file that ends in .toml").required()};
    diff.run = [](const Arguments& given, Invocation& invocation) {
        const GiveRules give = [&invocation](const std::string& other) {
            return rules_in(other, invocation);
        };
        invocation.exit_status = run_rules_diff(rules_in(given.text("--rules"), invocation),
                                                given.text("FILE"), give, invocation);
    };
    return diff;
}

Command learn_command() {
    Command learn{"learn", "points from your own tickets, and from what staff corrected in them",
                  "Example: bellhop rules learn --since 2y --out /etc/bellhop"};
    learn.options = {
        rules_file_option(),
        value("--since", "tickets of so long, or since a date: 365d where nothing is labelled"),
        values("--labelled", "folders or files of [[test]] mails that say what is right"),
        value("--expect", "tables of these mails that say it, the first that has it")
            .by_default("expect"),
        value("--points", "points of evidence").among({"keep", "refit"}).by_default("keep"),
        flag("--anew", "learn all words, not what is to be added to the program's table"),
        value("--table-version", "what the table is called; else the date"),
        value("--out", "the folder for learned.toml and learned.points").by_default(".")};
    learn.run = [](const Arguments& given, Invocation& invocation) {
        LearnOptions options;
        options.labelled = given.texts("--labelled");
        options.expect = given.text("--expect");
        options.since = given.text("--since");
        if (given.text("--points") == "refit")
            options.scope.evidence = rules::EvidencePoints::refit;
        if (given.has("--anew")) options.scope.words = rules::WordPoints::anew;
        options.version = given.text("--table-version");
        options.out = given.text("--out");
        invocation.exit_status =
            run_rules_learn(rules_in(given.text("--rules"), invocation), options, invocation);
    };
    return learn;
}

}  // namespace

Command rules_command() {
    Command rules{"rules", "try, check and explain the rules"};
    rules.commands = {lint_command(), test_command(),  explain_command_of_rules(), show_command(),
                      diff_command(), learn_command(), backtest_command(),         stats_command()};
    return rules;
}

}  // namespace bellhop::daemon
