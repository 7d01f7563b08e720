#include "parsers/protocol/uid_set.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using Uids = std::vector<std::uint32_t>;

TEST(UidSet, ReadsNumbersAndRanges) {
    EXPECT_EQ(parse_uid_set("3,5:7", 10), (Uids{3, 5, 6, 7}));
    EXPECT_EQ(parse_uid_set("7:5", 10), (Uids{5, 6, 7}));
    EXPECT_EQ(parse_uid_set("4294967294:4294967295", 10), (Uids{4294967294, 4294967295}));
}

TEST(UidSet, RefusesWhatIsNoneOrTooLarge) {
    for (const char* wrong :
         {"", ",", "1,", "a", "0", "1:", ":1", "*", "1:*", "4294967296", "1:2:3"}) {
        EXPECT_EQ(parse_uid_set(wrong, 10), std::nullopt) << wrong;
    }
    EXPECT_EQ(parse_uid_set("1:10", 10).value_or(Uids{}).size(), 10u);
    EXPECT_EQ(parse_uid_set("1:11", 10), std::nullopt);
    EXPECT_EQ(parse_uid_set("1:5,1:6", 10), std::nullopt);
    EXPECT_EQ(parse_uid_set("1:4294967295", 10), std::nullopt);
}

TEST(UidSet, WritesTheShortestForm) {
    EXPECT_EQ(uid_sets({}, 100), std::vector<std::string>{});
    EXPECT_EQ(uid_sets({7, 3, 5, 6, 5}, 100), std::vector<std::string>{"3,5:7"});
    EXPECT_EQ(uid_sets({1, 2}, 100), std::vector<std::string>{"1:2"});
}

TEST(UidSet, KeepsTheLineShort) {
    Uids every_second;
    for (std::uint32_t uid = 2; uid <= 20'000; uid += 2) every_second.push_back(uid);
    Uids read_back;
    for (const std::string& set : uid_sets(every_second, 1000)) {
        EXPECT_LE(set.size(), 1000u);
        for (const std::uint32_t uid : parse_uid_set(set, 1000).value_or(Uids{})) {
            read_back.push_back(uid);
        }
    }
    EXPECT_EQ(read_back, every_second);
}

}  // namespace
}  // namespace bellhop::parsers
