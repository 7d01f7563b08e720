// How the rules have done: how often each decided, and how often staff decided otherwise.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "rules/rule/rule_set.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

struct RuleUse {
    std::string name = {};
    std::size_t fired = 0;  ///< mails that it matched
    /// Of these: where the rules changed a ticket's priority or team, and staff changed it again.
    std::size_t overruled = 0;
    std::size_t priority_overruled = 0;
    std::size_t team_overruled = 0;
    bool is_in_file = true;  ///< false: the rules of today have none of that name

    friend bool operator==(const RuleUse&, const RuleUse&) = default;
};

struct RuleStatistics {
    std::size_t mails = 0;       ///< that the rules decided on
    std::size_t overruled = 0;   ///< of these
    std::size_t by_default = 0;  ///< that no rule matched
    std::vector<RuleUse> rules =
        {};  ///< in the order of the file; then those that it lost, by name

    friend bool operator==(const RuleStatistics&, const RuleStatistics&) = default;
};

/// Counts what the logs of tickets tell.
class RuleCount {
public:
    /// Decisions at or after `since`.
    explicit RuleCount(std::chrono::sys_seconds since) : since_(since) {}

    /// The whole log of one ticket.
    void add(const std::vector<TicketEvent>& log);

    /// Rules of `book` that never matched stand with zeros.
    RuleStatistics statistics(const RuleBook& book) const;

private:
    std::chrono::sys_seconds since_;
    RuleStatistics all_ = {};
    std::map<std::string, RuleUse> by_name_ = {};
};

}  // namespace bellhop::rules
