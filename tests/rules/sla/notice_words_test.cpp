#include "rules/sla/notice_words.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

Notice notice(TimerKind timer, const std::string& step, bool is_breach) {
    Notice notice;
    notice.timer = timer;
    notice.step = step;
    notice.is_breach = is_breach;
    return notice;
}

TEST(NoticeWords, SayWhatIsDueAndHowFarItIs) {
    const std::string due = "Monday 2 November, 1 pm";
    const auto words = [&](TimerKind timer, const std::string& step, bool is_breach) {
        return notice_sentence(notice(timer, step, is_breach), due);
    };
    EXPECT_EQ(words(TimerKind::response, "75%", false),
              "75% of the time to answer it is used up: an answer is due by " + due + ".");
    EXPECT_EQ(words(TimerKind::resolution, "50%", false),
              "50% of the time to solve it is used up: the solution is due by " + due + ".");
    EXPECT_EQ(words(TimerKind::response, "breach", true),
              "Nobody has answered in time: an answer was due by " + due + ".");
    EXPECT_EQ(words(TimerKind::resolution, "breach", true),
              "It is not solved in time: the solution was due by " + due + ".");
    EXPECT_EQ(words(TimerKind::resolution, "breach + 1 hour", true),
              "It is not solved, 1 hour after it was due: the solution was due by " + due + ".");
    EXPECT_EQ(
        words(TimerKind::response, "breach + 2 business days", true),
        "Nobody has answered, 2 business days after it was due: an answer was due by " + due + ".");
}

TEST(NoticeWords, SayThatItIsTheNewPriority) {
    Notice late = notice(TimerKind::resolution, "breach", true);
    late.by_new_priority = true;
    EXPECT_EQ(notice_sentence(late, "12 noon"),
              "Its new priority makes it late: the solution was due by 12 noon.");
    late.is_breach = false;
    EXPECT_EQ(notice_sentence(late, "12 noon"),
              "Its new priority leaves less time: the solution is due by 12 noon.");
}

TEST(NoticeWords, EndOnce) {
    const Notice late = notice(TimerKind::resolution, "breach", true);
    EXPECT_EQ(notice_sentence(late, "11:30 a.m."),
              "It is not solved in time: the solution was due by 11:30 a.m.");
    EXPECT_EQ(notice_sentence(late, ""), "It is not solved in time: the solution was due.");
    EXPECT_EQ(notice_in_short(late, "12 noon"), "the solution was due by 12 noon");
}

}  // namespace
}  // namespace bellhop::rules
