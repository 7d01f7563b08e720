#include "daemon/commands/sla_due.hpp"

#include <iostream>
#include <optional>

#include <boost/json.hpp>
#include <sysexits.h>

#include "daemon/desk/desk_time.hpp"
#include "daemon/desk/settings.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/view/clock_output.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/sla/due_explanation.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using std::chrono::sys_seconds;

/// Ends the command after a word to the operator.
int refuse(int status, const std::string& text) {
    std::cerr << text;
    return status;
}

/// A ticket that arrives at `at` and is left alone.
rules::Cycle untouched_cycle(const std::string& priority, sys_seconds at) {
    rules::Cycle cycle;
    cycle.started_at = at;
    cycle.priority = priority;
    cycle.status = "open";
    return cycle;
}

bool is_priority(const rules::SlaPolicy& policy, const std::string& id) {
    for (const rules::Priority& priority : policy.priorities) {
        if (priority.id == id) return true;
    }
    return false;
}

}  // namespace

int explain_due_instants(const SlaDueQuestion& question,
                         const std::filesystem::path& folder,
                         bool wants_json) {
    const auto calendars = load_calendars(folder);
    const auto policy = load_sla_policy(folder);
    if (calendars.has_error() || policy.has_error()) {
        if (calendars.has_error()) std::cerr << render_all(calendars.error());
        if (policy.has_error()) std::cerr << render_all(policy.error());
        return EX_CONFIG;
    }
    const rules::BusinessCalendar* calendar = calendars->find(question.calendar);
    if (calendar == nullptr) {
        return refuse(EX_USAGE, "bellhop: there is no calendar \"" + question.calendar + "\"\n");
    }
    const std::string priority =
        question.priority.empty() ? policy->default_priority : question.priority;
    if (!is_priority(*policy, priority)) {
        return refuse(EX_USAGE, "bellhop: there is no priority \"" + priority + "\"\n");
    }
    const auto at = question.at.empty() ? std::optional{SystemClock{}.now()}
                                        : rules::parse_instant(question.at);
    if (!at) {
        return refuse(EX_USAGE, "bellhop: \"" + question.at +
                                    "\" is not an instant such as 2026-10-26T12:30:00Z\n");
    }
    const rules::Cycle cycle = untouched_cycle(priority, *at);
    const rules::Targets targets = rules::targets_for(*policy, cycle, question.plan, *calendar);
    json::object document{{"priority", priority},
                          {"calendar", calendar->plan().name},
                          {"arrived", rules::to_text(*at)}};
    std::string text;
    for (const auto timer : {rules::TimerKind::response, rules::TimerKind::resolution}) {
        const auto way = rules::explain_due(cycle, timer, targets, *calendar, *at);
        document[rules::to_text(timer)] = to_json(way);
        text += rules::render(way, *calendar);
    }
    std::cout << (wants_json ? json::serialize(document) + "\n" : text);
    return EX_OK;
}

}  // namespace bellhop::daemon
