#include "storage/spendings.hpp"

#include "storage/store.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds noon{1'790'000'000s};

class SpendingsTest : public testing::Test {
protected:
    void answer(std::chrono::sys_seconds at, const std::string& person, bool is_stranger) {
        store_.spendings.add(
            {Spending::answer, at, person, person.substr(person.find('@') + 1), is_stranger});
    }
    std::size_t count(const SpendingFilter& filter, std::chrono::seconds within = 1h) const {
        return store_.spendings.count(filter, noon - within, noon, 100);
    }

    TemporaryFolder folder_;
    Store store_{folder_.path() / "bellhop.db"};
};

TEST_F(SpendingsTest, CountsByPersonDomainAndKind) {
    answer(noon, "ann@hill.example", false);
    answer(noon - 1min, "eve@evil.example", true);
    answer(noon - 2min, "mal@evil.example", true);
    store_.spendings.add({Spending::ticket, noon, "ann@hill.example", "hill.example", false});
    const auto answers = Spending::answer;
    EXPECT_EQ(count({answers, {}, {}, false}), 3U);
    EXPECT_EQ(count({answers, {}, {}, true}), 2U);
    EXPECT_EQ(count({answers, {}, "evil.example", true}), 2U);
    EXPECT_EQ(count({answers, {}, "hill.example", true}), 0U);
    EXPECT_EQ(count({answers, "ann@hill.example", {}, false}), 1U);
    EXPECT_EQ(count({answers, "bob@hill.example", {}, false}), 0U);
    EXPECT_EQ(count({Spending::ticket, {}, {}, false}), 1U);
    EXPECT_EQ(count({Spending::withheld, {}, {}, false}), 0U);
}

TEST_F(SpendingsTest, LooksAtAWindowOpenAtItsBeginning) {
    answer(noon, "a@x.example", true);
    answer(noon - 59min - 59s, "b@x.example", true);
    answer(noon - 1h, "c@x.example", true);
    EXPECT_EQ(count({Spending::answer, {}, {}, false}), 2U);
    EXPECT_EQ(store_.spendings.count({Spending::answer, {}, {}, false}, noon - 1h, noon, 1), 1U);
    EXPECT_EQ(store_.spendings.first(Spending::answer, noon - 1h), noon - 59min - 59s);
    EXPECT_EQ(store_.spendings.first(Spending::ticket, noon - 1h), std::nullopt);
}

TEST_F(SpendingsTest, ForgetsWhatNoBudgetLooksAtAnyMore) {
    answer(noon, "a@x.example", true);
    answer(noon + Spendings::kept_for, "b@x.example", true);
    EXPECT_EQ(store_.spendings.first(Spending::answer, {}), noon);
    answer(noon + Spendings::kept_for + 1s, "b@x.example", true);
    EXPECT_EQ(store_.spendings.first(Spending::answer, {}), noon + Spendings::kept_for);
}

TEST_F(SpendingsTest, KeepsNoAddress) {
    answer(noon, "ann@hill.example", true);
    Statement row = store_.database.prepare("SELECT person FROM spendings");
    ASSERT_TRUE(row.step());
    EXPECT_EQ(row.text(0).find("ann"), std::string::npos);
}

}  // namespace
}  // namespace bellhop::storage
