#include "rules/doctor/server_trial.hpp"

#include <gtest/gtest.h>

#include "parsers/text/lists.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds now{std::chrono::sys_days{std::chrono::year{2026} / 12 / 1}};

/// A server that is in order: IMAP behind TLS.
ServerTrial in_order() {
    ServerTrial trial;
    trial.what = "mailbox it";
    trial.host = "imap.school.example";
    trial.port = 993;
    trial.user = "it@school.example";
    trial.secret = "the file it.password";
    trial.first_words = FirstWords::silence;
    trial.answers_tls = true;
    trial.greeting = "* OK ready";
    trial.certificate =
        CertificateSeen{{"imap.school.example"}, "CN=CA", now + std::chrono::days{60}};
    trial.now = now;
    return trial;
}

ServerTrial relay_in_order() {
    ServerTrial trial = in_order();
    trial.what = "smtp";
    trial.server = MailServer::smtp;
    trial.protection = Protection::starttls;
    trial.port = 587;
    trial.first_words = FirstWords::smtp;
    trial.answers_tls = false;
    trial.greeting = "220 relay ESMTP";
    return trial;
}

/// The last line, as "check|state|seen|remedy": what stops it stands last.
std::string last_line(const ServerTrial& trial) {
    const Finding one = judge_server(trial).back();
    return one.check + "|" + std::string{to_text(one.state)} + "|" + one.seen + "|" + one.remedy;
}

std::vector<std::string> checks_of(const ServerTrial& trial) {
    std::vector<std::string> checks;
    for (const Finding& one : judge_server(trial)) checks.push_back(one.check);
    return checks;
}

TEST(ServerTrial, TellsOfServerCertificateAndLogin) {
    EXPECT_EQ(
        judge_server(in_order()),
        (Findings{well("mailbox it: server", "imap.school.example:993 answers: * OK ready"),
                  well("mailbox it: certificate", "trusted, valid until 2027-01-30T00:00:00Z"),
                  well("mailbox it: login", "signed in as it@school.example")}));
}

TEST(ServerTrial, WithoutAUserTheLoginIsNotTold) {
    ServerTrial trial = relay_in_order();
    trial.user.clear();
    EXPECT_EQ(checks_of(trial), (std::vector<std::string>{"smtp: server", "smtp: certificate"}));
}

TEST(ServerTrial, WhatStopsTheServerStopsTheRest) {
    for (const TrialEnd end : {TrialEnd::unresolved, TrialEnd::unreachable, TrialEnd::unprotected,
                               TrialEnd::not_protocol, TrialEnd::lost}) {
        ServerTrial trial = in_order();
        trial.end = end;
        EXPECT_EQ(checks_of(trial), (std::vector<std::string>{"mailbox it: server"}))
            << static_cast<int>(end);
        EXPECT_EQ(judge_server(trial).front().state, FindingState::fail);
    }
}

struct Mistake {
    const char* name;
    ServerTrial trial;
    const char* check;
    const char* seen;
    const char* remedy;
};

ServerTrial with(ServerTrial trial, void (*change)(ServerTrial&)) {
    change(trial);
    return trial;
}

const Mistake mistakes[] = {
    {"no address", with(in_order(), [](ServerTrial& t) { t.end = TrialEnd::unresolved; }),
     "mailbox it: server", "the name imap.school.example has no address",
     "getent hosts imap.school.example"},
    {"nobody listens",
     with(in_order(),
          [](ServerTrial& t) {
              t.end = TrialEnd::unreachable;
              t.words = "Connection refused";
          }),
     "mailbox it: server", "nobody answers at imap.school.example:993: Connection refused",
     "firewall"},
    {"packets are dropped",
     with(in_order(),
          [](ServerTrial& t) {
              t.end = TrialEnd::timed_out;
              t.first_words = FirstWords::not_listened;
              t.greeting.clear();
          }),
     "mailbox it: server", "nobody answers", "firewall"},
    {"TLS at a STARTTLS port",
     with(in_order(), [](ServerTrial& t) { t.first_words = FirstWords::imap; }),
     "mailbox it: server", "is a STARTTLS port", "write security = \"starttls\", or port = 993"},
    {"STARTTLS at a TLS port",
     with(relay_in_order(),
          [](ServerTrial& t) {
              t.first_words = FirstWords::silence;
              t.answers_tls = true;
          }),
     "smtp: server", "is a TLS port", "write security = \"tls\", or port = 587"},
    {"another protocol, in clear text",
     with(in_order(), [](ServerTrial& t) { t.first_words = FirstWords::smtp; }),
     "mailbox it: server", "is an SMTP server", "this wants an IMAP server"},
    {"another protocol, behind TLS",
     with(in_order(), [](ServerTrial& t) { t.greeting = "220 relay ESMTP"; }), "mailbox it: server",
     "is an SMTP server: 220 relay ESMTP", "port = 993"},
    {"POP3", with(in_order(), [](ServerTrial& t) { t.greeting = "+OK hello"; }),
     "mailbox it: server", "is a POP3 server", "port = 993"},
    {"no TLS at all",
     with(in_order(),
          [](ServerTrial& t) {
              t.answers_tls = false;
              t.greeting.clear();
              t.end = TrialEnd::lost;
              t.words = "wrong version number";
          }),
     "mailbox it: server", "speaks no TLS: wrong version number", "correct port or security"},
    {"silence",
     with(in_order(),
          [](ServerTrial& t) {
              t.answers_tls = false;
              t.greeting.clear();
              t.end = TrialEnd::timed_out;
          }),
     "mailbox it: server", "says nothing", "a firewall or proxy stands between"},
    {"closed at once",
     with(in_order(),
          [](ServerTrial& t) {
              t.answers_tls = false;
              t.first_words = FirstWords::closed;
              t.greeting.clear();
              t.end = TrialEnd::lost;
          }),
     "mailbox it: server", "closes it without a word", "lets this machine in"},
    {"no STARTTLS", with(relay_in_order(), [](ServerTrial& t) { t.end = TrialEnd::unprotected; }),
     "smtp: server", "offers no STARTTLS", "write security = \"tls\" and port = 465"},
    {"refused by the greeting",
     with(relay_in_order(),
          [](ServerTrial& t) {
              t.greeting = "554 go away";
              t.end = TrialEnd::not_now;
          }),
     "smtp: server", "refuses to serve: 554 go away", "let this machine in"},
    {"it vouches for itself",
     with(in_order(),
          [](ServerTrial& t) {
              t.end = TrialEnd::untrusted;
              t.certificate->fault = CertificateFault::self_signed;
          }),
     "mailbox it: certificate", "it vouches for itself",
     "ca_file = \"FILE\" with this certificate"},
    {"nobody knows the issuer",
     with(in_order(),
          [](ServerTrial& t) {
              t.end = TrialEnd::untrusted;
              t.certificate->fault = CertificateFault::unknown_issuer;
          }),
     "mailbox it: certificate", "nobody here knows its issuer, CN=CA", "for a CA of your own"},
    {"another name",
     with(in_order(),
          [](ServerTrial& t) {
              t.end = TrialEnd::untrusted;
              t.certificate->names = {"mail.other.example", "imap.other.example"};
              t.certificate->fault = CertificateFault::wrong_name;
          }),
     "mailbox it: certificate",
     "it is for mail.other.example, imap.other.example, not for imap.school.example",
     "a name that the certificate has"},
    {"expired",
     with(in_order(),
          [](ServerTrial& t) {
              t.end = TrialEnd::untrusted;
              t.certificate->valid_until = now - std::chrono::days{1};
              t.certificate->fault = CertificateFault::expired;
          }),
     "mailbox it: certificate", "it is no longer valid, since 2026-11-30T00:00:00Z",
     "renewed on the server"},
    {"not yet valid",
     with(in_order(),
          [](ServerTrial& t) {
              t.end = TrialEnd::untrusted;
              t.certificate->fault = CertificateFault::not_yet_valid;
          }),
     "mailbox it: certificate", "it is not valid yet", "which says 2026-12-01T00:00:00Z"},
    {"another fault",
     with(in_order(),
          [](ServerTrial& t) {
              t.end = TrialEnd::untrusted;
              t.certificate->fault = CertificateFault::other;
              t.certificate->words = "CA md too weak";
          }),
     "mailbox it: certificate", "not trusted: CA md too weak", "ask whoever runs the server"},
    {"wrong password",
     with(in_order(),
          [](ServerTrial& t) {
              t.end = TrialEnd::login_refused;
              t.words = "A002 NO [AUTHENTICATIONFAILED] Authentication failed.";
          }),
     "mailbox it: login", "the login as it@school.example fails: A002 NO",
     "write the password into the file it.password again"},
    {"no login offered",
     with(relay_in_order(), [](ServerTrial& t) { t.end = TrialEnd::no_login_offered; }),
     "smtp: login", "fails", "takes no password here"},
    {"too many at once",
     with(in_order(),
          [](ServerTrial& t) {
              t.end = TrialEnd::not_now;
              t.words = "A002 NO [LIMIT] Too many simultaneous connections";
          }),
     "mailbox it: login", "fails", "too many connections at once"},
    {"out of order",
     with(in_order(),
          [](ServerTrial& t) {
              t.end = TrialEnd::not_now;
              t.words = "A002 NO [UNAVAILABLE] try later";
          }),
     "mailbox it: login", "fails", "lets nobody in at the moment"},
    {"no right to the mailbox",
     with(in_order(),
          [](ServerTrial& t) {
              t.end = TrialEnd::login_refused;
              t.words = "BAD User is authenticated but not connected.";
          }),
     "mailbox it: login", "fails", "may not open this mailbox"},
    {"a slow login", with(in_order(), [](ServerTrial& t) { t.end = TrialEnd::timed_out; }),
     "mailbox it: login", "fails", "answers too slowly"},
    {"what the provider is known to mean",
     with(in_order(),
          [](ServerTrial& t) {
              t.end = TrialEnd::login_refused;
              t.advice = "switch SMTP AUTH on for the mailbox";
          }),
     "mailbox it: login", "fails", "switch SMTP AUTH on for the mailbox"},
};

TEST(ServerTrial, NamesEachMistakeAndWhatToDo) {
    for (const Mistake& one : mistakes) {
        const Finding found = judge_server(one.trial).back();
        EXPECT_EQ(found.check, one.check) << one.name;
        EXPECT_EQ(found.state, FindingState::fail) << one.name;
        EXPECT_NE(found.seen.find(one.seen), std::string::npos) << one.name << ": " << found.seen;
        EXPECT_NE(found.remedy.find(one.remedy), std::string::npos)
            << one.name << ": " << found.remedy;
    }
}

TEST(ServerTrial, WarnsOfACertificateThatEndsWithinAFortnight) {
    ServerTrial trial = in_order();
    trial.user.clear();
    trial.certificate->valid_until = now + certificate_notice;
    EXPECT_EQ(judge_server(trial).back().state, FindingState::ok);
    trial.certificate->valid_until = now + certificate_notice - 1s;
    EXPECT_EQ(last_line(trial),
              "mailbox it: certificate|warn|trusted, valid until 2026-12-14T23:59:59Z, 13 days "
              "more|it must be renewed on the server imap.school.example before; most do that by "
              "themselves a month ahead");
}

TEST(ServerTrial, KnowsAServerByItsFirstWords) {
    EXPECT_EQ(first_words_of("* OK [CAPABILITY IMAP4rev1] ready"), FirstWords::imap);
    EXPECT_EQ(first_words_of("* BYE too many"), FirstWords::imap);
    EXPECT_EQ(first_words_of("220 mx ESMTP"), FirstWords::smtp);
    EXPECT_EQ(first_words_of("220-mx"), FirstWords::smtp);
    EXPECT_EQ(first_words_of("220"), FirstWords::smtp);
    EXPECT_EQ(first_words_of("220 (vsFTPd 3.0.3)"), FirstWords::other);
    EXPECT_EQ(first_words_of("+OK ready"), FirstWords::pop3);
    EXPECT_EQ(first_words_of("SSH-2.0-OpenSSH_9.2"), FirstWords::other);
    EXPECT_EQ(first_words_of("HTTP/1.1 400 Bad Request"), FirstWords::other);
    EXPECT_EQ(first_words_of(""), FirstWords::silence);
}

}  // namespace
}  // namespace bellhop::rules
