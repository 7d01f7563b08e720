#include "rules/calendar/bank_holidays.hpp"

#include <utility>

namespace bellhop::rules {
namespace {

using std::chrono::days;
using std::chrono::last;
using std::chrono::local_days;
using std::chrono::Monday;
using std::chrono::Saturday;
using std::chrono::Sunday;
using std::chrono::weekday;

bool is_weekend(local_days date) {
    return weekday{date} == Saturday || weekday{date} == Sunday;
}

}  // namespace

local_days easter_sunday(std::chrono::year year) {
    // The "anonymous" algorithm of 1876; every term is a whole-number division.
    const int y = static_cast<int>(year);
    const int golden = y % 19;
    const int century = y / 100;
    const int in_century = y % 100;
    const int correction = (century - (century + 8) / 25 + 1) / 3;
    const int epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    const int weekday_shift =
        (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    const int late = (golden + 11 * epact + 22 * weekday_shift) / 451;
    const int days_from_march = epact + weekday_shift - 7 * late + 114;
    return local_days{year / std::chrono::month{static_cast<unsigned>(days_from_march / 31)} /
                      std::chrono::day{static_cast<unsigned>(days_from_march % 31 + 1)}};
}

std::vector<BankHoliday> bank_holidays_of(std::chrono::year year) {
    local_days new_year{year / 1 / 1};
    while (is_weekend(new_year)) new_year += days{1};
    local_days christmas{year / 12 / 25};
    local_days boxing{year / 12 / 26};
    if (weekday{christmas} == Saturday) {
        christmas += days{2};
        boxing += days{2};
    } else if (weekday{christmas} == Sunday) {
        christmas += days{2};  // Boxing Day keeps the Monday
    } else if (weekday{boxing} == Saturday) {
        boxing += days{2};
    }
    std::vector<BankHoliday> at_christmas = {{christmas, "Christmas Day"}, {boxing, "Boxing Day"}};
    if (boxing < christmas) std::swap(at_christmas[0], at_christmas[1]);
    const local_days easter = easter_sunday(year);
    return {{new_year, "New Year's Day"},
            {easter - days{2}, "Good Friday"},
            {easter + days{1}, "Easter Monday"},
            {local_days{year / 5 / Monday[1]}, "early May bank holiday"},
            {local_days{year / 5 / Monday[last]}, "spring bank holiday"},
            {local_days{year / 8 / Monday[last]}, "summer bank holiday"},
            at_christmas[0],
            at_christmas[1]};
}

}  // namespace bellhop::rules
