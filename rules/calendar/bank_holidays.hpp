// The bank holidays of England and Wales, reckoned: for reminding a desk that forgot one.
//
// One-off days (a coronation, a moved May holiday) cannot be reckoned; a desk writes them down.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace bellhop::rules {

struct BankHoliday {
    std::chrono::local_days date = {};
    std::string name = {};

    friend bool operator==(const BankHoliday&, const BankHoliday&) = default;
};

/// In order of date. Banking and Financial Dealings Act 1971; what falls on a weekend is kept on
/// the next free weekday.
std::vector<BankHoliday> bank_holidays_of(std::chrono::year year);

/// Easter Sunday of the Gregorian calendar.
std::chrono::local_days easter_sunday(std::chrono::year year);

}  // namespace bellhop::rules
