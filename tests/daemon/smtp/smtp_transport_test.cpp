#include "daemon/smtp/smtp_transport.hpp"

#include <algorithm>
#include <memory>

#include <gtest/gtest.h>

#include "daemon/net/connection_error.hpp"
#include "parsers/encoding/base64.hpp"
#include "tests/daemon/fake_tokens.hpp"
#include "tests/daemon/loop_runner.hpp"
#include "tests/daemon/scripted_server.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using rules::SmtpStage;
using Verdicts = std::vector<Verdict>;

/// Greeting and EHLO; `extensions` are lines like "S: 250-PIPELINING\n".
std::string hello(const std::string& extensions) {
    return "S: 220 mx ready\n"
           "C: EHLO desk.example.org\n"
           "S: 250-mx\n" +
           extensions + "S: 250 HELP\n";
}

const std::string pipelining = "S: 250-PIPELINING\n";

/// What goes over the wire for one mail without anything special in it.
std::string envelope(const std::string& recipient) {
    return "C: MAIL FROM:<>\n"
           "C: RCPT TO:<" +
           recipient + ">\n" + "C: DATA\n";
}
const std::string envelope_taken =
    "S: 250 2.1.0 Ok\n"
    "S: 250 2.1.5 Ok\n"
    "S: 354 go ahead\n";
const std::string body =
    "C: Subject: hi\n"
    "C: \n"
    "C: text\n"
    "C: .\n";
const std::string taken = "S: 250 2.0.0 queued\n";
const std::string goodbye =
    "C: QUIT\n"
    "S: 221 bye\n";

OutgoingMail mail_to(const std::string& recipient) {
    return {"", recipient, "Subject: hi\r\n\r\ntext\r\n"};
}

class Scene {
public:
    explicit Scene(std::vector<std::string> transcripts, std::size_t cut = ScriptedServer::never)
        : server_(io_, std::move(transcripts), cut), loop_(io_.get_executor()) {
        settings.connection.host = "127.0.0.1";
        settings.connection.port = server_.port();
        settings.connection.security = Security::none;
        settings.connection.authentication = Authentication::none;
        settings.helo_name = "desk.example.org";
    }
    ~Scene() {
        transport_.reset();
        server_.stop();
        io_.poll();
    }
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;

    SmtpTransport& transport() {
        if (!transport_) transport_ = std::make_unique<SmtpTransport>(loop_, settings);
        return *transport_;
    }
    std::vector<Delivery> send(std::vector<OutgoingMail> mails) {
        std::vector<Delivery> deliveries;
        DeliveryReport report = [&](std::size_t index, const Delivery& delivery) {
            EXPECT_EQ(index, deliveries.size());
            deliveries.push_back(delivery);
            if (after_report) after_report();
            return proceed;
        };
        run(io_, transport().send(std::move(mails), std::move(report)));
        return deliveries;
    }
    Verdicts verdicts(std::vector<OutgoingMail> mails) {
        Verdicts verdicts;
        for (const Delivery& delivery : send(std::move(mails)))
            verdicts.push_back(delivery.verdict);
        return verdicts;
    }
    void close() { run(io_, transport().close()); }

    boost::asio::io_context& io() { return io_; }
    ScriptedServer& server() { return server_; }

    SmtpTransportSettings settings = {};
    std::function<void()> after_report = {};
    Proceed proceed = Proceed::yes;

private:
    boost::asio::io_context io_{1};
    ScriptedServer server_;
    CurlLoop loop_;
    std::unique_ptr<SmtpTransport> transport_ = {};
};

const std::vector<std::string> no_complaints = {};

// ---- Whole conversations

const std::string three_mails = hello(pipelining) + envelope("a@example.org") + envelope_taken +
                                body + envelope("b@example.org") + taken + envelope_taken + body +
                                envelope("c@example.org") + taken + envelope_taken + body + taken +
                                goodbye;

TEST(SmtpTransport, OverlapsMailsWhereTheServerAllows) {
    Scene scene{{three_mails}};
    EXPECT_EQ(
        scene.send({mail_to("a@example.org"), mail_to("b@example.org"), mail_to("c@example.org")}),
        std::vector<Delivery>(3, {Verdict::accepted, 250, "250 2.0.0 queued"}));
    scene.close();
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

// Before the final dot a mail is on nobody's hands but ours; between it and the reply nobody knows;
// after the reply it is the server's.
TEST(SmtpTransport, KnowsWhatALostConnectionMeansForAMail) {
    const std::string one_mail =
        hello(pipelining) + envelope("a@example.org") + envelope_taken + body + taken;
    const std::size_t lines = ScriptedServer::line_count(one_mail);
    for (std::size_t cut = 0; cut <= lines; ++cut) {
        Scene scene{{one_mail}, cut};
        const Verdicts verdicts = scene.verdicts({mail_to("a@example.org")});
        ASSERT_EQ(verdicts.size(), 1u);
        EXPECT_EQ(scene.server().complaints(), no_complaints);
        const std::size_t sent = lines - ScriptedServer::line_count(body + taken);
        // In between it may notice that the server has gone before it writes the final dot.
        const bool in_between = cut >= sent && cut + 1 < lines;
        const Verdict expected = cut == lines       ? Verdict::accepted
                                 : cut + 1 == lines ? Verdict::unknown
                                                    : Verdict::deferred;
        EXPECT_TRUE(verdicts[0] == expected || (in_between && verdicts[0] == Verdict::unknown))
            << "cut before line " << cut;
    }
}

TEST(SmtpTransport, GoesOnOverANewConnectionBehindALostOne) {
    const std::size_t lines = ScriptedServer::line_count(three_mails);
    const std::size_t first_done =
        ScriptedServer::line_count(hello(pipelining) + envelope("a@example.org") + envelope_taken +
                                   body + envelope("b@example.org") + taken);
    const std::string rest_of_two = hello(pipelining) + envelope("b@example.org") + envelope_taken +
                                    body + envelope("c@example.org") + taken + envelope_taken +
                                    body + taken;
    const std::string rest_of_one =
        hello(pipelining) + envelope("c@example.org") + envelope_taken + body + taken;
    for (std::size_t cut = first_done; cut < lines; ++cut) {
        // What is told where the new connection begins with the second mail, the third, or is not
        // needed any more. Before the final dot of a mail that may be noticed in time, or not.
        const std::vector<std::pair<std::string, Verdicts>> ways{
            {rest_of_two, {Verdict::accepted, Verdict::accepted, Verdict::accepted}},
            {rest_of_one, {Verdict::accepted, Verdict::unknown, Verdict::accepted}},
            {rest_of_one, {Verdict::accepted, Verdict::accepted, Verdict::accepted}},
            {"", {Verdict::accepted, Verdict::accepted, Verdict::unknown}}};
        const bool is_one_of_them = std::any_of(ways.begin(), ways.end(), [&](const auto& way) {
            std::vector<std::string> transcripts{three_mails};
            if (!way.first.empty()) transcripts.push_back(way.first);
            Scene scene{transcripts, cut};
            const Verdicts verdicts = scene.verdicts(
                {mail_to("a@example.org"), mail_to("b@example.org"), mail_to("c@example.org")});
            return verdicts == way.second && scene.server().complaints().empty();
        });
        EXPECT_TRUE(is_one_of_them) << "cut before line " << cut;
    }
}

/// Cut, silent and garbled at each step in turn. The first attempt says what is known; the second
/// one, as the outbox makes it, succeeds. A server has the mail once, and twice at most where the
/// first attempt did not know.
TEST(SmtpTransport, NeitherLosesNorForgetsAMailWhicheverStepFails) {
    using Fault = ScriptedServer::Fault;
    const std::string stepwise = hello("") +
                                 "C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<a@example.org>\n"
                                 "S: 250 ok\nC: DATA\nS: 354 go\n" +
                                 body + taken;
    const std::string overlapped =
        hello(pipelining) + envelope("a@example.org") + envelope_taken + body + taken;
    for (const std::string& conversation : {stepwise, overlapped}) {
        const std::size_t lines = ScriptedServer::line_count(conversation);
        const std::size_t opening = ScriptedServer::line_count(hello(""));
        const std::size_t body_begins = lines - ScriptedServer::line_count(body + taken);
        for (const Fault fault : {Fault::closed, Fault::silence, Fault::garbled}) {
            for (std::size_t step = 0; step < lines; ++step) {
                const std::string where = "fault " + std::to_string(static_cast<int>(fault)) +
                                          " at step " + std::to_string(step) + " of\n" +
                                          conversation;
                Scene scene{{conversation, conversation, conversation}, step};
                scene.server().set_fault(fault);
                Timeouts& timeouts = scene.settings.connection.timeouts;
                timeouts.connect = timeouts.login = timeouts.greeting = timeouts.envelope =
                    timeouts.data = timeouts.block = timeouts.final_dot = timeouts.farewell = 100ms;
                const Verdicts first = scene.verdicts({mail_to("a@example.org")});
                ASSERT_EQ(first.size(), 1U) << where;
                EXPECT_NE(first[0], Verdict::rejected) << where;
                // Curl passes over nonsense between the lines that offer extensions.
                const bool is_harmless = fault == Fault::garbled && step < opening;
                if (is_harmless && first[0] == Verdict::accepted) continue;
                EXPECT_NE(first[0], Verdict::accepted) << where;
                if (step < body_begins) {
                    EXPECT_EQ(first[0], Verdict::deferred) << where;
                } else if (step == lines - 1) {
                    EXPECT_EQ(first[0], Verdict::unknown) << where;
                }
                EXPECT_EQ(scene.verdicts({mail_to("a@example.org")}), Verdicts{Verdict::accepted})
                    << where;
            }
        }
    }
}

TEST(SmtpTransport, GoesStepByStepWithoutPipelining) {
    Scene scene{{hello("") +
                 "C: MAIL FROM:<>\n"
                 "S: 250 ok\n"
                 "C: RCPT TO:<a@example.org>\n"
                 "S: 451 4.7.1 Greylisted\n"
                 "C: RSET\n"
                 "S: 250 ok\n"
                 "C: MAIL FROM:<desk@example.org>\n"
                 "S: 250 ok\n"
                 "C: RCPT TO:<b@example.org>\n"
                 "S: 250 ok\n"
                 "C: DATA\n"
                 "S: 354 go\n" +
                 body + "S: 554 5.7.1 spam\n" + goodbye}};
    OutgoingMail second = mail_to("b@example.org");
    second.envelope_sender = "desk@example.org";
    EXPECT_EQ(scene.send({mail_to("a@example.org"), second}),
              (std::vector<Delivery>{
                  {Verdict::deferred, 451, "451 4.7.1 Greylisted", SmtpStage::recipient},
                  {Verdict::rejected, 554, "554 5.7.1 spam"}}));
    scene.close();
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(SmtpTransport, KeepsRefusalsOfOneMailFromTheNext) {
    Scene scene{{hello(pipelining) + envelope("a@example.org") +
                 "S: 250 ok\n"
                 "S: 550-5.1.1 No such\n"
                 "S: 550 5.1.1 user\n"
                 "S: 554 no valid recipients\n"
                 "C: RSET\n" +
                 envelope("b@example.org") +
                 "S: 250 flushed\n"
                 "S: 250 ok\n"
                 "S: 550 no\n"
                 "S: 354 go ahead anyway\n"
                 "C: .\n"
                 "S: 554 no recipients\n"
                 "C: RSET\n" +
                 envelope("c@example.org") + "S: 250 flushed\n" + envelope_taken + body + taken +
                 goodbye}};
    EXPECT_EQ(
        scene.send({mail_to("a@example.org"), mail_to("b@example.org"), mail_to("c@example.org")}),
        (std::vector<Delivery>{
            {Verdict::rejected, 550, "550 5.1.1 No such 5.1.1 user", SmtpStage::recipient},
            {Verdict::rejected, 550, "550 no", SmtpStage::recipient},
            {Verdict::accepted, 250, "250 2.0.0 queued"}}));
    scene.close();
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(SmtpTransport, SendsBytesThatEveryServerReadsAlike) {
    Scene scene{{hello("S: 250-SIZE 1000\nS: 250-8BITMIME\n") +
                 "C: MAIL FROM:<> SIZE=35 BODY=8BITMIME\n"
                 "S: 250 ok\n"
                 "C: RCPT TO:<a@example.org>\n"
                 "S: 250 ok\n"
                 "C: DATA\n"
                 "S: 354 go\n"
                 "C: Subject: x\n"
                 "C: \n"
                 "C: ..\n"
                 "C: MAIL FROM:<x>\n"
                 "C: ..\n"
                 "C: \xc3\xbc!!\n"
                 "C: .\n" +
                 taken}};
    OutgoingMail mail{"", "a@example.org", "Subject: x\n\n.\rMAIL FROM:<x>\r\n.\n\xc3\xbc!!"};
    EXPECT_EQ(scene.verdicts({mail}), Verdicts{Verdict::accepted});
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

// ---- What must not reach the wire

TEST(SmtpTransport, SendsToNothingThatIsNoAddress) {
    Scene scene{{hello(pipelining + "S: 250-SIZE 100\n") + goodbye}};
    std::vector<OutgoingMail> mails = {
        mail_to(""),
        mail_to("a@example.org>\r\nRCPT TO:<evil@example.org"),
        mail_to("a@example.org\n"),
        mail_to("a b@example.org"),
        mail_to("\xc3\xbc@example.org"),
        mail_to("a@example.org"),
        mail_to("a@example.org"),
        mail_to("a@example.org"),
    };
    mails[5].envelope_sender = "x@y>\r\nDATA";
    mails[6].bytes = std::string(101, 'x');
    mails[7].bytes = "\xc3\xbc";
    const std::vector<Delivery> deliveries = scene.send(mails);
    for (const Delivery& delivery : deliveries) {
        EXPECT_EQ(delivery.verdict, Verdict::rejected) << delivery.reply;
        EXPECT_EQ(delivery.reply.find('\n'), std::string::npos);
    }
    EXPECT_EQ(deliveries.size(), mails.size());
    EXPECT_EQ(deliveries[6].reply, "the mail has 101 bytes, the server takes 100");
    scene.close();
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(SmtpTransport, RefusesLinesThatAreTooLong) {
    Scene scene{{hello("")}};
    OutgoingMail mail = mail_to("a@example.org");
    mail.bytes = "x: y\r\n\r\n" + std::string(999, 'x') + "\r\n";
    EXPECT_EQ(scene.send({mail}).at(0).reply, "the mail has a line of 999 bytes, allowed are 998");
}

TEST(SmtpTransport, SendsWhatIsExactlyAtALimit) {
    const auto conversation = [](const std::string& size, const std::string& lines) {
        return hello(size) + "C: MAIL FROM:<>" + (size.empty() ? "" : " SIZE=21") +
               "\n"
               "S: 250 ok\n"
               "C: RCPT TO:<a@example.org>\n"
               "S: 250 ok\n"
               "C: DATA\n"
               "S: 354 go\n" +
               lines + taken;
    };
    OutgoingMail mail = mail_to("a@example.org");
    Scene of_size{{conversation("S: 250-SIZE 21\n", body)}};
    EXPECT_EQ(of_size.verdicts({mail}), Verdicts{Verdict::accepted});
    Scene too_large{{hello("S: 250-SIZE 20\n")}};
    EXPECT_EQ(too_large.send({mail}).at(0).reply, "the mail has 21 bytes, the server takes 20");

    const std::string longest(998, 'x');
    mail.bytes = "x: y\r\n\r\n" + longest + "\r\n";
    Scene of_length{{conversation("", "C: x: y\nC: \nC: " + longest + "\nC: .\n")}};
    EXPECT_EQ(of_length.verdicts({mail}), Verdicts{Verdict::accepted});
    EXPECT_EQ(of_length.server().complaints(), no_complaints);
}

TEST(SmtpTransport, WritesAddressesBeyondAsciiWhereTheServerTakesThem) {
    Scene scene{{hello("S: 250-SMTPUTF8\n") +
                 "C: MAIL FROM:<> SMTPUTF8\n"
                 "S: 250 ok\n"
                 "C: RCPT TO:<\xc3\xbc@example.org>\n"
                 "S: 250 ok\n"
                 "C: DATA\n"
                 "S: 354 go\n" +
                 body + taken}};
    EXPECT_EQ(scene.verdicts({mail_to("\xc3\xbc@example.org")}), Verdicts{Verdict::accepted});
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(SmtpTransport, WritesDomainsInAsciiAlways) {
    Scene scene{
        {hello(pipelining) + envelope("a@xn--bcher-kva.example") + envelope_taken + body + taken}};
    EXPECT_EQ(scene.verdicts({mail_to("a@b\xc3\xbc"
                                      "cher.example")}),
              Verdicts{Verdict::accepted});
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

// ---- The connection

TEST(SmtpTransport, KeepsTheConnectionForTheNextMails) {
    const std::string mail = envelope("a@example.org") + envelope_taken + body + taken;
    Scene scene{{hello(pipelining) + mail + mail + goodbye}};
    EXPECT_EQ(scene.verdicts({mail_to("a@example.org")}), Verdicts{Verdict::accepted});
    EXPECT_EQ(scene.verdicts({mail_to("a@example.org")}), Verdicts{Verdict::accepted});
    scene.close();
    EXPECT_EQ(scene.server().connections(), 1u);
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(SmtpTransport, ConnectsAgainWhenTheServerHasHungUp) {
    const std::string mail = envelope("a@example.org") + envelope_taken + body + taken;
    for (const std::string ending : {"--\n", "S: 421 idle for too long\n--\n"}) {
        Scene scene{{hello(pipelining) + mail + ending, hello(pipelining) + mail}};
        EXPECT_EQ(scene.verdicts({mail_to("a@example.org")}), Verdicts{Verdict::accepted});
        EXPECT_EQ(scene.verdicts({mail_to("a@example.org")}), Verdicts{Verdict::accepted});
        EXPECT_EQ(scene.server().connections(), 2u);
        EXPECT_EQ(scene.server().complaints(), no_complaints);
    }
}

TEST(SmtpTransport, ObeysAServerThatSendsItAway) {
    // After the first mail: not the second one's fault. At the first of a connection: come back
    // later.
    const std::string mail = envelope("a@example.org") + envelope_taken + body + taken;
    Scene scene{{hello("") +
                     "C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<a@example.org>\nS: 250 ok\nC: "
                     "DATA\nS: 354 go\n" +
                     body + taken + "C: MAIL FROM:<>\nS: 421 enough\n--\n",
                 hello("") + "C: MAIL FROM:<>\nS: 421 4.3.2 shutting down\n--\n",
                 hello("") + "C: MAIL FROM:<>\nS: 421 4.3.2 shutting down\n--\n"}};
    const std::vector<Delivery> deliveries =
        scene.send({mail_to("a@example.org"), mail_to("b@example.org"), mail_to("c@example.org"),
                    mail_to("d@example.org")});
    ASSERT_EQ(deliveries.size(), 4u);
    EXPECT_EQ(deliveries[0].verdict, Verdict::accepted);
    for (std::size_t i = 1; i < 4; ++i) {
        EXPECT_EQ(deliveries[i].verdict, Verdict::deferred);
        EXPECT_NE(deliveries[i].reply.find("421 4.3.2 shutting down"), std::string::npos);
    }
    EXPECT_EQ(scene.server().connections(), 3u);
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(SmtpTransport, SendsSoManyMailsAndConnectsAgain) {
    Scene scene{{hello(pipelining) + envelope("a@example.org") + envelope_taken + body +
                     envelope("b@example.org") + taken + envelope_taken + body + taken + goodbye,
                 hello(pipelining) + envelope("c@example.org") + envelope_taken + body + taken}};
    scene.settings.mails_per_connection = 2;
    EXPECT_EQ(scene.verdicts(
                  {mail_to("a@example.org"), mail_to("b@example.org"), mail_to("c@example.org")}),
              Verdicts(3, Verdict::accepted));
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(SmtpTransport, HangsUpWhenThereIsNothingToSend) {
    const std::string transcript =
        hello(pipelining) + envelope("a@example.org") + envelope_taken + body + taken + "C: QUIT\n";
    Scene scene{{transcript}};
    scene.settings.idle_timeout = 5ms;
    EXPECT_EQ(scene.verdicts({mail_to("a@example.org")}), Verdicts{Verdict::accepted});
    const std::size_t lines = ScriptedServer::line_count(transcript);
    while (scene.server().played() < lines && scene.io().run_one_for(5s) > 0) continue;
    EXPECT_EQ(scene.server().played(), lines);
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(SmtpTransport, StopsAfterTheMailInHand) {
    Scene scene{{hello(pipelining) + envelope("a@example.org") + envelope_taken + body +
                 envelope("b@example.org") + taken + envelope_taken}};
    scene.after_report = [&] { scene.transport().stop(); };
    EXPECT_EQ(scene.verdicts(
                  {mail_to("a@example.org"), mail_to("b@example.org"), mail_to("c@example.org")}),
              Verdicts{Verdict::accepted});
    EXPECT_EQ(scene.verdicts({mail_to("a@example.org")}), Verdicts{});
}

TEST(SmtpTransport, WaitsForTheLastReplyOnlySoLong) {
    Scene scene{{hello(pipelining) + envelope("a@example.org") + envelope_taken + body}};
    scene.settings.connection.timeouts.final_dot = 20ms;
    EXPECT_EQ(scene.verdicts({mail_to("a@example.org")}), Verdicts{Verdict::unknown});
}

TEST(SmtpTransport, WaitsForEarlierRepliesOnlySoLong) {
    Scene scene{{hello(pipelining) + envelope("a@example.org")}};
    scene.settings.connection.timeouts.envelope = 20ms;
    EXPECT_EQ(scene.verdicts({mail_to("a@example.org")}), Verdicts{Verdict::deferred});
}

TEST(SmtpTransport, HearsWhyTheServerHangsUpInTheMiddle) {
    Scene scene{{hello(pipelining) + envelope("a@example.org") + envelope_taken +
                 "C: Subject: hi\n"
                 "S: 552 5.3.4 too large\n"
                 "-- \n"}};
    OutgoingMail mail = mail_to("a@example.org");
    for (int i = 0; i < 400'000; ++i) mail.bytes += "0123456789012345678901234567890123456789\r\n";
    const std::vector<Delivery> deliveries = scene.send({mail});
    ASSERT_EQ(deliveries.size(), 1u);
    // The network may lose the reply with the connection; the mail was not taken in any case.
    EXPECT_TRUE(deliveries[0].verdict == Verdict::rejected ||
                deliveries[0].verdict == Verdict::deferred);
}

// ---- Who is to blame

TEST(SmtpTransport, TellsFaultsOfTheConfigurationFromThoseOfTheMoment) {
    const auto delivery_after = [](const std::string& transcript) {
        Scene scene{{transcript, transcript}};
        scene.settings.connection.authentication = Authentication::password;
        scene.settings.connection.user = "desk";
        scene.settings.connection.password = "secret";
        const std::vector<Delivery> deliveries =
            scene.send({mail_to("a@example.org"), mail_to("b@example.org")});
        EXPECT_EQ(deliveries.size(), 2u);
        EXPECT_EQ(deliveries[0], deliveries[1]);
        EXPECT_EQ(scene.server().complaints(), no_complaints);
        return deliveries[0];
    };
    const std::string login =
        hello("S: 250-AUTH PLAIN LOGIN\n") + "C: AUTH PLAIN AGRlc2sAc2VjcmV0\n";
    EXPECT_EQ(
        delivery_after("S: 554 5.7.1 you are on a list\n"),
        (Delivery{Verdict::rejected, 554, "554 5.7.1 you are on a list", SmtpStage::greeting}));
    EXPECT_EQ(delivery_after("S: 421 4.3.2 not now\n"),
              (Delivery{Verdict::deferred, 421, "421 4.3.2 not now", SmtpStage::greeting}));
    EXPECT_EQ(delivery_after(login + "S: 535 5.7.8 wrong\n"),
              (Delivery{Verdict::rejected, 535, "535 5.7.8 wrong", SmtpStage::login}));
    EXPECT_EQ(delivery_after(login + "S: 454 4.7.0 later\n"),
              (Delivery{Verdict::deferred, 454, "454 4.7.0 later", SmtpStage::hello}));
    EXPECT_EQ(delivery_after("--\n").verdict, Verdict::deferred);
}

TEST(SmtpTransport, SaysAtWhichStageItWasRefused) {
    Scene scene{{hello(pipelining) + envelope("a@example.org") +
                 "S: 530 5.7.0 log in first\n"
                 "S: 503 no\n"
                 "S: 503 no\n"}};
    EXPECT_EQ(scene.send({mail_to("a@example.org")}),
              (std::vector<Delivery>{
                  {Verdict::rejected, 530, "530 5.7.0 log in first", SmtpStage::sender}}));
}

TEST(SmtpTransport, SendsNoPasswordInClearText) {
    Scene scene{{hello("S: 250-AUTH PLAIN LOGIN\n")}};
    scene.settings.connection.security = Security::starttls;
    scene.settings.connection.authentication = Authentication::password;
    scene.settings.connection.user = "desk";
    scene.settings.connection.password = "secret";
    EXPECT_EQ(scene.send({mail_to("a@example.org")}).at(0).stage, SmtpStage::connection);
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

TEST(SmtpTransport, SendsNothingWithoutTheLoginThatIsConfigured) {
    Scene scene{{hello(pipelining)}};
    scene.settings.connection.authentication = Authentication::password;
    scene.settings.connection.user = "desk";
    scene.settings.connection.password = "secret";
    EXPECT_EQ(
        scene.send({mail_to("a@example.org"), mail_to("b@example.org")}),
        std::vector<Delivery>(
            2, {Verdict::deferred, 0, "the server offers no login (AUTH), and a user is configured",
                SmtpStage::login}));
    EXPECT_EQ(scene.server().complaints(), no_complaints);
}

// ---- Replies out of step

const std::string stepwise_to_data =
    "C: MAIL FROM:<>\n"
    "S: 250 ok\n"
    "C: RCPT TO:<a@example.org>\n"
    "S: 250 ok\n"
    "C: DATA\n";

/// Where the server says one thing too many, no mail may count as sent that it has not got whole,
/// and none be lost: it is tried again over a new connection.
TEST(SmtpTransport, NeverTakesAReplyForTheAnswerToSomethingElse) {
    const std::vector<std::string> transcripts{
        // A 2xx to DATA.
        hello("") + stepwise_to_data + "S: 250 ok\n",
        hello(pipelining) + envelope("a@example.org") + "S: 250 ok\nS: 250 ok\nS: 250 ok\n",
        hello(pipelining) + envelope("a@example.org") + "S: 250 ok\nS: 550 no\nS: 250 ok\n",
        hello("") + stepwise_to_data + "S: 334 who are you\n",
        // A reply too many, in one packet with the one before it.
        hello("") + "C: MAIL FROM:<>\nS* 2 250 ok\n",
        hello("") + "C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<a@example.org>\nS* 2 250 ok\n",
        hello("") + stepwise_to_data + "S* 2 354 go\n",
        hello(pipelining) + envelope("a@example.org") + "S* 3 250 ok\nS: 354 go\n",
        hello(pipelining) + envelope("a@example.org") + "S* 2 250 ok\nS* 2 354 go\n",
        // A 2xx before the final dot.
        hello("") + stepwise_to_data + "S: 354 go\nC: Subject: hi\nS: 250 ok\n",
    };
    for (const std::string& transcript : transcripts) {
        Scene scene{{transcript, transcript}};
        const std::vector<Delivery> deliveries = scene.send({mail_to("a@example.org")});
        ASSERT_EQ(deliveries.size(), 1U);
        EXPECT_EQ(deliveries[0].verdict, Verdict::deferred) << transcript;
        EXPECT_EQ(deliveries[0].code, 0) << "no reply of it is believed: " << transcript;
    }
}

TEST(SmtpTransport, DoesNotKnowWhichOfTwoRepliesWasOfTheMail) {
    Scene scene{{hello(pipelining) + envelope("a@example.org") + envelope_taken + body +
                 "S* 2 250 2.0.0 queued\n"}};
    EXPECT_EQ(scene.verdicts({mail_to("a@example.org")}), Verdicts{Verdict::unknown});
}

TEST(SmtpTransport, FindsAReplyTooManyBeforeTheNextMail) {
    const std::string mail = envelope("a@example.org") + envelope_taken + body + taken;
    Scene scene{{hello(pipelining) + mail + "S: 250 and another\n", hello(pipelining) + mail}};
    scene.verdicts({mail_to("a@example.org")});
    EXPECT_EQ(scene.verdicts({mail_to("a@example.org")}), Verdicts{Verdict::accepted});
    EXPECT_EQ(scene.server().connections(), 2U);
}

TEST(SmtpTransport, BelievesARefusalBeforeTheEndOfAMail) {
    Scene scene{{hello(pipelining) + envelope("a@example.org") + envelope_taken +
                 "C: Subject: hi\nS: 552 5.3.4 too large\n"}};
    OutgoingMail mail = mail_to("a@example.org");
    for (int i = 0; i < 200'000; ++i) mail.bytes += "0123456789012345678901234567890123456789\r\n";
    const std::vector<Delivery> deliveries = scene.send({mail});
    EXPECT_EQ(deliveries, (std::vector<Delivery>{{Verdict::rejected, 552, "552 5.3.4 too large"}}));
}

// ---- The sender has heard enough

TEST(SmtpTransport, TriesNoMoreMailsThanItIsToldTo) {
    for (const std::string& extensions : {std::string{}, pipelining}) {
        const std::string refused = "C: MAIL FROM:<>\nS: 550 5.7.60 SendAsDenied\n";
        const std::string all_refused =
            envelope("a@example.org") + "S: 550 5.7.60 SendAsDenied\nS: 503 no\nS: 503 no\n";
        Scene scene{{hello(extensions) + (extensions.empty() ? refused : all_refused) + goodbye}};
        scene.proceed = Proceed::no;
        EXPECT_EQ(scene.send({mail_to("a@example.org"), mail_to("b@example.org")}),
                  (std::vector<Delivery>{
                      {Verdict::rejected, 550, "550 5.7.60 SendAsDenied", SmtpStage::sender}}));
        scene.close();
        EXPECT_EQ(scene.server().complaints(), no_complaints);
    }
}

TEST(SmtpTransport, ReportsOneMailOnlyWhereNobodyListensAndThatIsEnough) {
    Scene scene{{}};
    scene.server().stop();
    scene.proceed = Proceed::no;
    EXPECT_EQ(scene.verdicts({mail_to("a@example.org"), mail_to("b@example.org")}),
              Verdicts{Verdict::deferred});
}

TEST(SmtpTransport, DefersWhenNobodyListens) {
    Scene scene{{}};
    scene.server().stop();
    EXPECT_EQ(scene.verdicts({mail_to("a@example.org"), mail_to("b@example.org")}),
              Verdicts(2, Verdict::deferred));
}

// ---- Logins with access tokens

/// Greeting, EHLO and a login with "tokenN".
std::string hello_with_token(int number) {
    const std::string response =
        "user=it@school.example\x01"
        "auth=Bearer token" +
        std::to_string(number) + "\x01\x01";
    return hello(pipelining + "S: 250-AUTH XOAUTH2\n") + "C: AUTH XOAUTH2 " +
           parsers::encode_base64(response) + "\nS: 235 2.7.0 welcome\n";
}

void use(FakeTokens& tokens, SmtpTransportSettings& settings) {
    settings.connection.authentication = Authentication::token;
    settings.connection.user = "it@school.example";
    settings.connection.tokens = &tokens;
}

/// The envelope that travels with the end of a mail is finished first.
TEST(SmtpTransport, ConnectsAnewBetweenTwoMailsBeforeItsLoginEnds) {
    FakeTokens tokens;
    Scene scene{{hello_with_token(1) + envelope("a@x.example") + envelope_taken + body +
                     envelope("b@x.example") + taken + envelope_taken + body + taken + goodbye,
                 hello_with_token(2) + envelope("c@x.example") + envelope_taken + body + taken}};
    use(tokens, scene.settings);
    int told = 0;
    scene.after_report = [&] {
        if (++told == 1) tokens.number = tokens.newest = 2;
    };
    EXPECT_EQ(
        scene.verdicts({mail_to("a@x.example"), mail_to("b@x.example"), mail_to("c@x.example")}),
        (Verdicts{Verdict::accepted, Verdict::accepted, Verdict::accepted}));
    EXPECT_EQ(scene.server().complaints(), std::vector<std::string>{});
}

TEST(SmtpTransport, UsesNoIdleConnectionWhoseLoginEnds) {
    FakeTokens tokens;
    Scene scene{
        {hello_with_token(1) + envelope("a@x.example") + envelope_taken + body + taken + goodbye,
         hello_with_token(2) + envelope("b@x.example") + envelope_taken + body + taken}};
    use(tokens, scene.settings);
    EXPECT_EQ(scene.verdicts({mail_to("a@x.example")}), Verdicts{Verdict::accepted});
    tokens.number = tokens.newest = 2;
    EXPECT_EQ(scene.verdicts({mail_to("b@x.example")}), Verdicts{Verdict::accepted});
    EXPECT_EQ(scene.server().complaints(), std::vector<std::string>{});
}

TEST(SmtpTransport, HoldsAllMailWhereThereIsNoToken) {
    FakeTokens tokens;
    tokens.failure = ConnectionError(ConnectionErrc::no_token, "x: invalid_client");
    Scene scene{{}};
    use(tokens, scene.settings);
    const std::vector<Delivery> told = scene.send({mail_to("a@x.example")});
    EXPECT_EQ(told,
              (std::vector<Delivery>{{Verdict::deferred, 0, "no access token: x: invalid_client",
                                      SmtpStage::connection}}));
}

TEST(SmtpTransport, TellsTheServersWordsWhereItRefusesTheToken) {
    FakeTokens tokens;
    tokens.gives_another = false;
    const std::string refused = hello_with_token(1);
    const std::string until = refused.substr(0, refused.find("S: 235"));
    Scene scene{{until + "S: 535 5.7.139 SmtpClientAuthentication is disabled for the Mailbox.\n"}};
    use(tokens, scene.settings);
    const std::vector<Delivery> told = scene.send({mail_to("a@x.example")});
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].reply, "535 5.7.139 SmtpClientAuthentication is disabled for the Mailbox.");
    EXPECT_EQ(told[0].stage, SmtpStage::login);
}

}  // namespace
}  // namespace bellhop::daemon
