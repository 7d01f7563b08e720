#include "daemon/work/trouble_round.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

class TroubleRound : public BusyDesk {
protected:
    void SetUp() override {
        BusyDesk::SetUp();
        desk_->settings.desk.manager = "boss@desk.example";
    }

    bool tell(const std::vector<rules::Trouble>& troubles) {
        return tell_troubles({*store_, *desk_, key_, clock_.time}, troubles);
    }

    rules::Trouble relay() const {
        return {"relay",
                begun_,
                begun_,
                0,
                "the mail server takes no mail of ours",
                {"It says: 535 no", "3 mails are waiting; none is lost."}};
    }

    /// "STATE RECIPIENT SUBJECT" of each, oldest first.
    std::vector<std::string> mails() const {
        std::vector<std::string> lines;
        for (const storage::OutboxMail& one : store_->outbox.list({})) {
            const auto whole = store_->outbox.find(one.id);
            lines.insert(lines.begin(), to_string(one.state) + " " + one.recipient + " " +
                                            parsers::parse_message(whole->bytes).subject);
        }
        return lines;
    }

    parsers::Message last() const {
        return parsers::parse_message(
            store_->outbox.find(store_->outbox.list({}).front().id)->bytes);
    }

    std::chrono::sys_seconds begun_ = tuesday_morning - 20min;
    std::string key_ = "the key";
};

TEST_F(TroubleRound, TellsTheManagerOnceAndAgainAndWhenItIsOver) {
    const std::string desk = desk_->settings.desk.name;
    const std::string subject = desk + ", mail gateway: ";
    EXPECT_TRUE(tell({relay()}));
    EXPECT_FALSE(tell({relay()})) << "once";
    EXPECT_THAT(mails(), ElementsAre("queued boss@desk.example " + subject +
                                     "the mail server takes no mail of ours"));
    EXPECT_THAT(last().text, HasSubstr("It says: 535 no"));
    EXPECT_THAT(last().text, HasSubstr("once a day"));
    EXPECT_EQ(told_troubles(*store_).size(), 1U);
    store_->outbox.claim({store_->outbox.list({}).front().id});
    store_->outbox.accepted(store_->outbox.list({}).front().id, clock_.time, "250", "");

    clock_.time += 24h;
    EXPECT_TRUE(tell({relay()}));
    clock_.time += 1h;
    EXPECT_TRUE(tell({}));
    EXPECT_THAT(mails(), ElementsAre("sent boss@desk.example " + subject +
                                         "the mail server takes no mail of ours",
                                     "cancelled boss@desk.example " + subject +
                                         "still: the mail server takes no mail of ours",
                                     "queued boss@desk.example " + subject +
                                         "over: the mail server takes no mail of ours"))
        << "what has not gone out has newer words instead";
    EXPECT_THAT(last().text, HasSubstr("This is over"));
    EXPECT_THAT(last().text, Not(HasSubstr("once a day")));
    EXPECT_TRUE(told_troubles(*store_).empty());
    EXPECT_FALSE(tell({}));
}

TEST_F(TroubleRound, TellsEachCauseForItself) {
    rules::Trouble other = relay();
    other.cause = "mailbox/it";
    other.headline = "the mailbox it cannot be read";
    EXPECT_TRUE(tell({relay(), other}));
    EXPECT_EQ(mails().size(), 2U);
    EXPECT_TRUE(tell({other}));
    EXPECT_EQ(told_troubles(*store_).size(), 1U);
    EXPECT_EQ(told_troubles(*store_).front().cause, "mailbox/it");
}

TEST_F(TroubleRound, WaitsForTheOpeningHours) {
    clock_.time += 12h;
    EXPECT_FALSE(tell({relay()}));
    clock_.time += 12h;
    EXPECT_TRUE(tell({relay()}));
}

TEST_F(TroubleRound, WritesToNobodyWhereNobodyIsNamedAndSaysSoOnce) {
    desk_->settings.desk.manager = "";
    desk_->rules.people->teams.clear();
    EXPECT_TRUE(tell({relay()}));
    EXPECT_TRUE(mails().empty());
    EXPECT_FALSE(tell({relay()}));
}

TEST_F(TroubleRound, SaysHostileWordsHarmlessly) {
    rules::Trouble trouble = relay();
    trouble.lines = {"{{desk_name}} <b>", "\r\nBcc: x@y.example"};
    EXPECT_TRUE(tell({trouble}));
    EXPECT_THAT(last().text, HasSubstr("{{desk_name}} <b>"));
    EXPECT_EQ(last().to.size(), 1U);
}

}  // namespace
}  // namespace bellhop::daemon
