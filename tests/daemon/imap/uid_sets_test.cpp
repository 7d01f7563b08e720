#include "daemon/imap/uid_sets.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

std::vector<MailUid> uids(std::uint32_t count, std::uint32_t step) {
    std::vector<MailUid> all;
    for (std::uint32_t i = 0; i < count; ++i) all.push_back(MailUid{1 + i * step});
    return all;
}

TEST(UidSets, WriteRunsShort) {
    EXPECT_EQ(sets_of({MailUid{3}, MailUid{5}, MailUid{6}, MailUid{7}}),
              (std::vector<std::string>{"3,5:7"}));
    EXPECT_EQ(sets_of(uids(100'000, 1)), (std::vector<std::string>{"1:100000"}));
    EXPECT_TRUE(sets_of({}).empty());
}

TEST(UidSets, AreLinesThatEveryServerTakes) {
    std::size_t commas = 0;
    const auto sets = sets_of(uids(10'000, 2));
    EXPECT_GT(sets.size(), 1U);
    for (const std::string& set : sets) {
        EXPECT_LE(set.size(), 4'000U);
        commas += 1 + static_cast<std::size_t>(std::count(set.begin(), set.end(), ','));
    }
    EXPECT_EQ(commas, 10'000U);  // each UID once
}

}  // namespace
}  // namespace bellhop::daemon
