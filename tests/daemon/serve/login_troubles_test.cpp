#include "daemon/serve/login_troubles.hpp"

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr std::chrono::sys_seconds now{1'800'000'000s};

TokenKeeper::State failing(const std::string& error, bool needs_operator) {
    TokenKeeper::State state;
    state.application = "school";
    state.failures = 3;
    state.error = error;
    state.needs_operator = needs_operator;
    state.failing_since = now - 1h;
    return state;
}

TEST(LoginTroubles, AreNoneWhereTokensCome) {
    TokenKeeper::State state;
    state.application = "school";
    EXPECT_TRUE(login_troubles({}, {state}, now).empty());
}

TEST(LoginTroubles, SayWhatTheProviderSaysAndWhatItMeans) {
    const auto troubles = login_troubles(
        {}, {failing("no access token: x: invalid_client: AADSTS7000222: no", true)}, now);
    ASSERT_EQ(troubles.size(), 1U);
    EXPECT_EQ(troubles[0].cause, "login/school");
    EXPECT_EQ(troubles[0].headline, "no access token is given to [oauth.school]");
    EXPECT_EQ(troubles[0].since, now - 1h);
    EXPECT_EQ(troubles[0].tell_at, now - 55min);
    ASSERT_EQ(troubles[0].lines.size(), 2U);
    EXPECT_EQ(troubles[0].lines[0],
              "It says: no access token: x: invalid_client: AADSTS7000222: no");
    EXPECT_TRUE(
        troubles[0].lines[1].starts_with("The client secret of the app registration has "
                                         "expired. Entra admin centre > "));
}

TEST(LoginTroubles, WaitForWhatMayPass) {
    const auto troubles = login_troubles({}, {failing("no answer in time: x", false)}, now);
    ASSERT_EQ(troubles.size(), 1U);
    EXPECT_EQ(troubles[0].tell_at, now - 30min);
    EXPECT_EQ(troubles[0].lines.size(), 1U);
}

TEST(LoginTroubles, CountDownToTheEndOfACredential) {
    Settings settings;
    settings.applications.emplace_back();
    settings.applications[0].name = "school";
    settings.applications[0].proof = ClientProof::secret;
    settings.applications[0].credentials.emplace_back();
    auto& ends = settings.applications[0].credentials[0].ends;
    EXPECT_TRUE(login_troubles(settings, {}, now).empty());
    ends = std::chrono::ceil<days>(now) + days{12};
    const auto troubles = login_troubles(settings, {}, now);
    ASSERT_EQ(troubles.size(), 1U);
    EXPECT_EQ(troubles[0].cause, "credential/school");
    EXPECT_EQ(troubles[0].headline, "the client secret of [oauth.school] ends in 12 days");
    EXPECT_TRUE(troubles[0].is_countdown);
    EXPECT_EQ(troubles[0].size, 3);
    EXPECT_LE(troubles[0].tell_at, now);
    ends = std::chrono::ceil<days>(now) + days{90};
    EXPECT_TRUE(login_troubles(settings, {}, now).empty());
}

}  // namespace
}  // namespace bellhop::daemon
