// Lives of tickets for the tests, told as a help-desk manager tells them.
#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/ticket/cycle.hpp"

namespace bellhop::rules {

/// life({{"2026-09-15 09:00", "created P2"}, {"2026-09-15 10:00", "waiting_customer"},
///       {"2026-09-15 11:00", "customer replies"}, {"2026-09-15 12:00", "agent replies"},
///       {"2026-09-15 12:00", "automatic mail"}, {"2026-09-15 12:30", "priority P1"},
///       {"2026-09-15 13:00", "agreed resolution 2026-09-25 12:00"}, {"...", "calendar snow"}})
///
/// Instants are on a London clock; a single word is a status.
std::vector<ClockEvent> life(
    std::initializer_list<std::pair<std::string_view, std::string_view>> events);

}  // namespace bellhop::rules
