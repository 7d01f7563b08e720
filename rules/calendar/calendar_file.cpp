#include "rules/calendar/calendar_file.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "parsers/config/config_file.hpp"
#include "parsers/text/lists.hpp"
#include "rules/calendar/calendar_weeks.hpp"
#include "rules/calendar/ics_import.hpp"

namespace bellhop::rules {
namespace {

using parsers::ConfigFile;
using parsers::ConfigTable;
using parsers::ConfigValue;
using parsers::Diagnostics;
using parsers::in_quotes;
using parsers::TextSpan;
using std::chrono::days;
using std::chrono::local_days;

constexpr days longest_span{20 * 366};       // of a period or closure: more is a slip of the pen
constexpr std::size_t most_entries = 5'000;  // of one kind in a calendar

const std::string not_yet_published = "not yet published";

struct DateSpan {
    local_days first = {};
    local_days last = {};
};

/// A closure on the way into the plan.
struct DatedClosure {
    Closure closure = {};
    TextSpan where = {};
    bool is_own =
        true;  // false: imported or inherited, and may overlap what the calendar says itself

    bool is_single() const { return closure.first == closure.last; }
};

/// from = ... and to = ...; nothing where they are missing, or after a complaint.
std::optional<DateSpan> read_from_to(ConfigTable& table) {
    const auto from = table.date("from");
    const auto to = table.date("to");
    if (table.has("from") != table.has("to")) {
        table.complain(table.has("from") ? "from" : "to", "\"from\" and \"to\" go together");
    }
    if (!from || !to) return std::nullopt;
    const DateSpan span{local_days{*from}, local_days{*to}};
    if (span.last < span.first) {
        table.complain("to", "\"to\" is before \"from\"",
                       {"\"to\" is the last date that belongs to it"});
        return std::nullopt;
    }
    if (span.last - span.first > longest_span) {
        table.complain("to", "longer than twenty years");
        return std::nullopt;
    }
    return span;
}

/// The dates of an entry: date = ..., dates = [...], or from = ... and to = ...
std::vector<DateSpan> read_dates(ConfigTable& table) {
    std::vector<DateSpan> spans;
    for (const std::string key : {"date", "dates"}) {
        for (const ConfigValue& value : table.items(key)) {
            if (const auto date = value.date()) {
                spans.push_back({local_days{*date}, local_days{*date}});
            }
        }
    }
    if (const auto span = read_from_to(table)) spans.push_back(*span);
    return spans;
}

void require_dates(const ConfigTable& table) {
    const auto has = [&table](std::string_view key) { return table.has(key); };
    if (has("date") || has("dates") || has("from") || has("to")) return;
    table.complain_at(table.where(), "no dates",
                      {"write dates = [2026-12-25], or from = 2026-12-24 and to = 2027-01-01"});
}

/// Reads one calendar: what it is like at first, then what the table says.
class CalendarReader {
public:
    CalendarReader(ConfigTable& table, const NamedWeeks& weeks, const FileReader& read_file)
        : table_(table), weeks_(weeks), read_file_(read_file) {}

    CalendarEntry read(CalendarEntry like) {
        entry_ = std::move(like);
        entry_.where = table_.where();
        for (std::size_t i = 0; i < entry_.plan.closures.size(); ++i) {
            closures_.push_back({entry_.plan.closures[i], entry_.closure_places[i], false});
        }
        read_zone();
        read_otherwise();
        read_periods();
        for (ConfigTable& table : table_.tables("closed")) read_closure(table);
        for (ConfigTable& table : table_.tables("day")) read_special_day(table);
        settle_closures();
        return std::move(entry_);
    }

private:
    void read_zone() {
        if (const auto zone = table_.text("zone")) {
            entry_.plan.zone = *zone;
            if (!LocalZone::find(*zone)) {
                table_.complain("zone", "unknown time zone " + in_quotes(*zone),
                                {"expected a name such as \"Europe/London\""});
            }
        } else if (entry_.plan.zone.empty()) {
            table_.require("zone", "zone = \"Europe/London\"");
        }
        const auto style = table_.one_of<WordStyle>(
            "language", {{"en-GB", WordStyle::british}, {"en-US", WordStyle::american}});
        if (style) entry_.style = *style;
    }

    /// The week of that name; nothing, after a complaint at `key` of `table`, where there is none.
    std::optional<WeeklyHours> week_named(const std::string& name,
                                          const ConfigTable& table,
                                          std::string_view key) const {
        if (name == "closed" || name == not_yet_published) return WeeklyHours{};
        const auto found = weeks_.find(name);
        if (found != weeks_.end()) return found->second;
        std::vector<std::string> known;
        for (const auto& [known_name, week] : weeks_) known.push_back(known_name);
        known.insert(known.end(), {"closed", not_yet_published});
        std::vector<std::string> hints = {"expected one of: " + parsers::joined(known, ", ")};
        const std::string nearest = parsers::nearest(name, known);
        if (!nearest.empty()) hints.push_back("did you mean \"" + nearest + "\"?");
        table.complain(key, "unknown hours " + in_quotes(name), std::move(hints));
        return std::nullopt;
    }

    void read_otherwise() {
        const auto name = table_.text("otherwise");
        if (!name) return;
        entry_.says_otherwise = true;
        if (const auto week = week_named(*name, table_, "otherwise")) {
            entry_.plan.weekly = *week;
            entry_.plan.weekly_name = *name == "closed" ? "" : *name;
        }
    }

    /// A calendar's own periods take the place of those of the calendar that it is like.
    void read_periods() {
        std::vector<ConfigTable> tables = table_.tables("period");
        if (tables.empty()) return;
        entry_.plan.periods.clear();
        entry_.period_places.clear();
        for (ConfigTable& table : tables) {
            const std::string name = table.required_text("name", "name = \"Autumn term\"");
            const std::string hours = table.required_text("hours", "hours = \"term\"");
            const std::optional<DateSpan> span = read_from_to(table);
            if (!table.has("from") && !table.has("to")) {
                table.complain_at(table.where(), "no dates",
                                  {"write from = 2026-09-02 and to = 2026-10-23"});
            }
            table.refuse_unknown_keys();
            if (hours.empty() || !span) continue;
            if (const auto week = week_named(hours, table, "hours")) {
                add_period(table, {name, span->first, span->last, *week, hours,
                                   hours != not_yet_published});
            }
        }
    }

    void add_period(ConfigTable& table, CalendarPeriod period) {
        for (std::size_t i = 0; i < entry_.plan.periods.size(); ++i) {
            const CalendarPeriod& other = entry_.plan.periods[i];
            if (period.first > other.last || period.last < other.first) continue;
            table.complain("from",
                           "overlaps " + in_quotes(other.name) + " (line " +
                               std::to_string(entry_.period_places[i].line) + ") on " +
                               to_text(std::max(period.first, other.first)),
                           {"for days off within a term use [[closed]], for single days [[day]]"});
            return;
        }
        if (entry_.plan.periods.size() == most_entries) return complain_of_too_many("period");
        entry_.plan.periods.push_back(std::move(period));
        entry_.period_places.push_back(table.where());
    }

    void read_closure(ConfigTable& table) {
        const auto file = table.text("file");
        std::string name = table.text("name").value_or("");
        if (!file && name.empty()) table.required_text("name", "name = \"Christmas shutdown\"");
        const std::vector<DateSpan> spans = read_dates(table);
        if (!file) require_dates(table);
        table.refuse_unknown_keys();
        for (const DateSpan& span : spans) {
            add_closure({{name, span.first, span.last}, table.where(), true});
        }
        if (file) import_closures(table, *file, name);
    }

    void import_closures(const ConfigTable& table,
                         const std::string& file,
                         const std::string& name) {
        const std::optional<std::string> text = read_file_ ? read_file_(file) : std::nullopt;
        if (!text) return table.complain("file", "cannot read " + in_quotes(file));
        const std::optional<LocalZone> zone = LocalZone::find(entry_.plan.zone);
        const auto imported = read_closed_dates(*text, zone ? &*zone : nullptr);
        if (imported.has_error()) {
            return table.complain("file", in_quotes(file) + ": " + imported.error(),
                                  {"expected an .ics file, or a date and a name a line"});
        }
        for (const std::string& left_out : imported->left_out) {
            table.warn_at(table.where("file"), "left out of " + in_quotes(file) + ": " + left_out);
        }
        for (const Closure& closure : imported->closures) {
            add_closure({{name.empty() ? closure.name : name, closure.first, closure.last},
                         table.where("file"),
                         false});
        }
    }

    void add_closure(DatedClosure closure) {
        if (closures_.size() == most_entries) return complain_of_too_many("closed");
        closures_.push_back(std::move(closure));
    }

    /// Once for each kind: what is beyond the limit would be missing without a word.
    void complain_of_too_many(const std::string& kind) {
        if (!full_.insert(kind).second) return;
        table_.complain_at(entry_.where, "more than " + std::to_string(most_entries) +
                                             " dates or spans in all [[" + kind +
                                             "]] of a calendar");
    }

    void read_special_day(ConfigTable& table) {
        const std::string name = table.required_text("name", "name = \"Exam download day\"");
        table.require("hours", "hours = \"07:00-16:00\"");
        const bool overrides = table.boolean("override_closed").value_or(false);
        const std::vector<ConfigValue> values = table.items("hours");
        const auto hours = values.empty() ? std::nullopt : read_day_hours(values);
        const std::vector<DateSpan> spans = read_dates(table);
        require_dates(table);
        table.refuse_unknown_keys();
        if (!hours) return;
        for (const DateSpan& span : spans) {
            for (local_days date = span.first; date <= span.last; date += days{1}) {
                add_special_day(table, {name, date, *hours}, overrides);
            }
        }
    }

    void add_special_day(const ConfigTable& table, SpecialDay day, bool overrides_closed) {
        std::vector<SpecialDay>& all = entry_.plan.special_days;
        if (all.size() == most_entries) return complain_of_too_many("day");
        if (std::find(own_days_.begin(), own_days_.end(), day.date) != own_days_.end()) {
            return table.complain("hours", to_text(day.date) + " has its hours said twice");
        }
        const DatedClosure* closed = own_closure_on(day.date);
        if (closed != nullptr && !overrides_closed) {
            return table.complain_at(
                table.where(),
                to_text(day.date) + " is closed: " + in_quotes(closed->closure.name) + " (line " +
                    std::to_string(closed->where.line) + ")",
                {"write override_closed = true if the desk is open all the same"});
        }
        own_days_.push_back(day.date);
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].date != day.date) continue;
            all[i] = std::move(day);
            entry_.special_day_places[i] = table.where();
            return;
        }
        all.push_back(std::move(day));
        entry_.special_day_places.push_back(table.where());
    }

    const DatedClosure* own_closure_on(local_days date) const {
        const auto found =
            std::find_if(closures_.begin(), closures_.end(), [date](const DatedClosure& one) {
                return one.is_own && one.closure.first <= date && date <= one.closure.last;
            });
        return found == closures_.end() ? nullptr : &*found;
    }

    /// Makes the closures free of overlaps, as the plan wants them. A bank holiday within a
    /// shutdown, or an imported date that is closed already, is no fault; the same thing said twice
    /// is.
    void settle_closures() {
        std::stable_sort(closures_.begin(), closures_.end(),
                         [](const DatedClosure& a, const DatedClosure& b) {
                             if (a.closure.first != b.closure.first) {
                                 return a.closure.first < b.closure.first;
                             }
                             return a.closure.last > b.closure.last;
                         });
        entry_.plan.closures.clear();
        entry_.closure_places.clear();
        const DatedClosure* before = nullptr;
        for (DatedClosure& one : closures_) {
            if (before != nullptr && one.closure.first <= before->closure.last) {
                complain_of_overlap(*before, one);
                one.closure.first = before->closure.last + days{1};
                if (one.closure.last < one.closure.first) continue;
            }
            entry_.plan.closures.push_back(one.closure);
            entry_.closure_places.push_back(one.where);
            before = &one;
        }
        drop_days_that_are_closed_now();
    }

    void complain_of_overlap(const DatedClosure& before, const DatedClosure& one) {
        if (!before.is_own || !one.is_own || before.is_single() != one.is_single()) return;
        table_.complain_at(one.where, to_text(one.closure.first) + " is closed twice: by " +
                                          in_quotes(before.closure.name) + " (line " +
                                          std::to_string(before.where.line) + ") and " +
                                          in_quotes(one.closure.name));
    }

    /// A closure of this calendar's own counts before a special day of the calendar that it is
    /// like.
    void drop_days_that_are_closed_now() {
        std::vector<SpecialDay>& all = entry_.plan.special_days;
        for (std::size_t i = all.size(); i-- > 0;) {
            const bool is_own =
                std::find(own_days_.begin(), own_days_.end(), all[i].date) != own_days_.end();
            if (is_own || own_closure_on(all[i].date) == nullptr) continue;
            all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
            entry_.special_day_places.erase(entry_.special_day_places.begin() +
                                            static_cast<std::ptrdiff_t>(i));
        }
    }

    ConfigTable& table_;
    const NamedWeeks& weeks_;
    const FileReader& read_file_;
    CalendarEntry entry_ = {};
    std::vector<DatedClosure> closures_ = {};
    std::set<std::string> full_ = {};        // kinds of entries of which there are too many
    std::vector<local_days> own_days_ = {};  // with special hours of this calendar's own
};

/// [calendar.NAME]: another calendar, like one that stands above it or from scratch.
void read_other_calendar(const std::string& name,
                         ConfigTable& table,
                         NamedWeeks weeks,
                         const FileReader& read_file,
                         std::vector<CalendarEntry>& entries) {
    const auto like = table.text("like");
    CalendarEntry start;
    if (like) {
        const auto found =
            std::find_if(entries.begin(), entries.end(),
                         [&](const CalendarEntry& entry) { return entry.plan.name == *like; });
        if (found != entries.end()) {
            start = *found;
        } else {
            std::string list;
            for (const CalendarEntry& entry : entries) {
                list += (list.empty() ? "" : ", ") + entry.plan.name;
            }
            table.complain("like", "unknown calendar " + in_quotes(*like),
                           {"expected one that stands above: " + list});
        }
    } else {
        start.plan.zone = entries.front().plan.zone;
        start.style = entries.front().style;
    }
    start.plan.name = name;
    if (auto own = table.table("hours")) {
        for (auto& [week_name, week] : read_weeks(*own)) weeks[week_name] = std::move(week);
    }
    const bool is_known =
        std::any_of(entries.begin(), entries.end(),
                    [&](const CalendarEntry& entry) { return entry.plan.name == name; });
    if (is_known) table.complain_at(table.where(), "there are two calendars " + in_quotes(name));
    entries.push_back(CalendarReader{table, weeks, read_file}.read(std::move(start)));
    table.refuse_unknown_keys();
}

}  // namespace

boost::system::result<std::vector<CalendarEntry>, Diagnostics> load_calendar_file(
    const std::string& file, std::string_view text, const FileReader& read_file) {
    const auto parsed = ConfigFile::parse(file, text);
    if (parsed.has_error()) return parsed.error();
    Diagnostics complaints;
    ConfigTable root = parsed->root(complaints);
    NamedWeeks weeks;
    if (auto table = root.table("hours")) weeks = read_weeks(*table);
    CalendarEntry desk;
    desk.plan.name = root.text("name").value_or("desk");
    std::vector<CalendarEntry> entries;
    entries.push_back(CalendarReader{root, weeks, read_file}.read(std::move(desk)));
    if (auto others = root.table("calendar")) {
        for (const std::string& name : others->keys()) {
            if (auto table = others->table(name)) {
                read_other_calendar(name, *table, weeks, read_file, entries);
            }
        }
    }
    root.refuse_unknown_keys();
    if (parsers::has_errors(complaints)) {
        parsers::sort_by_place(complaints);
        return complaints;
    }
    entries.front().left_out = std::move(complaints);
    return entries;
}

}  // namespace bellhop::rules
