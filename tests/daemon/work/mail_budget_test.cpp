// What a flood of forged mails brings about, through the whole intake, and what it leaves to the
// people of the desk.
#include "daemon/work/mail_budget.hpp"

#include <algorithm>
#include <map>

#include <gmock/gmock.h>

#include "daemon/work/due_round.hpp"
#include "rules/sla/ticket_history.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
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
slt = true
nominated = true
)";

/// 2,140 forged mails, as one run of a real attack had them.
std::vector<std::string> forged_senders() {
    std::vector<std::string> from;
    for (int i = 0; i < 1500; ++i) {
        const std::string n = std::to_string(i);
        from.push_back("Your Bank <victim" + n + "@company" + n + ".example>");
    }
    for (int i = 0; i < 300; ++i) {
        from.push_back("Helen Head <head+" + std::to_string(i) + "@hill.example>");
    }
    for (int i = 0; i < 300; ++i) {
        std::string local = "someperson";
        for (int bit = 0; bit < 9; ++bit) {
            if ((i >> bit & 1) != 0)
                local.insert(local.size() - 1 - static_cast<std::size_t>(bit), ".");
        }
        from.push_back(local + "@webmail.example");
    }
    for (int i = 0; i < 20; ++i) from.push_back("VICTIM@one.example");
    for (int i = 0; i < 20; ++i) {
        from.push_back("head@hill.example, x" + std::to_string(i) + "@evil.example");
    }
    return from;
}

class MailBudget : public BusyDesk {
protected:
    MailBudget() {
        config_.write("people.toml", people_toml);
        write_rules(R"(
[strangers]
at_most = "P3"

[[rule]]
name = "down"
when.text = ["server down"]
then.priority = "P1"

[[rule]]
name = "safeguarding"
when.text = ["self-harm"]
then.restricted = true
then.notify = ["Helen Head"]
)");
    }

    void provider(const std::string& line) {
        std::string text = config_.read("bellhop.toml");
        const std::string name = "name = \"it\"\n";
        text.insert(text.find(name) + name.size(), line + "\n");
        config_.write("bellhop.toml", text);
        load();
    }

    /// They come in a few seconds, and are taken in batches as a daemon takes them.
    void attack(const std::vector<std::string>& senders, const std::string& text = "Pay now.") {
        std::vector<IncomingMail> mails;
        for (const std::string& from : senders) {
            IncomingMail mail;
            mail.key = {"it", 1, ++uid_};
            mail.mailbox = desk_->settings.mailboxes.front().name;
            mail.bytes = "From: " + from + "\r\nSubject: Your payment is overdue, ring 0900\r\n" +
                         "Message-ID: <f" + std::to_string(uid_) + "@evil.example>\r\n\r\n" + text +
                         "\r\n";
            mail.size = mail.bytes.size();
            mail.arrived = clock_.time;
            mails.push_back(std::move(mail));
        }
        std::span<const IncomingMail> left{mails};
        while (!left.empty()) {
            const auto batch = left.first(std::min<std::size_t>(left.size(), 64));
            left = left.subspan(intake_->take(batch, *desk_).size());
            clock_.time += 1s;
        }
    }

    void people_are_told() {
        const std::string key = "the key";
        const Filing filing{*store_, *desk_, key, clock_.time};
        run_due(filing);
    }

    std::vector<storage::OutboxMail> mails() const {
        std::vector<storage::OutboxMail> all = store_->outbox.list({{}, 5000});
        for (storage::OutboxMail& one : all) one = *store_->outbox.find(one.id);
        return all;
    }
    std::size_t mails_of(rules::MailKind kind) const {
        const auto all = store_->outbox.list({{}, 5000});
        return static_cast<std::size_t>(std::count_if(
            all.begin(), all.end(), [kind](const auto& one) { return one.kind == kind; }));
    }
    std::vector<rules::Ticket> tickets() const { return store_->tickets.opened_since({}, 5000); }
    std::size_t stored_mails() const {
        std::size_t count = 0;
        for (const rules::Ticket& one : tickets()) count += store_->tickets.messages(one.id).size();
        return count;
    }
    rules::Ticket flood() const { return flood_ticket(*store_).value(); }
};

TEST_F(MailBudget, LetsAFewDozenMailsOutOverTwoThousandForgedOnes) {
    const std::vector<std::string> senders = forged_senders();
    ASSERT_EQ(senders.size(), 2140U);
    attack(senders);
    people_are_told();
    EXPECT_LE(mails_of(rules::MailKind::acknowledgement), 40U);
    EXPECT_LE(mails().size(), 60U);
    // Nothing is lost: each mail lies in a ticket, most of them in one.
    EXPECT_EQ(stored_mails(), senders.size());
    EXPECT_LE(tickets().size(), 60U);
    EXPECT_EQ(store_->tickets.messages(flood().id).size(), senders.size() - (tickets().size() - 1));
}

TEST_F(MailBudget, ReflectsNothingOfWhatStrangersWrite) {
    attack(forged_senders());
    for (const storage::OutboxMail& mail : mails()) {
        if (mail.kind != rules::MailKind::acknowledgement) continue;
        if (mail.recipient.find("hill.example") != std::string::npos) continue;
        EXPECT_EQ(mail.bytes.find("overdue"), std::string::npos) << mail.bytes;
        EXPECT_EQ(mail.bytes.find("Your Bank"), std::string::npos) << mail.bytes;
        EXPECT_EQ(mail.bytes.find("text/html"), std::string::npos);
        EXPECT_LE(mail.bytes.size(), 2560U);
    }
}

TEST_F(MailBudget, BelievesNoneOfThemWhereTheServersCouldProveThem) {
    provider("provider = \"microsoft365\"");
    attack(forged_senders());
    people_are_told();
    EXPECT_LE(mails_of(rules::MailKind::acknowledgement), 30U);
    for (const rules::Ticket& one : tickets()) {
        EXPECT_FALSE(one.is_requester_believed());
        EXPECT_NE(one.priority, "P1");
    }
}

TEST_F(MailBudget, SaysOfEachAnswerWhatHasKeptItBack) {
    attack(forged_senders());
    std::map<std::string, int> reasons;
    for (const rules::Ticket& one : tickets()) {
        if (one.tags == std::vector<std::string>{"mail flood"}) continue;
        bool is_explained = false;
        for (const rules::TicketEvent& entry : store_->tickets.events(one.id)) {
            const bool is_answer = topic_of(entry.type) == rules::EventTopic::answer;
            is_explained = is_explained || is_answer;
            if (entry.type.text() == "acknowledgement_withheld") ++reasons[entry.detail];
        }
        EXPECT_TRUE(is_explained);
    }
    for (const auto& [reason, count] : reasons) EXPECT_THAT(reason, HasSubstr("had")) << count;
    std::size_t collected = 0;
    for (const rules::TicketEvent& entry : store_->tickets.events(flood().id)) {
        if (entry.type != rules::Event::collected) continue;
        ++collected;
        EXPECT_THAT(entry.detail, HasSubstr("have opened"));
        EXPECT_FALSE(rules::value_of(entry, "budget").empty());
    }
    EXPECT_EQ(collected, store_->tickets.messages(flood().id).size());
}

TEST_F(MailBudget, IsOverWhenAPersonHasLookedThroughIt) {
    attack(forged_senders());
    const KeptBack kept = kept_back(*store_, clock_.time);
    EXPECT_GT(kept.collected, 2000U);
    EXPECT_TRUE(kept.goes_on);
    ASSERT_TRUE(kept.ticket.has_value());
    const std::string key = "the key";
    const Filing filing{*store_, *desk_, key, clock_.time};
    file_work(filing, *kept.ticket, {rules::SetStatus{rules::status::resolved, "looked through"}});
    EXPECT_FALSE(flood_ticket(*store_).has_value());
    clock_.time += std::chrono::hours{25};
    EXPECT_FALSE(kept_back(*store_, clock_.time).since.has_value());
}

TEST_F(MailBudget, AcknowledgesAWholeSchoolOnTheMorningOfAnAlarm) {
    std::vector<std::string> senders;
    for (int i = 0; i < 300; ++i) {
        senders.push_back("Teacher <t" + std::to_string(i) + "@hill.example>");
    }
    attack(senders, "The fire alarm does not stop.");
    EXPECT_EQ(mails_of(rules::MailKind::acknowledgement), 300U);
    EXPECT_EQ(tickets().size(), 300U);
    EXPECT_FALSE(kept_back(*store_, clock_.time).since.has_value());
}

TEST_F(MailBudget, AnswersThePeopleOfTheDeskWhileStrangersFloodIt) {
    std::vector<std::string> strangers = forged_senders();
    strangers.resize(1500);
    attack(strangers);
    const auto before = tickets().size();
    const Taken ann = receive("ann@hill.example", "Projector");
    EXPECT_EQ(ann.outcome, storage::Outcome::ticket);
    EXPECT_EQ(tickets().size(), before + 1);
    EXPECT_EQ(store_->outbox.of_ticket(*ann.ticket).size(), 1U);
}

TEST_F(MailBudget, OpensTicketsAgainWhenTheFloodIsOver) {
    std::vector<std::string> strangers = forged_senders();
    strangers.resize(200);
    attack(strangers);
    EXPECT_EQ(receive("pa@families.example", "Parents' evening").ticket, flood().id);
    clock_.time += 11min;
    EXPECT_NE(receive("pa@families.example", "Parents' evening").ticket, flood().id);
}

TEST_F(MailBudget, CountsOldMailByTheDayOnWhichItCame) {
    std::vector<IncomingMail> mails;
    for (int i = 0; i < 200; ++i) {
        IncomingMail mail;
        mail.key = {"it", 1, ++uid_};
        mail.mailbox = "it";
        mail.bytes =
            "From: p" + std::to_string(i) + "@families.example\r\nSubject: Old\r\n\r\nx\r\n";
        mail.arrived = clock_.time;
        mail.internal_date = clock_.time - std::chrono::hours{6} * (200 - i);
        mails.push_back(std::move(mail));
    }
    std::span<const IncomingMail> left{mails};
    while (!left.empty()) left = left.subspan(intake_->take(left, *desk_).size());
    EXPECT_EQ(tickets().size(), 200U);
    EXPECT_FALSE(flood_ticket(*store_).has_value());
}

// What stays of a flood that is about a child: the people for it hear of it all the same.
TEST_F(MailBudget, HidesNoDisclosure) {
    std::vector<std::string> strangers = forged_senders();
    strangers.resize(200);
    attack(strangers);
    EXPECT_FALSE(flood().restricted);
    const Taken taken =
        receive("pa@families.example", "My daughter", {}, "I found out about self-harm.");
    EXPECT_EQ(taken.ticket, flood().id);
    EXPECT_TRUE(flood().restricted);
    people_are_told();
    const auto all = mails();
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const storage::OutboxMail& one) {
        return one.recipient == "head@hill.example" && one.kind == rules::MailKind::notify;
    }));
}

TEST_F(MailBudget, OfOneSenderCollectsWhatIsTooMuch) {
    attack(std::vector<std::string>(25, "Tess <tess@hill.example>"));
    EXPECT_EQ(tickets().size(), 21U);
    EXPECT_EQ(store_->tickets.messages(flood().id).size(), 5U);
    EXPECT_EQ(receive("ann@hill.example", "Projector").outcome, storage::Outcome::ticket);
}

TEST_F(MailBudget, CanBeSwitchedOff) {
    desk_->settings.acknowledgement.domain_limits.clear();
    desk_->settings.acknowledgement.stranger_limits.clear();
    desk_->settings.limits.stranger_tickets.clear();
    std::vector<std::string> strangers = forged_senders();
    strangers.resize(100);
    attack(strangers);
    EXPECT_EQ(mails_of(rules::MailKind::acknowledgement), 100U);
    EXPECT_EQ(tickets().size(), 100U);
}

}  // namespace
}  // namespace bellhop::daemon
