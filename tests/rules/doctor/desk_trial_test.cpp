#include "rules/doctor/desk_trial.hpp"

#include <gtest/gtest.h>

#include "rules/calendar/calendar_lint.hpp"
#include "rules/doctor/secret_trial.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::days;

constexpr std::chrono::local_days today{std::chrono::year{2026} / 12 / 1};

TEST(CalendarTrial, RunsOut) {
    EXPECT_EQ(judge_calendar("desk", std::nullopt, today).state, FindingState::ok);
    EXPECT_EQ(judge_calendar("desk", today + calendar_notice, today).state, FindingState::ok);
    EXPECT_EQ(judge_calendar("desk", today + calendar_notice - days{1}, today).state,
              FindingState::warn);
    EXPECT_EQ(judge_calendar("desk", today, today).state, FindingState::warn);
    const Finding over = judge_calendar("hill", today - days{1}, today);
    EXPECT_EQ(over.check, "calendar hill");
    EXPECT_EQ(over.state, FindingState::fail);
    EXPECT_EQ(over.seen, "it says nothing after 2026-11-30, which is past");
}

TEST(PeopleTold, SomebodyHearsOfTicketsAndOfTroubles) {
    EXPECT_EQ(judge_told({3, 1}),
              well("people told", "3 hear of a new ticket, 1 of what is wrong with the gateway"));
    EXPECT_EQ(judge_told({0, 0}).seen, "nobody hears of a new ticket");
    EXPECT_EQ(judge_told({3, 0}).state, FindingState::fail);
}

TEST(ConfigurationTrial, CountsAndNamesTheFirst) {
    EXPECT_EQ(judge_configuration({0, 0, "", "", "/etc/bellhop"}),
              well("configuration", "/etc/bellhop is valid"));
    EXPECT_EQ(judge_configuration({2, 1, "a.toml:1: bad", "write it right", "/etc/bellhop"}),
              failing("configuration", "2 errors, the first: a.toml:1: bad",
                      "write it right; bellhop --config /etc/bellhop check shows all with their "
                      "lines"));
    EXPECT_EQ(judge_configuration({1, 0, "a.toml:1: bad", "", "/etc/bellhop"}).seen,
              "1 error: a.toml:1: bad");
    EXPECT_EQ(judge_configuration({0, 1, "a.toml:1: odd", "", "/etc/bellhop"}).state,
              FindingState::warn);
}

TEST(FilesTrial, NamesTheFirstAndCountsTheRest) {
    EXPECT_EQ(judge_files({}).state, FindingState::ok);
    EXPECT_EQ(judge_files({3, "everybody may write \"x\"", "chmod o-w x"}),
              failing("files", "everybody may write \"x\", and 2 more", "chmod o-w x"));
}

TEST(SecretTrial, SaysWhatToDoWithEachKindOfSecret) {
    const auto remedy = [](const std::string& why) {
        return judge_secret({"smtp", "the file relay.password",
                             "cannot read the password from relay.password: " + why})
            .remedy;
    };
    EXPECT_NE(remedy("No such file or directory").find("install -m 600"), std::string::npos);
    EXPECT_NE(remedy("Permission denied").find("as root"), std::string::npos);
    EXPECT_NE(remedy("others may read it; chmod 600 x").find("change the password"),
              std::string::npos);
    EXPECT_NE(remedy("it is empty").find("write it, one line"), std::string::npos);
    EXPECT_NE(remedy("it has more than one line").find("one line"), std::string::npos);
    EXPECT_NE(remedy("the service manager gives no credentials").find("as root"),
              std::string::npos);
    EXPECT_NE(remedy("it is not set").find("set the variable"), std::string::npos);
    EXPECT_EQ(remedy("something new"), "look at the file relay.password");
    EXPECT_EQ(judge_secret({"smtp", "", ""}).check, "smtp: password");
}

}  // namespace
}  // namespace bellhop::rules
