#include "daemon/control/quarantine_request.hpp"

#include <gmock/gmock.h>
#include <sysexits.h>

#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;

class QuarantineRequests : public BusyDesk {
protected:
    void SetUp() override {
        BusyDesk::SetUp();
        write_rules("[[rule]]\nname = \"odd\"\nwhen.text = [\"odd\"]\nthen.quarantine = true\n");
        load();
        EXPECT_EQ(receive("ann@hill.example", "odd").outcome, storage::Outcome::quarantined);
    }

    Answer ask(const std::string& verb, const boost::json::object& arguments) {
        const RequestContext context{*store_, *desk_, key_, *intake_, clock_, {0, "tbrown", 1}};
        return carried_out({{"quarantine.release", release_mail}, {"quarantine.drop", drop_mail}},
                           context, {"quarantine." + verb, arguments, {}});
    }
    storage::QuarantinedMail mail() const {
        return store_->quarantine.find(storage::QuarantineId{1}).value();
    }

    std::string key_ = "the key";
};

TEST_F(QuarantineRequests, ReleaseMakesATicketOnce) {
    const Answer answer = ask("release", {{"number", 1}});
    EXPECT_EQ(answer.complaint, "");
    EXPECT_EQ(answer.result.at("outcome"), "ticket");
    EXPECT_TRUE(mail().released_at);
    EXPECT_EQ(ask("release", {{"number", 1}}).status, 1);
    EXPECT_THAT(ask("drop", {{"number", 1}, {"reason", "x"}}).complaint,
                HasSubstr("1 is settled already"));
}

TEST_F(QuarantineRequests, DropSaysByWhomAndWhyAndKeepsTheBytes) {
    const Answer answer = ask("drop", {{"number", 1}, {"reason", "an\nadvertisement"}});
    EXPECT_EQ(answer.complaint, "");
    EXPECT_EQ(answer.status, EX_OK);
    EXPECT_EQ(mail().dropped, "tbrown: an advertisement");
    EXPECT_EQ(store_->quarantine.count(false), 0U);
    const auto entry = store_->ledger.find(mail().key);
    EXPECT_EQ(entry->outcome, storage::Outcome::ignored);
    EXPECT_EQ(entry->reason, "dropped from quarantine by tbrown: an advertisement");
    EXPECT_TRUE(store_->blobs.get(mail().raw_sha256));
    EXPECT_EQ(ask("drop", {{"number", 1}, {"reason", "x"}}).status, 1);
}

TEST_F(QuarantineRequests, WhatWasDroppedInHasteCanStillBeReleased) {
    ask("drop", {{"number", 1}, {"reason", "x"}});
    EXPECT_EQ(ask("release", {{"number", 1}}).result.at("outcome"), "ticket");
    EXPECT_EQ(mail().dropped, "");
}

TEST_F(QuarantineRequests, AnswerWhatIsWrong) {
    const std::vector<std::pair<boost::json::object, std::string>> wrong{
        {{{"reason", "x"}}, "number"},
        {{{"number", 1}}, "a reason is missing"},
        {{{"number", 1}, {"reason", " \n "}}, "a reason is missing"},
        {{{"number", 7}, {"reason", "x"}}, "nothing is quarantined under 7"}};
    for (const auto& [arguments, complaint] : wrong) {
        const Answer answer = ask("drop", arguments);
        EXPECT_NE(answer.status, EX_OK) << complaint;
        EXPECT_THAT(answer.complaint, HasSubstr(complaint));
    }
    EXPECT_EQ(store_->quarantine.count(false), 1U);
}

}  // namespace
}  // namespace bellhop::daemon
