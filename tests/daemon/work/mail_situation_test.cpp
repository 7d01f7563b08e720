#include "daemon/work/mail_situation.hpp"

#include <algorithm>
#include <cctype>

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

class MailSituationTest : public BusyDesk {
protected:
    rules::MailReceived received(const std::string& bytes) const {
        rules::MailReceived mail;
        mail.message = parsers::parse_message(bytes);
        mail.mailbox = desk_->settings.mailboxes.front().name;
        mail.mailbox_address = desk_->settings.mailboxes.front().address;
        mail.at = clock_.time;
        return mail;
    }

    rules::Situation situation(const std::string& bytes) {
        rules::MailPolicy policy = mail_policy(*desk_, key_);
        policy.keys = store_->generations.keys(key_);
        return situation_of({*store_, *desk_, key_, clock_.time}, received(bytes), policy);
    }

    std::string tag(rules::TicketId id) const {
        return "[" + desk_->settings.desk.ticket_tag + "#" +
               std::to_string(static_cast<std::int64_t>(id)) + "]";
    }

    std::string key_ = "the key";
};

TEST_F(MailSituationTest, KnowsWhoAsksAndFromWhere) {
    const rules::Situation known = situation("From: Ann <ann@hill.example>\r\n\r\nx\r\n");
    ASSERT_TRUE(known.parties.has_value());
    EXPECT_EQ(known.parties->requester.address, "ann@hill.example");
    EXPECT_EQ(known.school, "Hill Primary");
    EXPECT_FALSE(known.ticket.has_value());
    EXPECT_EQ(situation("From: mallory@elsewhere.example\r\n\r\nx\r\n").school, "");
}

TEST_F(MailSituationTest, FindsTheTicketOfWhoeverTakesPartAndOfNobodyElse) {
    const rules::TicketId id = take("ann@hill.example", "projector");
    const std::string subject = "Subject: Re: " + tag(id) + " projector\r\n\r\nx\r\n";
    const rules::Situation hers = situation("From: ann@hill.example\r\n" + subject);
    ASSERT_TRUE(hers.ticket.has_value());
    EXPECT_EQ(hers.ticket->id, id);
    const rules::Situation strange = situation("From: mallory@elsewhere.example\r\n" + subject);
    EXPECT_FALSE(strange.ticket.has_value());
    EXPECT_EQ(strange.thread.possibly_belongs_to, id);
}

std::string in_capitals(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

std::string report_about(const std::string& message_id, const std::string& more_fields = {}) {
    return "From: mailer-daemon@relay.example\r\n" + more_fields +
           "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
           "--b\r\n\r\nfailed\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
           "Reporting-MTA: dns; relay.example\r\n\r\nFinal-Recipient: rfc822; "
           "ann@hill.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: "
           "message/rfc822\r\n\r\nMessage-ID: <" +
           message_id + ">\r\n\r\nx\r\n--b--\r\n";
}

TEST_F(MailSituationTest, KnowsWhichMailOfOursCameBack) {
    const rules::TicketId id = take("ann@hill.example", "projector");
    const storage::OutboxMail ours = store_->outbox.of_ticket(id).front();
    const rules::BouncedMail expected{
        ours.message_id, rules::MailKind::acknowledgement, id, {"ann@hill.example"}, "", {}};
    EXPECT_EQ(situation(report_about(ours.message_id)).bounced, expected);
    // Some relays give a mail a domain of their own, or another case.
    const std::string token = ours.message_id.substr(0, ours.message_id.find('@'));
    EXPECT_EQ(situation(report_about(token + "@relay.example")).bounced, expected);
    EXPECT_EQ(situation(report_about(in_capitals(token) + "@x")).bounced, expected);
    // Others give it another id, and answer it.
    const std::string fields = "References: <a@b> <" + ours.message_id + ">\r\n";
    EXPECT_EQ(situation(report_about("0102@ses.example", fields)).bounced, expected);
}

/// Whoever can write to the desk can write a report. It counts for a mail of ours only.
TEST_F(MailSituationTest, KnowsNoMailByAForgedReport) {
    const rules::TicketId id = take("ann@hill.example", "projector");
    const std::string ours = store_->outbox.of_ticket(id).front().message_id;
    std::string forged = ours;
    forged[forged.find('@') - 1] = forged[forged.find('@') - 1] == 'a' ? 'b' : 'a';
    const std::string by_tag = "Subject: Undelivered: " + tag(id) + " projector\r\n";
    for (const std::string& report :
         {report_about(forged), report_about(""), report_about("1.ack-1@desk.example"),
          report_about("x@y", by_tag), report_about("x@y", "In-Reply-To: <" + forged + ">\r\n")}) {
        EXPECT_EQ(situation(report).bounced, std::nullopt) << report;
    }
}

TEST_F(MailSituationTest, KnowsAMailThatIsAboutNoTicket) {
    storage::OutboxMail digest;
    digest.kind = rules::MailKind::digest;
    digest.message_id = "0.digest-1@desk.example";
    digest.recipient = "tess@desk.example";
    store_->outbox.enqueue(digest);
    const auto bounced = situation(report_about(digest.message_id)).bounced;
    EXPECT_EQ(bounced, (rules::BouncedMail{digest.message_id,
                                           rules::MailKind::digest,
                                           std::nullopt,
                                           {"tess@desk.example"},
                                           "",
                                           {}}));
}

/// A mail more is one answer less: each limit has its own count.
TEST_F(MailSituationTest, CountsWhatTheSenderHasHadOfLate) {
    const std::string mail = "From: ann@hill.example\r\n\r\nx\r\n";
    const std::size_t limits = mail_policy(*desk_, key_).answers.budget.person.size();
    ASSERT_GE(limits, 1U);
    EXPECT_EQ(situation(mail).answers.person, std::vector<std::size_t>(limits, 0));
    take("ann@hill.example", "projector");
    EXPECT_EQ(situation(mail).answers.person, std::vector<std::size_t>(limits, 1));
    clock_.time += std::chrono::hours{24 * 30};
    EXPECT_EQ(situation(mail).answers.person, std::vector<std::size_t>(limits, 0));
}

}  // namespace
}  // namespace bellhop::daemon
