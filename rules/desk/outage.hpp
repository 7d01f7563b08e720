// Many tickets about one outage: the first is worked on, and the others are parts of it. What the
// desk says to the first reaches all who have reported it, each once and on his own ticket.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "rules/desk/desk_order.hpp"
#include "rules/ticket/action.hpp"

namespace bellhop::rules {

/// How a part is linked to the first.
inline constexpr const char* part_of_outage = "child_of";

/// What is done to the first ticket of an outage where a later mail has shown how grave it is:
/// `priority` and `reason` are the rules'. Nothing where it is as urgent already.
Actions raise_first(const Ticket& first,
                    const std::string& priority,
                    const std::vector<std::string>& priorities,
                    const std::string& reason);

/// What an order on the first ticket is for each of its parts that is still worked on; nothing
/// where it concerns the first alone. A question to one person makes nobody else wait.
std::optional<DeskOrder> order_for_part(const DeskOrder& order);

/// "Said to the 4 others who have reported it, too."
std::string words_for_parts(std::size_t parts);

}  // namespace bellhop::rules
