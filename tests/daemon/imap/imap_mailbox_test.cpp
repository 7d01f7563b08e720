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
    visit.moved = MarkReport{.done = {MailUid{3}, MailUid{11}}};
    visit.wake = Wake::mail;
    return visit;
}

TEST(ImapMailbox, ListsFetchesAndMoves) {
    Scene scene{{visit_transcript}};
    EXPECT_EQ(visit(scene), whole_visit());
    EXPECT_EQ(scene.server().complaints(), no_complaints);
    EXPECT_EQ(scene.server().played(), ScriptedServer::line_count(visit_transcript));
}

class ImapStepTest : public testing::TestWithParam<ScriptedServer::Fault> {};

INSTANTIATE_TEST_SUITE_P(Each,
                         ImapStepTest,
                         testing::Values(ScriptedServer::Fault::closed,
                                         ScriptedServer::Fault::silence,
                                         ScriptedServer::Fault::garbled));

// The conversation fails at each of its steps in turn.
TEST_P(ImapStepTest, ClaimsNothingThatTheServerHasNotSaid) {
    const Visit whole = whole_visit();
    const std::size_t lines = ScriptedServer::line_count(visit_transcript);
    const std::size_t goodbye = ScriptedServer::line_count(logout);
    const bool garbled = GetParam() == ScriptedServer::Fault::garbled;
    const bool closed = GetParam() == ScriptedServer::Fault::closed;
    // Until the login libcurl talks, with a deadline of its own.
    const std::size_t first = closed ? 0 : ScriptedServer::line_count(login(""));
    for (std::size_t cut = first; cut < lines; ++cut) {
        Scene scene{{visit_transcript}, cut};
        scene.server().set_fault(GetParam());
        if (!closed) scene.settings.connection.timeouts.command = 250ms;
        scene.settings.connection.timeouts.farewell = 250ms;
        const Visit cut_off = visit(scene);
        // close() does not mind. Garbage in the place of what only accompanies the answer neither.
        if (!garbled) {
            EXPECT_EQ(scene.server().complaints(), no_complaints);
            ASSERT_EQ(cut_off.error.has_value(), cut + goodbye < lines) << "at line " << cut;
        }
        if (!cut_off.error && !garbled) {
            EXPECT_EQ(cut_off, whole);
        }
        EXPECT_TRUE(cut_off.listed.empty() || cut_off.listed == whole.listed) << "at line " << cut;
        EXPECT_TRUE(cut_off.fetched.empty() || cut_off.fetched == whole.fetched)
            << "at line " << cut;
        EXPECT_TRUE(!cut_off.moved || cut_off.moved == whole.moved) << "at line " << cut;
        if (!garbled && cut_off.error) {
            EXPECT_EQ(cut_off.moved, std::nullopt) << "at line " << cut;
        }
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
    EXPECT_EQ(scene.select(), (MailboxState{7, MailUid{42}, 2, false}));
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

FetchedMail not_handed_over(unsigned uid, Outcome outcome, bool alone, parsers::Refusal refusal) {
    return {MailUid{uid}, outcome, "", {}, alone, std::move(refusal)};
}

TEST(ImapMailbox, CallsNothingGoneThatDidNotCome) {
    Scene scene{{login("") + select_reply(3, 10) + "C: $a UID FETCH 1:3 (BODY.PEEK[])\n" +
                 fetch_reply(2, "b") +
                 "S: $a OK done\n"
                 "C: $a UID FETCH 1,3 (UID RFC822.SIZE INTERNALDATE FLAGS)\n"
                 "S: * 1 FETCH (UID 3 FLAGS () RFC822.SIZE 5)\n"
                 "S: $a OK done\n"}};
    scene.select();
    const parsers::Refusal silence{.words = "the server says OK and sends nothing"};
    EXPECT_EQ(scene.fetch({mail(1), mail(2), mail(3)}),
              (std::vector<FetchedMail>{not_handed_over(1, Outcome::not_sent, false, silence),
                                        {MailUid{2}, Outcome::whole, "b", {}},
                                        not_handed_over(3, Outcome::not_sent, false, silence)}));
    EXPECT_EQ(scene.look({MailUid{3}, MailUid{1}}), std::vector<MailSummary>{mail(3, 5)});
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

// What a server hands over in place of a mail of 80 bytes.
TEST(ImapMailbox, DoubtsWhatCannotBeTheMail) {
    const auto outcome_of = [](const std::string& answer) {
        Scene scene{{login("") + select_reply(3, 10) + "C: $a UID FETCH 1 (BODY.PEEK[])\n" +
                     answer + "S: $a OK done\n"}};
        scene.select();
        return scene.fetch({mail(1, 80)}).at(0).outcome;
    };
    EXPECT_EQ(outcome_of("S: * 1 FETCH (UID 1 BODY[] NIL)\n"), Outcome::not_sent);
    EXPECT_EQ(outcome_of("S: * 1 FETCH (UID 1 BODY[] {0}\nS: )\n"), Outcome::not_sent);
    EXPECT_EQ(outcome_of("S: * 1 FETCH (UID 1 BODY[] \"\")\n"), Outcome::not_sent);
    EXPECT_EQ(outcome_of(fetch_reply(1, std::string(69, 'x'))), Outcome::doubtful);
    EXPECT_EQ(outcome_of(fetch_reply(1, std::string(70, 'x'))), Outcome::whole);
    EXPECT_EQ(outcome_of(fetch_reply(1, std::string(300, 'x'))), Outcome::whole);
}

TEST(ImapMailbox, AsksOneByOneWhenAGroupIsRefused) {
    Scene scene{{login("") + select_reply(3, 10) + "C: $a UID FETCH 1:3 (BODY.PEEK[])\n" +
                 fetch_reply(1, "a") +
                 "S: $a NO some mails could not be read\n"
                 "C: $a UID FETCH 2 (BODY.PEEK[])\n"
                 "S: $a NO [SERVERBUG] this one\n"
                 "C: $b UID FETCH 3 (BODY.PEEK[])\n" +
                 fetch_reply(3, "c") + "S: $b OK done\n"}};
    scene.select();
    EXPECT_EQ(scene.fetch({mail(1), mail(2), mail(3)}),
              (std::vector<FetchedMail>{
                  {MailUid{1}, Outcome::whole, "a", {}},
                  not_handed_over(2, Outcome::refused, true, {.words = "[SERVERBUG] this one"}),
                  {MailUid{3}, Outcome::whole, "c", {}}}));
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, AsksForSuspectsLastAndWithNothingElseUnderWay) {
    Scene scene{{login("") + select_reply(4, 10) + "C: $a UID FETCH 3:4 (BODY.PEEK[])\n" +
                 fetch_reply(3, "c") + fetch_reply(4, "d") +
                 "S: $a OK done\n"
                 "C: $b UID FETCH 1 (BODY.PEEK[])\n" +
                 fetch_reply(1, "a") +
                 "S: $b OK done\n"
                 "C: $c UID FETCH 2 (BODY.PEEK[])\n" +
                 fetch_reply(2, "b") + "S: $c OK done\n"}};
    scene.select();
    EXPECT_EQ(scene.fetch({mail(3), mail(4)}, {mail(1), mail(2)}).size(), 4U);
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

// Refusals that concern everything end the session; the wait that the server names is passed on.
TEST(ImapMailbox, TakesNoRefusalOfEverythingForTheFateOfAMail) {
    const auto answer = [](const std::string& refusal) -> std::optional<ConnectionError> {
        Scene scene{{login("") + select_reply(3, 10) + "C: $a UID FETCH 1:2 (BODY.PEEK[])\n" +
                     fetch_reply(1, "a") + "S: $a " + refusal + "\n"}};
        scene.select();
        try {
            scene.fetch({mail(1), mail(2)});
        } catch (const ConnectionError& error) {
            const Interrupted left = scene.mailbox().interrupted();
            EXPECT_EQ(left.in_hand, mail(2)) << refusal;
            EXPECT_FALSE(left.alone);
            return error;
        }
        return std::nullopt;
    };
    for (const char* refusal :
         {"NO [OVERQUOTA] Account exceeded command or bandwidth limits.", "NO [LIMIT] slowly",
          "BAD User is authenticated but not connected.", "NO Server Unavailable. 15"}) {
        const auto error = answer(refusal);
        ASSERT_TRUE(error) << refusal;
        EXPECT_EQ(error->kind(), ConnectionErrc::refused) << refusal;
        EXPECT_EQ(error->retry_after(), std::nullopt) << refusal;
    }
    EXPECT_EQ(answer("NO Request is throttled. Suggested Backoff Time: 299910 milliseconds")
                  ->retry_after(),
              300s);
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

TEST(ImapMailbox, KeepsWhatCameWholeWhenTheConnectionBreaks) {
    Scene scene{{login("") + select_reply(3, 10) + "C: $a UID FETCH 1:4 (BODY.PEEK[])\n" +
                 fetch_reply(1, "a") + fetch_reply(3, "c") + "--\n"}};
    scene.select();
    scene.mailbox().start_fetch({mail(1), mail(2), mail(3), mail(4)}, {});
    EXPECT_EQ(run(scene.io(), scene.mailbox().next_fetched())->bytes, "a");
    EXPECT_EQ(error_of([&] { run(scene.io(), scene.mailbox().next_fetched()); }),
              ConnectionErrc::lost);
    const Interrupted left = scene.mailbox().interrupted();
    EXPECT_EQ(left.arrived, (std::vector<FetchedMail>{{MailUid{3}, Outcome::whole, "c", {}}}));
    EXPECT_EQ(left.in_hand, mail(2));
    EXPECT_FALSE(left.alone);
    EXPECT_EQ(scene.mailbox().interrupted().in_hand, std::nullopt);
}

TEST(ImapMailbox, FetchesTheBeginningOfALargeMail) {
    const std::string command = "C: $a UID FETCH 1 (BODY.PEEK[]<0.10>)\n";
    const auto answer = [&command](const std::string& lines) {
        Scene scene{{login("") + select_reply(2, 10) + command + lines}};
        scene.select();
        const FetchedMail fetched = scene.beginning(mail(1, 99'999'999), 10);
        EXPECT_EQ(scene.server().complaints(), no_complaints);
        return fetched;
    };
    const std::string begin = "S: * 1 FETCH (UID 1 BODY[]<0> ";
    const FetchedMail cut = answer(begin + "{10}\nS: a: b\nS: \nS: cd)\nS: $a OK done\n");
    EXPECT_EQ(cut.bytes, "a: b\r\n\r\ncd");
    EXPECT_EQ(cut.outcome, Outcome::oversize);
    // Seen in the wild: a small mail announced as 99 MB.
    const FetchedMail whole = answer(begin + "{9}\nS: a: b\nS: \nS: c)\nS: $a OK done\n");
    EXPECT_EQ(whole.outcome, Outcome::whole);
    EXPECT_EQ(answer("S: $a OK done\n").outcome, Outcome::not_sent);
    EXPECT_EQ(answer("S: $a NO [SERVERBUG] no\n").outcome, Outcome::refused);
    EXPECT_EQ(error_of([&] { answer("S: $a NO [UNAVAILABLE] later\n"); }), ConnectionErrc::refused);
}

// ---- Marking

const std::string nothing_there = "S: $a OK done\n";

std::string look_at(const std::string& set) {
    return "C: $a UID FETCH " + set + " (UID RFC822.SIZE INTERNALDATE FLAGS)\n";
}

std::string still_there(const std::vector<int>& uids) {
    std::string lines;
    for (const int uid : uids) {
        lines += "S: * 1 FETCH (UID " + std::to_string(uid) + " FLAGS () RFC822.SIZE 5)\n";
    }
    return lines + "S: $a OK done\n";
}

TEST(ImapMailbox, MakesTheFolderThatIsMissing) {
    Scene scene{{login("MOVE") + select_reply(1, 10) +
                 "C: $a UID MOVE 1:3,7 \"Done\"\n"
                 "S: $a NO [TRYCREATE] no such folder\n"
                 "C: $a CREATE \"Done\"\n"
                 "S: $a OK done\n"
                 "C: $a UID MOVE 1:3,7 \"Done\"\n"
                 "S: $a OK done\n" +
                 look_at("1:3,7") + nothing_there +
                 "C: $a UID MOVE 8:9 \"Done\"\n"
                 "S: $a NO [OVERQUOTA] full\n" +
                 look_at("8:9") + still_there({8, 9})}};
    scene.select();
    EXPECT_EQ(scene.move({MailUid{7}, MailUid{1}, MailUid{2}, MailUid{3}}, "Done"),
              (MarkReport{.done = {MailUid{1}, MailUid{2}, MailUid{3}, MailUid{7}}}));
    EXPECT_EQ(scene.move({MailUid{8}, MailUid{9}}, "Done"),
              (MarkReport{.refused = {MailUid{8}, MailUid{9}}, .reply = "[OVERQUOTA] full"}));
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, SaysWhyTheFolderCannotBeMade) {
    Scene scene{{login("MOVE") + select_reply(1, 10) +
                 "C: $a UID MOVE 1 \"Done\"\n"
                 "S: $a NO Mailbox does not exist\n"
                 "C: $a CREATE \"Done\"\n"
                 "S: $a NO Permission denied\n" +
                 look_at("1") + still_there({1})}};
    scene.select();
    EXPECT_EQ(scene.move({MailUid{1}}, "Done").reply,
              "Mailbox does not exist; it does not make the folder \"Done\": Permission denied");
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, PutsTheFolderWhereTheServerWantsIt) {
    const auto moved_to = [](const std::string& spaces, const std::string& folder,
                             const std::string& target) {
        Scene scene{{login("MOVE NAMESPACE") +
                     "C: $a NAMESPACE\n"
                     "S: * NAMESPACE " +
                     spaces +
                     "\n"
                     "S: $a OK done\n" +
                     select_reply(1, 10) + "C: $a UID MOVE 1 \"" + target +
                     "\"\n"
                     "S: * OK [COPYUID 5 1 1] moved\n"
                     "S: $a OK done\n"}};
        scene.select();
        scene.move({MailUid{1}}, folder);
        EXPECT_EQ(scene.server().complaints(), no_complaints) << folder;
    };
    const std::string courier = "((\"INBOX.\" \".\")) NIL ((\"Public/\" \"/\"))";
    moved_to(courier, "Processed", "INBOX.Processed");
    moved_to(courier, "INBOX.Processed", "INBOX.Processed");
    moved_to(courier, "inbox/Processed", "inbox.Processed");
    moved_to(courier, "Desk/Done", "INBOX.Desk.Done");
    moved_to(courier, "Public/Done", "Public/Done");
    moved_to("((\"\" \"/\")) NIL NIL", "Desk/Done", "Desk/Done");
    moved_to("((\"\" \".\")) NIL NIL", "Desk/Done", "Desk.Done");
    moved_to("((\"\" \".\")) NIL NIL", "Done v1.2/x", "Done v1.2/x");
    moved_to("NIL NIL NIL", "Done", "Done");
    moved_to("((\"\" NIL)) NIL NIL", "Desk/Done", "Desk/Done");
}

// A colleague deletes mail 2 while 1 to 3 are moved: Dovecot moves none of them then.
TEST(ImapMailbox, BooksAsMovedOnlyWhatTheServerConfirms) {
    Scene scene{{login("MOVE UIDPLUS") + select_reply(3, 10) +
                 "C: $a UID MOVE 1:3 \"Done\"\n"
                 "S: $a NO [EXPUNGEISSUED] Some of the requested messages no longer exist.\n" +
                 look_at("1:3") + still_there({1, 3}) +
                 "C: $a UID MOVE 1,3 \"Done\"\n"
                 "S: * OK [COPYUID 44 1 1] moved\n"
                 "S: $a OK done\n" +
                 look_at("1,3") + still_there({3}) +
                 "C: $a UID MOVE 3 \"Done\"\n"
                 "S: $a OK done\n" +
                 look_at("3") + still_there({3})}};
    scene.select();
    EXPECT_EQ(scene.move({MailUid{1}, MailUid{2}, MailUid{3}}, "Done"),
              (MarkReport{.done = {MailUid{1}, MailUid{2}},
                          .refused = {MailUid{3}},
                          .reply = "the server says that it has moved what is still there"}));
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, NarrowsARefusedMoveDownToTheCulprit) {
    const auto refused = [](const std::string& set, const std::vector<int>& uids) {
        return "C: $a UID MOVE " + set + " \"Done\"\nS: $a NO [SERVERBUG] cannot\n" + look_at(set) +
               still_there(uids);
    };
    const auto moved = [](const std::string& set) {
        return "C: $a UID MOVE " + set + " \"Done\"\nS: $a OK done\n" + look_at(set) +
               nothing_there;
    };
    Scene scene{{login("MOVE") + select_reply(4, 10) + refused("1:4", {1, 2, 3, 4}) +
                 refused("1:2", {1, 2}) + moved("1") + refused("2", {2}) + moved("3:4")}};
    scene.select();
    EXPECT_EQ(scene.move({MailUid{1}, MailUid{2}, MailUid{3}, MailUid{4}}, "Done"),
              (MarkReport{.done = {MailUid{1}, MailUid{3}, MailUid{4}},
                          .refused = {MailUid{2}},
                          .reply = "[SERVERBUG] cannot"}));
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, CopiesAndExpungesWhereMoveIsMissing) {
    Scene scene{{login("UIDPLUS") + select_reply(1, 10) +
                 "C: $a UID COPY 4 \"Done\"\n"
                 "S: $a OK [COPYUID 44 4 9] done\n"
                 "C: $a UID STORE 4 +FLAGS.SILENT (\\Deleted)\n"
                 "S: $a NO [INUSE] later\n" +
                 look_at("4") + still_there({4}) +
                 // Copied before: not a second time.
                 "C: $a UID STORE 4 +FLAGS.SILENT (\\Deleted)\n"
                 "S: $a OK done\n"
                 "C: $a UID EXPUNGE 4\n"
                 "S: * 1 EXPUNGE\n"
                 "S: $a OK done\n" +
                 look_at("4") + nothing_there}};
    scene.select();
    EXPECT_EQ(scene.move({MailUid{4}}, "Done"),
              (MarkReport{.refused = {MailUid{4}}, .reply = "[INUSE] later"}));
    EXPECT_EQ(scene.move({MailUid{4}}, "Done"), (MarkReport{.done = {MailUid{4}}}));
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, DeletesNothingThatWasNotCopied) {
    Scene scene{{login("UIDPLUS") + select_reply(1, 10) +
                 "C: $a UID COPY 4 \"Done\"\n"
                 "S: $a NO [NOPERM] not yours\n" +
                 look_at("4") + still_there({4}) + logout}};
    scene.select();
    EXPECT_EQ(scene.move({MailUid{4}}, "Done").refused, Uids{MailUid{4}});
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
    EXPECT_EQ(scene.move({MailUid{4}}, "Done"),
              (MarkReport{.done = {MailUid{4}}, .flagged_instead = true}));
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
    EXPECT_EQ(scene.flag({MailUid{4}}).refused, Uids{MailUid{4}});
    scene.close();
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, MarksWhileMailIsStillUnderWay) {
    Scene scene{{login("MOVE") + select_reply(2, 10) + "C: $a UID FETCH 1:2 (BODY.PEEK[])\n" +
                 fetch_reply(1, "a") + "C: $b UID MOVE 1 \"Done\"\n" + fetch_reply(2, "b") +
                 "S: $a OK done\n"
                 "S: * OK [COPYUID 44 1 1] moved\n"
                 "S: * 1 EXPUNGE\n"
                 "S: $b OK done\n"}};
    scene.select();
    scene.mailbox().start_fetch({mail(1), mail(2)}, {});
    EXPECT_EQ(run(scene.io(), scene.mailbox().next_fetched())->bytes, "a");
    EXPECT_EQ(scene.move({MailUid{1}}, "Done"), (MarkReport{.done = {MailUid{1}}}));
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
