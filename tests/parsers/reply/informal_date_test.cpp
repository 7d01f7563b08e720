#include "parsers/reply/informal_date.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using namespace std::chrono;

TEST(InformalDate, ReadsWhatMailProgramsWrite) {
    const sys_seconds expected = sys_days{2021y / May / 3} + 14h + 5min;
    for (const std::string text :
         {"Monday, May 3, 2021 2:05 PM", "Mon, May 3, 2021 at 2:05 PM", "3 May 2021 14:05",
          "Montag, 3. Mai 2021 14:05", "lundi 3 mai 2021 14:05", "lunes, 3 de mayo de 2021 14:05",
          "lunedì 3 maggio 2021 14:05", "segunda-feira, 3 de maio de 2021 14:05",
          "maandag 3 mei 2021 14:05", "den 3 maj 2021 14:05", "3. toukokuuta 2021 14:05",
          "poniedziałek, 3 maja 2021 14:05", "3 мая 2021 г. 14:05", "03.05.2021 14:05",
          "2021-05-03 14:05", "2021/05/03 14:05", "Mon, 3 May 2021 16:05:00 +0200",
          "3 May 2021 at 14:05:00 GMT", "13/05/2021 14:05"}) {
        const auto found = read_informal_date(text);
        ASSERT_TRUE(found) << text;
        if (text.starts_with("13")) continue;
        EXPECT_EQ(*found, expected) << text;
    }
}

TEST(InformalDate, ReadsMidnightAndNoon) {
    EXPECT_EQ(read_informal_date("May 3, 2021 12:05 AM"), sys_days{2021y / May / 3} + 5min);
    EXPECT_EQ(read_informal_date("May 3, 2021 12:05 PM"), sys_days{2021y / May / 3} + 12h + 5min);
}

TEST(InformalDate, GuessesNothing) {
    for (const std::string text :
         {"", "yesterday", "3/5/2021 10:12", "May 2021", "31 February 2021", "3 May", "10:12"}) {
        EXPECT_FALSE(read_informal_date(text)) << text;
    }
}

}  // namespace
}  // namespace bellhop::parsers
