// What the mailbox makes of servers that do wrong, are slow, or want no password.
#include <gtest/gtest.h>

#include "daemon/imap/imap_mailbox.hpp"
#include "tests/daemon/imap_scene.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

// ---- What servers do wrong

TEST(ImapMailbox, SkipsWhatCameBeforeItsFirstCommand) {
    std::string transcript = login("");
    const std::string reply = "C: $a NOOP\n";
    transcript.insert(transcript.find(reply) + reply.size(),
                      "S: icited tail {5}\nS: * 1 FETCH (BODY[] \"\nS: A002 NO x\n");
    Scene scene{{transcript + select_reply(1, 10)}};
    EXPECT_EQ(scene.select(), (MailboxState{7, MailUid{10}, 1}));
}

TEST(ImapMailbox, TellsWhyItCannotGoOn) {
    const auto error_after = [](const std::string& lines) {
        Scene scene{{login("") + select_reply(1, 10) +
                     "C: $a UID FETCH 1:9 (UID RFC822.SIZE INTERNALDATE FLAGS)\n" + lines}};
        scene.select();
        return error_of([&] { scene.list(1, 10); });
    };
    EXPECT_EQ(error_after("S: * BYE shutting down\n"), ConnectionErrc::bye);
    EXPECT_EQ(error_after("S: * OK [UIDVALIDITY 8] replaced\n"), ConnectionErrc::mailbox_changed);
    EXPECT_EQ(error_after("S: $a NO [UNAVAILABLE] later\n"), ConnectionErrc::refused);
    EXPECT_EQ(error_after("S: $a BAD what\n"), ConnectionErrc::refused);
    EXPECT_EQ(error_after("S: HTTP/1.1 400\n"), ConnectionErrc::not_protocol);
    EXPECT_EQ(error_after("S: * 1 FETCH (UID 1 BODY[] {4294967295}\n"),
              ConnectionErrc::not_protocol);
    EXPECT_EQ(error_after("S: * " + std::string(70'000, 'x') + "\n"), ConnectionErrc::not_protocol);
    EXPECT_EQ(error_after("S* 100001 * 5 EXISTS\n"), ConnectionErrc::not_protocol);
    EXPECT_EQ(error_after("--\n"), ConnectionErrc::lost);
}

TEST(ImapMailbox, HasNoPatienceForSlowServers) {
    const auto error_after = [](const std::string& lines) {
        Scene scene{{login("") + select_reply(1, 10) +
                     "C: $a UID FETCH 1:9 (UID RFC822.SIZE INTERNALDATE FLAGS)\n" + lines}};
        scene.settings.connection.timeouts.command = 60ms;
        return error_of([&] {
            scene.select();
            scene.list(1, 10);
        });
    };
    EXPECT_EQ(error_after(""), ConnectionErrc::timed_out);
    EXPECT_EQ(error_after("S. * " + std::string(500, 'x') + "\n"), ConnectionErrc::timed_out);
}

TEST(ImapMailbox, RefusesMailsMuchLargerThanAnnounced) {
    std::string replies;
    for (int uid = 1; uid <= 3; ++uid) replies += fetch_reply(uid, std::string(100, 'x'));
    Scene scene{{login("") + select_reply(3, 10) + "C: $a UID FETCH 1:4 (BODY.PEEK[])\n" +
                 fetch_reply(2, std::string(100, 'x')) + fetch_reply(3, std::string(100, 'x')) +
                 fetch_reply(4, std::string(100, 'x'))}};
    scene.settings.message_bytes = 100;
    scene.settings.window.bytes = 150;
    scene.select();
    EXPECT_EQ(error_of([&] {
                  scene.fetch({mail(1, 1), mail(2, 1), mail(3, 1), mail(4, 1)});
              }),
              ConnectionErrc::not_protocol);
}

// What a server may say without end, or without having been asked.
TEST(ImapMailbox, GrowsByNothingThatWasNotAskedFor) {
    const auto error_after = [](const std::string& lines) {
        Scene scene{{login("MOVE") + select_reply(1, 10) + "C: $a UID MOVE 1 \"Done\"\n" + lines}};
        scene.select();
        return error_of([&] { scene.move({MailUid{1}}, "Done"); });
    };
    EXPECT_EQ(error_after("S: never1 OK done\n"), ConnectionErrc::not_protocol);
    EXPECT_EQ(error_after("S* 100001 * OK [COPYUID 1 1:100000 1:100000] x\n"),
              ConnectionErrc::not_protocol);
    EXPECT_EQ(error_after("S* 600 * " + std::string(60'000, 'x') + "\n"),
              ConnectionErrc::not_protocol);
    EXPECT_EQ(error_after("S* 2000 * OK [ALERT] look\nS: $a NO no\n--\n"), ConnectionErrc::lost);
}

// ---- Security

TEST(ImapMailbox, SendsNoPasswordInClearText) {
    Scene scene{
        {"S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\n"
         "C: $a CAPABILITY\n"
         "S: * CAPABILITY IMAP4rev1 AUTH=PLAIN\n"
         "S: $a OK done\n"}};
    scene.settings.connection.security = Security::starttls;
    scene.settings.connection.authentication = Authentication::password;
    scene.settings.connection.user = "desk";
    scene.settings.connection.password = "secret";
    EXPECT_EQ(error_of([&] { scene.select(); }), ConnectionErrc::unprotected);
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(ImapMailbox, DoesNotBelieveWhoIsAlreadyLoggedInWithoutTls) {
    Scene scene{{"S: * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome\n"}};
    scene.settings.connection.security = Security::starttls;
    EXPECT_TRUE(error_of([&] { scene.select(); }).has_value());
}

TEST(ImapMailbox, DoesNotEvenConnectInClearTextToOtherMachines) {
    Scene scene{{}};
    scene.settings.connection.host = "192.0.2.1";
    EXPECT_EQ(error_of([&] { scene.select(); }), ConnectionErrc::unprotected);
}

TEST(ImapMailbox, TellsWhenTheLoginIsRefused) {
    const auto error_after = [](const std::string& reply) {
        Scene scene{
            {"S: * OK ready\n"
             "C: $a CAPABILITY\n"
             "S: * CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\n"
             "S: $a OK done\n"
             "C: $a AUTHENTICATE PLAIN AGRlc2sAc2VjcmV0\n"
             "S: $a " +
             reply + "\n"}};
        scene.settings.connection.authentication = Authentication::password;
        scene.settings.connection.user = "desk";
        scene.settings.connection.password = "secret";
        const auto kind = error_of([&] { scene.select(); });
        EXPECT_EQ(scene.server().complaints(), no_complaints);
        return kind;
    };
    EXPECT_EQ(error_after("NO [AUTHENTICATIONFAILED] wrong"), ConnectionErrc::login_refused);
    EXPECT_EQ(error_after("NO AUTHENTICATE failed."), ConnectionErrc::login_refused);
    for (const char* busy :
         {"NO [UNAVAILABLE] database down",
          "NO Request is throttled. Suggested Backoff Time: 3000 milliseconds",
          "NO [ALERT] Too many simultaneous connections. (Failure)",
          "NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded"}) {
        EXPECT_EQ(error_after(busy), ConnectionErrc::refused) << busy;
    }
}

// Seen in the wild: servers without SASL.
TEST(ImapMailbox, LogsInTheOldWayWhereThereIsNoOther) {
    const std::string capabilities =
        "S: * OK ready\n"
        "C: $a CAPABILITY\n"
        "S: * CAPABILITY IMAP4rev1 IDLE\n"
        "S: $a OK done\n";
    Scene scene{{capabilities, capabilities +
                                   "C: $a LOGIN desk secret\n"
                                   "S: $a OK welcome\n"
                                   "C: $a NOOP\n"
                                   "S: $a OK done\n"
                                   "C: $a CAPABILITY\n"
                                   "S: * CAPABILITY IMAP4rev1\n"
                                   "S: $a OK done\n" +
                                   select_reply(1, 10)}};
    scene.settings.connection.authentication = Authentication::password;
    scene.settings.connection.user = "desk";
    scene.settings.connection.password = "secret";
    EXPECT_EQ(scene.select(), (MailboxState{7, MailUid{10}, 1}));
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

// Dovecot with CRAM-MD5 alone: LOGIN-REFERRALS and LOGINDISABLED are no ways to log in.
TEST(ImapMailbox, TakesNoOtherCapabilityForAWayToLogIn) {
    const std::string capabilities =
        "S: * OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS LOGINDISABLED AUTH=CRAM-MD5] hi\n"
        "C: $a CAPABILITY\n"
        "S: * CAPABILITY IMAP4rev1 LOGIN-REFERRALS LOGINDISABLED AUTH=CRAM-MD5\n"
        "S: $a OK done\n";
    Scene scene{{capabilities, capabilities +
                                   "C: $a AUTHENTICATE CRAM-MD5\n"
                                   "S: + PDEyMzRAeD4=\n"
                                   "C: ZGVzayA3MWFjY2VlOWQwZTQ3ZThkYThlNGUxY2Q0MzE2YTExOA==\n"
                                   "S: $a NO [AUTHENTICATIONFAILED] wrong\n"}};
    scene.settings.connection.authentication = Authentication::password;
    scene.settings.connection.user = "desk";
    scene.settings.connection.password = "secret";
    EXPECT_EQ(error_of([&] { scene.select(); }), ConnectionErrc::login_refused);
    EXPECT_EQ(scene.server().connections(), 2U);
}

TEST(ImapMailbox, CannotConnectWhereNobodyListens) {
    Scene scene{{}};
    scene.server().stop();
    EXPECT_EQ(error_of([&] { scene.select(); }), ConnectionErrc::unreachable);
}

}  // namespace
}  // namespace bellhop::daemon
