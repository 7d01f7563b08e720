#include "daemon/serve/trouble_keeper.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"
#include "tests/daemon/busy_desk.hpp"
#include "tests/daemon/loop_runner.hpp"

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

/// Hands what it is given to one that the test keeps.
class PassedOn final : public MailTransport {
public:
    explicit PassedOn(FakeTransport& to) : to_(to) {}
    boost::asio::awaitable<void> send(std::vector<OutgoingMail> mails,
                                      DeliveryReport report) override {
        co_await to_.send(std::move(mails), std::move(report));
    }
    void stop() override {}
    boost::asio::awaitable<void> close() override { co_return; }

private:
    FakeTransport& to_;
};

class TroubleKeeperTest : public BusyDesk {
protected:
    void SetUp() override {
        BusyDesk::SetUp();
        desk_->settings.desk.manager = "boss@desk.example";
        keeper_.emplace(io_.get_executor(), *store_, clock_, key_,
                        TroubleKeeper::Around{
                            [this]() -> const Desk& { return *desk_; },
                            [] { return std::vector<WatchedMailbox>{}; }, [this] { ++woken_; },
                            [this] { return std::make_unique<PassedOn>(relay_); }});
    }

    void quarantine_one() {
        storage::QuarantinedMail mail;
        mail.key = {"it", 1, 99};
        mail.reason = "it could not be read";
        mail.at = clock_.time;
        store_->quarantine.put(mail);
    }

    /// Whether the database has failed it.
    bool look_fails() {
        io_.restart();
        try {
            run(io_, keeper_->look());
            return false;
        } catch (const storage::DatabaseError&) {
            return true;
        }
    }

    boost::asio::io_context io_{1};
    FakeTransport relay_;
    std::string key_ = "the key";
    std::optional<TroubleKeeper> keeper_;
    int woken_ = 0;
};

TEST_F(TroubleKeeperTest, TellsByTheOutboxAndWakesItOnce) {
    EXPECT_FALSE(look_fails());
    EXPECT_EQ(woken_, 0);
    quarantine_one();
    EXPECT_FALSE(look_fails());
    EXPECT_FALSE(look_fails());
    EXPECT_EQ(woken_, 1);
    ASSERT_EQ(store_->outbox.list({}).size(), 1U);
    EXPECT_EQ(store_->outbox.list({}).front().kind, rules::MailKind::trouble);
    EXPECT_TRUE(relay_.sent.empty());
}

/// The mail about a database that takes no mail cannot wait in it.
TEST_F(TroubleKeeperTest, TellsPastADatabaseThatTakesNothing) {
    quarantine_one();
    store_->database.execute("ALTER TABLE blobs RENAME TO lost_blobs");
    EXPECT_TRUE(look_fails());
    EXPECT_TRUE(relay_.sent.empty()) << "it may pass";
    clock_.time += 10min;
    EXPECT_TRUE(look_fails());
    ASSERT_EQ(relay_.sent.size(), 1U);
    EXPECT_EQ(relay_.sent[0].recipient, "boss@desk.example");
    const parsers::Message mail = parsers::parse_message(relay_.sent[0].bytes);
    EXPECT_THAT(mail.subject, HasSubstr("the database takes nothing"));
    EXPECT_THAT(mail.text, HasSubstr("blobs"));
    EXPECT_THAT(mail.text, HasSubstr("bellhop restore"));
    clock_.time += 23h;
    EXPECT_TRUE(look_fails());
    EXPECT_EQ(relay_.sent.size(), 1U) << "once a day";
    clock_.time += 1h;
    EXPECT_TRUE(look_fails());
    EXPECT_EQ(relay_.sent.size(), 2U);
}

TEST_F(TroubleKeeperTest, TriesAgainWhereTheMailServerDoesNotTakeItEither) {
    quarantine_one();
    store_->database.execute("ALTER TABLE facts RENAME TO lost_facts");
    EXPECT_TRUE(look_fails());
    clock_.time += 10min;
    relay_.script = {{Verdict::deferred, 421, "421 busy"}};
    EXPECT_TRUE(look_fails());
    EXPECT_TRUE(look_fails());
    EXPECT_TRUE(look_fails());
    EXPECT_EQ(relay_.sent.size(), 2U);
}

TEST_F(TroubleKeeperTest, CountsAnewWhereTheDatabaseHasWorkedInBetween) {
    quarantine_one();
    store_->database.execute("ALTER TABLE blobs RENAME TO lost_blobs");
    EXPECT_TRUE(look_fails());
    store_->database.execute("ALTER TABLE lost_blobs RENAME TO blobs");
    EXPECT_FALSE(look_fails());
    store_->database.execute("ALTER TABLE blobs RENAME TO lost_blobs");
    clock_.time += 24h;
    EXPECT_TRUE(look_fails());
    EXPECT_TRUE(relay_.sent.empty());
}

TEST_F(TroubleKeeperTest, TellsNobodyAtNight) {
    quarantine_one();
    store_->database.execute("ALTER TABLE blobs RENAME TO lost_blobs");
    EXPECT_TRUE(look_fails());
    clock_.time += 12h;
    look_fails();
    EXPECT_TRUE(relay_.sent.empty());
    clock_.time += 12h;
    EXPECT_TRUE(look_fails());
    EXPECT_EQ(relay_.sent.size(), 1U);
}

}  // namespace
}  // namespace bellhop::daemon
