#include "rules/calendar/calendar_weeks.hpp"

#include <algorithm>
#include <vector>

namespace bellhop::rules {
namespace {

using parsers::ConfigTable;
using parsers::ConfigValue;
using parsers::in_quotes;

/// A key of a week: the days it covers, Monday first.
struct DayGroup {
    std::string key = {};
    std::vector<unsigned> days = {};  // 0 = Monday
    DayHours hours = {};
};

std::vector<unsigned> days_between(unsigned first, unsigned last) {
    std::vector<unsigned> days;
    for (unsigned day = first;; day = (day + 1) % 7) {
        days.push_back(day);
        if (day == last) return days;
    }
}

/// The days that a key names; none where it is no such key.
std::vector<unsigned> days_named(std::string_view key) {
    if (key == "every_day") return days_between(0, 6);
    if (key == "weekdays") return days_between(0, 4);
    if (key == "weekend") return {5, 6};
    constexpr std::string_view link = "_to_";
    const std::size_t at = key.find(link);
    const auto first = parse_weekday(key.substr(0, at));
    if (!first) return {};
    if (at == std::string_view::npos) return {first->iso_encoding() - 1};
    const auto last = parse_weekday(key.substr(at + link.size()));
    if (!last || *last == *first) return {};
    return days_between(first->iso_encoding() - 1, last->iso_encoding() - 1);
}

/// The spans of one text, which may list several.
bool add_spans(const ConfigValue& value, DayHours& hours) {
    const std::optional<std::string> text = value.text();
    if (!text) return false;
    std::string_view rest = *text;
    while (true) {
        const std::size_t comma = rest.find(',');
        const std::optional<OpeningHours> span = parse_opening_hours(rest.substr(0, comma));
        if (!span) {
            value.complain(
                "no opening hours " + in_quotes(*text),
                {"write \"08:30-16:30\", [\"08:30-12:00\", \"13:00-16:30\"] or \"closed\""});
            return false;
        }
        hours.push_back(*span);
        if (comma == std::string_view::npos) return true;
        rest.remove_prefix(comma + 1);
    }
}

}  // namespace

std::optional<DayHours> read_day_hours(const std::vector<ConfigValue>& values) {
    DayHours hours;
    for (const ConfigValue& value : values) {
        if (values.size() == 1 && value.kind() == parsers::ConfigKind::text &&
            value.text() == "closed") {
            return hours;
        }
        if (!add_spans(value, hours)) return std::nullopt;
    }
    const std::string complaint = complaint_about(hours);
    if (complaint.empty()) return hours;
    values.front().complain("hours: " + complaint);
    return std::nullopt;
}

WeeklyHours read_week(ConfigTable& table) {
    std::vector<DayGroup> groups;
    for (const std::string& key : table.keys()) {
        DayGroup group{key, days_named(key), {}};
        if (group.days.empty()) {
            table.complain_at(table.where_key(key), "unknown day " + in_quotes(key),
                              {"expected a day such as monday, or monday_to_thursday, weekdays, "
                               "weekend, every_day"});
            continue;
        }
        if (auto hours = read_day_hours(table.items(key))) group.hours = *std::move(hours);
        groups.push_back(std::move(group));
    }
    std::stable_sort(groups.begin(), groups.end(), [](const DayGroup& a, const DayGroup& b) {
        return a.days.size() > b.days.size();
    });
    WeeklyHours week;
    std::array<const DayGroup*, 7> said_by = {};
    for (const DayGroup& group : groups) {
        for (const unsigned day : group.days) {
            const DayGroup* before = said_by[day];
            if (before != nullptr && before->days.size() == group.days.size()) {
                table.complain(group.key, "the hours of one day are said twice, by " + before->key +
                                              " and " + group.key);
                break;
            }
            said_by[day] = &group;
            week.days[day] = group.hours;
        }
    }
    return week;
}

NamedWeeks read_weeks(ConfigTable& table) {
    NamedWeeks weeks;
    for (const std::string& name : table.keys()) {
        if (name == "closed" || name == "not yet published") {
            table.complain_at(table.where_key(name), "hours cannot be called " + in_quotes(name),
                              {"the word has a meaning of its own"});
        }
        if (std::optional<ConfigTable> week = table.table(name)) weeks[name] = read_week(*week);
    }
    return weeks;
}

}  // namespace bellhop::rules
