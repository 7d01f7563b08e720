#include "rules/mail/backoff.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

TEST(DeliveryRetryDelay, GrowsToFourHours) {
    EXPECT_EQ(delivery_retry_delay(1, 0), 60s);
    EXPECT_EQ(delivery_retry_delay(2, 0), 900s);
    EXPECT_EQ(delivery_retry_delay(3, 0), 1800s);
    EXPECT_EQ(delivery_retry_delay(6, 0), 14400s);
    EXPECT_EQ(delivery_retry_delay(1000, 0), 14400s);
    EXPECT_EQ(delivery_retry_delay(0, 0), 60s);
}

TEST(DeliveryRetryDelay, MovesByATenth) {
    EXPECT_EQ(delivery_retry_delay(6, 1.0), 15840s);
    EXPECT_EQ(delivery_retry_delay(6, -1.0), 12960s);
}

TEST(RelayRetryDelay, DoublesUpToFiveMinutes) {
    EXPECT_EQ(relay_retry_delay(0, 0), 15s);
    EXPECT_EQ(relay_retry_delay(1, 0), 15s);
    EXPECT_EQ(relay_retry_delay(2, 0), 30s);
    EXPECT_EQ(relay_retry_delay(5, 0), 240s);
    EXPECT_EQ(relay_retry_delay(6, 0), 300s);
    EXPECT_EQ(relay_retry_delay(1000, 1.0), 330s);
}

TEST(ReconnectDelay, DoublesUpToFiveMinutes) {
    EXPECT_EQ(reconnect_delay(1, 0), 1s);
    EXPECT_EQ(reconnect_delay(4, 0), 8s);
    EXPECT_EQ(reconnect_delay(9, 0), 256s);
    EXPECT_EQ(reconnect_delay(10, 0), 300s);
    EXPECT_EQ(reconnect_delay(100, 0), 300s);
    EXPECT_EQ(reconnect_delay(-5, -1.0), 1s);
}

}  // namespace
}  // namespace bellhop::rules
