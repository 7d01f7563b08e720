#include "daemon/view/report_output.hpp"

#include <fmt/format.h>

#include "daemon/view/output.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/calendar/local_words.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t group_width = 28;  // characters

/// Rounded to a tenth: more digits would promise more than the counts hold.
double tenths(double percent) {
    return static_cast<double>(static_cast<std::int64_t>(percent * 10 + 0.5)) / 10;
}

json::object to_json(const rules::Share& share) {
    json::object object{{"met", share.met}, {"judged", share.judged}};
    if (share.judged == 0) return object;
    object["percent"] = tenths(share.percent);
    object["low"] = tenths(share.low);
    object["high"] = tenths(share.high);
    return object;
}

json::object to_json(const rules::ReportRow& row) {
    return {
        {"group", row.group}, {"first", to_json(row.first)}, {"reopened", to_json(row.reopened)}};
}

json::array to_json(const std::vector<rules::ReportRow>& rows) {
    json::array array;
    for (const rules::ReportRow& row : rows) array.push_back(to_json(row));
    return array;
}

json::object to_json(const rules::TimerResult& result) {
    json::object spent;
    for (const auto& [status, time] : result.spent) spent[status + "_seconds"] = time.count();
    json::object object{{"ticket", number(result.ticket)},
                        {"cycle", result.cycle},
                        {"timer", rules::to_text(result.timer)},
                        {"priority", result.priority},
                        {"judged_at", rules::to_text(result.judged_at)},
                        {"cause", result.cause},
                        {"spent", std::move(spent)}};
    if (!result.school.empty()) object["school"] = result.school;
    if (result.due) object["due"] = rules::to_text(*result.due);
    return object;
}

std::string share_words(const rules::Share& share) {
    if (share.judged == 0) return fmt::format("{:>34}", "-");
    const std::string interval = fmt::format("{:.0f}-{:.0f} %", share.low, share.high);
    return fmt::format("{:>5} of {:>5}  {:>5.1f} %  {:>9}", share.met, share.judged, share.percent,
                       interval);
}

std::string row_words(const rules::ReportRow& row, const std::string& name, int target) {
    std::string text = fmt::format("{:<28}  {}  {}", on_one_line(name, group_width),
                                   share_words(row.first), share_words(row.reopened));
    const std::string verdict = verdict_on(row.first, target);
    if (!verdict.empty()) text += "  " + verdict;
    return text + '\n';
}

std::string table_words(const char* title,
                        const std::vector<rules::ReportRow>& rows,
                        const Desk& desk) {
    if (rows.empty()) return {};
    std::string text = std::string{"\n"} + title + '\n';
    for (const rules::ReportRow& row : rows) {
        text += row_words(row, row.group.empty() ? "(no school)" : row.group,
                          desk.policy.attainment_percent);
    }
    return text;
}

std::string breach_words(const rules::TimerResult& result, const Desk& desk) {
    const rules::BusinessCalendar& calendar = calendar_of(desk, result.school);
    std::string text =
        fmt::format("{:>6}  {} of {}{}{}{}\n", number(result.ticket),
                    result.timer == rules::TimerKind::response ? "answer" : "solution",
                    name_of_priority(desk, result.priority),
                    result.cycle > 1 ? ", cycle " + std::to_string(result.cycle) : "",
                    result.school.empty() ? "" : ", " + on_one_line(result.school, group_width),
                    result.due ? ", due " + rules::moment_for_log(calendar, *result.due) : "");
    text += "        " + on_one_line(result.cause, 160) + '\n';
    std::string spent;
    for (const auto& [status, time] : result.spent) {
        if (time == std::chrono::seconds{0}) continue;
        spent += (spent.empty() ? "" : ", ") + rules::span_for_log(time) + " in \"" +
                 rules::name_of_status(desk.policy, status) + '"';
    }
    if (!spent.empty()) text += "        working time: " + spent + '\n';
    return text;
}

std::string survey_words(const rules::SurveyResults& survey) {
    if (survey.count() == 0) return {};
    std::string text = fmt::format("\nsurvey: {} answered, {:.1f} of {} on average (",
                                   survey.count(), survey.mean(), rules::best_rating);
    for (int rating = rules::best_rating; rating >= 1; --rating) {
        text += fmt::format("{}{}: {}", rating == rules::best_rating ? "" : ", ", rating,
                            survey.answers[static_cast<std::size_t>(rating - 1)]);
    }
    return text + ")\n";
}

double reopen_percent(const rules::SlaReport& report) {
    return report.resolved == 0 ? 0 : 100.0 * report.reopened / report.resolved;
}

}  // namespace

json::object to_json(const ServiceReport& report, const Desk& desk) {
    json::array breaches;
    for (const rules::TimerResult& result : report.sla.breaches)
        breaches.push_back(to_json(result));
    json::object object{{"from", rules::to_text(report.period.from)},
                        {"to", rules::to_text(report.period.to)},
                        {"target_percent", desk.policy.attainment_percent},
                        {"all", to_json(report.sla.all)},
                        {"by_priority", to_json(report.sla.by_priority)},
                        {"by_school", to_json(report.sla.by_school)},
                        {"by_month", to_json(report.sla.by_month)},
                        {"resolved", report.sla.resolved},
                        {"reopened", report.sla.reopened},
                        {"breaches", std::move(breaches)}};
    if (report.sla.resolved > 0) object["reopen_percent"] = tenths(reopen_percent(report.sla));
    if (report.survey.count() > 0) {
        object["survey"] = {{"answers", report.survey.count()},
                            {"mean", tenths(report.survey.mean())},
                            {"ratings", json::value_from(report.survey.answers)}};
    }
    return object;
}

std::string in_words(const ServiceReport& report, const Desk& desk) {
    const rules::BusinessCalendar& calendar = desk.calendars.calendars.front();
    const int target = desk.policy.attainment_percent;
    std::string text = fmt::format("service levels from {} to {}; the target is {} %\n\n",
                                   rules::moment_for_log(calendar, report.period.from),
                                   rules::moment_for_log(calendar, report.period.to), target);
    text += fmt::format("{:<28}  {:>34}  {:>34}\n", "", "FIRST CYCLE: KEPT, 95 % INTERVAL",
                        "AFTER REOPENING");
    text += row_words(report.sla.all, "all", target);
    text += table_words("by priority", with_priority_names(report.sla.by_priority, desk), desk);
    text += table_words("by school", report.sla.by_school, desk);
    text += table_words("by month", report.sla.by_month, desk);
    text += fmt::format("\n{} resolved, {} of them came back", report.sla.resolved,
                        report.sla.reopened);
    text +=
        report.sla.resolved == 0 ? "\n" : fmt::format(" ({:.1f} %)\n", reopen_percent(report.sla));
    text += survey_words(report.survey);
    text += fmt::format("\nmissed: {}\n", report.sla.breaches.size());
    for (const rules::TimerResult& result : report.sla.breaches) text += breach_words(result, desk);
    return text;
}

}  // namespace bellhop::daemon
