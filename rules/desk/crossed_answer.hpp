// Two people of the desk who answer side by side, and neither knows of the other.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "rules/ticket/action.hpp"

namespace bellhop::rules {

/// What is to be done where `actor` ("agent Tess") answers at `now`, and somebody else has within
/// ten minutes before: an entry of the log for him, and word to the other. None where the customer
/// has written in between, or `actor` himself was the last to answer.
Actions tell_of_crossed_answer(const std::vector<TicketEvent>& log,
                               const std::string& actor,
                               std::chrono::sys_seconds now);

}  // namespace bellhop::rules
