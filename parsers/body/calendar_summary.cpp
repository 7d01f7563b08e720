#include "parsers/body/calendar_summary.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

#include "parsers/body/body_text.hpp"
#include "parsers/header/media_type.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_lines = 2000;  // of a calendar object that is read for its first event
constexpr std::size_t max_value_bytes = 1024;  // of one value in the summary

/// RFC 5545 section 3.1: a content line, unfolded.
struct Property {
    std::string name = {};        // upper case
    std::string parameters = {};  // ";TZID=Europe/London"
    std::string value = {};

    std::string parameter(std::string_view wanted) const {
        return std::string{parse_parameter_field("x" + parameters).parameter(wanted)};
    }
};

std::vector<std::string> unfolded_lines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty() && lines.size() < max_lines) {
        const std::size_t newline = text.find('\n');
        const std::string_view line = text.substr(0, newline);
        if (!line.empty() && is_blank(line.front()) && !lines.empty()) {
            lines.back() += line.substr(1);
        } else {
            lines.emplace_back(line);
        }
        if (newline == std::string_view::npos) break;
        text.remove_prefix(newline + 1);
    }
    return lines;
}

/// Where the value starts: after the first ":" outside of quotes.
std::optional<Property> property_of(std::string_view line) {
    bool quoted = false;
    std::size_t colon = 0;
    for (; colon < line.size(); ++colon) {
        if (line[colon] == '"') quoted = !quoted;
        if (line[colon] == ':' && !quoted) break;
    }
    if (colon >= line.size()) return std::nullopt;
    const std::size_t semicolon = std::min(line.find(';'), colon);
    Property property;
    for (const char c : line.substr(0, semicolon))
        property.name += static_cast<char>(is_alpha(c) ? lower(c) - 32 : c);
    property.parameters = line.substr(semicolon, colon - semicolon);
    property.value = utf8_prefix(line.substr(colon + 1), max_value_bytes);
    return property;
}

enum class LineEnds { blanks, kept };

/// RFC 5545 section 3.3.11: "\n", "\," and "\;".
std::string unescaped(std::string_view value, LineEnds line_ends = LineEnds::blanks) {
    std::string text;
    for (std::size_t i = 0; i < value.size(); ++i) {
        char c = value[i];
        if (c == '\\' && i + 1 < value.size()) {
            c = value[++i];
            if (c == 'n' || c == 'N') c = line_ends == LineEnds::kept ? '\n' : ' ';
        }
        text += c;
    }
    return std::string{trimmed(text)};
}

struct Event {
    std::string method = {};
    Property summary = {};
    Property start = {};
    Property end = {};
    Property location = {};
    Property organizer = {};
    Property description = {};
    Property comment = {};
    Property recurrence_id = {};  // of one date of several
    Property attendee = {};       // the first
    bool is_changed = false;      // sent before, otherwise (RFC 5545 section 3.8.7.4)
    bool repeats = false;
    bool is_found = false;
};

Event first_event(std::string_view calendar) {
    Event event;
    int inside = 0;  // components open below the event: alarms
    bool in_event = false;
    for (const std::string& line : unfolded_lines(calendar)) {
        auto property = property_of(line);
        if (!property) continue;
        if (property->name == "METHOD") event.method = lower_case(trimmed(property->value));
        const std::string component = lower_case(trimmed(property->value));
        if (property->name == "BEGIN") {
            if (in_event) ++inside;
            if (component == "vevent" || component == "vtodo") in_event = event.is_found = true;
            continue;
        }
        if (property->name == "END" && in_event && inside-- == 0) break;
        if (!in_event || inside > 0) continue;
        if (property->name == "SUMMARY")
            event.summary = std::move(*property);
        else if (property->name == "DTSTART")
            event.start = std::move(*property);
        else if (property->name == "DTEND" || property->name == "DUE")
            event.end = std::move(*property);
        else if (property->name == "LOCATION")
            event.location = std::move(*property);
        else if (property->name == "ORGANIZER")
            event.organizer = std::move(*property);
        else if (property->name == "DESCRIPTION")
            event.description = std::move(*property);
        else if (property->name == "COMMENT")
            event.comment = std::move(*property);
        else if (property->name == "RECURRENCE-ID")
            event.recurrence_id = std::move(*property);
        else if (property->name == "ATTENDEE" && event.attendee.name.empty())
            event.attendee = std::move(*property);
        else if (property->name == "SEQUENCE")
            event.is_changed = trimmed(property->value) != "0";
        else if (property->name == "RRULE")
            event.repeats = true;
    }
    return event;
}

/// "20260302T090000" as "2026-03-02 09:00", "20260302" as "2026-03-02"; anything else as it stands.
std::string readable_time(std::string_view value) {
    value = trimmed(value);
    const std::string_view date = value.substr(0, 8);
    if (date.size() < 8 || !std::all_of(date.begin(), date.end(), is_digit))
        return std::string{value};
    std::string text = std::string{date.substr(0, 4)} + "-" + std::string{date.substr(4, 2)} + "-" +
                       std::string{date.substr(6, 2)};
    if (value.size() < 13 || value[8] != 'T') return text;
    const std::string_view time = value.substr(9, 4);
    if (!std::all_of(time.begin(), time.end(), is_digit)) return std::string{value};
    return text + " " + std::string{time.substr(0, 2)} + ":" + std::string{time.substr(2, 2)};
}

bool is_date(std::string_view value) {
    return value.size() == 8 && std::all_of(value.begin(), value.end(), is_digit);
}

/// RFC 5545 section 3.6.1: the end of a whole-day event is the day after its last.
std::string last_day(std::string_view day_after) {
    const auto number = [&](std::size_t at, std::size_t digits) {
        int value = 0;
        for (const char c : day_after.substr(at, digits)) value = value * 10 + (c - '0');
        return value;
    };
    const std::chrono::year_month_day date{std::chrono::year{number(0, 4)},
                                           std::chrono::month{static_cast<unsigned>(number(4, 2))},
                                           std::chrono::day{static_cast<unsigned>(number(6, 2))}};
    if (!date.ok()) return readable_time(day_after);
    const std::chrono::year_month_day last{std::chrono::sys_days{date} - std::chrono::days{1}};
    const auto two_digits = [](unsigned value) {
        return std::string(value < 10 ? 1 : 0, '0') + std::to_string(value);
    };
    std::string year = std::to_string(static_cast<int>(last.year()));
    year.insert(0, 4 - std::min<std::size_t>(year.size(), 4), '0');
    return year + "-" + two_digits(static_cast<unsigned>(last.month())) + "-" +
           two_digits(static_cast<unsigned>(last.day()));
}

std::string when(const Event& event) {
    std::string text = readable_time(event.start.value);
    if (text.empty()) return text;
    const std::string_view end_value = trimmed(event.end.value);
    std::string end = is_date(end_value) ? last_day(end_value) : readable_time(end_value);
    if (end == text) end.clear();
    constexpr std::size_t date_length = 10;
    const bool same_day = end.size() > date_length && end[date_length] == ' ' &&
                          text.substr(0, date_length) == end.substr(0, date_length);
    if (!end.empty()) text += " to " + (same_day ? end.substr(date_length + 1) : end);
    const std::string zone = event.start.parameter("tzid");
    if (!zone.empty()) text += " (" + zone + ")";
    if (zone.empty() && trimmed(event.start.value).ends_with('Z')) text += " (UTC)";
    return event.repeats ? text + ", repeated" : text;
}

std::string organiser(const Property& property) {
    std::string_view address = trimmed(property.value);
    if (starts_with_ignoring_case(address, "mailto:")) address.remove_prefix(7);
    const std::string name = property.parameter("cn");
    return name.empty() || name == address ? std::string{address}
                                           : name + " <" + std::string{address} + ">";
}

std::string_view heading(const Event& event) {
    if (event.method == "cancel") return "Cancelled";
    if (event.method == "reply") return "Answer to an invitation";
    if (event.method == "counter") return "Other time proposed";
    if (event.method != "request") return "Event";
    return event.is_changed ? "Changed invitation" : "Invitation";
}

/// "Ann Lee: accepted", where the mail answers an invitation.
std::string answer_in(const Event& event) {
    if (event.method != "reply" && event.method != "counter") return {};
    const std::string who = organiser(event.attendee);
    const std::string said = lower_case(event.attendee.parameter("partstat"));
    return said.empty() ? who : who + ": " + said;
}

}  // namespace

std::string calendar_summary(std::string_view calendar) {
    const Event event = first_event(clean_text(std::string{calendar}));
    if (!event.is_found) return {};
    std::string text{heading(event)};
    text += ": " + unescaped(event.summary.value) + "\n";
    const auto add = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) text += std::string{name} + ": " + value + "\n";
    };
    add("When", when(event));
    add("Only of the series", readable_time(event.recurrence_id.value));
    add("Where", unescaped(event.location.value));
    add("Organiser", organiser(event.organizer));
    add("Answer", answer_in(event));
    add("Comment", unescaped(event.comment.value));
    return text;
}

std::string calendar_description(std::string_view calendar) {
    const Event event = first_event(clean_text(std::string{calendar}));
    return unescaped(event.description.value, LineEnds::kept);
}

}  // namespace bellhop::parsers
