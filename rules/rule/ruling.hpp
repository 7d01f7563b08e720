// What the rules have decided about a mail, as far as it is acted upon and written down.
#pragma once

#include <string>
#include <vector>

#include "rules/rule/rule_set.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

struct Ruling {
    Outcome outcome = {};
    std::vector<std::string> matched = {};      ///< names of the rules, in the order of the file
    std::vector<std::string> surge_rules = {};  ///< Decision::surge_rules
    std::string proposed = {};                  ///< priority that the sender has proposed
    std::string digest = {};                    ///< of the rules
    std::string evidence = {};           ///< the sum, and the version of the table: for people
    std::vector<std::string> tags = {};  ///< that these rules give: what this mail itself shows

    friend bool operator==(const Ruling&, const Ruling&) = default;
};

/// `decision` comes from `rules`.
Ruling ruling_of(const RuleSet& rules, const Decision& decision);

/// "by the rules \"A\", \"B\"": for reasons; "by its evidence" where none
/// matched, or "by the default rule" where nothing was weighed.
std::string by_rules(const Ruling& ruling);

/// The ruling as an entry of the ticket's log: what backtest, statistics and surges go by later.
TicketEvent ruling_event(const Ruling& ruling, std::chrono::sys_seconds at);

/// What such an entry says. Names that the event does not have stay empty.
Ruling read_ruling(const TicketEvent& event);

}  // namespace bellhop::rules
