#include "tests/rules/ticket_lives.hpp"

#include <string>

#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

std::string_view after(std::string_view text, std::string_view prefix) {
    return text.starts_with(prefix) ? text.substr(prefix.size()) : std::string_view{};
}

ClockEvent event(std::string_view at, std::string_view what) {
    ClockEvent event;
    event.at = london(at);
    if (what == "customer replies") {
        event.what = CustomerReplied{};
    } else if (what == "agent replies") {
        event.what = AgentReplied{};
    } else if (what == "automatic mail") {
        event.what = AutomaticMailPassed{};
    } else if (const auto created = after(what, "created "); !created.empty()) {
        const std::size_t blank = created.find(' ');
        event.what = Created{
            std::string{created.substr(0, blank)},
            blank == std::string_view::npos ? "open" : std::string{created.substr(blank + 1)}};
    } else if (const auto priority = after(what, "priority "); !priority.empty()) {
        event.what = PrioritySet{std::string{priority}};
    } else if (const auto calendar = after(what, "calendar "); !calendar.empty()) {
        event.what = CalendarSet{std::string{calendar}};
    } else if (const auto response = after(what, "agreed response "); !response.empty()) {
        event.what = DueAgreed{TimerKind::response, london(response)};
    } else if (const auto resolution = after(what, "agreed resolution "); !resolution.empty()) {
        event.what = DueAgreed{TimerKind::resolution, london(resolution)};
    } else {
        event.what = StatusSet{std::string{what}};
    }
    return event;
}

}  // namespace

std::vector<ClockEvent> life(
    std::initializer_list<std::pair<std::string_view, std::string_view>> events) {
    std::vector<ClockEvent> list;
    for (const auto& [at, what] : events) list.push_back(event(at, what));
    return list;
}

}  // namespace bellhop::rules
