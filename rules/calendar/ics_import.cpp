#include "rules/calendar/ics_import.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include <libical/ical.h>

#include "parsers/text/utf8.hpp"
#include "rules/calendar/ics_event.hpp"
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

constexpr std::size_t longest_name = 200;  // bytes; a whole letter in SUMMARY is no name

/// Rules without a single date that are looked through: libical searches each to the year 20000.
constexpr int most_in_vain = 3;

/// RECURRENCE-ID (RFC 5545 section 3.8.4.4): what replaces one date of an event that repeats has
/// its UID, and is an event of its own. `uid` may be null.
std::string uid_of(icalcomponent* event) {
    const char* uid = icalcomponent_get_uid(event);
    return uid == nullptr ? "" : uid;
}

class IcsReader {
public:
    /// Repetitions are taken until `until`; times in UTC are shown in `zone`, which may be null.
    IcsReader(local_days until, const LocalZone* zone) : until_(until), zone_(zone) {}

    /// Notes a date that is replaced by an event of its own; before any event is read.
    void note_replaced(icalcomponent* event) {
        if (icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY) == nullptr) return;
        if (const auto date = date_in(icalcomponent_get_recurrenceid(event), zone_))
            replaced_[uid_of(event)].push_back(*date);
    }

    void read(icalcomponent* event) {
        std::string name = name_of_event(event);
        if (icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED) return;
        if (!date_in(icalcomponent_get_dtstart(event), zone_))
            return leave_out(name, "it has no start");
        const std::optional<WholeDays> span = whole_days_of(event, zone_);
        if (!span) return leave_out(name, "it is not an all-day event");
        if (name.size() > longest_name) {
            name = parsers::utf8_prefix(name, longest_name);
            leave_out(name, "the rest of its name");
        }
        latest_named_ = std::max(latest_named_, span->last);
        // libical drops a property that it cannot read and goes on.
        if (icalcomponent_count_errors(event) > 0)
            leave_out(name, "a part of it is not understood");
        add_all(name, *span, repetition(event, name, *span));
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
    Repetition repetition(icalcomponent* event, const std::string& name, const WholeDays& span) {
        const bool has_rule =
            icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY) != nullptr;
        if (has_rule && in_vain_ == most_in_vain) {
            leave_out(name, "its repetitions: too many rules of the file give no date");
            return {};
        }
        Repetition found = repetition_of(event, span.first, until_, zone_, max_imported_dates);
        if (!found.is_understood)
            leave_out(name,
                      "its repetitions: they are not understood, only listed dates are taken");
        if (found.is_in_vain) {
            ++in_vain_;
            leave_out(name, "its repetitions: the rule gives no date");
        }
        is_full_ = is_full_ || found.is_cut;
        // What replaces a date repeats nothing itself.
        if (icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY) != nullptr)
            return found;
        const std::vector<local_days>& replaced = replaced_[uid_of(event)];
        found.excepted.insert(found.excepted.end(), replaced.begin(), replaced.end());
        std::sort(found.excepted.begin(), found.excepted.end());
        return found;
    }

    void add_all(const std::string& name, const WholeDays& span, Repetition repetition) {
        std::vector<local_days>& dates = repetition.dates;
        dates.push_back(span.first);
        std::sort(dates.begin(), dates.end());
        dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
        for (const local_days date : dates) {
            const bool is_excepted =
                std::binary_search(repetition.excepted.begin(), repetition.excepted.end(), date);
            if (!is_excepted) add(name, date, date + (span.last - span.first));
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
    const LocalZone* zone_;
    std::map<std::string, std::vector<local_days>> replaced_ = {};  // by UID
    local_days latest_named_ = {};
    int in_vain_ = 0;
    bool is_full_ = false;
    std::size_t more_left_out_ = 0;
    ImportedDates dates_ = {};
};

template <class Each>
void for_each_event(icalcomponent* calendar, Each each) {
    for (icalcomponent* event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
         event != nullptr;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        each(event);
    }
}

/// Reads every event of `calendar`. Returns how many there are.
std::size_t read_events(icalcomponent* calendar, IcsReader& reader) {
    std::size_t events = 0;
    for_each_event(calendar, [&](icalcomponent* event) { reader.note_replaced(event); });
    for_each_event(calendar, [&](icalcomponent* event) {
        ++events;
        reader.read(event);
    });
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

boost::system::result<ImportedDates, std::string> read_ics(std::string_view text,
                                                           const LocalZone* zone) {
    if (text.size() > max_ics_bytes) return std::string{"the file is longer than 4 MiB"};
    const Component root{icalparser_parse_string(std::string{text}.c_str())};
    if (root == nullptr) return std::string{"this is not an iCalendar file"};
    IcsReader whole{last_imported_date, zone};
    if (read_events(root.get(), whole) == 0) return std::string{"the file holds no events"};
    if (!whole.is_full()) return std::move(whole).finish();
    const local_days until = whole.latest_named() + after_last_date;
    IcsReader part{until, zone};
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

boost::system::result<ImportedDates, std::string> read_closed_dates(std::string_view text,
                                                                    const LocalZone* zone) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    const bool is_ics = text.substr(0, 1000).find("BEGIN:VCALENDAR") != std::string_view::npos;
    return is_ics ? read_ics(text, zone) : read_date_list(text);
}

}  // namespace bellhop::rules
