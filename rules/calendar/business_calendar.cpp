#include "rules/calendar/business_calendar.hpp"

#include <algorithm>
#include <utility>

#include "parsers/text/ensure.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::seconds;
using std::chrono::sys_seconds;

/// Long enough that most questions touch one block, short enough that building one costs
/// microseconds.
constexpr days block_length{128};

/// A shift of the date before may reach into a block, and a zone is at most 14 h from UTC.
constexpr days block_margin{3};

std::int64_t block_number(sys_seconds instant) {
    const seconds since_epoch = instant.time_since_epoch();
    const std::int64_t number = since_epoch / block_length;
    return since_epoch % block_length < seconds{0} ? number - 1 : number;
}

sys_seconds block_begin(std::int64_t number) {
    return sys_seconds{block_length * number};
}

/// The last of the dated entries (sorted by `first`) that begins on or before `date`, if it reaches
/// it.
template <class Dated>
const Dated* entry_on(const std::vector<Dated>& entries, local_days date) {
    const auto after =
        std::upper_bound(entries.begin(), entries.end(), date,
                         [](local_days day, const Dated& entry) { return day < entry.first; });
    if (after == entries.begin()) return nullptr;
    const Dated& entry = *std::prev(after);
    return date <= entry.last ? &entry : nullptr;
}

const SpecialDay* special_day_on(const std::vector<SpecialDay>& entries, local_days date) {
    const auto found =
        std::lower_bound(entries.begin(), entries.end(), date,
                         [](const SpecialDay& entry, local_days day) { return entry.date < day; });
    return found != entries.end() && found->date == date ? &*found : nullptr;
}

void complain_about_week(const WeeklyHours& week,
                         const std::string& of,
                         std::vector<std::string>& complaints) {
    for (unsigned day = 1; day <= 7; ++day) {
        const std::chrono::weekday weekday{day};
        const std::string complaint = complaint_about(week.on(weekday));
        if (!complaint.empty()) {
            complaints.push_back(of + ", " + short_name(weekday) + ": " + complaint);
        }
    }
}

template <class Dated>
void complain_about_dates(const std::vector<Dated>& entries,
                          std::string_view kind,
                          std::vector<std::string>& complaints) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::string what = std::string{kind} + " \"" + entries[i].name + "\"";
        if (entries[i].last < entries[i].first) {
            complaints.push_back(what + " ends before it begins");
        }
        if (i > 0 && entries[i].first <= entries[i - 1].last) {
            complaints.push_back(what + " overlaps \"" + entries[i - 1].name + "\" on " +
                                 to_text(entries[i].first));
        }
    }
}

void complain_about_special_days(const std::vector<SpecialDay>& entries,
                                 std::vector<std::string>& complaints) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::string complaint = complaint_about(entries[i].hours);
        if (!complaint.empty()) complaints.push_back(to_text(entries[i].date) + ": " + complaint);
        if (i > 0 && entries[i].date == entries[i - 1].date) {
            complaints.push_back(to_text(entries[i].date) + " stands twice among the special days");
        }
    }
}

void sort_by_date(CalendarPlan& plan) {
    const auto by_first = [](const auto& a, const auto& b) { return a.first < b.first; };
    std::stable_sort(plan.periods.begin(), plan.periods.end(), by_first);
    std::stable_sort(plan.closures.begin(), plan.closures.end(), by_first);
    std::stable_sort(plan.special_days.begin(), plan.special_days.end(),
                     [](const auto& a, const auto& b) { return a.date < b.date; });
}

std::vector<std::string> complaints_about(const CalendarPlan& plan) {
    std::vector<std::string> complaints;
    complain_about_week(plan.weekly, "weekly hours", complaints);
    for (const CalendarPeriod& period : plan.periods) {
        complain_about_week(period.hours, "period \"" + period.name + "\"", complaints);
    }
    complain_about_dates(plan.periods, "period", complaints);
    complain_about_dates(plan.closures, "closure", complaints);
    complain_about_special_days(plan.special_days, complaints);
    return complaints;
}

}  // namespace

boost::system::result<BusinessCalendar, std::vector<std::string>> BusinessCalendar::create(
    CalendarPlan plan) {
    sort_by_date(plan);
    std::vector<std::string> complaints = complaints_about(plan);
    const std::optional<LocalZone> zone = LocalZone::find(plan.zone);
    if (!zone) complaints.insert(complaints.begin(), "unknown time zone \"" + plan.zone + "\"");
    if (!complaints.empty()) return complaints;
    return BusinessCalendar{std::move(plan), *zone};
}

BusinessCalendar::BusinessCalendar(CalendarPlan plan, LocalZone zone)
    : plan_(std::move(plan)), zone_(zone) {}

const DayHours& BusinessCalendar::hours_of(local_days date) const {
    static const DayHours closed;
    if (const SpecialDay* day = special_day_on(plan_.special_days, date)) return day->hours;
    if (entry_on(plan_.closures, date) != nullptr) return closed;
    const std::chrono::weekday weekday{date};
    if (const CalendarPeriod* period = entry_on(plan_.periods, date)) {
        return period->published ? period->hours.on(weekday) : closed;
    }
    return plan_.weekly.on(weekday);
}

DayInForce BusinessCalendar::day_in_force(local_days date) const {
    const DayHours& hours = hours_of(date);
    if (const SpecialDay* day = special_day_on(plan_.special_days, date)) {
        return {hours, DaySource::special_day, day->name};
    }
    if (const Closure* closure = entry_on(plan_.closures, date)) {
        return {hours, DaySource::closure, closure->name};
    }
    if (const CalendarPeriod* period = entry_on(plan_.periods, date)) {
        return {hours, period->published ? DaySource::period : DaySource::unpublished,
                period->name};
    }
    return {hours, DaySource::weekly, plan_.weekly_name};
}

BusinessCalendar::Block BusinessCalendar::build_block(std::int64_t number) const {
    const sys_seconds begin = block_begin(number);
    const sys_seconds end = block_begin(number + 1);
    const std::vector<OffsetSpan> offsets =
        zone_.offsets_between(begin - block_margin, end + block_margin);
    const std::int64_t first = begin.time_since_epoch() / days{1} - block_margin.count();
    const std::int64_t last = end.time_since_epoch() / days{1} + block_margin.count();

    std::vector<OpenSpan> spans;
    for (std::int64_t day = first; day <= last; ++day) {
        const local_days date{days{day}};
        const sys_seconds midnight{date.time_since_epoch()};  // as if the zone were UTC
        for (const OpeningHours& hours : hours_of(date)) {
            for (const OffsetSpan& offset : offsets) {
                const OpenSpan span{
                    std::max({midnight + hours.opens - offset.offset, offset.begins, begin}),
                    std::min({midnight + hours.closes - offset.offset, offset.ends, end})};
                if (span.opens < span.closes) spans.push_back(span);
            }
        }
    }
    std::sort(spans.begin(), spans.end(),
              [](const OpenSpan& a, const OpenSpan& b) { return a.opens < b.opens; });

    Block block;
    for (const OpenSpan& span : spans) {
        if (!block.spans.empty() && span.opens <= block.spans.back().closes) {
            block.spans.back().closes = std::max(block.spans.back().closes, span.closes);
        } else {
            block.spans.push_back(span);
        }
    }
    for (const OpenSpan& span : block.spans) {
        block.before.push_back(block.total);
        block.total += span.closes - span.opens;
    }
    return block;
}

const BusinessCalendar::Block& BusinessCalendar::block(std::int64_t number) const {
    const auto found = blocks_.find(number);
    if (found != blocks_.end()) return found->second;
    return blocks_.emplace(number, build_block(number)).first->second;
}

bool BusinessCalendar::is_open(sys_seconds instant) const {
    const Block& here = block(block_number(instant));
    const auto after =
        std::upper_bound(here.spans.begin(), here.spans.end(), instant,
                         [](sys_seconds t, const OpenSpan& span) { return t < span.opens; });
    return after != here.spans.begin() && instant < std::prev(after)->closes;
}

std::optional<sys_seconds> BusinessCalendar::next_open(sys_seconds instant) const {
    const sys_seconds horizon = instant + search_horizon;
    for (std::int64_t number = block_number(instant); block_begin(number) < horizon; ++number) {
        const Block& here = block(number);
        const auto found =
            std::upper_bound(here.spans.begin(), here.spans.end(), instant,
                             [](sys_seconds t, const OpenSpan& span) { return t < span.closes; });
        if (found == here.spans.end()) continue;
        const sys_seconds opening = std::max(instant, found->opens);
        if (opening < horizon) return opening;
        break;
    }
    return std::nullopt;
}

std::optional<sys_seconds> BusinessCalendar::next_close(sys_seconds instant) const {
    const std::optional<sys_seconds> opening = next_open(instant);
    if (!opening) return std::nullopt;
    sys_seconds closing = *opening;
    // Spans end at the edge of a block and go on in the next.
    while (closing < instant + search_horizon) {
        const Block& here = block(block_number(closing));
        const auto found =
            std::upper_bound(here.spans.begin(), here.spans.end(), closing,
                             [](sys_seconds t, const OpenSpan& span) { return t < span.closes; });
        if (found == here.spans.end() || found->opens > closing) return closing;
        closing = found->closes;
    }
    return std::nullopt;
}

std::optional<sys_seconds> BusinessCalendar::add_working_time(sys_seconds start,
                                                              seconds work) const {
    ensure(work >= seconds{0});
    const std::optional<sys_seconds> opening = next_open(start);
    if (!opening || work == seconds{0}) return opening;
    const sys_seconds horizon = *opening + search_horizon;
    std::int64_t number = block_number(*opening);
    seconds sought = work + worked_before(*opening, number);  // counted from the block's begin
    for (; block_begin(number) < horizon; ++number) {
        const Block& here = block(number);
        if (sought > here.total) {
            sought -= here.total;
            continue;
        }
        const auto after = std::lower_bound(here.before.begin(), here.before.end(), sought);
        const std::size_t index = static_cast<std::size_t>(after - here.before.begin()) - 1;
        const sys_seconds due = here.spans[index].opens + (sought - here.before[index]);
        if (due <= horizon) return due;
        break;
    }
    return std::nullopt;
}

seconds BusinessCalendar::worked_before(sys_seconds instant, std::int64_t number) const {
    const Block& here = block(number);
    const auto after =
        std::upper_bound(here.spans.begin(), here.spans.end(), instant,
                         [](sys_seconds t, const OpenSpan& span) { return t < span.opens; });
    if (after == here.spans.begin()) return seconds{0};
    const OpenSpan& span = *std::prev(after);
    const auto index = static_cast<std::size_t>(std::prev(after) - here.spans.begin());
    return here.before[index] + (std::min(instant, span.closes) - span.opens);
}

seconds BusinessCalendar::working_time_between(sys_seconds start, sys_seconds end) const {
    if (end <= start) return seconds{0};
    const std::int64_t first = block_number(start);
    const std::int64_t last = block_number(end);
    seconds work = worked_before(end, last) - worked_before(start, first);
    for (std::int64_t number = first; number < last; ++number) work += block(number).total;
    return work;
}

local_days BusinessCalendar::working_date(sys_seconds instant) const {
    const WallClock shown = zone_.wall_clock(instant);
    const auto lies_in = [](const DayHours& hours, seconds time) {
        return std::any_of(hours.begin(), hours.end(), [time](const OpeningHours& span) {
            return span.opens <= time && time < span.closes;
        });
    };
    const bool is_own = lies_in(hours_of(shown.date), shown.time_of_day);
    const bool is_of_day_before =
        lies_in(hours_of(shown.date - days{1}), shown.time_of_day + days{1});
    return !is_own && is_of_day_before ? shown.date - days{1} : shown.date;
}

std::optional<sys_seconds> BusinessCalendar::add_business_days(sys_seconds start, int count) const {
    ensure(count >= 0);
    const std::optional<sys_seconds> opening = next_open(start);
    if (!opening || count == 0) return opening;
    const local_days from = working_date(*opening);
    const WallClock shown = zone_.wall_clock(*opening);
    const seconds time = shown.time_of_day + (shown.date - from);

    local_days date = from;
    for (int counted = 0; counted < count;) {
        date += days{1};
        if (date - from > search_horizon) return std::nullopt;
        if (!hours_of(date).empty()) ++counted;
    }
    seconds kept_within = hours_of(date).back().closes;
    for (const OpeningHours& span : hours_of(date)) {
        if (time <= span.closes) {
            kept_within = std::max<seconds>(time, span.opens);
            break;
        }
    }
    return zone_.instant_of(date, kept_within);
}

std::optional<sys_seconds> BusinessCalendar::rolled_forward(sys_seconds instant) const {
    // The closing instant itself is still a promise that can be kept.
    if (is_open(instant) || is_open(instant - seconds{1})) return instant;
    return next_open(instant);
}

std::vector<OpenSpan> BusinessCalendar::open_spans(sys_seconds start, sys_seconds end) const {
    std::vector<OpenSpan> spans;
    if (end <= start) return spans;
    const std::int64_t last = block_number(end);
    for (std::int64_t number = block_number(start); number <= last; ++number) {
        for (const OpenSpan& span : block(number).spans) {
            const OpenSpan inside{std::max(span.opens, start), std::min(span.closes, end)};
            if (inside.opens >= inside.closes) continue;
            if (!spans.empty() && spans.back().closes == inside.opens) {
                spans.back().closes = inside.closes;
            } else {
                spans.push_back(inside);
            }
        }
    }
    return spans;
}

std::optional<std::string> BusinessCalendar::unpublished_on(local_days date) const {
    if (special_day_on(plan_.special_days, date) || entry_on(plan_.closures, date)) {
        return std::nullopt;
    }
    const CalendarPeriod* period = entry_on(plan_.periods, date);
    return period != nullptr && !period->published ? std::optional{period->name} : std::nullopt;
}

std::optional<std::string> BusinessCalendar::unpublished_between(sys_seconds start,
                                                                 sys_seconds end) const {
    const bool is_all_published =
        std::all_of(plan_.periods.begin(), plan_.periods.end(),
                    [](const CalendarPeriod& period) { return period.published; });
    if (end <= start || is_all_published) return std::nullopt;
    const local_days last = zone_.wall_clock(end - seconds{1}).date;
    for (local_days date = zone_.wall_clock(start).date; date <= last; date += days{1}) {
        if (std::optional<std::string> name = unpublished_on(date)) return name;
    }
    return std::nullopt;
}

}  // namespace bellhop::rules
