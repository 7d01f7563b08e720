#include "parsers/protocol/imap_refusal.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using namespace std::chrono_literals;
using Wait = std::optional<std::chrono::seconds>;

struct Case {
    const char* line;
    RefusalKind kind;
    Wait wait = {};
};

// What servers have been seen to answer, or the RFCs let them.
const std::vector<Case> cases{
    {"a NO Request is throttled. Suggested Backoff Time: 299910 milliseconds",
     RefusalKind::throttled, 300s},
    {"a BAD Request is throttled. Suggested Backoff Time: 1 milliseconds", RefusalKind::throttled,
     1s},
    {"* BYE Request is throttled. Suggested Backoff Time: 0 milliseconds", RefusalKind::throttled,
     0s},
    {"a NO [THROTTLED] Too many requests, retry after 2 minutes", RefusalKind::throttled, 120s},
    {"a NO [LIMIT] Rate limit hit", RefusalKind::throttled},
    {"a NO [ALERT] Too many simultaneous connections. (Failure)", RefusalKind::throttled},
    {"a NO Maximum number of connections from user+IP exceeded", RefusalKind::throttled},
    {"a NO [OVERQUOTA] Account exceeded command or bandwidth limits. f12", RefusalKind::over_quota},
    {"a NO [UNAVAILABLE] Temporary failure", RefusalKind::unavailable},
    {"a BAD User is authenticated but not connected.", RefusalKind::unavailable},
    {"a NO Server Unavailable. 15", RefusalKind::unavailable},
    {"a NO Temporary failure, please wait 30 s", RefusalKind::unavailable, 30s},
    {"a NO [INUSE] Mailbox is locked", RefusalKind::in_use},
    {"a NO [EXPUNGEISSUED] Some of the requested messages no longer exist.", RefusalKind::expunged},
    {"a NO Some of the requested messages no longer exist", RefusalKind::expunged},
    {"a NO [NOPERM] Permission denied", RefusalKind::forbidden},
    {"a NO [READ-ONLY] not here", RefusalKind::forbidden},
    {"a NO [SERVERBUG] Internal error occurred. Refer to server log for more information.",
     RefusalKind::unclear},
    {"a NO Some messages could not be fetched (corrupt)", RefusalKind::unclear},
    {"a BAD Command Error. 12", RefusalKind::unclear},
    {"a NO", RefusalKind::unclear},
};

TEST(ImapRefusal, IsJudgedByWhomItConcerns) {
    for (const Case& one : cases) {
        const Refusal refusal = refusal_of_line(one.line);
        EXPECT_EQ(refusal.kind, one.kind) << one.line;
        EXPECT_EQ(refusal.wait, one.wait) << one.line;
    }
}

TEST(ImapRefusal, OfWhatIsUnclearOrGoneConcernsNotEverything) {
    for (const Case& one : cases) {
        const bool everything =
            one.kind != RefusalKind::unclear && one.kind != RefusalKind::expunged;
        EXPECT_EQ(concerns_everything(one.kind), everything) << one.line;
    }
}

TEST(ImapRefusal, WaitsNoLongerThanAnHourWhateverIsAskedFor) {
    const auto wait = [](const std::string& time) {
        return refusal_of_line("a NO Backoff Time: " + time).wait;
    };
    EXPECT_EQ(wait("9223372036854775807 milliseconds"), 1h);
    EXPECT_EQ(wait("9223372036854775807 hours"), 1h);
    EXPECT_EQ(wait("99999999999999999999 s"), Wait{});
    EXPECT_EQ(wait("2 hours"), 1h);
    EXPECT_EQ(wait("1500 ms"), 2s);
    EXPECT_EQ(wait("90"), Wait{});
    EXPECT_EQ(wait("5 fortnights"), Wait{});
    EXPECT_EQ(wait("-5 s"), 5s);
}

TEST(ImapRefusal, KeepsTheServersWordsOnOneLine) {
    EXPECT_EQ(refusal_of_line("a NO [OVERQUOTA] full").words, "[OVERQUOTA] full");
    EXPECT_EQ(refusal_of_line("535 whatever").words, "535 whatever");
    EXPECT_LE(refusal_of_line("a NO " + std::string(5000, 'x')).words.size(), 503U);
}

}  // namespace
}  // namespace bellhop::parsers
