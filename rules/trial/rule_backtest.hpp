// What other rules would have made of mails that are already decided.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/rule/rule_set.hpp"

namespace bellhop::rules {

/// A mail of the past: what was known of it then, and what became of it.
struct PastMail {
    TicketId ticket = {};
    MailFacts facts = {};  ///< as they were then; `context.recent` is filled in by the backtest
    Outcome then = {};     ///< what the rules of the time decided
    /// What staff made of it later; none: they left it as it was.
    std::optional<std::string> corrected_priority = {};
};

/// Old and new priority.
using Change = std::pair<std::string, std::string>;

struct BacktestSample {
    TicketId ticket = {};
    std::string subject = {};  ///< empty where the ticket is restricted, then or now
    Change priority = {};
    std::string team_then = {};
    std::string team_now = {};
    Handling handling_then = Handling::accept;
    Handling handling_now = Handling::accept;
    std::vector<std::string> rules = {};  ///< that match now
};

struct BacktestReport {
    std::size_t mails = 0;
    std::size_t changed = 0;                          ///< in priority, team or handling
    std::map<Change, std::size_t> matrix = {};        ///< unchanged ones too
    std::map<Handling, std::size_t> handled = {};     ///< mails that would be handled otherwise, so
    std::map<std::string, std::size_t> matched = {};  ///< by rule: mails that it matches now
    std::map<std::string, std::size_t> changed_by_rule =
        {};                                    ///< by the rule that set the new priority last
    std::vector<BacktestSample> samples = {};  ///< the first of each kind of change
    std::size_t corrected = 0;                 ///< mails whose priority staff corrected
    std::size_t agreed_before = 0;  ///< mails with the priority that staff left standing, old rules
    std::size_t agreed_now = 0;     ///< the same, new rules
    std::size_t corrected_right = 0;  ///< corrected ones that the new rules would have got right
    std::size_t better = 0;           ///< mails whose priority only the new rules get right
    std::size_t worse = 0;            ///< mails whose priority only the old rules got right
};

/// Sends mails through `rules` one after the other, the oldest first, as live: surges are counted
/// from what these rules themselves made of the mails before.
class Backtest {
public:
    /// `rules` must outlive this. Keeps at most `samples` samples of each change of priority.
    Backtest(const RuleSet& rules, std::size_t samples) : rules_{rules}, samples_{samples} {}

    void add(PastMail mail);

    const BacktestReport& report() const { return report_; }

private:
    void remember(const PastMail& mail, const Decision& decision);
    void keep_sample(const PastMail& mail, const Decision& decision);

    const RuleSet& rules_;
    std::size_t samples_;
    std::vector<RecentTicket> recent_ = {};
    std::map<Change, std::size_t> kept_ = {};
    BacktestReport report_ = {};
};

/// The share of mails whose priority staff did not have to correct; 1 where there are no mails.
double agreement_before(const BacktestReport& report);
double agreement_now(const BacktestReport& report);

}  // namespace bellhop::rules
