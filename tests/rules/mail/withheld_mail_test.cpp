#include "rules/mail/withheld_mail.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

const std::chrono::sys_seconds start{1'790'000'000s};

SetbackEvent event(Setback kind,
                   bool alone,
                   std::chrono::seconds session,
                   std::chrono::seconds at) {
    return {kind, alone, start + session, start + at, "NO [SERVERBUG]", {}};
}

WithheldMail after(const std::vector<SetbackEvent>& events, bool others_came = true) {
    WithheldMail mail;
    for (const SetbackEvent& one : events) mail = after_setback(mail, one);
    mail.others_came = others_came;
    return mail;
}

TEST(WithheldMail, IsGivenUpOnlyWhenAloneInTwoSessionsTenMinutesApartAndOthersCame) {
    const auto refused = [](bool alone, std::chrono::seconds session, std::chrono::seconds at) {
        return event(Setback::refused, alone, session, at);
    };
    EXPECT_TRUE(is_to_be_given_up(after({refused(true, 0s, 1s), refused(true, 10min, 601s)})));
    // Each condition, taken away:
    EXPECT_FALSE(is_to_be_given_up(after({refused(true, 0s, 1s), refused(true, 0s, 601s)})));
    EXPECT_FALSE(is_to_be_given_up(after({refused(true, 0s, 1s), refused(true, 9min, 600s)})));
    EXPECT_FALSE(is_to_be_given_up(after({refused(true, 0s, 1s), refused(false, 10min, 601s)})));
    EXPECT_FALSE(is_to_be_given_up(after({refused(false, 0s, 1s), refused(true, 10min, 601s)})));
    EXPECT_FALSE(
        is_to_be_given_up(after({refused(true, 0s, 1s), refused(true, 10min, 601s)}, false)));
    WithheldMail given_up = after({refused(true, 0s, 1s), refused(true, 10min, 601s)});
    given_up.given_up = true;
    EXPECT_FALSE(is_to_be_given_up(given_up));
}

TEST(WithheldMail, IsNeverGivenUpForWhatAilsTheServer) {
    WithheldMail mail;
    for (int i = 0; i < 1000; ++i) {
        mail = after_setback(mail, event(Setback::server_unwell, true, i * 1h, i * 1h));
    }
    mail.others_came = true;
    EXPECT_FALSE(is_to_be_given_up(mail));
}

TEST(WithheldMail, IsAskedForAgainLaterAndLater) {
    WithheldMail mail;
    std::chrono::sys_seconds now = start;
    std::vector<std::chrono::seconds> pauses;
    for (int i = 0; i < 10; ++i) {
        mail = after_setback(mail, {Setback::refused, true, start, now, "NO", {}});
        pauses.push_back(mail.ask_at - now);
        now = mail.ask_at;
    }
    EXPECT_EQ(pauses, (std::vector<std::chrono::seconds>{10s, 30s, 1min, 2min, 5min, 10min, 30min,
                                                         1h, 1h, 1h}));
    EXPECT_EQ(mail.since, start);
    mail.given_up = true;
    mail = after_setback(mail, {Setback::refused, true, start, now, "NO", {}});
    EXPECT_EQ(mail.ask_at - now, 24h);
}

TEST(WithheldMail, OverWhichTheConnectionBreaksIsAskedForAloneThenPutAside) {
    for (const Setback kind : {Setback::lost, Setback::server_unwell}) {
        WithheldMail mail = after_setback({}, event(kind, false, 0s, 0s));
        EXPECT_EQ(mail.ask_at, start);
        EXPECT_FALSE(is_asked_for_alone(mail));
        mail = after_setback(mail, event(kind, false, 1s, 1s));
        EXPECT_EQ(mail.ask_at, start + 1s);
        EXPECT_TRUE(is_asked_for_alone(mail));
        mail = after_setback(mail, event(kind, true, 2s, 2s));
        EXPECT_EQ(mail.ask_at, start + 2s + 10s);
        EXPECT_TRUE(is_asked_for_alone(mail));
    }
}

TEST(WithheldMail, ThatCameShortIsTakenWhenTheSameCameBeforeAndTimeHasPassed) {
    SetbackEvent first = event(Setback::doubtful, true, 0s, 0s);
    first.digest = "aa";
    const WithheldMail mail = after_setback({}, first);
    SetbackEvent again = event(Setback::doubtful, true, 0s, 60s);
    again.digest = "aa";
    EXPECT_TRUE(is_all_there_is(mail, again));
    again.at = start + 59s;
    EXPECT_FALSE(is_all_there_is(mail, again));
    again.at = start + 60s;
    again.digest = "bb";
    EXPECT_FALSE(is_all_there_is(mail, again));
    again.digest.clear();
    EXPECT_FALSE(is_all_there_is(WithheldMail{}, again));
}

TEST(WithheldMail, ThreeInARowAreTheServersDoing) {
    EXPECT_FALSE(is_server_unwell(2));
    EXPECT_TRUE(is_server_unwell(3));
}

}  // namespace
}  // namespace bellhop::rules
