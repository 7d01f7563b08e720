#include "rules/calendar/bank_holidays.hpp"

#include <gtest/gtest.h>

#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

std::string dates_of(int year) {
    std::string text;
    for (const BankHoliday& holiday : bank_holidays_of(std::chrono::year{year})) {
        if (!text.empty()) text += " ";
        text += to_text(holiday.date).substr(5);
    }
    return text;
}

// As published by the government for these years.
TEST(BankHolidays, AgreeWithThePublishedOnes) {
    EXPECT_EQ(dates_of(2024), "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26");
    EXPECT_EQ(dates_of(2026), "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28");
    EXPECT_EQ(dates_of(2027), "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28");
    EXPECT_EQ(dates_of(2028), "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26");
    EXPECT_EQ(dates_of(2022).substr(36), "12-26 12-27") << "Christmas Day on a Sunday";
}

TEST(BankHolidays, FindEaster) {
    const std::vector<std::string> sundays = {"1954-04-18", "1961-04-02", "2000-04-23",
                                              "2008-03-23", "2011-04-24", "2038-04-25",
                                              "2076-04-19", "2285-03-22"};
    for (const std::string& sunday : sundays) {
        EXPECT_EQ(to_text(easter_sunday(std::chrono::year{std::stoi(sunday)})), sunday);
    }
}

}  // namespace
}  // namespace bellhop::rules
