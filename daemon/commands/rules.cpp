// bellhop rules: trying rules before they are live.
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/rules_history.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/desk/desk_vocabulary.hpp"
#include "daemon/desk/rule_files.hpp"
#include "daemon/desk/settings.hpp"
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
    std::vector<std::string> layers = {};
    std::string date = {};
    bool closed = false;
    bool follow_up = false;
};

std::string bytes_of(const std::string& file) {
    std::ifstream stream;
    if (file != "-") stream.open(file, std::ios::binary);
    std::istream& in = file == "-" ? std::cin : stream;
    if (!in || std::filesystem::is_directory(file)) {
        throw CommandFailure(EX_DATAERR, "bellhop: cannot read " + file + "\n");
    }
    return {std::istreambuf_iterator<char>{in}, {}};
}

ConfiguredRules configured_rules(const RulesOptions& options, const Invocation& invocation) {
    const std::filesystem::path folder = invocation.config_folder;
    const std::filesystem::path file = options.rules_file.empty()
                                           ? folder / "rules.toml"
                                           : std::filesystem::path{options.rules_file};
    if (!std::filesystem::exists(file)) {
        throw CommandFailure(EX_CONFIG, "bellhop: cannot read " + file.string() + "\n");
    }
    // Rules in another folder come with their own people and their own desk, where they have any.
    const bool has_people = std::filesystem::exists(file.parent_path() / "people.toml");
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
        rules::lint(configured.rule_set, configured.tests, configured.known_people(),
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
        auto loaded = rules::load_tests(file, bytes_of(file), configured.rule_set.book());
        if (loaded.has_error()) throw CommandFailure(EX_CONFIG, render_all(loaded.error()));
        for (rules::RuleTest& test : *loaded) tests.push_back(std::move(test));
    }
    return tests;
}

int run_test(const RulesOptions& options, const Invocation& invocation) {
    ConfiguredRules configured = configured_rules(options, invocation);
    const std::vector<rules::RuleTest> tests = chosen_tests(options, configured);
    const auto failures = rules::run_tests(configured.rule_set, tests, configured.known_people());
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
            explain_rules_of_ticket(file, configured.rule_set, invocation);
            continue;
        }
        const parsers::Message message = parsers::parse_message(bytes_of(file));
        const rules::MailFacts facts =
            rules::facts_of(message, context_of(message, options, configured.known_people()));
        const rules::Decision decision = configured.rule_set.evaluate(facts);
        const auto explained = rules::explain(configured.rule_set, facts, decision);
        if (invocation.json) {
            std::cout << boost::json::serialize(daemon::to_json(explained, decision.outcome))
                      << '\n';
        } else {
            std::cout << daemon::in_words(explained, decision.outcome);
        }
    }
    return EX_OK;
}

using Run = int (*)(const RulesOptions&, const Invocation&);

CLI::App* add_subcommand(CLI::App& parent,
                         Invocation& invocation,
                         const std::shared_ptr<RulesOptions>& options,
                         const std::string& name,
                         const std::string& description,
                         Run run) {
    CLI::App* command = parent.add_subcommand(name, description);
    command
        ->add_option("--rules", options->rules_file,
                     "instead of rules.toml of the configuration folder")
        ->type_name("FILE");
    command->callback(
        [options, run, &invocation] { invocation.exit_status = run(*options, invocation); });
    return command;
}

}  // namespace

void add_rules_command(CLI::App& app, Invocation& invocation) {
    CLI::App* rules = app.add_subcommand("rules", "try, check and explain the rules");
    rules->require_subcommand(1);
    rules->fallthrough();
    auto options = std::make_shared<RulesOptions>();

    CLI::App* lint = add_subcommand(*rules, invocation, options, "lint",
                                    "what is allowed in rules, but hardly meant", run_lint);
    lint->footer("Example: bellhop rules lint");

    CLI::App* test = add_subcommand(*rules, invocation, options, "test",
                                    "run the test mails that stand beside the rules", run_test);
    test->add_option("FILE", options->mails,
                     "files of [[test]] mails instead of those of the rules");
    test->footer("Example: bellhop rules test --rules new.toml");

    CLI::App* explain =
        add_subcommand(*rules, invocation, options, "explain",
                       "which rules match a mail, on which word, and what each does", run_explain);
    explain
        ->add_option("FILE|TICKET", options->mails,
                     "messages; - is standard input; a number is a ticket: the mail that opened it")
        ->required();
    explain->add_option("--mailbox", options->mailbox, "it came in by this mailbox");
    explain->add_option("--school", options->school,
                        "instead of the school that the sender belongs to");
    explain->add_option("--group", options->groups,
                        "instead of what people.toml says of the sender");
    explain->add_option("--layer", options->layers,
                        "a layer of the calendar is in force: \"exam day\"");
    explain->add_option("--date", options->date,
                        "it came in on this day; else on the day it was sent");
    explain->add_flag("--closed", options->closed, "it came in outside opening hours");
    explain->add_flag("--follow-up", options->follow_up, "it belongs to a ticket");
    explain->footer(
        "Examples: bellhop rules explain mail.eml --group \"nominated contact\"\n"
        "          bellhop rules explain 1042");
    add_rules_history_commands(*rules, invocation);
}

}  // namespace bellhop::daemon
