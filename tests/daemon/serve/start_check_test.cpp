#include "daemon/serve/start_check.hpp"

#include <filesystem>
#include <fstream>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/work/work_done.hpp"
#include "rules/calendar/instant.hpp"
#include "tests/daemon/fakes.hpp"

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using namespace std::chrono_literals;

/// Steady time passes at each look.
class HastyClock final : public Clock {
public:
    std::chrono::sys_seconds now() const override { return time; }
    std::chrono::steady_clock::time_point steady() const override { return passed += step; }

    std::chrono::sys_seconds time{1'790'000'000s};
    std::chrono::steady_clock::duration step{0};

private:
    mutable std::chrono::steady_clock::time_point passed = {};
};

class StartCheck : public testing::Test {
protected:
    std::string fact() const { return store_->facts.find("database_damaged"); }
    std::string words() const {
        const std::vector<WorkDone> done = work_done(*store_);
        return done.empty() ? std::string{} : done.front().words;
    }

    TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path / "bellhop.db";
    HastyClock clock_;
    std::optional<storage::Store> store_{std::in_place, file_};
};

TEST_F(StartCheck, SaysThatNothingIsWrongAndForgetsWhatWas) {
    store_->facts.set("database_damaged", dated_fact(clock_.time, "blobs: page 7"));
    check_at_start(*store_, clock_);
    EXPECT_THAT(words(), HasSubstr("nothing is wrong"));
    EXPECT_EQ(fact(), "");
    EXPECT_EQ(work_done(*store_).front().at, clock_.time);
}

/// A look that was cut short has perhaps not come to what was damaged.
TEST_F(StartCheck, EndsAfterASecondAndConcludesNothingFromWhatItHasNotSeen) {
    store_->facts.set("database_damaged", dated_fact(clock_.time, "blobs: page 7"));
    clock_.step = 400ms;
    check_at_start(*store_, clock_);
    EXPECT_THAT(words(), HasSubstr("not in the time: "));
    EXPECT_THAT(words(), HasSubstr("blobs"));
    EXPECT_NE(fact(), "");
}

TEST_F(StartCheck, RemembersDamageSinceItWasFirstSeen) {
    for (int n = 0; n < 200; ++n) {
        storage::Transaction transaction{store_->database};
        store_->blobs.put(std::string(20'000, 'm') + std::to_string(n));
        transaction.commit();
    }
    const auto copy = folder_.path / "copy.db";
    store_->database.copy_to(copy);
    constexpr int page_size = 8192;
    const auto pages = static_cast<int>(std::filesystem::file_size(copy) / page_size);
    std::fstream bytes{copy, std::ios::binary | std::ios::in | std::ios::out};
    bytes.seekp(pages / 2 * page_size);
    bytes << std::string(page_size, '\xee');
    bytes.close();
    store_.emplace(copy);
    check_at_start(*store_, clock_);
    EXPECT_THAT(words(), HasSubstr("DAMAGED"));
    EXPECT_THAT(fact(), StartsWith(rules::to_text(clock_.time) + " blobs: "));
    const std::string first = fact();
    clock_.time += 24h;
    check_at_start(*store_, clock_);
    EXPECT_EQ(fact(), first) << "since when it is damaged";
}

/// The daemon begins all the same: what cannot be read says so where it is needed.
TEST_F(StartCheck, OutlivesADatabaseThatCannotBeAsked) {
    store_->database.execute("ALTER TABLE facts RENAME TO lost_facts");
    check_at_start(*store_, clock_);
    SUCCEED();
}

}  // namespace
}  // namespace bellhop::daemon
