#include "daemon/smtp/smtp_opening.hpp"

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

using rules::SmtpStage;

const std::string hello = "220 mx ready\r\n250-mx\r\n250-SIZE 1000\r\n250 PIPELINING\r\n";

/// RFC 3207 section 4.2: what was offered in clear text may have been put there by anybody.
TEST(SmtpOpening, BelievesTheLastHelloOnly) {
    EXPECT_TRUE(extensions_in(hello).pipelining);
    EXPECT_EQ(extensions_in(hello).size_limit, 1000U);
    const std::string protected_hello = hello + "220 go\r\n250-mx\r\n250 8BITMIME\r\n";
    EXPECT_FALSE(extensions_in(protected_hello).pipelining);
    EXPECT_TRUE(extensions_in(protected_hello).eight_bit_mime);
    EXPECT_FALSE(extensions_in("").size);
    EXPECT_FALSE(extensions_in("250 oh\nno").size);
}

TEST(SmtpOpening, MissesTheLoginThatIsConfigured) {
    EXPECT_EQ(missing_login(Authentication::none, hello), std::nullopt);
    EXPECT_EQ(missing_login(Authentication::password, hello + "235 welcome\r\n"), std::nullopt);
    const auto missing = missing_login(Authentication::password, hello);
    ASSERT_TRUE(missing);
    EXPECT_EQ(missing->stage, SmtpStage::login);
    EXPECT_EQ(missing->verdict, Verdict::deferred);
}

TEST(SmtpOpening, SaysAtWhichStageAndInWhoseWordsItFailed) {
    const struct {
        ConnectionErrc kind;
        std::string opening;
        SmtpStage stage;
        int code;
        Verdict verdict;
    } table[] = {
        {ConnectionErrc::unreachable, "", SmtpStage::connection, 0, Verdict::deferred},
        {ConnectionErrc::refused, "554 no\r\n", SmtpStage::greeting, 554, Verdict::rejected},
        {ConnectionErrc::refused, "220 mx\r\n451 no\r\n", SmtpStage::hello, 451, Verdict::deferred},
        {ConnectionErrc::login_refused, hello + "535 no\r\n", SmtpStage::login, 535,
         Verdict::rejected},
        // Not even tried.
        {ConnectionErrc::login_refused, hello, SmtpStage::login, 0, Verdict::deferred},
        // Nothing of a broken connection is an answer.
        {ConnectionErrc::lost, hello + "535 no\r\n", SmtpStage::connection, 0, Verdict::deferred},
    };
    for (const auto& each : table) {
        const Delivery delivery = delivery_from(ConnectionError(each.kind, "words"), each.opening);
        EXPECT_EQ(delivery.stage, each.stage) << each.opening;
        EXPECT_EQ(delivery.code, each.code) << each.opening;
        EXPECT_EQ(delivery.verdict, each.verdict) << each.opening;
    }
}

}  // namespace
}  // namespace bellhop::daemon
