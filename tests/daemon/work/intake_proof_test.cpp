// What somebody may do by mail who is proved, who only says who he is, and who is nobody.
#include <gmock/gmock.h>

#include "daemon/work/due_round.hpp"
#include "daemon/work/intake.hpp"
#include "rules/sla/ticket_history.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using rules::ProofLevel;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

constexpr const char* people_toml = R"(
[[school]]
name = "Hill Primary"
domains = ["hill.example"]

[[team]]
name = "IT support"

[[technician]]
name = "Tom Tech"
address = "tom@desk.example"
teams = ["IT support"]

[[contact]]
name = "Helen Head"
address = "head@hill.example"
school = "Hill Primary"
nominated = true
slt = true

[groups]
pupil = ["##*@hill.example"]
)";

constexpr const char* rules_text = R"(
team = "IT support"

[strangers]
at_most = "P3"

[[rule]]
name = "DNS"
when.text = "mx record"
unless.group = "nominated contact"
then.hold = "nominated contact"

[[rule]]
name = "down"
when.text = "server down"
then.priority = "P1"

[[rule]]
name = "payments that nobody proves"
when.text = "invoice"
when.sender_proof = ["unknown", "failed"]
then.tags = ["ring back"]

[[boost]]
name = "inspection"
school = "Hill Primary"
from = 2026-09-01
to = 2026-09-30
raise_by = 1
)";

const char* const by_our_server =
    "Received: from mail.hill.example (mail.hill.example [192.0.2.5]) by mx.desk.example\r\n";
const std::string proved =
    std::string{by_our_server} +
    "Authentication-Results: mx.desk.example; dmarc=pass header.from=hill.example\r\n";
const std::string failed =
    std::string{by_our_server} +
    "Authentication-Results: mx.desk.example; dmarc=fail header.from=hill.example\r\n";
const std::string unknown =
    std::string{by_our_server} + "Authentication-Results: mx.desk.example; none\r\n";

class SenderRights : public BusyDesk {
protected:
    SenderRights() {
        config_.write("people.toml", people_toml);
        write_rules(rules_text);
        std::string text = config_.read("bellhop.toml");
        const std::string name = "name = \"it\"\n";
        text.insert(text.find(name) + name.size(), "authserv_id = [\"mx.desk.example\"]\n");
        config_.write("bellhop.toml", text);
    }

    /// The same desk with a mailbox that can prove nobody.
    void prove_nobody() { desk_->settings.mailboxes.front().proof = {}; }

    Taken get(const std::string& header, const std::string& text = "Please help.") {
        IncomingMail mail;
        mail.key = {"it", 1, ++uid_};
        mail.mailbox = desk_->settings.mailboxes.front().name;
        mail.bytes = header + "Message-ID: <p" + std::to_string(uid_) + "@hill.example>\r\n\r\n" +
                     text + "\r\n";
        mail.size = mail.bytes.size();
        mail.arrived = clock_.time;
        return intake_->take({&mail, 1}, *desk_).front();
    }
    static std::string from_head(const std::string& subject = "Help") {
        return "From: Helen Head <head@hill.example>\r\nSubject: " + subject + "\r\n";
    }
    rules::Ticket opened(const std::string& header, const std::string& text = "Please help.") {
        return ticket(get(header, text).ticket.value());
    }
    storage::StoredMessage mail_of(rules::TicketId id) const {
        return store_->tickets.messages(id).front();
    }
    std::string tag(rules::TicketId id) const {
        return "Re: [" + desk_->settings.desk.ticket_tag + "#" +
               std::to_string(static_cast<std::int64_t>(id)) + "] x";
    }
    std::vector<storage::OutboxMail> told() {
        const std::string key = "the key";
        run_due({*store_, *desk_, key, clock_.time});
        std::vector<storage::OutboxMail> mails;
        for (const storage::OutboxMail& one : store_->outbox.list({})) {
            if (one.kind != rules::MailKind::acknowledgement) {
                mails.push_back(*store_->outbox.find(one.id));
            }
        }
        return mails;
    }
};

TEST_F(SenderRights, AreKeptWithTheMailAndTheTicket) {
    const rules::Ticket good = opened(proved + from_head());
    EXPECT_EQ(good.requester_proof, ProofLevel::proved);
    EXPECT_EQ(good.school, "Hill Primary");
    EXPECT_EQ(mail_of(good.id).author.reason, "DMARC passes for hill.example");
    const rules::Ticket doubtful = opened(unknown + from_head());
    EXPECT_EQ(doubtful.requester_proof, ProofLevel::unknown);
    EXPECT_EQ(mail_of(doubtful.id).author.standing, rules::Standing::claimed);
    EXPECT_EQ(doubtful.school, "Hill Primary");  // whose clock runs, and who may agree
    const rules::Ticket forged = opened(failed + from_head());
    EXPECT_EQ(forged.requester_proof, ProofLevel::failed);
    EXPECT_EQ(forged.school, "");
    EXPECT_TRUE(forged.participants.empty());
}

TEST_F(SenderRights, OpenAGateForWhoIsProvedOnly) {
    const std::string request = "Please change the MX record.";
    EXPECT_EQ(opened(proved + from_head(), request).status, "open");
    for (const std::string& trace : {unknown, failed, std::string{}}) {
        EXPECT_EQ(opened(trace + from_head(), request).status, "waiting_approval") << trace;
    }
}

// DMARC judges From alone: whoever takes an identity from elsewhere undoes it.
TEST_F(SenderRights, AreNobodysWhereFromIsNotPlain) {
    prove_nobody();
    EXPECT_EQ(opened(from_head(), "The MX record, please.").status, "open");
    for (const char* identity :
         {"Reply-To: head@hill.example", "From: Helen Head\r\nReply-To: head@hill.example",
          "Sender: head@hill.example", "From: <>\r\nReply-To: head@hill.example",
          "From: head@hill.example <x>", "From: =?utf-8?q?head=40hill.example?=",
          "From: =?utf-8?q?Helen_=3Chead=40hill.example=3E?=",
          "From: head@hill.example\r\nFrom: eve@evil.example",
          "From: head@hill.example, eve@evil.example"}) {
        const rules::Ticket ticket =
            opened(std::string{identity} + "\r\nSubject: x\r\n", "The MX record, please.");
        EXPECT_EQ(ticket.status, "waiting_approval") << identity;
        EXPECT_EQ(ticket.school, "") << identity;
        EXPECT_TRUE(ticket.participants.empty()) << identity;
        EXPECT_TRUE(store_->outbox.of_ticket(ticket.id).empty()) << identity;
    }
}

TEST_F(SenderRights, JoinATicketByItsNumberForWhoIsProvedOnly) {
    const rules::TicketId id = opened(proved + from_head()).id;
    EXPECT_EQ(get(proved + from_head(tag(id))).ticket, id);
    for (const std::string& trace : {unknown, failed}) {
        const rules::Ticket other = opened(trace + from_head(tag(id)));
        EXPECT_NE(other.id, id);
        const auto links = store_->tickets.links(other.id);
        ASSERT_EQ(links.size(), 1U);
        EXPECT_EQ(links.front().kind, "possibly_belongs_to");
    }
}

TEST_F(SenderRights, LetNobodyElseReadAlong) {
    const std::string cc = "Cc: ann@hill.example, 12pat@hill.example\r\n";
    EXPECT_THAT(opened(proved + cc + from_head()).participants,
                ElementsAre("head@hill.example", "ann@hill.example"));
    EXPECT_THAT(opened(unknown + cc + from_head()).participants, ElementsAre("head@hill.example"));
    EXPECT_THAT(opened(failed + cc + from_head()).participants, ElementsAre());
}

TEST_F(SenderRights, RaiseAPriorityForWhoIsProvedOnly) {
    EXPECT_EQ(opened(proved + from_head(), "Server down!").priority, "P1");
    for (const std::string& trace : {unknown, failed}) {
        EXPECT_EQ(opened(trace + from_head(), "Server down!").priority, "P3") << trace;
    }
}

TEST_F(SenderRights, AreSomethingThatRulesAskFor) {
    EXPECT_THAT(opened(proved + from_head(), "An invoice").tags, ElementsAre());
    EXPECT_THAT(opened(unknown + from_head(), "An invoice").tags, ElementsAre("ring back"));
    EXPECT_THAT(opened(failed + from_head(), "An invoice").tags, ElementsAre("ring back"));
}

TEST_F(SenderRights, AreNoTechniciansWithoutProof) {
    const rules::TicketId id = opened(proved + from_head()).id;
    const std::string tom =
        "From: Tom Tech <tom@desk.example>\r\nTo: it@school.example\r\nSubject: ";
    for (const std::string& trace : {unknown, failed}) {
        const Taken taken = get(trace + tom + tag(id) + "\r\n", "#close");
        EXPECT_NE(taken.ticket, id);
        EXPECT_EQ(ticket(id).status, "open");
    }
    // He hears of what was written in his name like anybody else.
    std::vector<std::string> recipients;
    for (const storage::OutboxMail& one : told()) {
        if (one.kind == rules::MailKind::notify && one.ticket != id) {
            recipients.push_back(one.recipient);
        }
    }
    EXPECT_THAT(recipients, Contains("tom@desk.example"));
}

TEST_F(SenderRights, AnswerWithNothingOfAStrangersWords) {
    const rules::Ticket good = opened(proved + from_head("Broken board"));
    EXPECT_THAT(store_->outbox.due(clock_.time + 1h, 1).front().bytes, HasSubstr("Broken board"));
    for (const std::string& trace : {unknown, failed}) {
        const rules::Ticket doubtful = opened(trace + from_head("Pay now"));
        const auto mails = store_->outbox.of_ticket(doubtful.id);
        if (mails.empty()) continue;  // she has had her three
        const std::string bytes = store_->outbox.find(mails.front().id)->bytes;
        EXPECT_EQ(bytes.find("Pay now"), std::string::npos);
        EXPECT_EQ(bytes.find("Helen"), std::string::npos);
    }
}

TEST_F(SenderRights, AreToldToTheDesk) {
    opened(failed + from_head());
    const auto mails = told();
    ASSERT_FALSE(mails.empty());
    EXPECT_THAT(mails.front().bytes, HasSubstr("FORGED? DMARC fails for hill.example"));
    EXPECT_THAT(mails.front().bytes, Not(HasSubstr("Helen Head has")));
}

TEST_F(SenderRights, AreHisWhenALaterMailProvesHim) {
    const rules::TicketId id = opened(unknown + from_head()).id;
    EXPECT_EQ(get(unknown + from_head(tag(id))).outcome, storage::Outcome::ticket);
    EXPECT_FALSE(ticket(id).is_requester_believed());
    EXPECT_EQ(get(proved + from_head(tag(id))).ticket, id);
    EXPECT_EQ(ticket(id).requester_proof, ProofLevel::proved);
}

TEST_F(SenderRights, AreTheDesksToGive) {
    const rules::Ticket doubtful = opened(unknown + from_head());
    EXPECT_FALSE(doubtful.is_requester_believed());
    const std::string key = "the key";
    const Filing filing{*store_, *desk_, key, clock_.time};
    rules::SetRequester order;
    order.requester = {"Helen Head", "head@hill.example"};
    order.school = "Hill Primary";
    EXPECT_TRUE(file_work(filing, doubtful, {order}).is_requester_believed());
}

TEST_F(SenderRights, AreNobodysWithoutPeople) {
    std::filesystem::remove(config_.path() / "people.toml");
    write_rules("");
    load();
    prove_nobody();
    const rules::Ticket ticket =
        opened("From: \"Your Bank Security\" <victim@bank.example>\r\nSubject: Account locked\r\n");
    const auto mails = store_->outbox.of_ticket(ticket.id);
    ASSERT_EQ(mails.size(), 1U);
    const std::string bytes = store_->outbox.find(mails.front().id)->bytes;
    EXPECT_EQ(bytes.find("Account locked"), std::string::npos);
    EXPECT_EQ(bytes.find("Your Bank"), std::string::npos);
}

}  // namespace
}  // namespace bellhop::daemon
