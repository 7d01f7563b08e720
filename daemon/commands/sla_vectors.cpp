#include "daemon/commands/sla_vectors.hpp"

#include <chrono>
#include <limits>
#include <map>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "rules/calendar/business_calendar.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/sla/sla.hpp"
#include "rules/ticket/cycle.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using rules::BusinessCalendar;
using std::chrono::seconds;
using std::chrono::sys_seconds;

/// A question that makes no sense; what() is for people.
struct Refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::string quoted(std::string_view text) {
    return "\"" + std::string{text} + "\"";
}

const json::value& member(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    if (found == nullptr) throw Refused("there is no " + quoted(key));
    return *found;
}

const json::object& object_in(const json::value& value, std::string_view what) {
    if (!value.is_object()) throw Refused(quoted(what) + " is not an object");
    return value.get_object();
}

std::string text_in(const json::object& object, std::string_view key) {
    const json::value& value = member(object, key);
    if (!value.is_string()) throw Refused(quoted(key) + " is not a text");
    return std::string{value.get_string()};
}

sys_seconds instant_in(const json::object& object, std::string_view key) {
    const std::string text = text_in(object, key);
    const std::optional<sys_seconds> instant = rules::parse_instant(text);
    if (!instant) throw Refused(quoted(text) + " is not an instant such as 2026-10-26T12:30:00Z");
    return *instant;
}

/// Ten thousand years in seconds would still fit; beyond the horizon nothing is found anyway.
std::int64_t number_in(const json::object& object, std::string_view key) {
    constexpr std::int64_t most = 1'000'000'000;
    const json::value& value = member(object, key);
    if (!value.is_int64() || value.get_int64() < 0 || value.get_int64() > most) {
        throw Refused(quoted(key) + " is not a whole number from 0 to 1000000000");
    }
    return value.get_int64();
}

std::chrono::local_days date_from(std::string_view text) {
    const std::optional<std::chrono::local_days> date = rules::parse_date(text);
    if (!date) throw Refused(quoted(text) + " is not a date such as 2026-12-24");
    return *date;
}

rules::DayHours hours_from(const json::value& value) {
    if (!value.is_array()) throw Refused("hours are not a list");
    rules::DayHours hours;
    for (const json::value& item : value.get_array()) {
        const std::optional<rules::OpeningHours> span =
            item.is_string() ? rules::parse_opening_hours(item.get_string()) : std::nullopt;
        if (!span) throw Refused(json::serialize(item) + " is not opening hours");
        hours.push_back(*span);
    }
    return hours;
}

rules::WeeklyHours week_from(const json::value& value) {
    rules::WeeklyHours week;
    for (const auto& [day, hours] : object_in(value, "weekly")) {
        const std::optional<std::chrono::weekday> weekday = rules::parse_weekday(day);
        if (!weekday) throw Refused(quoted(day) + " is not a day of the week");
        week.on(*weekday) = hours_from(hours);
    }
    return week;
}

BusinessCalendar calendar_from(const std::string& name, const json::object& object) {
    rules::CalendarPlan plan;
    plan.name = name;
    plan.zone = text_in(object, "tz");
    if (const json::value* weekly = object.if_contains("weekly")) plan.weekly = week_from(*weekly);
    if (const json::value* ranges = object.if_contains("ranges"); ranges && ranges->is_array()) {
        for (const json::value& item : ranges->get_array()) {
            const json::object& range = object_in(item, "ranges");
            plan.periods.push_back({text_in(range, "name"), date_from(text_in(range, "from")),
                                    date_from(text_in(range, "to")),
                                    week_from(member(range, "weekly"))});
        }
    }
    if (const json::value* closed = object.if_contains("closed"); closed && closed->is_array()) {
        for (const json::value& item : closed->get_array()) {
            if (!item.is_string()) throw Refused("a closed date is not a text");
            const std::chrono::local_days date = date_from(item.get_string());
            plan.closures.push_back({std::string{item.get_string()}, date, date});
        }
    }
    if (const json::value* dates = object.if_contains("dates")) {
        for (const auto& [date, hours] : object_in(*dates, "dates")) {
            plan.special_days.push_back({std::string{date}, date_from(date), hours_from(hours)});
        }
    }
    auto calendar = BusinessCalendar::create(std::move(plan));
    if (calendar.has_error()) {
        throw Refused("calendar " + quoted(name) + ": " + calendar.error().front());
    }
    return std::move(*calendar);
}

/// The document's calendars, built when first asked for.
class Calendars {
public:
    explicit Calendars(const json::object& document)
        : document_(object_in(member(document, "calendars"), "calendars")) {}

    const BusinessCalendar& get(const std::string& name) {
        const auto found = built_.find(name);
        if (found != built_.end()) return found->second;
        const json::value* value = document_.if_contains(name);
        if (value == nullptr) throw Refused("there is no calendar " + quoted(name));
        return built_.emplace(name, calendar_from(name, object_in(*value, name))).first->second;
    }

private:
    const json::object& document_;
    std::map<std::string, BusinessCalendar> built_ = {};
};

rules::Target target_from(const json::object& object) {
    rules::Target target;
    const std::string kind = text_in(object, "kind");
    if (kind == "business_time") {
        target.kind = rules::BusinessTime{seconds{number_in(object, "seconds")}};
    } else if (kind == "business_days") {
        constexpr std::int64_t most = 100'000;  // far beyond the horizon
        target.kind =
            rules::BusinessDays{static_cast<int>(std::min(most, number_in(object, "days")))};
    } else if (kind == "calendar_time") {
        const bool stays = object.contains("roll") && text_in(object, "roll") == "none";
        target.kind = rules::CalendarTime{seconds{number_in(object, "seconds")},
                                          stays ? rules::Roll::none : rules::Roll::forward};
    } else if (kind == "immediate") {
        const bool is_given = object.contains("grace_seconds");
        target.kind = rules::Immediate{seconds{is_given ? number_in(object, "grace_seconds") : 0}};
    } else {
        throw Refused("unknown kind of target " + quoted(kind));
    }
    if (object.contains("text")) target.text = text_in(object, "text");
    return target;
}

rules::TimerKind timer_from(const std::string& name) {
    if (name == "response") return rules::TimerKind::response;
    if (name == "resolution") return rules::TimerKind::resolution;
    throw Refused("unknown timer " + quoted(name));
}

rules::ClockEvent event_from(const json::object& object) {
    rules::ClockEvent event;
    event.at = instant_in(object, "at");
    const std::string type = text_in(object, "type");
    if (type == "created") {
        const bool has_status = object.contains("status");
        event.what = rules::Created{text_in(object, "priority"),
                                    has_status ? text_in(object, "status") : "open"};
    } else if (type == "status") {
        event.what = rules::StatusSet{text_in(object, "to")};
    } else if (type == "priority") {
        event.what = rules::PrioritySet{text_in(object, "to")};
    } else if (type == "agent_reply") {
        event.what = rules::AgentReplied{};
    } else if (type == "auto_ack") {
        event.what = rules::AutomaticMailPassed{};
    } else if (type == "customer_reply") {
        event.what = rules::CustomerReplied{};
    } else if (type == "agreed_due") {
        event.what =
            rules::DueAgreed{timer_from(text_in(object, "timer")), instant_in(object, "due")};
    } else if (type == "calendar") {
        event.what = rules::CalendarSet{text_in(object, "to")};
    } else {
        throw Refused("unknown type of event " + quoted(type));
    }
    return event;
}

json::object no_open_time() {
    return {{"error", "no_open_time"}};
}

json::value text_or_null(const std::optional<sys_seconds>& instant) {
    return instant ? json::value(rules::to_text(*instant)) : json::value(nullptr);
}

json::value count_or_null(const std::optional<seconds>& span) {
    return span ? json::value(span->count()) : json::value(nullptr);
}

json::object add_business_time(const json::object& input, const BusinessCalendar& calendar) {
    const auto due =
        calendar.add_working_time(instant_in(input, "start"), seconds{number_in(input, "seconds")});
    const auto breach_after = due ? calendar.next_open(*due) : std::nullopt;
    if (!breach_after) return no_open_time();
    return {{"due", rules::to_text(*due)}, {"breach_after", rules::to_text(*breach_after)}};
}

json::object business_time_between(const json::object& input, const BusinessCalendar& calendar) {
    const seconds between =
        calendar.working_time_between(instant_in(input, "from"), instant_in(input, "to"));
    return {{"seconds", between.count()}};
}

json::object deadline_of(const json::object& input, const BusinessCalendar& calendar) {
    const rules::Target target = target_from(object_in(member(input, "target"), "target"));
    const auto found = rules::deadline(calendar, instant_in(input, "arrived"), target);
    if (!found) return no_open_time();
    return {{"start", rules::to_text(found->start)},
            {"due", rules::to_text(found->due)},
            {"breach_after", rules::to_text(found->breach_after)}};
}

json::object timer_as_json(const rules::Timer& timer) {
    json::object object{{"state", rules::to_text(timer.state)}};
    if (timer.state == rules::TimerState::none) return object;
    object["due"] = text_or_null(timer.due);
    object["breach_after"] = text_or_null(timer.breach_after);
    object["elapsed"] = count_or_null(timer.elapsed);
    object["remaining"] = count_or_null(timer.remaining);
    return object;
}

rules::Targets targets_for(const json::object& input, const std::string& priority) {
    rules::Targets targets;
    const json::object& all = object_in(member(input, "targets"), "targets");
    const json::value* of_priority = all.if_contains(priority);
    if (of_priority == nullptr) return targets;
    for (const auto& [timer, target] : object_in(*of_priority, priority)) {
        (timer_from(timer) == rules::TimerKind::response ? targets.response : targets.resolution) =
            target_from(object_in(target, timer));
    }
    return targets;
}

json::object clock_of_ticket(const json::object& input,
                             const std::string& calendar_name,
                             Calendars& calendars) {
    const json::value& list = member(input, "events");
    if (!list.is_array()) throw Refused("\"events\" is not a list");
    std::vector<rules::ClockEvent> events;
    for (const json::value& item : list.get_array()) {
        events.push_back(event_from(object_in(item, "events")));
    }
    const sys_seconds now = instant_in(input, "now");
    const auto cycles = rules::cycles_of(events, rules::shipped_statuses(), now);
    if (cycles.empty()) throw Refused("the ticket is not created by then");
    const rules::Cycle& cycle = cycles.back();
    const rules::Targets targets = targets_for(input, cycle.priority);
    const BusinessCalendar& calendar =
        calendars.get(cycle.calendar.empty() ? calendar_name : cycle.calendar);

    json::object timers;
    for (const auto kind : {rules::TimerKind::response, rules::TimerKind::resolution}) {
        const rules::Timer timer = rules::timer_at(cycle, kind, targets, calendar, now);
        if (!timer.is_scheduled) return no_open_time();
        timers[rules::to_text(kind)] = timer_as_json(timer);
    }
    return {{"status", cycle.status},
            {"priority", cycle.priority},
            {"cycle", cycle.number},
            {"timers", std::move(timers)}};
}

json::object result_of(const json::object& vector, Calendars& calendars) {
    const std::string op = text_in(vector, "op");
    const std::string calendar = text_in(vector, "calendar");
    const json::object& input = object_in(member(vector, "input"), "input");
    if (op == "add_business_time") return add_business_time(input, calendars.get(calendar));
    if (op == "business_time_between") {
        return business_time_between(input, calendars.get(calendar));
    }
    if (op == "deadline") return deadline_of(input, calendars.get(calendar));
    if (op == "clock") return clock_of_ticket(input, calendar, calendars);
    throw Refused("unknown op " + quoted(op));
}

VectorsOutcome run_all(const json::object& document,
                       std::ostream& results,
                       std::ostream& complaints) {
    Calendars calendars{document};
    const json::value& list = member(document, "vectors");
    if (!list.is_array()) throw Refused("\"vectors\" is not a list");
    VectorsOutcome outcome = VectorsOutcome::all_computed;
    for (const json::value& item : list.get_array()) {
        json::object line;
        try {
            const json::object& vector = object_in(item, "vectors");
            line["id"] = member(vector, "id");
            line["result"] = result_of(vector, calendars);
        } catch (const Refused& refusal) {
            line["error"] = refusal.what();
            const json::value* id = line.if_contains("id");
            complaints << "bellhop: vector " << (id ? json::serialize(*id) : "without an id")
                       << ": " << refusal.what() << '\n';
            outcome = VectorsOutcome::some_refused;
        }
        results << json::serialize(line) << '\n';
    }
    return outcome;
}

}  // namespace

VectorsOutcome run_sla_vectors(std::string_view document,
                               std::ostream& results,
                               std::ostream& complaints) {
    boost::system::error_code error;
    const json::value parsed = json::parse(document, error);
    if (error) {
        complaints << "bellhop: not JSON: " << error.message() << '\n';
        return VectorsOutcome::not_readable;
    }
    try {
        return run_all(object_in(parsed, "the document"), results, complaints);
    } catch (const Refused& refusal) {
        complaints << "bellhop: " << refusal.what() << '\n';
        return VectorsOutcome::not_readable;
    }
}

}  // namespace bellhop::daemon
