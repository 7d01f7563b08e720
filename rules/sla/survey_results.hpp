// What people thought of the service: answers to the one-line survey in the mail of a resolved
// ticket, entries "survey" of the log with the value "rating", 1 (bad) to 5 (good).
#pragma once

#include <array>
#include <chrono>
#include <vector>

#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

inline constexpr int best_rating = 5;

struct SurveyResults {
    std::array<int, best_rating> answers = {};  ///< of each rating, 1 first

    /// Counts the answers of one ticket's log in [from, to).
    void add(const std::vector<TicketEvent>& log,
             std::chrono::sys_seconds from,
             std::chrono::sys_seconds to);

    int count() const;
    /// 0 where nobody has answered.
    double mean() const;

    friend bool operator==(const SurveyResults&, const SurveyResults&) = default;
};

}  // namespace bellhop::rules
