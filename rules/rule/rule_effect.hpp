// What a rule's actions do to an outcome.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule/rule.hpp"

namespace bellhop::rules {

/// Position of `name` in `priorities`; their number where it is not there.
std::size_t rank_of(std::string_view name, const std::vector<std::string>& priorities);

/// Appends names to a list that has none twice, and knows of most new ones without looking through
/// it: hundreds of rules may each give a tag.
class NameAppender {
public:
    /// False where the list has it already. Always for the same list, which nothing else shortens.
    bool append(const std::string& name, std::vector<std::string>& names);

private:
    std::array<std::uint64_t, 64> seen_ = {};  // bits, by hash
    std::size_t known_ = 0;                    // names of the list that `seen_` has
};

/// What rules have changed so far.
struct Effects {
    Outcome& outcome;
    std::vector<std::string>& marks;
    NameAppender to_tags = {};
    NameAppender to_marks = {};
};

/// The tickets that came before in the surge that made a rule match.
struct Surge {
    std::optional<TicketId> parent = {};  ///< the first of them, or its parent; none: no surge
    std::vector<TicketId> alone = {};     ///< those that have no parent yet
};

/// Changes outcome and marks and says so in `did`, one line a change: "priority P2 → P1". `surge`
/// is the one that made the rule match, if any. Precondition: priorities are not empty, and those
/// that `actions` names are among them.
void apply(const RuleActions& actions,
           const std::vector<std::string>& priorities,
           const Surge& surge,
           Effects& effects,
           std::vector<std::string>& did);

}  // namespace bellhop::rules
