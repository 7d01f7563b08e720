#include "storage/furniture_store.hpp"

#include <gtest/gtest.h>

#include "storage/store.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

using namespace std::chrono_literals;

rules::LearntFurniture paragraph(std::uint64_t bits, std::chrono::sys_seconds seen) {
    rules::LearntFurniture one;
    one.print = {bits, 17};
    one.in_place = 1;
    one.worded = 2;
    one.bare = 3;
    one.people = {"0a1b", "ffff"};
    one.last_ticket = rules::TicketId{5};
    one.last_seen = seen;
    return one;
}

class FurnitureStoreTest : public testing::Test {
protected:
    TemporaryFolder folder_;
    Store store_{folder_.path() / "bellhop.db"};
    std::chrono::sys_seconds monday_ = std::chrono::sys_days{2026y / 11 / 2};
};

TEST_F(FurnitureStoreTest, KeepsWhatItIsGivenByDomain) {
    const std::uint64_t high = 0xF000000000000001U;
    store_.furniture.keep("elm.example", paragraph(high, monday_));
    rules::LearntFurniture image;
    image.image = "abc";
    image.last_seen = monday_ + 1h;
    store_.furniture.keep("elm.example", image);
    store_.furniture.keep("oak.example", paragraph(2, monday_));

    auto rows = store_.furniture.of_domain("elm.example");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].image, "abc") << "what was seen last";
    EXPECT_NE(rows[1].id, 0);
    rows[1].id = 0;
    EXPECT_EQ(rows[1], paragraph(high, monday_));
    EXPECT_TRUE(store_.furniture.of_domain("").empty());
}

TEST_F(FurnitureStoreTest, ChangesWhatItHas) {
    store_.furniture.keep("elm.example", paragraph(1, monday_));
    rules::LearntFurniture one = store_.furniture.of_domain("elm.example").at(0);
    one.in_place = 9;
    one.people.emplace_back("1234");
    one.last_ticket = rules::TicketId{6};
    one.last_seen = monday_ + 3h;
    store_.furniture.keep("elm.example", one);
    EXPECT_EQ(store_.furniture.of_domain("elm.example"), std::vector{one});
}

TEST_F(FurnitureStoreTest, HoldsSoMuchOfADomainAndForgetsWhatWasSeenLeast) {
    rules::LearntFurniture often = paragraph(1, monday_ - 1h);
    often.in_place = 50;
    store_.furniture.keep("elm.example", often);
    for (std::size_t i = 0; i < rules::most_furniture + 50; ++i) {
        store_.furniture.keep("elm.example",
                              paragraph(1000 + i, monday_ + std::chrono::seconds{i}));
    }
    const auto rows = store_.furniture.of_domain("elm.example");
    EXPECT_EQ(rows.size(), rules::most_furniture);
    EXPECT_EQ(rows.back().print.bits, 1U) << "seen often, though long ago";
    EXPECT_EQ(rows.front().print.bits, 1000 + rules::most_furniture + 49);
}

TEST_F(FurnitureStoreTest, ForgetsWhatIsSeenNoMore) {
    for (int i = 0; i < 5; ++i)
        store_.furniture.keep("elm.example",
                              paragraph(static_cast<std::uint64_t>(i), monday_ + i * 1h));
    EXPECT_EQ(store_.furniture.forget_before(monday_ + 3h, 2), 2);
    EXPECT_EQ(store_.furniture.forget_before(monday_ + 3h, 2), 1);
    EXPECT_EQ(store_.furniture.forget_before(monday_ + 3h, 2), 0);
    EXPECT_EQ(store_.furniture.of_domain("elm.example").size(), 2U);
}

}  // namespace
}  // namespace bellhop::storage
