#include "rules/mail/parties.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using testing::ElementsAre;

class PartiesTest : public testing::Test {
protected:
    PartiesTest() {
        people_.schools = {{"Hill", {"hill.example"}, {}, {}, {}},
                           {"Dale", {"dale.example"}, {}, {}, {}}};
        people_.technicians = {{"Tess", "tess@desk.example", {}, false, {}}};
        people_.teams = {{"network", "network@desk.example", {}, {}}};
        staff_ = {&people_, "boss@hill.example", {"support@desk.example"}};
        message_.from = parsers::Address{"Ann", "ann@hill.example"};
    }

    Parties parties() const { return parties_of(message_, staff_); }

    void forward(const std::string& author) {
        message_.from = parsers::Address{"Tess", "tess@desk.example"};
        message_.forwarded = parsers::Forwarded{{"Bob", author}, "Projector", {}, "It is dark."};
    }

    People people_;
    Staff staff_;
    parsers::Message message_;
};

TEST_F(PartiesTest, AreTheSenderAlone) {
    EXPECT_EQ(parties().requester.address, "ann@hill.example");
    EXPECT_FALSE(parties().on_behalf);
    EXPECT_THAT(parties().participants, ElementsAre("ann@hill.example"));
    message_.from.reset();
    EXPECT_TRUE(parties().participants.empty());
}

/// Whoever puts an address of his own into Cc must not read what follows.
TEST_F(PartiesTest, TakeInColleaguesOfTheSameSchoolOnly) {
    message_.to = {{"", "support@desk.example"}, {"", "Head@Hill.example"}, {"", "x@evil.example"}};
    message_.cc = {{"", "bob@dale.example"},  {"", "ann@hill.example"},
                   {"", "tess@desk.example"}, {"", "noreply@hill.example"},
                   {"", "cat@hill.example"},  {"", "not an address"},
                   {"", "boss@hill.example"}, {"", "network@desk.example"}};
    EXPECT_THAT(parties().participants,
                ElementsAre("ann@hill.example", "head@hill.example", "cat@hill.example"));
    EXPECT_THAT(parties_of(message_, Staff{}).participants, ElementsAre("ann@hill.example"));
    message_.from->address = "stranger@evil.example";
    EXPECT_THAT(parties().participants, ElementsAre("stranger@evil.example"));
}

// A teacher's password goes to nobody who reads along.
TEST_F(PartiesTest, TakeNoPupilIntoWhatAnAdultAsks) {
    people_.groups = {{"pupil", "##*@hill.example"}};
    message_.cc = {{"", "12pat@hill.example"}, {"", "cat@hill.example"}};
    EXPECT_THAT(parties().participants, ElementsAre("ann@hill.example", "cat@hill.example"));
    message_.from->address = "13kim@hill.example";
    EXPECT_THAT(parties().participants,
                ElementsAre("13kim@hill.example", "12pat@hill.example", "cat@hill.example"));
}

TEST_F(PartiesTest, TakeInNobodyElseWhereTheSenderIsNotBelieved) {
    message_.cc = {{"", "cat@hill.example"}};
    EXPECT_THAT(parties_of(message_, staff_, Standing::claimed).participants,
                ElementsAre("ann@hill.example"));
    EXPECT_THAT(parties_of(message_, staff_, Standing::nobody).participants, ElementsAre());
    forward("bob@dale.example");
    EXPECT_TRUE(parties_of(message_, staff_, Standing::himself).on_behalf);
    EXPECT_FALSE(parties_of(message_, staff_, Standing::claimed).on_behalf);
    EXPECT_FALSE(parties_of(message_, staff_, Standing::nobody).on_behalf);
}

TEST_F(PartiesTest, AreBounded) {
    for (int i = 0; i < 100; ++i) {
        message_.cc.push_back({"", "p" + std::to_string(i) + "@hill.example"});
    }
    EXPECT_EQ(parties().participants.size(), most_participants);
}

/// In Outlook a forwarded mail is told from a reply by its subject alone; some people change that.
TEST_F(PartiesTest, AreThoseWhoseMailATechnicianForwardsUnderASubjectOfHisOwn) {
    message_.from = parsers::Address{"Tess", "tess@desk.example"};
    message_.subject = "Board dark";
    message_.text =
        "FYI\n\nFrom: Bob <bob@dale.example>\nSent: 02 November 2026 09:12\nTo: Tess\n"
        "Subject: Board dark in room 4\n\nThe board is dark.\n";
    EXPECT_EQ(parties().requester.address, "bob@dale.example");
    EXPECT_EQ(parties().subject, "Board dark in room 4");
    message_.in_reply_to = {"m1@dale.example"};
    EXPECT_FALSE(parties().on_behalf) << "a reply quotes";
    message_.in_reply_to.clear();
    message_.subject = "Re: Board dark";
    EXPECT_FALSE(parties().on_behalf);
}

TEST_F(PartiesTest, AreThoseWhoseMailAnybodyOfTheDeskForwards) {
    for (const char* address :
         {"support@desk.example", "network@desk.example", "Boss@Hill.example"}) {
        forward("bob@dale.example");
        message_.from->address = address;
        EXPECT_EQ(parties().requester.address, "bob@dale.example") << address;
    }
    message_.from = parsers::Address{"Ann", "ann@hill.example"};
    EXPECT_FALSE(parties().on_behalf) << "anybody else's forwarded header can be typed";
}

TEST_F(PartiesTest, AreThoseWhoseMailATechnicianForwards) {
    forward("bob@dale.example");
    message_.cc = {{"", "head@dale.example"}};
    EXPECT_EQ(parties().requester.address, "bob@dale.example");
    EXPECT_TRUE(parties().on_behalf);
    EXPECT_THAT(parties().participants, ElementsAre("bob@dale.example"));
}

TEST_F(PartiesTest, AreNotWhateverAForwardedHeaderSays) {
    const auto stays_with = [&](const std::string& address) {
        return !parties().on_behalf && parties().requester.address == address;
    };
    forward("stranger@evil.example");
    EXPECT_TRUE(stays_with("tess@desk.example")) << "nobody knows the author";
    forward("noreply@hill.example");
    EXPECT_TRUE(stays_with("tess@desk.example")) << "nobody reads there";
    forward("bob@dale.example");
    message_.kind = parsers::MessageKind::automatic;
    EXPECT_TRUE(stays_with("tess@desk.example")) << "a machine forwards";
    message_.kind = parsers::MessageKind::human;
    message_.from->address = "ann@hill.example";
    EXPECT_TRUE(stays_with("ann@hill.example")) << "she is no technician";
}

}  // namespace
}  // namespace bellhop::rules
