#include "daemon/net/connection_error.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

constexpr int first = static_cast<int>(ConnectionErrc::lost);
constexpr int last = static_cast<int>(ConnectionErrc::mailbox_changed);

TEST(ConnectionError, SaysSomethingElseForEachKind) {
    std::set<std::string> messages;
    for (int value = first; value <= last; ++value) {
        const std::string message = make_error_code(static_cast<ConnectionErrc>(value)).message();
        EXPECT_NE(message, "unknown") << value;
        EXPECT_TRUE(messages.insert(message).second) << message;
    }
    EXPECT_EQ(connection_category().message(last + 1), "unknown");
}

TEST(ConnectionError, CallsAPersonWhereNothingElseHelps) {
    for (int value = first; value <= last; ++value) {
        const auto kind = static_cast<ConnectionErrc>(value);
        const bool for_a_person = kind == ConnectionErrc::login_refused ||
                                  kind == ConnectionErrc::untrusted ||
                                  kind == ConnectionErrc::unprotected;
        const ConnectionError error{kind, ""};
        EXPECT_EQ(error.kind(), kind);
        EXPECT_EQ(error.needs_operator(), for_a_person) << error.code().message();
    }
}

TEST(ConnectionError, MakesTheServersWordsFitForALog) {
    const ConnectionError error{ConnectionErrc::refused, "no\r\nlevel=error \x1b[31mforged",
                                std::chrono::seconds{90}};
    EXPECT_EQ(error.detail().find_first_of("\r\n\x1b"), std::string::npos) << error.detail();
    EXPECT_EQ(error.retry_after(), std::chrono::seconds{90});
    EXPECT_LE(ConnectionError(ConnectionErrc::refused, std::string(100'000, 'x')).detail().size(),
              510U);
    EXPECT_EQ(ConnectionError(ConnectionErrc::lost, "").retry_after(), std::nullopt);
}

}  // namespace
}  // namespace bellhop::daemon
