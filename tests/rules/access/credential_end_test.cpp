#include "rules/access/credential_end.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::sys_seconds;

const sys_seconds end{std::chrono::sys_days{std::chrono::year{2027} / 3 / 1}};

std::string headline(std::chrono::seconds before, std::vector<CredentialEnd> credentials) {
    const auto ending = ending_credential("school", credentials, end - before);
    return ending ? std::to_string(ending->stage) + ' ' + ending->headline : "";
}

std::string headline(std::chrono::seconds before) {
    return headline(before, {{"client secret", end}});
}

TEST(CredentialEnd, IsCountedDownFromDaySixty) {
    EXPECT_EQ(headline(days{61}), "");
    EXPECT_EQ(headline(days{60} + 1s), "");
    EXPECT_EQ(headline(days{60}), "1 the client secret of [oauth.school] ends in 60 days");
    EXPECT_EQ(headline(days{31}), "1 the client secret of [oauth.school] ends in 31 days");
    EXPECT_EQ(headline(days{31} - 1s), "2 the client secret of [oauth.school] ends in 30 days");
    EXPECT_EQ(headline(days{14}), "3 the client secret of [oauth.school] ends in 14 days");
    EXPECT_EQ(headline(days{1}), "6 the client secret of [oauth.school] ends in 1 day");
    EXPECT_EQ(headline(1h), "7 the client secret of [oauth.school] ends within a day");
    EXPECT_EQ(headline(0s), "7 the client secret of [oauth.school] has ended");
    EXPECT_EQ(headline(-days{9}), "7 the client secret of [oauth.school] has ended");
}

/// Each stage is told again: none is passed over, whatever day the desk is open on.
TEST(CredentialEnd, GrowsAsTheEndComesNearer) {
    std::int64_t before = 0;
    for (days left{60}; left >= days{0}; --left) {
        const auto ending = ending_credential("x", {{"certificate", end}}, end - left);
        ASSERT_TRUE(ending);
        EXPECT_GE(ending->stage, before);
        EXPECT_EQ(ending->told_from, end - days{60});
        EXPECT_EQ(ending->ends, end);
        before = ending->stage;
    }
    EXPECT_EQ(before, 7);
}

TEST(CredentialEnd, IsOfTheOneThatTakesOver) {
    EXPECT_EQ(headline(days{3}, {{"certificate", end}, {"certificate", end + days{365}}}), "");
    EXPECT_EQ(headline(days{3}, {{"certificate", end + days{1}}, {"certificate", end}}),
              "5 the certificate of [oauth.school] ends in 4 days");
}

TEST(CredentialEnd, SaysNothingOfWhatNobodyKnows) {
    EXPECT_EQ(headline(days{3}, {}), "");
    EXPECT_EQ(headline(days{3}, {{"client secret", {}}}), "");
    EXPECT_EQ(headline(days{3}, {{"client secret", end}, {"client secret", {}}}), "");
}

}  // namespace
}  // namespace bellhop::rules
