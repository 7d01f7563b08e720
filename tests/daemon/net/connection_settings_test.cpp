#include "daemon/net/connection_settings.hpp"

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

/// A password goes in clear text to these only.
TEST(ConnectionSettings, KnowsThisMachineAndNoOther) {
    for (const char* here : {"localhost", "127.0.0.1", "127.8.9.10", "::1"})
        EXPECT_TRUE(is_loopback(here)) << here;
    for (const char* elsewhere :
         {"", "localhost.example.org", "127.0.0.1.example.org", "192.0.2.1", "0.0.0.0",
          "::", "fe80::1", "128.0.0.1", "localhost ", "2130706433", "mail.school.example"}) {
        EXPECT_FALSE(is_loopback(elsewhere)) << elsewhere;
    }
}

TEST(ConnectionSettings, ProtectUnlessTheyAreToldOtherwise) {
    EXPECT_EQ(ConnectionSettings{}.security, Security::tls);
    EXPECT_EQ(ConnectionSettings{}.authentication, Authentication::password);
}

}  // namespace
}  // namespace bellhop::daemon
