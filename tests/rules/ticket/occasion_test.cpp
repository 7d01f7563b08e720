#include "rules/ticket/occasion.hpp"

#include <set>

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

TEST(Occasion, HasANameThatNoOtherHas) {
    std::set<std::string_view> names;
    for (const Occasion occasion : occasions()) {
        const OccasionEntry entry = entry_of(occasion);
        EXPECT_TRUE(names.insert(entry.name).second) << entry.name;
        EXPECT_EQ(occasion_of(entry.name), occasion);
        EXPECT_EQ(entry_of(entry.kind).reader, MailReader::staff) << entry.name;
    }
    EXPECT_EQ(occasions().back(), Occasion::notified) << "the list ends with the last";
    EXPECT_EQ(occasion_of("party"), std::nullopt);
    EXPECT_EQ(occasion_of(""), std::nullopt);
}

/// Who is told by nobody's word hears of it by [tell].
TEST(Occasion, IsToldToSomebodyByDefault) {
    for (const Occasion occasion : occasions()) {
        const bool is_named_elsewhere =
            occasion == Occasion::late || occasion == Occasion::notified;
        EXPECT_EQ(entry_of(occasion).tell.empty(), is_named_elsewhere) << entry_of(occasion).name;
    }
}

}  // namespace
}  // namespace bellhop::rules
