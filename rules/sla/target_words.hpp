// Targets as a help-desk manager writes them: "30 minutes", "3 business days", "1 week", "48
// calendar hours", "immediate", "5 days or as agreed".
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "rules/sla/target.hpp"

namespace bellhop::rules {

/// What the words mean at a desk.
struct TargetReading {
    int business_days_per_week = 5;
    std::chrono::seconds immediate_grace = std::chrono::minutes{5};
};

struct TargetWords {
    std::optional<Target> target = {};  ///< nothing: there is none before one is agreed

    friend bool operator==(const TargetWords&, const TargetWords&) = default;
};

/// Reads a target; its text is `text`. Minutes, hours and days are of working time unless
/// "calendar" stands before them; a week is five working days, or as `reading` says. Nothing where
/// it is no target.
std::optional<TargetWords> parse_target(std::string_view text, const TargetReading& reading);

/// As somebody reads it who does not know the desk's words: "within 4 working hours", "at once",
/// "within 1 week, depending on the time that development takes". What the desk has written stays,
/// but for the kind of time, which is said.
std::string target_in_words(const Target& target);

}  // namespace bellhop::rules
