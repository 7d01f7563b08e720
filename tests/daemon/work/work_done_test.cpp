#include "daemon/work/work_done.hpp"

#include <gtest/gtest.h>

#include "tests/daemon/fakes.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds now{1'790'000'000s};

class WorkDoneTest : public testing::Test {
protected:
    storage::TemporaryFolder folder_;
    storage::Store store_{folder_.path() / "bellhop.db"};
};

TEST_F(WorkDoneTest, RemembersTheLastOfEach) {
    note_work(store_, {"retention", now, "3 mails"});
    note_work(store_, {"reconciliation of it", now + 1h, "nothing amiss"});
    note_work(store_, {"retention", now + 2h, "none"});
    EXPECT_EQ(work_done(store_),
              (std::vector<WorkDone>{{"reconciliation of it", now + 1h, "nothing amiss"},
                                     {"retention", now + 2h, "none"}}));
}

TEST_F(WorkDoneTest, TellsOfAnotherGatewayOnceADay) {
    const auto sign = [&] { return store_.facts.find("other_gateway/it"); };
    note_other_gateway(store_, "it", now, "first");
    note_other_gateway(store_, "it", now + 23h, "second");
    EXPECT_EQ(sign(), dated_fact(now, "first"));
    note_other_gateway(store_, "it", now + 24h, "third");
    EXPECT_EQ(sign(), dated_fact(now + 24h, "third"));
    note_other_gateway(store_, "it", now, "before");
    EXPECT_EQ(sign(), dated_fact(now, "before")) << "the clock was set back";
    EXPECT_TRUE(work_done(store_).empty()) << "no work of ours";
}

TEST(DatedFact, IsReadAsItWasWritten) {
    for (const char* words : {"", "535 wrong password", "two  blanks", " one in front"}) {
        const WorkDone read = read_dated_fact(dated_fact(now, words));
        EXPECT_EQ(read.at, now) << words;
        EXPECT_EQ(read.words, words);
        EXPECT_EQ(read.name, "");
    }
}

TEST(DatedFact, IsOfNoInstantWhereItHasNone) {
    EXPECT_EQ(read_dated_fact(""), WorkDone{});
    EXPECT_EQ(read_dated_fact("yesterday it failed").at, std::chrono::sys_seconds{});
}

}  // namespace
}  // namespace bellhop::daemon
