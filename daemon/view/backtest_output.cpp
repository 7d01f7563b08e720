#include "daemon/view/backtest_output.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "daemon/view/output.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/lists.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t subject_width = 60;  // characters
constexpr std::size_t least_width = 8;     // of a column of the matrix

double percent(double share) {
    return 100 * share;
}

json::object to_json(const rules::BacktestReport& report) {
    json::array matrix;
    for (const auto& [change, mails] : report.matrix) {
        matrix.push_back({{"from", change.first}, {"to", change.second}, {"mails", mails}});
    }
    json::array by_rule;
    for (const auto& [name, mails] : report.matched) {
        const auto changed = report.changed_by_rule.find(name);
        by_rule.push_back(
            {{"name", name},
             {"matched", mails},
             {"changed", changed == report.changed_by_rule.end() ? 0 : changed->second}});
    }
    if (const auto changed = report.changed_by_rule.find("default");
        changed != report.changed_by_rule.end()) {
        by_rule.push_back({{"name", "default"}, {"changed", changed->second}});
    }
    json::array samples;
    for (const rules::BacktestSample& sample : report.samples) {
        json::object one{
            {"ticket", number(sample.ticket)}, {"from", sample.priority.first},
            {"to", sample.priority.second},    {"team_from", sample.team_then},
            {"team_to", sample.team_now},      {"rules", json::value_from(sample.rules)}};
        if (!sample.subject.empty()) one["subject"] = sample.subject;
        if (sample.handling_then != sample.handling_now)
            one["handling"] = rules::name_of(sample.handling_now);
        samples.push_back(std::move(one));
    }
    json::object handled;
    for (const auto& [handling, mails] : report.handled) handled[rules::name_of(handling)] = mails;
    return {{"mails", report.mails},         {"handled", std::move(handled)},
            {"changed", report.changed},     {"matrix", std::move(matrix)},
            {"by_rule", std::move(by_rule)}, {"samples", std::move(samples)}};
}

/// The priorities of the rules in their order, then those that only the past knows.
std::vector<std::string> in_order(const rules::BacktestReport& report,
                                  std::vector<std::string> priorities) {
    std::set<std::string> others;
    for (const auto& [change, mails] : report.matrix) {
        for (const std::string& one : {change.first, change.second}) {
            if (std::find(priorities.begin(), priorities.end(), one) == priorities.end())
                others.insert(one);
        }
    }
    priorities.insert(priorities.end(), others.begin(), others.end());
    return priorities;
}

std::string named(const std::string& priority) {
    return priority.empty() ? "(none)" : priority;
}

std::string matrix_text(const rules::BacktestReport& report,
                        const std::vector<std::string>& priorities) {
    const std::vector<std::string> names = in_order(report, priorities);
    std::size_t width = least_width;
    for (const std::string& name : names) width = std::max(width, named(name).size());
    std::string text = fmt::format("  {:<{}}", "then\\now", width);
    for (const std::string& name : names) text += fmt::format("  {:>{}}", named(name), width);
    text += '\n';
    for (const std::string& from : names) {
        text += fmt::format("  {:<{}}", named(from), width);
        for (const std::string& to : names) {
            const auto found = report.matrix.find({from, to});
            const std::string mails =
                found == report.matrix.end() ? "." : std::to_string(found->second);
            text += fmt::format("  {:>{}}", mails, width);
        }
        text += '\n';
    }
    return text;
}

std::string rules_text(const rules::BacktestReport& report) {
    std::map<std::string, std::pair<std::size_t, std::size_t>> rules;
    for (const auto& [name, mails] : report.matched) rules[name].first = mails;
    for (const auto& [name, mails] : report.changed_by_rule) rules[name].second = mails;
    std::string text = fmt::format("\n  {:>8}  {:>8}  {}\n", "MATCHED", "CHANGED", "RULE");
    for (const auto& [name, counts] : rules) {
        text += fmt::format("  {:>8}  {:>8}  {}\n", counts.first, counts.second,
                            on_one_line(name, subject_width));
    }
    return text;
}

std::string handling_words(rules::Handling handling) {
    switch (handling) {
        case rules::Handling::accept:
            return "accepted";
        case rules::Handling::hold:
            return "held for approval";
        case rules::Handling::ignore:
            return "ignored";
        case rules::Handling::quarantine:
            return "put into quarantine";
    }
    never_reached();
}

std::string handled_text(const rules::BacktestReport& report) {
    std::string text;
    for (const auto& [handling, mails] : report.handled)
        text += fmt::format("  {} would be {}\n", mails, handling_words(handling));
    return text;
}

std::string samples_text(const rules::BacktestReport& report) {
    if (report.samples.empty()) return {};
    std::string text = "\nfor example\n";
    for (const rules::BacktestSample& sample : report.samples) {
        std::string change =
            sample.priority.first == sample.priority.second
                ? named(sample.priority.first)
                : named(sample.priority.first) + " → " + named(sample.priority.second);
        if (sample.team_then != sample.team_now)
            change += ", team " + named(sample.team_then) + " → " + named(sample.team_now);
        if (sample.handling_then != sample.handling_now)
            change += ", " + handling_words(sample.handling_now);
        const std::string by = parsers::joined(sample.rules, ", ");
        text += fmt::format(
            "  {:>6}  {}: {}\n          by {}\n", number(sample.ticket), change,
            sample.subject.empty() ? "(not shown)" : on_one_line(sample.subject, subject_width),
            by.empty() ? "the default rule" : by);
    }
    return text;
}

}  // namespace

json::object to_json(const BacktestAnswer& answer) {
    const rules::BacktestReport& tickets = answer.result.tickets;
    json::object object = to_json(tickets);
    object["since"] = rules::to_text(answer.since);
    object["digest"] = answer.digest;
    object["without_bytes"] = answer.result.without_bytes;
    object["corrected"] = tickets.corrected;
    object["corrected_right"] = tickets.corrected_right;
    object["better"] = tickets.better;
    object["worse"] = tickets.worse;
    object["agreement_before_percent"] = percent(rules::agreement_before(tickets));
    object["agreement_percent"] = percent(rules::agreement_now(tickets));
    object["follow_ups"] = to_json(answer.result.follow_ups);
    object["failed"] = json::value_from(answer.failed);
    return object;
}

std::string in_words(const BacktestAnswer& answer, const std::vector<std::string>& priorities) {
    const rules::BacktestReport& tickets = answer.result.tickets;
    std::string text = fmt::format("{} mails that opened a ticket since {} UTC: {} would change\n",
                                   tickets.mails, short_time(answer.since), tickets.changed);
    text += handled_text(tickets);
    if (tickets.mails > 0) text += matrix_text(tickets, priorities) + rules_text(tickets);
    text += samples_text(tickets);
    const rules::BacktestReport& follow_ups = answer.result.follow_ups;
    if (follow_ups.mails > 0) {
        text += fmt::format("\n{} mails to a ticket that was there: {} would change\n",
                            follow_ups.mails, follow_ups.changed);
        if (follow_ups.changed > 0)
            text += matrix_text(follow_ups, priorities) + samples_text(follow_ups);
    }
    text += fmt::format(
        "\nstaff corrected the priority of {} tickets; these rules get {} of them right\n"
        "agreement with staff: {:.1f} % then, {:.1f} % by these rules ({} better, {} worse)\n",
        tickets.corrected, tickets.corrected_right, percent(rules::agreement_before(tickets)),
        percent(rules::agreement_now(tickets)), tickets.better, tickets.worse);
    if (answer.result.without_bytes > 0) {
        text += fmt::format("{} mails are no longer kept and could not be tried\n",
                            answer.result.without_bytes);
    }
    for (const std::string& condition : answer.failed) text += "failed: " + condition + '\n';
    return text;
}

}  // namespace bellhop::daemon
