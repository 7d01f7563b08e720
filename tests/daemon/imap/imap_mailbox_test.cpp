#include "daemon/imap/imap_mailbox.hpp"

#include <gtest/gtest.h>

#include "tests/daemon/imap_scene.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using Outcome = FetchedMail::Outcome;
using Uids = std::vector<MailUid>;

// ---- A whole visit, and one that is cut off at each of its lines

struct Visit {
    MailboxState state = {};
    std::vector<MailSummary> listed = {};
    std::vector<FetchedMail> fetched = {};
    std::optional<MarkReport> moved = {};
    std::optional<Wake> wake = {};
    std::optional<ConnectionErrc> error = {};

    friend bool operator==(const Visit&, const Visit&) = default;
};

const std::string visit_transcript =
    login("IDLE MOVE UIDPLUS") + select_reply(3, 12) +
    "C: $a UID FETCH 1:11 (UID RFC822.SIZE INTERNALDATE FLAGS)\n"
    "S: * 1 FETCH (UID 3 FLAGS (\\Seen) INTERNALDATE \"01-Jul-2026 08:15:00 +0000\" RFC822.SIZE "
    "12)\n"
    "S: * 2 FETCH (UID 11 FLAGS (\\Deleted $bellhopprocessed) INTERNALDATE \"02-Jul-2026 08:15:00 "
    "+0000\" "
    "RFC822.SIZE 7)\n"
    "S: $a OK done\n"
    "C: $a UID FETCH 12:* (UID RFC822.SIZE INTERNALDATE FLAGS)\n"
    "S: * 2 FETCH (UID 11 FLAGS () INTERNALDATE \"02-Jul-2026 08:15:00 +0000\" RFC822.SIZE 7)\n"
    "S: $a OK done\n"
    "C: $a UID FETCH 3,11 (BODY.PEEK[])\n" +
    fetch_reply(3, "From: a\r\n\r\nb") + "S: * 4 EXISTS\n" + fetch_reply(11, "x: y\r\n\r\n") +
    "S: $a OK done\n"
    "C: $a UID MOVE 3,11 \"Done/M&APw-ll\"\n"
    "S: * OK [COPYUID 44 3,11 1:2] moved\n"
    "S: * 1 EXPUNGE\n"
    "S: * 1 EXPUNGE\n"
    "S: $a OK done\n" +
    logout;

Visit visit(Scene& scene) {
    Visit visit;
    try {
        visit.state = scene.select();
        visit.listed = scene.list(1, 100);
        visit.fetched = scene.fetch(visit.listed);
        visit.moved = scene.move({MailUid{3}, MailUid{11}}, "Done/M\u00fcll");
        visit.wake = scene.wait(10s);  // EXISTS came meanwhile
        scene.close();
    } catch (const ConnectionError& error) {
        visit.error = error.kind();
    }
    return visit;
}

Visit whole_visit() {
    using namespace std::chrono;
    const sys_seconds first = sys_days{2026y / July / 1} + 8h + 15min;
    Visit visit;
    visit.state = {7, MailUid{12}, 3};
    visit.listed = {{MailUid{3}, 12, first, false, false},
                    {MailUid{11}, 7, first + 24h, true, true}};
    visit.fetched = {{MailUid{3}, Outcome::whole, "From: a\r\n\r\nb", first},
                     {MailUid{11}, Outcome::whole, "x: y\r\n\r\n", first + 24h}};
    visit.moved = MarkReport{
        MarkReport::Outcome::done, "", 44, {{MailUid{3}, MailUid{1}}, {MailUid{11}, MailUid{2}}}};
    visit.wake = Wake::mail;
    return visit;
}

TEST(ImapMailbox, ListsFetchesAndMoves) {
    Scene scene{{visit_transcript}};
    EXPECT_EQ(visit(scene), whole_visit());
    EXPECT_EQ(scene.server().complaints(), no_complaints);
    EXPECT_EQ(scene.server().played(), ScriptedServer::line_count(visit_transcript));
}

TEST(ImapMailbox, ClaimsNothingThatTheServerHasNotSaid) {
    const Visit whole = whole_visit();
    const std::size_t lines = ScriptedServer::line_count(visit_transcript);
    const std::size_t goodbye = ScriptedServer::line_count(logout);
    for (std::size_t cut = 0; cut < lines; ++cut) {
        Scene scene{{visit_transcript}, cut};
        const Visit cut_off = visit(scene);
        EXPECT_EQ(scene.server().complaints(), no_complaints);
        // close() does not mind.
        ASSERT_EQ(cut_off.error.has_value(), cut + goodbye < lines) << "cut before line " << cut;
        if (!cut_off.error) {
            EXPECT_EQ(cut_off, whole);
            continue;
        }
        EXPECT_TRUE(cut_off.listed.empty() || cut_off.listed == whole.listed);
        EXPECT_TRUE(cut_off.fetched.empty() || cut_off.fetched == whole.fetched);
        EXPECT_EQ(cut_off.moved, std::nullopt) << "cut before line " << cut;
    }
}

// ---- Listing

TEST(ImapMailbox, JumpsOverGapsInTheUids) {
    Scene scene{{login("ESEARCH") + select_reply(2, 4'000'000'000) +
                 "C: $a UID FETCH 5:1004 (UID RFC822.SIZE INTERNALDATE FLAGS)\n"
                 "S: $a OK done\n"
                 "C: $a UID SEARCH RETURN (MIN) UID 1005:3999999999\n"
                 "S: * ESEARCH (TAG \"x\") UID MIN 3999999000\n"
                 "S: $a OK done\n"
                 "C: $a UID FETCH 3999999000:3999999999 (UID RFC822.SIZE INTERNALDATE FLAGS)\n"
                 "S: * 1 FETCH (UID 3999999000 RFC822.SIZE 1 FLAGS ())\n"
                 "S: $a OK done\n"
                 "C: $a UID FETCH 4000000000:* (UID RFC822.SIZE INTERNALDATE FLAGS)\n"
                 "S: * 2 FETCH (UID 4000000000 RFC822.SIZE 1 FLAGS ())\n"
                 "S: $a OK done\n" +
                 logout}};
    scene.select();
    EXPECT_EQ(scene.list(5, 100), (std::vector{mail(3'999'999'000, 1), mail(4'000'000'000, 1)}));
    scene.close();
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, WidensItsWindowOverGapsWithoutSearch) {
    Scene scene{{login("") + select_reply(1, 6'000) +
                 "C: $a UID FETCH 1:1000 (UID RFC822.SIZE INTERNALDATE FLAGS)\n"
                 "S: $a OK done\n"
                 "C: $a UID FETCH 1001:5000 (UID RFC822.SIZE INTERNALDATE FLAGS)\n"
                 "S: $a OK done\n"
                 "C: $a UID FETCH 5001:5999 (UID RFC822.SIZE INTERNALDATE FLAGS)\n"
                 "S: * 1 FETCH (UID 5999 RFC822.SIZE 1 FLAGS ())\n"
                 "S: $a OK done\n"}};
    scene.select();
    EXPECT_EQ(scene.list(1, 1), (std::vector{mail(5'999, 1)}));
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, ListsNoMoreThanAskedFor) {
    Scene scene{{login("") + select_reply(3, 10) +
                 "C: $a UID FETCH 2:9 (UID RFC822.SIZE INTERNALDATE FLAGS)\n"
                 "S: * 3 FETCH (UID 8 RFC822.SIZE 1 FLAGS ())\n"
                 "S: * 1 FETCH (UID 2 RFC822.SIZE 1 FLAGS ())\n"
                 "S: * 2 FETCH (UID 5 RFC822.SIZE 1 FLAGS ())\n"
                 "S: * 2 FETCH (UID 5 RFC822.SIZE 1 FLAGS (\\Seen))\n"
                 "S: * 9 FETCH (FLAGS (\\Seen))\n"
                 "S: $a OK done\n"}};
    scene.select();
    EXPECT_EQ(scene.list(2, 2), (std::vector{mail(2, 1), mail(5, 1)}));
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, AsksAnEmptyMailboxCarefully) {
    Scene scene{{login("") + select_reply(0, 5) +
                 "C: $a NOOP\n"
                 "S: $a OK done\n"
                 "C: $a NOOP\n"
                 "S: * 1 EXISTS\n"
                 "S: $a OK done\n"
                 "C: $a UID FETCH 5:* (UID RFC822.SIZE INTERNALDATE FLAGS)\n"
                 "S: * 1 FETCH (UID 5 RFC822.SIZE 1 FLAGS ())\n"
                 "S: $a OK done\n"}};
    scene.select();
    EXPECT_EQ(scene.list(5, 10), std::vector<MailSummary>{});
    EXPECT_EQ(scene.list(5, 10), (std::vector{mail(5, 1)}));
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, FindsOutUidnextFromOldServers) {
    Scene scene{{login("") + "C: $a SELECT \"INBOX\"\n"
                             "S: * 2 EXISTS\n"
                             "S: * OK [UIDVALIDITY 7] valid\n"
                             "S: $a OK done\n"
                             "C: $a FETCH * (UID RFC822.SIZE FLAGS)\n"
                             "S: * 2 FETCH (UID 41 RFC822.SIZE 1 FLAGS ())\n"
                             "S: $a OK done\n"}};
    EXPECT_EQ(scene.select(), (MailboxState{7, MailUid{42}, 2}));
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

// ---- Fetching

// Neither the tags of libcurl nor our own, nor anything else in a mail, may end or change a
// response.
TEST(ImapMailbox, KeepsMailAndProtocolApart) {
    std::string hostile =
        "Subject: x\r\n\r\n* 9 EXISTS\r\n* BYE\r\n$a OK done\r\n* OK [UIDVALIDITY 9] "
        "no\r\n)\r\n{5}\r\n+ \r\n";
    for (int i = 0; i < 40; ++i) hostile += "A00" + std::to_string(i) + " OK FETCH completed\r\n";
    Scene scene{{login("") + select_reply(1, 10) + "C: $a UID FETCH 1 (BODY.PEEK[])\n" +
                 fetch_reply(1, hostile + std::string(5, '.')) +
                 "S: $a OK done\n"
                 "C: $a UID FETCH 2 (BODY.PEEK[])\n" +
                 fetch_reply(2, "two") + "S: $a OK done\n"}};
    scene.select();
    const std::vector<FetchedMail> first = scene.fetch({mail(1)});
    ASSERT_EQ(first.size(), 1u);
    EXPECT_EQ(first[0].bytes.size(), hostile.size() + 5 + 5);
    EXPECT_EQ(scene.fetch({mail(2)}),
              (std::vector<FetchedMail>{{MailUid{2}, Outcome::whole, "two", {}}}));
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, ToldOfMailsThatHaveGone) {
    Scene scene{{login("") + select_reply(3, 10) + "C: $a UID FETCH 1:3 (BODY.PEEK[])\n" +
                 fetch_reply(2, "b") + "S: $a OK done\n"}};
    scene.select();
    EXPECT_EQ(scene.fetch({mail(1), mail(2), mail(3)}),
              (std::vector<FetchedMail>{{MailUid{1}, Outcome::gone, "", {}},
                                        {MailUid{2}, Outcome::whole, "b", {}},
                                        {MailUid{3}, Outcome::gone, "", {}}}));
}

TEST(ImapMailbox, AsksOneByOneWhenAGroupIsRefused) {
    Scene scene{{login("") + select_reply(3, 10) + "C: $a UID FETCH 1:3 (BODY.PEEK[])\n" +
                 fetch_reply(1, "a") +
                 "S: $a NO some mails could not be read\n"
                 "C: $a UID FETCH 2 (BODY.PEEK[])\n"
                 "C: $b UID FETCH 3 (BODY.PEEK[])\n"
                 "S: $a NO [SERVERBUG] this one\n" +
                 fetch_reply(3, "c") + "S: $b OK done\n"}};
    scene.select();
    EXPECT_EQ(scene.fetch({mail(1), mail(2), mail(3)}),
              (std::vector<FetchedMail>{{MailUid{1}, Outcome::whole, "a", {}},
                                        {MailUid{2}, Outcome::refused, "this one", {}},
                                        {MailUid{3}, Outcome::whole, "c", {}}}));
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, HandsOverTheBeginningOfAMailThatIsTooLarge) {
    Scene scene{{login("") + select_reply(2, 10) + "C: $a UID FETCH 1:2 (BODY.PEEK[])\n" +
                 fetch_reply(1, "0123456789abcdef") + fetch_reply(2, "ok") + "S: $a OK done\n"}};
    scene.settings.message_bytes = 10;
    scene.select();
    EXPECT_EQ(scene.fetch({mail(1), mail(2)}),
              (std::vector<FetchedMail>{{MailUid{1}, Outcome::oversize, "0123456789", {}},
                                        {MailUid{2}, Outcome::whole, "ok", {}}}));
}

TEST(ImapMailbox, KeepsFewBytesInFlight) {
    Scene scene{{login("") + select_reply(5, 10) +
                 "C: $a UID FETCH 1:2 (BODY.PEEK[])\n"
                 "C: $b UID FETCH 3 (BODY.PEEK[])\n" +
                 fetch_reply(1, "a") + fetch_reply(2, "b") + "S: $a OK done\n" +
                 "C: $c UID FETCH 4 (BODY.PEEK[])\n" + fetch_reply(3, "c") + "S: $b OK done\n" +
                 fetch_reply(4, "d") + "S: $c OK done\n" + "C: $a UID FETCH 5 (BODY.PEEK[])\n" +
                 fetch_reply(5, "e") + "S: $a OK done\n"}};
    scene.settings.window = {.group_mails = 2, .group_bytes = 100, .groups = 8, .bytes = 150};
    scene.select();
    EXPECT_EQ(
        scene.fetch({mail(1, 50), mail(2, 50), mail(3, 50), mail(4, 90), mail(5, 900)}).size(), 5u);
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, FetchesTheHeaderOnly) {
    Scene scene{{login("") + select_reply(2, 10) +
                 "C: $a UID FETCH 1 (BODY.PEEK[HEADER]<0.500>)\n"
                 "S: * 1 FETCH (UID 1 BODY[HEADER]<0> {6}\n"
                 "S: a: b\n"
                 "S: )\n"
                 "S: $a OK done\n"
                 "C: $a UID FETCH 2 (BODY.PEEK[HEADER]<0.500>)\n"
                 "S: $a OK done\n"}};
    scene.select();
    EXPECT_EQ(run(scene.io(), scene.mailbox().fetch_header(MailUid{1}, 500)), "a: b\r\n");
    EXPECT_EQ(run(scene.io(), scene.mailbox().fetch_header(MailUid{2}, 500)), std::nullopt);
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

// ---- Marking

TEST(ImapMailbox, MakesTheFolderThatIsMissing) {
    Scene scene{{login("MOVE") + select_reply(1, 10) +
                 "C: $a UID MOVE 1:3,7 \"Done\"\n"
                 "S: $a NO [TRYCREATE] no such folder\n"
                 "C: $a CREATE \"Done\"\n"
                 "S: $a OK done\n"
                 "C: $a UID MOVE 1:3,7 \"Done\"\n"
                 "S: $a OK done\n"
                 "C: $a UID MOVE 8 \"Done\"\n"
                 "S: $a NO [OVERQUOTA] full\n"}};
    scene.select();
    EXPECT_EQ(scene.move({MailUid{7}, MailUid{1}, MailUid{2}, MailUid{3}}, "Done"), MarkReport{});
    const MarkReport full = scene.move({MailUid{8}}, "Done");
    EXPECT_EQ(full.outcome, MarkReport::Outcome::refused);
    EXPECT_EQ(full.reply, "[OVERQUOTA] full");
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, CopiesAndExpungesWhereMoveIsMissing) {
    Scene scene{{login("UIDPLUS") + select_reply(1, 10) +
                 "C: $a UID COPY 4 \"Done\"\n"
                 "S: $a OK [COPYUID 44 4 9] done\n"
                 "C: $a UID STORE 4 +FLAGS.SILENT (\\Deleted)\n"
                 "S: $a OK done\n"
                 "C: $a UID EXPUNGE 4\n"
                 "S: * 1 EXPUNGE\n"
                 "S: $a OK done\n"}};
    scene.select();
    const MarkReport report = scene.move({MailUid{4}}, "Done");
    EXPECT_EQ(report, (MarkReport{MarkReport::Outcome::done, "", 44, {{MailUid{4}, MailUid{9}}}}));
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, DeletesNothingThatWasNotCopied) {
    Scene scene{{login("UIDPLUS") + select_reply(1, 10) +
                 "C: $a UID COPY 4 \"Done\"\n"
                 "S: $a NO [NOPERM] not yours\n" +
                 logout}};
    scene.select();
    EXPECT_EQ(scene.move({MailUid{4}}, "Done").outcome, MarkReport::Outcome::refused);
    scene.close();
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

// A plain EXPUNGE would remove what people have marked as deleted.
TEST(ImapMailbox, LeavesMailInPlaceWhereItCannotBeMoved) {
    Scene scene{{login("") + select_reply(1, 10) +
                 "C: $a UID STORE 4 +FLAGS.SILENT ($BellhopProcessed)\n"
                 "S: $a OK done\n" +
                 logout}};
    scene.select();
    EXPECT_EQ(scene.move({MailUid{4}}, "Done").outcome, MarkReport::Outcome::flagged_instead);
    scene.close();
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, SetsNoFlagThatWouldBeForgotten) {
    Scene scene{{login("") +
                 "C: $a SELECT \"INBOX\"\n"
                 "S: * 1 EXISTS\n"
                 "S: * OK [UIDVALIDITY 7] valid\n"
                 "S: * OK [UIDNEXT 9] next\n"
                 "S: * OK [PERMANENTFLAGS (\\Seen)] kept\n"
                 "S: $a OK done\n" +
                 logout}};
    scene.select();
    EXPECT_EQ(scene.flag({MailUid{4}}).outcome, MarkReport::Outcome::refused);
    scene.close();
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, MarksWhileMailIsStillUnderWay) {
    Scene scene{{login("MOVE") + select_reply(2, 10) + "C: $a UID FETCH 1:2 (BODY.PEEK[])\n" +
                 fetch_reply(1, "a") + "C: $b UID MOVE 1 \"Done\"\n" + fetch_reply(2, "b") +
                 "S: $a OK done\n"
                 "S: * 1 EXPUNGE\n"
                 "S: $b OK done\n"}};
    scene.select();
    scene.mailbox().start_fetch({mail(1), mail(2)});
    EXPECT_EQ(run(scene.io(), scene.mailbox().next_fetched())->bytes, "a");
    EXPECT_EQ(scene.move({MailUid{1}}, "Done"), MarkReport{});
    EXPECT_EQ(run(scene.io(), scene.mailbox().next_fetched())->bytes, "b");
    EXPECT_EQ(run(scene.io(), scene.mailbox().next_fetched()), std::nullopt);
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

// ---- Waiting

TEST(ImapMailbox, WakesUpWhenMailArrives) {
    Scene scene{{login("IDLE") + select_reply(1, 10) +
                 "C: $a IDLE\n"
                 "S: + idling\n"
                 "S: * OK still here\n"
                 "S: * 2 EXISTS\n"
                 "C: DONE\n"
                 "C: $b UID FETCH 10:* (UID RFC822.SIZE INTERNALDATE FLAGS)\n"
                 "S: $a OK idled\n"
                 "S: * 2 FETCH (UID 10 RFC822.SIZE 1 FLAGS ())\n"
                 "S: $b OK done\n"
                 "C: $a IDLE\n"
                 "S: + idling\n"
                 "S: * 1 EXPUNGE\n"
                 "C: DONE\n"
                 "S: $a OK idled\n"
                 "C: $a LOGOUT\n"}};
    scene.select();
    EXPECT_EQ(scene.wait(10s), Wake::mail);
    EXPECT_EQ(scene.list(10, 5), (std::vector{mail(10, 1)}));
    EXPECT_EQ(scene.wait(20ms), Wake::timeout);
    scene.close();
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, WaitsWithoutIdleWhereItIsRefused) {
    Scene scene{{login("IDLE") + select_reply(1, 10) +
                 "C: $a IDLE\n"
                 "S: $a NO not today\n" +
                 logout}};
    scene.select();
    EXPECT_EQ(scene.wait(5ms), Wake::timeout);
    EXPECT_EQ(scene.wait(5ms), Wake::timeout);
    scene.close();
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, CanBeWokenUp) {
    Scene scene{{login("IDLE") + select_reply(1, 10) +
                 "C: $a IDLE\n"
                 "S: + idling\n"
                 "C: DONE\n"
                 "S: $a OK idled\n" +
                 logout}};
    scene.select();
    scene.mailbox().wake();
    EXPECT_EQ(scene.wait(10s), Wake::woken);
    boost::asio::steady_timer soon{scene.io(), 5ms};
    soon.async_wait([&](boost::system::error_code) { scene.mailbox().wake(); });
    EXPECT_EQ(scene.wait(10s), Wake::woken);
    scene.close();
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

}  // namespace
}  // namespace bellhop::daemon
