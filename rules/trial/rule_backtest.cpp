#include "rules/trial/rule_backtest.hpp"

#include <algorithm>

#include "rules/rule/ruling.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds longest_surge = 24h;  // what read_surge() allows

/// The last rule that said something of the priority; "default" where none did.
std::string priority_rule(const RuleSet& rules, const Decision& decision) {
    std::string name = "default";
    for (const Step& step : decision.trace) {
        for (const std::string& line : step.did) {
            if (line.rfind("priority ", 0) == 0) name = rules.name_of(step);
        }
    }
    return name;
}

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 1.0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

void Backtest::add(PastMail mail) {
    mail.facts.context.recent = recent_;
    const Decision decision = rules_.evaluate(mail.facts);
    const Outcome& now = decision.outcome;
    ++report_.mails;
    ++report_.matrix[{mail.then.priority, now.priority}];
    const bool changed = mail.then.priority != now.priority || mail.then.team != now.team ||
                         mail.then.handling != now.handling;
    if (mail.then.handling != now.handling) ++report_.handled[now.handling];
    const std::vector<std::string> matched = ruling_of(rules_, decision).matched;
    for (const std::string& name : matched) ++report_.matched[name];
    if (mail.then.priority != now.priority)
        ++report_.changed_by_rule[priority_rule(rules_, decision)];
    const std::string right = mail.corrected_priority.value_or(mail.then.priority);
    const bool was_right = right == mail.then.priority;
    const bool is_right = right == now.priority;
    if (was_right) ++report_.agreed_before;
    if (is_right) ++report_.agreed_now;
    if (is_right && !was_right) ++report_.better;
    if (was_right && !is_right) ++report_.worse;
    if (mail.corrected_priority) {
        ++report_.corrected;
        if (is_right) ++report_.corrected_right;
    }
    if (changed) {
        ++report_.changed;
        keep_sample(mail, decision);
    }
    remember(mail, decision);
}

void Backtest::remember(const PastMail& mail, const Decision& decision) {
    const MailContext& context = mail.facts.context;
    if (decision.surge_rules.empty() || context.arrival != Arrival::new_ticket) return;
    const auto is_old = [&](const RecentTicket& recent) {
        return recent.at + longest_surge < context.at;
    };
    recent_.erase(std::remove_if(recent_.begin(), recent_.end(), is_old), recent_.end());
    recent_.push_back({mail.ticket, context.at, mail.facts.from, context.school,
                       decision.outcome.parent, decision.surge_rules});
}

void Backtest::keep_sample(const PastMail& mail, const Decision& decision) {
    const Change change{mail.then.priority, decision.outcome.priority};
    if (kept_[change] >= samples_) return;
    ++kept_[change];
    BacktestSample sample{mail.ticket};
    const bool restricted = mail.then.restricted || decision.outcome.restricted;
    if (!restricted) sample.subject = mail.facts.subject;
    sample.priority = change;
    sample.team_then = mail.then.team;
    sample.team_now = decision.outcome.team;
    sample.handling_then = mail.then.handling;
    sample.handling_now = decision.outcome.handling;
    sample.rules = ruling_of(rules_, decision).matched;
    report_.samples.push_back(std::move(sample));
}

double agreement_before(const BacktestReport& report) {
    return share(report.agreed_before, report.mails);
}

double agreement_now(const BacktestReport& report) {
    return share(report.agreed_now, report.mails);
}

}  // namespace bellhop::rules
