#include "rules/sla/survey_results.hpp"

#include <cstddef>
#include <numeric>

#include "rules/sla/ticket_history.hpp"

namespace bellhop::rules {

void SurveyResults::add(const std::vector<TicketEvent>& log,
                        std::chrono::sys_seconds from,
                        std::chrono::sys_seconds to) {
    for (const TicketEvent& event : log) {
        if (event.type != Event::survey || event.at < from || event.at >= to) continue;
        const std::string_view rating = value_of(event, "rating");
        if (rating.size() != 1 || rating[0] < '1' || rating[0] > '0' + best_rating) continue;
        ++answers[static_cast<std::size_t>(rating[0] - '1')];
    }
}

int SurveyResults::count() const {
    return std::accumulate(answers.begin(), answers.end(), 0);
}

double SurveyResults::mean() const {
    if (count() == 0) return 0;
    int sum = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) sum += static_cast<int>(i + 1) * answers[i];
    return static_cast<double>(sum) / count();
}

}  // namespace bellhop::rules
