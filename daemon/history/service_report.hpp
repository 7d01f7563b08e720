// How the desk has kept its promises, out of the logs of its tickets.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/desk/desk.hpp"
#include "rules/sla/sla_report.hpp"
#include "rules/sla/survey_results.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// [from, to): what was kept or missed in it, as it looks at `now`.
struct ReportPeriod {
    std::chrono::sys_seconds from = {};
    std::chrono::sys_seconds to = {};
    std::chrono::sys_seconds now = {};
};

struct ServiceReport {
    ReportPeriod period = {};
    rules::SlaReport sla = {};
    rules::SurveyResults survey = {};
};

/// Reads the logs of all tickets that were alive in the period. `progress` is called with the
/// tickets done and all of them.
ServiceReport service_report(
    const storage::Store& store,
    const Desk& desk,
    const ReportPeriod& period,
    const std::function<void(std::int64_t done, std::int64_t whole)>& progress);

/// "below 96 %", "below 96 %, by chance perhaps" where the interval holds the target, or nothing.
std::string verdict_on(const rules::Share& share, int target_percent);

/// "P1 (Major)"; the priority itself where the policy has no name for it.
std::string name_of_priority(const Desk& desk, std::string_view priority);

/// The rows of priorities under the names that people know.
std::vector<rules::ReportRow> with_priority_names(std::vector<rules::ReportRow> rows,
                                                  const Desk& desk);

}  // namespace bellhop::daemon
