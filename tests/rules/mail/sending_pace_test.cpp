#include "rules/mail/sending_pace.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using Instant = SendingPace::Instant;

TEST(SendingPace, KnowsNoLimitUnlessToldOne) {
    SendingPace pace;
    for (int i = 0; i < 1000; ++i) pace.note(Instant{});
    EXPECT_EQ(pace.allowed(Instant{}, 50), 50U);
    EXPECT_EQ(pace.next(Instant{}), Instant{});
}

TEST(SendingPace, NeverLetsMoreThanSoManyIntoAnyMinute) {
    SendingPace pace{7};
    std::deque<Instant> sent;
    // Whoever sends as much as he may, looking at odd moments.
    for (Instant now{}; now < Instant{} + 10min; now += 1700ms) {
        for (std::size_t i = pace.allowed(now, 3); i > 0; --i) {
            pace.note(now);
            sent.push_back(now);
        }
    }
    for (std::size_t i = 0; i + 7 < sent.size(); ++i) EXPECT_GE(sent[i + 7] - sent[i], 60s);
    EXPECT_GE(sent.size(), 65U) << "and not much fewer";
}

TEST(SendingPace, SaysWhenTheNextMayGo) {
    SendingPace pace{2};
    const Instant begin = Instant{} + 1h;
    pace.note(begin);
    EXPECT_EQ(pace.next(begin + 1s), begin + 1s);
    pace.note(begin + 10s);
    EXPECT_EQ(pace.next(begin + 20s), begin + 60s);
    EXPECT_EQ(pace.allowed(begin + 59s, 5), 0U);
    EXPECT_EQ(pace.allowed(begin + 60s, 5), 1U);
}

}  // namespace
}  // namespace bellhop::rules
