#include "rules/calendar/ics_import.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include <libical/ical.h>

#include "parsers/text/charset.hpp"
#include "rules/calendar/opening_hours.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::days;
using std::chrono::local_days;

constexpr days after_last_date{5 * 366};    // of what repeats for ever, where less must do
constexpr std::size_t most_left_out = 100;  // lines for people

struct ComponentDeleter {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, ComponentDeleter>;

std::optional<local_days> date_of(const icaltimetype& time) {
    if (icaltime_is_null_time(time) || time.year < 1900 || time.year > 2200) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{time.year},
                                           std::chrono::month{static_cast<unsigned>(time.month)},
                                           std::chrono::day{static_cast<unsigned>(time.day)}};
    return date.ok() ? std::optional{local_days{date}} : std::nullopt;
}

constexpr std::size_t longest_name = 200;  // bytes; a whole letter in SUMMARY is no name

std::string name_of(icalcomponent* event) {
    const char* summary = icalcomponent_get_summary(event);
    std::string name = summary == nullptr ? "" : summary;
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return c < 0x20; }, ' ');
    return name.empty() ? "closed" : name;
}

/// The last date of an all-day event, RFC 5545 section 3.6.1: DTEND is exclusive, and one day is
/// meant where there is neither DTEND nor DURATION.
local_days last_date(icalcomponent* event, local_days first) {
    if (icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY) != nullptr) {
        const std::optional<local_days> end = date_of(icalcomponent_get_dtend(event));
        return end && *end > first ? *end - days{1} : first;
    }
    icalproperty* property = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY);
    if (property == nullptr) return first;
    const icaldurationtype duration = icalproperty_get_duration(property);
    const std::int64_t length = std::int64_t{duration.weeks} * 7 + duration.days;
    return length > 1 && duration.is_neg == 0 ? first + days{length - 1} : first;
}

/// The file's size bounds how many there are.
std::vector<local_days> excepted_dates(icalcomponent* event) {
    std::vector<local_days> dates;
    for (icalproperty* property = icalcomponent_get_first_property(event, ICAL_EXDATE_PROPERTY);
         property != nullptr;
         property = icalcomponent_get_next_property(event, ICAL_EXDATE_PROPERTY)) {
        if (const auto date = date_of(icalproperty_get_exdate(property))) dates.push_back(*date);
    }
    std::sort(dates.begin(), dates.end());
    return dates;
}

/// Whether a rule is one that can be unfolded by counting on from the first date. BY... parts are
/// not: libical would unfold them, but searches for a 30 February for ever.
bool is_plain(const icalrecurrencetype& rule) {
    const bool has_parts = rule.by_second[0] != ICAL_RECURRENCE_ARRAY_MAX ||
                           rule.by_minute[0] != ICAL_RECURRENCE_ARRAY_MAX ||
                           rule.by_hour[0] != ICAL_RECURRENCE_ARRAY_MAX ||
                           rule.by_day[0] != ICAL_RECURRENCE_ARRAY_MAX ||
                           rule.by_month_day[0] != ICAL_RECURRENCE_ARRAY_MAX ||
                           rule.by_year_day[0] != ICAL_RECURRENCE_ARRAY_MAX ||
                           rule.by_week_no[0] != ICAL_RECURRENCE_ARRAY_MAX ||
                           rule.by_month[0] != ICAL_RECURRENCE_ARRAY_MAX ||
                           rule.by_set_pos[0] != ICAL_RECURRENCE_ARRAY_MAX;
    const bool is_calendar_step =
        rule.freq == ICAL_DAILY_RECURRENCE || rule.freq == ICAL_WEEKLY_RECURRENCE ||
        rule.freq == ICAL_MONTHLY_RECURRENCE || rule.freq == ICAL_YEARLY_RECURRENCE;
    return is_calendar_step && !has_parts && rule.interval >= 1;
}

/// The start of the n-th repetition; nothing where the month has no such day (RFC 5545: it is
/// skipped).
std::optional<local_days> repetition(local_days first, const icalrecurrencetype& rule, int n) {
    const int step = rule.interval * n;
    if (rule.freq == ICAL_DAILY_RECURRENCE) return first + days{step};
    if (rule.freq == ICAL_WEEKLY_RECURRENCE) return first + days{7 * step};
    const std::chrono::year_month_day date{first};
    const std::chrono::year_month_day moved = rule.freq == ICAL_MONTHLY_RECURRENCE
                                                  ? date + std::chrono::months{step}
                                                  : date + std::chrono::years{step};
    return moved.ok() ? std::optional{local_days{moved}} : std::nullopt;
}

/// No repetition from the n-th on is earlier: a month has 28 days or more.
local_days step_at_least(local_days first, const icalrecurrencetype& rule, int n) {
    const std::int64_t shortest = rule.freq == ICAL_YEARLY_RECURRENCE    ? 365
                                  : rule.freq == ICAL_MONTHLY_RECURRENCE ? 28
                                  : rule.freq == ICAL_WEEKLY_RECURRENCE  ? 7
                                                                         : 1;
    return first + days{shortest * rule.interval * n};
}

class IcsReader {
public:
    /// Repetitions are taken until then.
    explicit IcsReader(local_days until) : until_(until) {}

    void read(icalcomponent* event) {
        std::string name = name_of(event);
        const icaltimetype start = icalcomponent_get_dtstart(event);
        const std::optional<local_days> first = date_of(start);
        if (icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED) return;
        if (!first) return leave_out(name, "it has no start");
        if (start.is_date == 0) return leave_out(name, "it is not an all-day event");
        if (name.size() > longest_name) {
            name = parsers::utf8_prefix(name, longest_name);
            leave_out(name, "the rest of its name");
        }
        const local_days last = last_date(event, *first);
        latest_named_ = std::max(latest_named_, last);
        add(name, *first, last);
        // libical drops a property that it cannot read and goes on.
        if (icalcomponent_count_errors(event) > 0)
            leave_out(name, "a part of it is not understood");
        icalproperty* property = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
        if (property == nullptr) return;
        const icalrecurrencetype rule = icalproperty_get_rrule(property);
        if (!is_plain(rule))
            return leave_out(
                name, "only its first date is taken: it repeats in a way that is not understood");
        unfold(name, *first, last, rule, excepted_dates(event));
    }

    /// Whether there were more dates than can be taken.
    bool is_full() const { return is_full_; }

    /// The last date that stands in the file itself: no repetition of another.
    local_days latest_named() const { return latest_named_; }

    ImportedDates finish() && {
        if (more_left_out_ > 0) {
            dates_.left_out.push_back("and " + std::to_string(more_left_out_) + " more");
        }
        std::stable_sort(dates_.closures.begin(), dates_.closures.end(),
                         [](const Closure& a, const Closure& b) { return a.first < b.first; });
        return std::move(dates_);
    }

private:
    void unfold(const std::string& name,
                local_days first,
                local_days last,
                const icalrecurrencetype& rule,
                const std::vector<local_days>& excepted) {
        const std::optional<local_days> rule_end = date_of(rule.until);
        const local_days end = rule_end ? std::min(*rule_end, until_) : until_;
        const auto is_excepted = [&excepted](local_days date) {
            return std::binary_search(excepted.begin(), excepted.end(), date);
        };
        if (is_excepted(first)) {
            std::erase_if(dates_.closures, [&](const Closure& one) {
                return one.first == first && one.name == name;
            });
        }
        int counted = 1;
        for (int n = 1; !is_full_; ++n) {
            if (rule.count > 0 && counted >= rule.count) return;
            if (step_at_least(first, rule, n) > end) return;
            const std::optional<local_days> start = repetition(first, rule, n);
            if (!start) continue;
            if (*start > end) return;
            ++counted;
            if (!is_excepted(*start)) add(name, *start, *start + (last - first));
        }
    }

    void add(const std::string& name, local_days first, local_days last) {
        if (dates_.closures.size() == max_imported_dates) {
            is_full_ = true;
        } else {
            dates_.closures.push_back({name, first, last});
        }
    }

    void leave_out(const std::string& name, std::string_view why) {
        if (dates_.left_out.size() == most_left_out) {
            ++more_left_out_;
        } else {
            dates_.left_out.push_back("\"" + name + "\": " + std::string{why});
        }
    }

    local_days until_;
    local_days latest_named_ = {};
    bool is_full_ = false;
    std::size_t more_left_out_ = 0;
    ImportedDates dates_ = {};
};

/// Reads every event of `calendar`, with repetitions until `until`. Returns how many there are.
std::size_t read_events(icalcomponent* calendar, IcsReader& reader) {
    std::size_t events = 0;
    for (icalcomponent* event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
         event != nullptr;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        ++events;
        reader.read(event);
    }
    return events;
}

std::string too_many_dates() {
    return "there are more than " + std::to_string(max_imported_dates) + " dates";
}

std::string_view without_blanks(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r,;");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r,;") - first + 1);
}

/// Takes a date off the front of `text`.
std::optional<local_days> take_date(std::string_view& text) {
    const std::optional<local_days> date = parse_date(text.substr(0, 10));
    const bool is_whole = text.size() <= 10 || (text[10] < '0' || text[10] > '9');
    if (!date || !is_whole) return std::nullopt;
    text = without_blanks(text.substr(std::min<std::size_t>(10, text.size())));
    return date;
}

std::optional<Closure> closure_from(std::string_view line) {
    Closure closure;
    const std::optional<local_days> first = take_date(line);
    if (!first) return std::nullopt;
    closure.first = closure.last = *first;
    for (const std::string_view link : {"to ", "..", "- "}) {
        if (!line.starts_with(link)) continue;
        std::string_view rest = without_blanks(line.substr(link.size()));
        const std::optional<local_days> last = take_date(rest);
        if (!last || *last < *first) return std::nullopt;
        closure.last = *last;
        line = rest;
        break;
    }
    closure.name = line.empty() ? "closed" : std::string{line};
    return closure;
}

}  // namespace

boost::system::result<ImportedDates, std::string> read_ics(std::string_view text) {
    if (text.size() > max_ics_bytes) return std::string{"the file is longer than 4 MiB"};
    const Component root{icalparser_parse_string(std::string{text}.c_str())};
    if (root == nullptr) return std::string{"this is not an iCalendar file"};
    IcsReader whole{last_imported_date};
    if (read_events(root.get(), whole) == 0) return std::string{"the file holds no events"};
    if (!whole.is_full()) return std::move(whole).finish();
    const local_days until = whole.latest_named() + after_last_date;
    IcsReader part{until};
    read_events(root.get(), part);
    if (part.is_full()) return too_many_dates();
    ImportedDates dates = std::move(part).finish();
    dates.left_out.push_back("what repeats after " + to_text(until) + ": " + too_many_dates());
    return dates;
}

boost::system::result<ImportedDates, std::string> read_date_list(std::string_view text) {
    if (text.size() > max_ics_bytes) return std::string{"the file is longer than 4 MiB"};
    ImportedDates dates;
    std::size_t number = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        ++number;
        line = without_blanks(line.substr(0, line.find('#')));
        if (line.empty()) continue;
        const std::optional<Closure> closure = closure_from(line);
        if (!closure) {
            return "line " + std::to_string(number) +
                   ": expected a date such as \"2026-12-25 Christmas Day\"";
        }
        if (dates.closures.size() == max_imported_dates) return too_many_dates();
        dates.closures.push_back(*closure);
    }
    std::stable_sort(dates.closures.begin(), dates.closures.end(),
                     [](const Closure& a, const Closure& b) { return a.first < b.first; });
    return dates;
}

boost::system::result<ImportedDates, std::string> read_closed_dates(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    const bool is_ics = text.substr(0, 1000).find("BEGIN:VCALENDAR") != std::string_view::npos;
    return is_ics ? read_ics(text) : read_date_list(text);
}

}  // namespace bellhop::rules
