#include "rules/mail/bounce.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Recipients = std::vector<parsers::ReportedRecipient>;
using Texts = std::vector<std::string>;

BouncedMail mail_to(const Texts& readers) {
    BouncedMail mail;
    mail.message_id = "x";
    mail.kind = MailKind::reply;
    mail.ticket = TicketId{7};
    mail.readers = readers;
    return mail;
}

BounceReading read(const Recipients& recipients, const Texts& readers) {
    return read_bounce(parsers::DeliveryReport{recipients, "x"}, mail_to(readers));
}

/// "refused ann@x.example"
Texts failed_in(const BounceReading& reading) {
    Texts lines;
    for (const MailReport& one : reading.failed) {
        EXPECT_EQ(one.message_id, "x");
        EXPECT_EQ(one.kind, MailKind::reply);
        lines.push_back((one.way == MailWay::refused ? "refused " : "given up ") + one.recipient);
    }
    return lines;
}

/// An address is dead only where the report says "failed" and a code of class 5 (RFC 3463). What
/// failed otherwise has not arrived either; what is late may yet arrive.
TEST(ReadBounce, PartsADeadAddressFromAMailThatHasNotArrived) {
    const struct {
        const char* action;
        const char* status;
        const char* failed;
    } table[] = {
        {"failed", "5.1.1", "refused"},  {"failed", "5.0.0", "refused"},
        {"failed", "4.4.7", "given up"}, {"failed", "4.2.2", "given up"},
        {"failed", "2.0.0", "given up"}, {"failed", "", "given up"},
        {"delayed", "4.4.1", ""},        {"delayed", "5.4.1", ""},
        {"relayed", "2.1.5", ""},        {"expanded", "2.1.5", ""},
        {"delivered", "2.1.5", ""},      {"", "5.1.1", ""},
    };
    for (const auto& [action, status, failed] : table) {
        const BounceReading reading =
            read({{"ann@x.example", action, status, "words"}}, {"ann@x.example"});
        const bool has_failed = *failed != 0;
        EXPECT_EQ(failed_in(reading),
                  has_failed ? Texts{std::string{failed} + " ann@x.example"} : Texts{})
            << action << " " << status;
        EXPECT_EQ(reading.named, has_failed ? Texts{"ann@x.example"} : Texts{});
        EXPECT_THAT(reading.strangers, IsEmpty());
    }
}

/// Who has a mail of ours in hands can write a report about it: it kills no address but those to
/// which that mail went.
TEST(ReadBounce, CountsOnlyForThoseToWhomTheMailWent) {
    const Texts both{"Ann@x.example", "bob@y.example"};
    const struct {
        const char* named;
        Texts readers;
        Texts failed;
        Texts strangers;
    } table[] = {
        {"ann@X.example", {"Ann@x.example"}, {"refused Ann@x.example"}, {}},
        {"bob@y.example", both, {"refused bob@y.example"}, {}},
        // Behind an alias, or forged: the only reader has not got it, and his address lives.
        {"a.lee@mail.x.example", {"Ann@x.example"}, {"given up Ann@x.example"}, {}},
        {"victim@school.example", both, {}, {"victim@school.example"}},
        {"ann@x.example.evil.example", both, {}, {"ann@x.example.evil.example"}},
        {"ann", both, {}, {"ann"}},
        {"Ann Lee <ann@x.example>", both, {}, {"ann_lee_<ann@x.example>"}},
        {"", both, {}, {"nobody"}},
        {"", {"Ann@x.example"}, {"given up Ann@x.example"}, {}},
    };
    for (const auto& each : table) {
        const BounceReading reading = read({{each.named, "failed", "5.1.1", "gone"}}, each.readers);
        EXPECT_EQ(failed_in(reading), each.failed) << each.named;
        EXPECT_EQ(reading.strangers, each.strangers) << each.named;
    }
}

TEST(ReadBounce, KnowsWhoHasNotGotItWhereNobodyIsNamedAndOnlyOneWasSentIt) {
    for (const auto& report :
         {std::optional<parsers::DeliveryReport>{}, std::optional{parsers::DeliveryReport{}}}) {
        const BounceReading one = read_bounce(report, mail_to({"ann@x.example"}));
        EXPECT_THAT(failed_in(one), ElementsAre("given up ann@x.example"));
        EXPECT_EQ(one.words, "our mail to ann@x.example came back");
        const BounceReading two = read_bounce(report, mail_to({"ann@x.example", "bob@y.example"}));
        EXPECT_THAT(two.failed, IsEmpty());
        EXPECT_THAT(two.strangers, ElementsAre(nobody_named));
        EXPECT_EQ(two.words, "our mail to ann@x.example, bob@y.example came back");
    }
}

TEST(ReadBounce, NamesEachOnceAndNobodyOfWhomAnEarlierReportHasTold) {
    const Recipients recipients{{"Carl@z.example", "failed", "5.1.1", "gone"},
                                {"carl@Z.example", "failed", "5.1.1", "gone"},
                                {"dora@z.example", "failed", "4.4.7", "late"},
                                {"ann@x.example", "failed", "4.4.7", "late"},
                                {"Ann@x.example", "failed", "5.1.1", "gone"}};
    BouncedMail mail = mail_to({"ann@x.example", "bob@y.example"});
    BounceReading reading = read_bounce(parsers::DeliveryReport{recipients, "x"}, mail);
    EXPECT_THAT(reading.named, ElementsAre("carl@z.example", "dora@z.example", "ann@x.example"));
    EXPECT_THAT(reading.strangers, ElementsAre("carl@z.example", "dora@z.example"));
    EXPECT_THAT(failed_in(reading), ElementsAre("given up ann@x.example"));
    mail.named_before = {"carl@z.example", "ann@x.example"};
    reading = read_bounce(parsers::DeliveryReport{recipients, "x"}, mail);
    EXPECT_THAT(reading.strangers, ElementsAre("dora@z.example"));
    EXPECT_THAT(failed_in(reading), ElementsAre("given up ann@x.example"))
        << "the outbox knows whether he has got it by now";
}

/// Seen: a group for each hop, the last one with the reason.
TEST(ReadBounce, BelievesTheGravestWordAboutOneReader) {
    const BounceReading reading = read({{"a.lee@mail.x.example", "failed", "4.4.7", "late"},
                                        {"ann@x.example", "failed", "5.1.1", "no such user"}},
                                       {"ann@x.example"});
    EXPECT_THAT(failed_in(reading), ElementsAre("refused ann@x.example"));
    EXPECT_EQ(reading.failed.front().words, "no such user");
}

TEST(ReadBounce, SaysWhatTheServerHasSaid) {
    const BounceReading reading = read({{"ann@x.example", "failed", "5.1.1", ""},
                                        {"bob@y.example", "delayed", "4.4.1", "busy"},
                                        {"cat@y.example", "failed", "", ""}},
                                       {"ann@x.example", "bob@y.example", "cat@y.example"});
    EXPECT_EQ(reading.words,
              "ann@x.example: failed 5.1.1; bob@y.example: delayed 4.4.1 busy; "
              "cat@y.example: failed");
    EXPECT_EQ(reading.failed.at(0).words, "5.1.1");
    EXPECT_EQ(reading.failed.at(1).words, "a report says that it failed");
}

TEST(ReadBounce, NamesTheFirstOfManyInTheLogAndCountsAll) {
    Recipients many;
    for (int i = 0; i < 150; ++i) {
        many.push_back({"p" + std::to_string(i) + "@x.example", "failed", "5.1.1", "gone"});
    }
    const BounceReading reading = read(many, {"p149@x.example", "q@x.example"});
    EXPECT_THAT(failed_in(reading), ElementsAre("refused p149@x.example"));
    EXPECT_EQ(reading.named.size(), 150U);
    EXPECT_THAT(reading.words, testing::EndsWith("p19@x.example: failed 5.1.1 gone; and others"));
}

}  // namespace
}  // namespace bellhop::rules
