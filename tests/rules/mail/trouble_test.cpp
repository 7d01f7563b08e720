#include "rules/mail/trouble.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_seconds;
using What = TroubleNews::What;

constexpr sys_seconds start{1'790'000'000s};

Trouble relay(std::int64_t size = 0) {
    return {"relay", start, start + 30min, size, "the relay takes no mail", {"535 no"}};
}

ToldTrouble told(sys_seconds at, std::int64_t size = 0) {
    return {"relay", start, at, size, "the relay takes no mail"};
}

std::vector<What> kinds(const std::vector<TroubleNews>& news) {
    std::vector<What> all;
    for (const TroubleNews& one : news) all.push_back(one.what);
    return all;
}

TEST(Trouble, IsToldOnceItHasLasted) {
    EXPECT_TRUE(trouble_news({relay()}, {}, start + 30min - 1s).empty());
    EXPECT_EQ(trouble_news({relay()}, {}, start + 30min),
              (std::vector<TroubleNews>{{What::begins, relay()}}));
}

TEST(Trouble, IsToldAgainDailyAndAfterAWeekWeekly) {
    const struct {
        std::chrono::seconds since_start;
        std::chrono::seconds since_told;
        bool again;
    } table[] = {
        {24h, 24h - 1s, false},
        {24h, 24h, true},
        {7 * 24h, 24h, true},
        {7 * 24h + 1s, 24h, false},
        {9 * 24h, 7 * 24h - 1s, false},
        {9 * 24h, 7 * 24h, true},
        {1h, -1s, true},  // the clock was ahead
    };
    for (const auto& [since_start, since_told, again] : table) {
        const sys_seconds now = start + since_start;
        EXPECT_EQ(kinds(trouble_news({relay()}, {told(now - since_told)}, now)),
                  again ? std::vector<What>{What::lasts} : std::vector<What>{})
            << since_start.count() << " " << since_told.count();
    }
}

TEST(Trouble, IsToldAgainWhenMoreHasCome) {
    const sys_seconds now = start + 5h;
    EXPECT_TRUE(trouble_news({relay(3)}, {told(now - 59min, 2)}, now).empty());
    EXPECT_EQ(kinds(trouble_news({relay(3)}, {told(now - 1h, 2)}, now)),
              std::vector<What>{What::lasts});
    EXPECT_TRUE(trouble_news({relay(2)}, {told(now - 2h, 2)}, now).empty());
    EXPECT_TRUE(trouble_news({relay(1)}, {told(now - 2h, 2)}, now).empty());
}

/// What is known two months before it hurts is no news every day.
TEST(Trouble, CountdownIsToldAgainOnlyWhereItHasGrown) {
    Trouble countdown = relay(2);
    countdown.is_countdown = true;
    const sys_seconds now = start + 20 * 24h;
    EXPECT_TRUE(trouble_news({countdown}, {told(now - 19 * 24h, 2)}, now).empty());
    EXPECT_EQ(kinds(trouble_news({countdown}, {told(now - 19 * 24h, 1)}, now)),
              std::vector<What>{What::lasts});
}

TEST(Trouble, IsOverOnceItIsGone) {
    const std::vector<TroubleNews> news = trouble_news({}, {told(start + 1h)}, start + 2h);
    ASSERT_EQ(kinds(news), std::vector<What>{What::is_over});
    EXPECT_EQ(news[0].trouble.since, start);
    EXPECT_EQ(news_line(news[0]), "over: the relay takes no mail");
}

TEST(Trouble, KeepsItsBeginningThroughARestart) {
    Trouble later = relay();
    later.since = start + 20h;
    const auto news = trouble_news({later}, {told(start)}, start + 24h);
    ASSERT_EQ(news.size(), 1U);
    EXPECT_EQ(news[0].trouble.since, start);
    EXPECT_EQ(news_line(news[0]), "still: the relay takes no mail");
}

/// Whatever comes and goes: each cause is told once at its beginning and once at its end, and
/// between two mails about one lies an hour at least.
TEST(Trouble, IsNeverToldMoreOftenThanHourly) {
    std::vector<ToldTrouble> memory;
    sys_seconds last{};
    int begun = 0;
    int ended = 0;
    for (int minute = 0; minute < 20'000; ++minute) {
        const sys_seconds now = start + std::chrono::minutes{minute};
        std::vector<Trouble> troubles;
        if ((minute / 5000) % 2 == 0) troubles.push_back(relay(minute / 7));
        for (const TroubleNews& one : trouble_news(troubles, memory, now)) {
            if (one.what == What::begins) ++begun;
            if (one.what == What::lasts) {
                EXPECT_GE(now - last, 1h);
            }
            if (one.what == What::is_over) ++ended;
            last = now;
            memory.clear();
            if (one.what != What::is_over) {
                memory.push_back({"relay", start, now, one.trouble.size, one.trouble.headline});
            }
        }
    }
    EXPECT_EQ(begun, 2);
    EXPECT_EQ(ended, 2);
}

TEST(Trouble, IsToldToTheManagerOrToATeam) {
    People people;
    people.teams.push_back({"Network", "", {}, {}});
    people.teams.push_back({"Helpdesk", "team@desk.example", {}, {}});
    Staff staff{&people, "boss@desk.example", {"support@desk.example"}};
    using Addresses = std::vector<std::string>;
    EXPECT_EQ(told_of_trouble(staff), Addresses{"boss@desk.example"});
    staff.manager = "";
    EXPECT_EQ(told_of_trouble(staff), Addresses{"team@desk.example"});
    staff.own_addresses = {"team@desk.example"};
    EXPECT_EQ(told_of_trouble(staff), Addresses{});
    staff.people = nullptr;
    EXPECT_EQ(told_of_trouble(staff), Addresses{});
}

}  // namespace
}  // namespace bellhop::rules
