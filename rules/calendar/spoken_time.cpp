#include "rules/calendar/spoken_time.hpp"

#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "parsers/text/ascii.hpp"
#include "parsers/text/quantity.hpp"
#include "rules/calendar/calendar_names.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::month;
using std::chrono::seconds;
using std::chrono::sys_seconds;
using std::chrono::weekday;
using std::chrono::year;

constexpr std::size_t longest = 60;  // bytes
constexpr std::size_t shortest_name = 3;

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    bool is_in_word = false;
    for (const char c : text) {
        if (parsers::is_space(c) || c == ',') {
            is_in_word = false;
            continue;
        }
        if (!is_in_word) words.emplace_back();
        words.back() += parsers::lower(c);
        is_in_word = true;
    }
    return words;
}

std::optional<int> number_of(std::string_view text, std::size_t most_digits) {
    if (text.empty() || text.size() > most_digits) return std::nullopt;
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

/// The place of the name that `word` begins, as "thu" and "thurs" do; 0 is the first.
template <std::size_t size>
std::optional<unsigned> place_of(std::string word,
                                 const std::array<std::string_view, size>& names) {
    if (word.ends_with('.')) word.pop_back();
    if (word.size() < shortest_name) return std::nullopt;
    for (unsigned i = 0; i < names.size(); ++i) {
        const std::string name = parsers::lower_case(names[i]);
        if (name.starts_with(word) || (word == "sept" && name == "september")) return i;
    }
    return std::nullopt;
}

std::optional<weekday> weekday_of(const std::string& word) {
    const auto place = place_of(word, weekday_names);
    return place ? std::optional{weekday{*place}} : std::nullopt;
}

std::optional<month> month_of(const std::string& word) {
    const auto place = place_of(word, month_names);
    return place ? std::optional{month{*place + 1}} : std::nullopt;
}

/// "3", "3rd", "03".
std::optional<unsigned> day_number(std::string word) {
    for (const std::string_view ending : {"st", "nd", "rd", "th", "."}) {
        if (word.ends_with(ending)) {
            word.erase(word.size() - ending.size());
            break;
        }
    }
    const auto number = number_of(word, 2);
    if (!number || *number < 1 || *number > 31) return std::nullopt;
    return static_cast<unsigned>(*number);
}

enum class HalfDay { unsaid, morning, afternoon };

/// Takes "am", "p.m." off the end.
HalfDay take_half_day(std::string& word) {
    for (const std::string_view ending : {"a.m.", "a.m", "am"}) {
        if (!word.ends_with(ending)) continue;
        word.erase(word.size() - ending.size());
        return HalfDay::morning;
    }
    for (const std::string_view ending : {"p.m.", "p.m", "pm"}) {
        if (!word.ends_with(ending)) continue;
        word.erase(word.size() - ending.size());
        return HalfDay::afternoon;
    }
    return HalfDay::unsaid;
}

/// "12:00", "12.30", "15h"; "3" only with a half of the day.
std::optional<minutes> time_of(std::string word, HalfDay half) {
    if (word == "noon" || word == "midday") return hours{12};
    if (half == HalfDay::unsaid) half = take_half_day(word);
    const bool has_h = word.ends_with('h');
    if (has_h) word.pop_back();
    const std::size_t parting = word.find_first_of(":.");
    if (parting == std::string::npos && half == HalfDay::unsaid && !has_h) return std::nullopt;
    const auto hour = number_of(std::string_view{word}.substr(0, parting), 2);
    std::optional<int> minute = 0;
    if (parting != std::string::npos) {
        const std::string_view behind = std::string_view{word}.substr(parting + 1);
        minute = behind.size() == 2 ? number_of(behind, 2) : std::nullopt;
    }
    if (!hour || !minute || *minute > 59) return std::nullopt;
    if (half == HalfDay::unsaid) {
        const minutes time = hours{*hour} + minutes{*minute};
        return time <= hours{24} ? std::optional{time} : std::nullopt;
    }
    if (*hour < 1 || *hour > 12) return std::nullopt;
    return hours{*hour % 12 + (half == HalfDay::afternoon ? 12 : 0)} + minutes{*minute};
}

std::optional<SpokenTime::Date> date_of(const std::array<int, 3>& parts,
                                        std::size_t count,
                                        WordStyle style) {
    const bool is_month_first = style == WordStyle::american;
    const auto day = static_cast<unsigned>(parts[is_month_first ? 1 : 0]);
    const auto in_month = static_cast<unsigned>(parts[is_month_first ? 0 : 1]);
    SpokenTime::Date date{month{in_month} / std::chrono::day{day}, {}};
    if (count == 3) date.year = year{parts[2] < 100 ? 2000 + parts[2] : parts[2]};
    return date.day.ok() ? std::optional{date} : std::nullopt;
}

/// "3/12", "3/12/2026", "3.12.26"
std::optional<SpokenTime::Date> numbers_of_date(std::string_view word, WordStyle style) {
    const std::size_t parting = word.find_first_of("/.");
    if (parting == std::string_view::npos) return std::nullopt;
    const char mark = word[parting];
    if (mark == '.' && word.ends_with('.')) word.remove_suffix(1);
    std::array<int, 3> parts{};
    std::size_t count = 0;
    while (count < parts.size()) {
        const std::size_t end = std::min(word.find(mark), word.size());
        const auto number = number_of(word.substr(0, end), count == 2 ? 4 : 2);
        if (!number) return std::nullopt;
        parts[count++] = *number;
        word.remove_prefix(end);
        if (word.empty()) break;
        word.remove_prefix(1);
    }
    if (!word.empty() || count < 2) return std::nullopt;
    return date_of(parts, count, style);
}

/// Reads words one after the other; each says one thing, and each thing is said once.
class Reader {
public:
    Reader(std::vector<std::string> words, WordStyle style)
        : words_(std::move(words)), style_(style) {}

    std::optional<SpokenTime> read() && {
        for (at_ = 0; at_ < words_.size(); ++at_) {
            if (!is_filler(words_[at_]) && !take(words_[at_])) return std::nullopt;
        }
        if (month_.has_value() != day_.has_value()) return std::nullopt;
        if (month_) {
            const SpokenTime::Date date{*month_ / std::chrono::day{*day_}, year_};
            if (!date.day.ok() || !set_day(date)) return std::nullopt;
        } else if (year_) {
            return std::nullopt;
        }
        if (weekday_ && says_no_day()) {
            spoken_.day = *weekday_;
        } else {
            spoken_.check = weekday_;
        }
        if (says_no_day() && !spoken_.time_of_day) return std::nullopt;
        return spoken_;
    }

private:
    static bool is_filler(const std::string& word) {
        return word == "at" || word == "on" || word == "by" || word == "the" || word == "of" ||
               word == "until" || word == "before" || word == "next" || word == "this";
    }

    bool says_no_day() const { return std::holds_alternative<SpokenTime::Nothing>(spoken_.day); }

    template <class Day>
    bool set_day(Day day) {
        if (!says_no_day()) return false;
        spoken_.day = day;
        return true;
    }

    bool take(const std::string& word) {
        if (word == "today") return set_day(SpokenTime::DaysAway{0});
        if (word == "tomorrow") return set_day(SpokenTime::DaysAway{1});
        if (word == "yesterday") return set_day(SpokenTime::DaysAway{-1});
        if (const auto date = parsers::parse_date(word.substr(0, word.find('t')))) {
            return take_iso_date(*date, word);
        }
        if (const auto named = weekday_of(word)) return set_once(weekday_, *named);
        if (const auto named = month_of(word)) return set_once(month_, *named);
        if (const auto time = time_at(word)) return take_time(*time);
        if (says_no_day()) {
            if (const auto date = numbers_of_date(word, style_)) return set_day(*date);
        }
        if (const auto number = number_of(word, 4); number && *number >= 1970 && word.size() == 4) {
            return set_once(year_, year{*number});
        }
        if (const auto number = day_number(word)) return set_once(day_, *number);
        return false;
    }

    template <class Value>
    static bool set_once(std::optional<Value>& place, Value value) {
        if (place) return false;
        place = value;
        return true;
    }

    bool take_iso_date(std::chrono::year_month_day date, const std::string& word) {
        if (!set_day(SpokenTime::Date{date.month() / date.day(), date.year()})) return false;
        const std::size_t time = word.find('t');
        if (time == std::string::npos) return true;
        const auto read = time_of(word.substr(time + 1), HalfDay::unsaid);
        return read && take_time(*read);
    }

    bool take_time(minutes time) { return set_once(spoken_.time_of_day, time); }

    /// With "am" and "pm" in a word of their own. "3.12" is a day unless there is one already.
    std::optional<minutes> time_at(const std::string& word) {
        const bool has_day = !says_no_day() || weekday_ || day_;
        if (!has_day && word.find('.') != std::string::npos && numbers_of_date(word, style_)) {
            return std::nullopt;
        }
        if (at_ + 1 < words_.size()) {
            std::string half_word = words_[at_ + 1];
            const HalfDay half = take_half_day(half_word);
            if (half != HalfDay::unsaid && half_word.empty()) {
                ++at_;
                return time_of(word, half);
            }
        }
        return time_of(word, HalfDay::unsaid);
    }

    std::vector<std::string> words_;
    WordStyle style_;
    std::size_t at_ = 0;
    SpokenTime spoken_ = {};
    std::optional<weekday> weekday_ = {};
    std::optional<month> month_ = {};
    std::optional<unsigned> day_ = {};
    std::optional<year> year_ = {};
};

enum class Side { to_come, past };

local_days first_of_weekday(weekday day, local_days today, Side side) {
    const days ahead = day - weekday{today};
    if (side == Side::past) return ahead == days{0} ? today : today + ahead - days{7};
    return today + (ahead == days{0} ? days{7} : ahead);
}

/// Of a date without a year the next one or the last one: 29 February may be years away.
std::optional<local_days> dated(const SpokenTime::Date& date, local_days today, Side side) {
    if (date.year) {
        const std::chrono::year_month_day full = *date.year / date.day;
        return full.ok() ? std::optional{local_days{full}} : std::nullopt;
    }
    constexpr int most_years = 8;
    const year this_year = std::chrono::year_month_day{today}.year();
    for (int away = 0; away <= most_years; ++away) {
        const std::chrono::years step{side == Side::past ? -away : away};
        const std::chrono::year_month_day full = (this_year + step) / date.day;
        if (!full.ok()) continue;
        const local_days day{full};
        if (side == Side::past ? day <= today : day >= today) return day;
    }
    return std::nullopt;
}

std::optional<local_days> day_of(const SpokenTime& spoken, local_days today, Side side) {
    std::optional<local_days> day;
    if (const auto* away = std::get_if<SpokenTime::DaysAway>(&spoken.day)) {
        day = today + days{away->days};
    } else if (const auto* named = std::get_if<weekday>(&spoken.day)) {
        day = first_of_weekday(*named, today, side);
    } else if (const auto* date = std::get_if<SpokenTime::Date>(&spoken.day)) {
        day = dated(*date, today, side);
    }
    if (day && spoken.check && weekday{*day} != *spoken.check) return std::nullopt;
    return day;
}

sys_seconds end_of_hours(local_days day, const BusinessCalendar& calendar) {
    const DayHours open = calendar.day_in_force(day).hours;
    return open.empty() ? calendar.instant_of(day + days{1}, seconds{0})
                        : calendar.instant_of(day, open.back().closes);
}

}  // namespace

std::optional<SpokenTime> parse_spoken_time(std::string_view text, WordStyle style) {
    text = parsers::trimmed(text);
    if (text.empty() || text.size() > longest) return std::nullopt;
    if (const auto instant = parse_instant(text)) return SpokenTime{*instant, {}, {}};
    std::string_view span = text;
    if (parsers::starts_with_ignoring_case(span, "in ")) span.remove_prefix(3);
    if (const auto length = parsers::parse_duration(span)) return SpokenTime{*length, {}, {}};
    return Reader{words_of(text), style}.read();
}

std::optional<local_days> day_to_come(const SpokenTime& spoken,
                                      const BusinessCalendar& calendar,
                                      sys_seconds now) {
    const local_days today = calendar.wall_clock(now).date;
    std::optional<local_days> day = day_of(spoken, today, Side::to_come);
    if (const auto* span = std::get_if<seconds>(&spoken.day)) {
        day = calendar.wall_clock(now + *span).date;
    } else if (const auto* instant = std::get_if<sys_seconds>(&spoken.day)) {
        day = calendar.wall_clock(*instant).date;
    }
    return day && *day >= today ? day : std::nullopt;
}

std::optional<sys_seconds> instant_to_come(const SpokenTime& spoken,
                                           const BusinessCalendar& calendar,
                                           sys_seconds now) {
    const local_days today = calendar.wall_clock(now).date;
    std::optional<sys_seconds> instant;
    if (const auto* said = std::get_if<sys_seconds>(&spoken.day)) {
        instant = *said;
    } else if (const auto* span = std::get_if<seconds>(&spoken.day)) {
        instant = now + *span;
    } else if (const auto day = day_of(spoken, today, Side::to_come)) {
        instant = spoken.time_of_day ? calendar.instant_of(*day, *spoken.time_of_day)
                                     : end_of_hours(*day, calendar);
    } else if (std::holds_alternative<SpokenTime::Nothing>(spoken.day) && spoken.time_of_day) {
        instant = calendar.instant_of(today, *spoken.time_of_day);
        if (*instant <= now) instant = calendar.instant_of(today + days{1}, *spoken.time_of_day);
    }
    return instant && *instant > now ? instant : std::nullopt;
}

std::optional<sys_seconds> instant_past(const SpokenTime& spoken,
                                        const BusinessCalendar& calendar,
                                        sys_seconds now) {
    const local_days today = calendar.wall_clock(now).date;
    std::optional<sys_seconds> instant;
    if (const auto* said = std::get_if<sys_seconds>(&spoken.day)) {
        instant = *said;
    } else if (const auto* span = std::get_if<seconds>(&spoken.day)) {
        instant = now - *span;
    } else if (const auto day = day_of(spoken, today, Side::past)) {
        instant = calendar.instant_of(*day, spoken.time_of_day.value_or(minutes{0}));
    } else if (std::holds_alternative<SpokenTime::Nothing>(spoken.day) && spoken.time_of_day) {
        instant = calendar.instant_of(today, *spoken.time_of_day);
        if (*instant > now) instant = calendar.instant_of(today - days{1}, *spoken.time_of_day);
    }
    return instant && *instant <= now ? instant : std::nullopt;
}

}  // namespace bellhop::rules
