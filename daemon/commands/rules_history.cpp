#include "daemon/commands/rules_history.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <sysexits.h>

#include "daemon/commands/progress.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/commands/since_option.hpp"
#include "daemon/desk/desk_vocabulary.hpp"
#include "daemon/history/past_decision.hpp"
#include "daemon/history/stored_mail_backtest.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/view/backtest_output.hpp"
#include "daemon/view/output.hpp"
#include "daemon/view/rule_output.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/calendar/local_words.hpp"
#include "rules/trial/rule_statistics.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t digest_shown = 12;  // characters: enough to tell two files apart

// ---- explain TICKET -----------------------------------------------------------------------------

std::string in_words(const PastDecision& past, const rules::Decision& decision) {
    const rules::Ruling& then = past.then;
    if (!past.is_recorded) return "\nthe log does not tell what the rules decided then\n";
    std::string text = "\ndecided then: priority " + then.outcome.priority;
    if (!then.outcome.team.empty()) text += ", team " + then.outcome.team;
    if (!then.outcome.assignee.empty()) text += ", assignee " + then.outcome.assignee;
    text += ", " + rules::by_rules(then) + '\n';
    if (past.corrected_priority)
        text += "corrected by staff: priority " + *past.corrected_priority + '\n';
    text +=
        then.digest == decision.digest
            ? "the rules are still those of then (" + then.digest.substr(0, digest_shown) + ")\n"
            : "the rules have changed since (then " + then.digest.substr(0, digest_shown) +
                  ", now " + decision.digest.substr(0, digest_shown) + ")\n";
    return text;
}

json::object to_json(const PastDecision& past, const rules::Decision& decision) {
    json::object then{{"priority", past.then.outcome.priority},
                      {"team", past.then.outcome.team},
                      {"matched", json::value_from(past.then.matched)},
                      {"digest", past.then.digest},
                      {"handling", rules::name_of(past.then.outcome.handling)}};
    if (past.corrected_priority) then["corrected_priority"] = *past.corrected_priority;
    json::object object{{"digest", decision.digest},
                        {"rules_changed", past.then.digest != decision.digest}};
    if (past.is_recorded) object["then"] = std::move(then);
    return object;
}

// ---- backtest -----------------------------------------------------------------------------------

struct BacktestOptions {
    std::string rules_file = {};
    std::string since = "90d";
    std::string fail_if = {};
    std::size_t samples = 3;
};

std::vector<rules::BacktestCondition> conditions_of(const BacktestOptions& options) {
    if (options.fail_if.empty()) return {};
    auto conditions = rules::parse_backtest_conditions(options.fail_if);
    if (conditions.has_error())
        throw CommandFailure(EX_USAGE, "bellhop: --fail-if: " + conditions.error() + "\n");
    return *std::move(conditions);
}

/// The rules of another file, for the people and the words of this desk; nothing: the desk's own.
std::optional<ConfiguredRules> other_rules(const BacktestOptions& options,
                                           const Invocation& invocation) {
    if (options.rules_file.empty()) return std::nullopt;
    std::error_code error;
    if (!std::filesystem::exists(options.rules_file, error)) {
        throw CommandFailure(EX_CONFIG, "bellhop: cannot read " + options.rules_file + "\n");
    }
    auto loaded = load_rule_files(options.rules_file, invocation.config_folder / "people.toml",
                                  folder_vocabulary(invocation.config_folder));
    if (loaded.has_error()) throw CommandFailure(EX_CONFIG, render_all(loaded.error()));
    return std::move(*loaded);
}

int run_backtest(const BacktestOptions& options, const Invocation& invocation) {
    BacktestAnswer answer;
    const std::vector<rules::BacktestCondition> conditions = conditions_of(options);
    const Desk desk = configured_desk(invocation);
    const std::optional<ConfiguredRules> others = other_rules(options, invocation);
    const rules::RuleSet& rules = others ? others->rule_set() : desk.rules.rule_set();
    const auto store = store_to_read(desk);
    answer.since = instant_of_option(options.since, "--since", desk, SystemClock{}.now());
    answer.digest = rules.book().digest;
    {
        Progress progress{"mails", store->past.count(answer.since)};
        answer.result =
            backtest_stored_mail(*store, desk, rules, answer.since, options.samples,
                                 [&progress](std::int64_t done) { progress.set(done); });
    }
    for (const rules::BacktestCondition& condition : conditions) {
        if (holds(condition, answer.result.tickets)) answer.failed.push_back(condition.text);
    }
    std::cout << (invocation.json ? json::serialize(daemon::to_json(answer)) + "\n"
                                  : daemon::in_words(answer, rules.book().priorities));
    return answer.failed.empty() ? EX_OK : 1;
}

// ---- stats --------------------------------------------------------------------------------------

json::object to_json(const rules::RuleStatistics& statistics, std::chrono::sys_seconds since) {
    json::array all;
    for (const rules::RuleUse& use : statistics.rules) {
        all.push_back({{"name", use.name},
                       {"fired", use.fired},
                       {"overruled", use.overruled},
                       {"priority_overruled", use.priority_overruled},
                       {"team_overruled", use.team_overruled},
                       {"in_file", use.is_in_file}});
    }
    return {{"since", rules::to_text(since)},
            {"mails", statistics.mails},
            {"overruled", statistics.overruled},
            {"by_default", statistics.by_default},
            {"rules", std::move(all)}};
}

std::string share(std::size_t part, std::size_t whole) {
    if (whole == 0) return "-";
    return fmt::format("{:.0f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string in_words(const rules::RuleStatistics& statistics,
                     const Desk& desk,
                     std::chrono::sys_seconds since) {
    const rules::BusinessCalendar& calendar = desk.calendars.calendars.front();
    std::string text = fmt::format(
        "{} mails decided on since {}; no rule matched {} ({}); staff overruled {} ({})\n\n",
        statistics.mails, rules::moment_for_log(calendar, since), statistics.by_default,
        share(statistics.by_default, statistics.mails), statistics.overruled,
        share(statistics.overruled, statistics.mails));
    text += fmt::format("{:>7}  {:>9}  {:>8}  {:>6}  {}\n", "FIRED", "OVERRULED", "PRIORITY",
                        "TEAM", "RULE");
    std::string silent;
    for (const rules::RuleUse& use : statistics.rules) {
        if (use.fired == 0) {
            silent += "  " + use.name + '\n';
            continue;
        }
        text +=
            fmt::format("{:>7}  {:>3} {:>5}  {:>8}  {:>6}  {}{}\n", use.fired, use.overruled,
                        share(use.overruled, use.fired), use.priority_overruled, use.team_overruled,
                        use.name, use.is_in_file ? "" : " (no longer in the file)");
    }
    if (!silent.empty()) text += "\nnever fired:\n" + silent;
    return text;
}

void run_stats(const std::string& since_text, const Invocation& invocation) {
    const Desk desk = configured_desk(invocation);
    const auto store = store_to_read(desk);
    const auto since = instant_of_option(since_text, "--since", desk, SystemClock{}.now());
    rules::RuleCount count{since};
    {
        const std::vector<rules::TicketId> tickets = store->past.tickets_with_mail(since);
        Progress progress{"tickets", static_cast<std::int64_t>(tickets.size())};
        std::int64_t done = 0;
        for (const rules::TicketId ticket : tickets) {
            progress.set(done++);
            count.add(store->tickets.events(ticket));
        }
    }
    const rules::RuleStatistics statistics = count.statistics(desk.rules.rule_set().book());
    std::cout << (invocation.json ? json::serialize(to_json(statistics, since)) + "\n"
                                  : in_words(statistics, desk, since));
}

}  // namespace

void explain_rules_of_ticket(const std::string& name,
                             const rules::RuleSet& rules,
                             const Invocation& invocation) {
    const Desk desk = configured_desk(invocation);
    const auto store = store_to_read(desk);
    const rules::Ticket ticket = ticket_numbered(*store, name);
    const auto mail = store->past.first_of(ticket.id);
    const PastDecisions decisions{*store, desk};
    auto past = mail ? decisions.of(*mail) : std::nullopt;
    if (!past) {
        throw CommandFailure(1, "bellhop: the mail that opened ticket " +
                                    std::to_string(number(ticket.id)) + " is no longer kept\n");
    }
    past->facts.context.recent = decisions.surge_before(*mail);
    const rules::Decision decision = rules.evaluate(past->facts);
    const auto explained = rules::explain(rules, past->facts, decision);
    if (invocation.json) {
        json::object object = daemon::to_json(explained, decision.outcome);
        object["ticket"] = number(ticket.id);
        for (const auto& entry : to_json(*past, decision)) object[entry.key()] = entry.value();
        std::cout << json::serialize(object) << '\n';
    } else {
        std::cout << daemon::in_words(explained, decision.outcome) << in_words(*past, decision);
    }
}

Command backtest_command() {
    Command command{"backtest", "try rules on the mail of the past: what would change"};
    command.footer =
        "Example: bellhop rules backtest --rules new.toml --since 90d --fail-if "
        "\"gain<0,worse>5\"";
    command.options = {
        value("--rules", "instead of rules.toml of the configuration folder").called("FILE"),
        value("--since", "mail of so long, or since a date").by_default("90d"),
        value("--fail-if",
              "exit with 1 where one of these holds: agreement<95, gain<0, changed>10%, "
              "worse>0, mails<100")
            .called("CONDITION,..."),
        whole_number("--samples", "mails shown of each kind of change", {0, 1000}).by_default("3")};
    command.run = [](const Arguments& given, Invocation& invocation) {
        const BacktestOptions options{given.text("--rules"), given.text("--since"),
                                      given.text("--fail-if"),
                                      static_cast<std::size_t>(given.number("--samples"))};
        invocation.exit_status = run_backtest(options, invocation);
    };
    return command;
}

Command stats_command() {
    Command command{"stats", "how often each rule fired, and how often staff decided otherwise"};
    command.footer = "Example: bellhop rules stats --since 2026-09-01";
    command.options = {value("--since", "mail of so long, or since a date").by_default("90d")};
    command.run = [](const Arguments& given, Invocation& invocation) {
        run_stats(given.text("--since"), invocation);
    };
    return command;
}

}  // namespace bellhop::daemon
