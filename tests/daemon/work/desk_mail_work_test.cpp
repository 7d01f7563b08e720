#include "daemon/work/desk_mail_work.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "daemon/work/due_round.hpp"
#include "parsers/message/parse_message.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

using rules::MailKind;

/// A desk whose technicians are told of each new ticket.
class DeskMailWork : public BusyDesk {
protected:
    DeskMailWork() {
        config_.write("people.toml", R"(
[[school]]
name = "Hill Primary"
domains = ["hill.example"]

[[team]]
name = "technical"

[[team]]
name = "network"
address = "network@desk.example"

[[technician]]
name = "Tom Brown"
address = "tom@desk.example"
teams = ["technical", "network"]

[[technician]]
name = "Raj Patel"
address = "raj@desk.example"
teams = ["network"]
)");
        config_.write("rules.toml", R"(
[default]
priority = "P3"
team = "technical"
notify = ["team", "network"]
)");
    }

    void SetUp() override {
        BusyDesk::SetUp();
        take("ann@hill.example", "Printer");
        const std::string key = "the key";
        run_due({*store_, *desk_, key, clock_.time});  // the desk is told
    }

    std::vector<storage::OutboxMail> mails(MailKind kind) const {
        std::vector<storage::OutboxMail> found;
        for (storage::OutboxMail& one : store_->outbox.of_ticket(rules::TicketId{1})) {
            if (one.kind == kind) found.push_back(*store_->outbox.find(one.id));
        }
        return found;
    }

    std::string notice_to(const std::string& address) const {
        for (const storage::OutboxMail& one : store_->outbox.of_ticket(rules::TicketId{1})) {
            if (one.kind == MailKind::notify && one.recipient == address) return one.message_id;
        }
        return {};
    }

    std::string desk_address() const { return desk_->settings.mailboxes.front().address; }

    Taken write(const std::string& from, const std::string& answers, const std::string& text) {
        return receive(from, "Re: Printer",
                       "To: " + desk_address() + "\r\nIn-Reply-To: <" + answers + ">\r\n", text);
    }
    Taken tom_writes(const std::string& text) {
        return write("tom@desk.example", notice_to("tom@desk.example"), text);
    }

    bool has_entry(rules::Event type) const {
        const auto log = store_->tickets.events(rules::TicketId{1});
        return std::any_of(log.begin(), log.end(),
                           [type](const rules::TicketEvent& one) { return one.type == type; });
    }

    std::string words_of(const storage::OutboxMail& mail) const {
        return parsers::parse_message(mail.bytes).text;
    }
};

TEST_F(DeskMailWork, SendsTheAnswerAfterTheDelayThatUndoneItCanBe) {
    tom_writes("Which room?");
    ASSERT_EQ(mails(MailKind::reply).size(), 1U);
    const storage::OutboxMail reply = mails(MailKind::reply)[0];
    EXPECT_EQ(reply.recipient, "ann@hill.example");
    EXPECT_EQ(reply.next_attempt_at, clock_.time + 60s);
    EXPECT_NE(words_of(reply).find("Which room?"), std::string::npos);
    EXPECT_NE(words_of(reply).find("Tom Brown"), std::string::npos);
    EXPECT_TRUE(mails(MailKind::done).empty()) << "a plain answer needs no report";
    clock_.time += 30s;
    tom_writes("#undo");
    EXPECT_EQ(mails(MailKind::reply)[0].state, storage::OutboxState::cancelled);
    EXPECT_EQ(mails(MailKind::done).size(), 1U);
}

TEST_F(DeskMailWork, TakesAMailToATeamForAMailToItsPeople) {
    write("raj@desk.example", notice_to("network@desk.example"), "Which room?");
    EXPECT_EQ(mails(MailKind::reply).size(), 1U);
}

TEST_F(DeskMailWork, DoesNothingWhereTheLastOrderCannotBeDone) {
    tom_writes("#me\n#P1\n#merge 99\nIt is a part of the outage.");
    EXPECT_EQ(ticket(rules::TicketId{1}).assignee, "");
    EXPECT_EQ(ticket(rules::TicketId{1}).priority, "P3");
    EXPECT_TRUE(mails(MailKind::reply).empty());
    ASSERT_EQ(mails(MailKind::returned).size(), 1U);
    EXPECT_TRUE(has_entry(rules::Event::not_done));
    const std::string words = words_of(mails(MailKind::returned)[0]);
    EXPECT_NE(words.find("99"), std::string::npos) << words;
    EXPECT_NE(words.find("It is a part of the outage."), std::string::npos) << words;
}

TEST_F(DeskMailWork, ReportsWhatWasDoneAndWhatIsDue) {
    tom_writes("#P1\n#me");
    ASSERT_EQ(mails(MailKind::done).size(), 1U);
    const storage::OutboxMail report = mails(MailKind::done)[0];
    EXPECT_EQ(report.recipient, "tom@desk.example");
    EXPECT_NE(words_of(report).find("priority P1"), std::string::npos);
    EXPECT_NE(words_of(report).find("assigned to Tom Brown"), std::string::npos);
    EXPECT_NE(words_of(report).find("to be solved by"), std::string::npos) << words_of(report);
}

TEST_F(DeskMailWork, KeepsWhatProvesNothingAndAsks) {
    const Taken taken =
        receive("tom@desk.example", "Re: [" + desk_->settings.desk.ticket_tag + "#1] Printer",
                "To: ann@hill.example\r\nCc: " + desk_address() + "\r\n", "The code is 1234.");
    EXPECT_EQ(taken.ticket, rules::TicketId{1});
    EXPECT_TRUE(has_entry(rules::Event::not_proved));
    EXPECT_FALSE(has_entry(rules::Event::agent_reply));
    EXPECT_EQ(store_->tickets.messages(rules::TicketId{1}).back().from.name,
              "not proved: in the name of Ann")
        << "nowhere is it shown as his word";
    const auto questions = mails(MailKind::confirm);
    ASSERT_EQ(questions.size(), 1U);
    write("raj@desk.example", questions[0].message_id, "yes");
    EXPECT_FALSE(has_entry(rules::Event::agent_reply)) << "the question was not put to him";
    write("tom@desk.example", questions[0].message_id, "Yes");
    EXPECT_TRUE(has_entry(rules::Event::agent_reply));
    write("tom@desk.example", questions[0].message_id, "yes");
    EXPECT_TRUE(has_entry(rules::Event::not_done)) << "once";
}

TEST_F(DeskMailWork, NeverAnswersWithAMailThatProvesSomething) {
    tom_writes("Which room?");
    const parsers::Message reply = parsers::parse_message(mails(MailKind::reply)[0].bytes);
    const std::string notice = notice_to("tom@desk.example");
    EXPECT_EQ(mails(MailKind::reply)[0].bytes.find(notice), std::string::npos);
    EXPECT_FALSE(rules::is_bound(reply.message_id));
    for (const std::string& id : reply.references) EXPECT_FALSE(rules::is_bound(id)) << id;
}

TEST_F(DeskMailWork, OpensATicketForSomebodyWhoRang) {
    tom_writes("#new Beamer in the hall\n#requester bob@hill.example\n\nIt is dark.");
    const auto opened = store_->tickets.find(rules::TicketId{2});
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->requester.address, "bob@hill.example");
    EXPECT_EQ(opened->subject, "Beamer in the hall");
    ASSERT_EQ(mails(MailKind::done).size(), 1U);
    EXPECT_NE(words_of(mails(MailKind::done)[0]).find("It is ticket 2."), std::string::npos);
}

/// The same desk with a manager and a head who are told as well, of a breach, too.
class DeskMailPromise : public DeskMailWork {
protected:
    DeskMailPromise() {
        std::string settings = config_.read("bellhop.toml");
        const std::string manager = "# manager = \"head.of.it@school.example\"";
        settings.replace(settings.find(manager), manager.size(), "manager = \"boss@desk.example\"");
        config_.write("bellhop.toml", settings);
        config_.write("rules.toml", R"(
[default]
priority = "P3"
team = "technical"
notify = ["team", "network", "manager", "head@hill.example"]
)");
        config_.write("sla.toml", R"(
default = "P3"
[priority.P1]
name = "Major"
respond = "30 minutes"
resolve = "4 hours"
[priority.P3]
name = "Normal"
respond = "4 hours"
resolve = "3 business days"
[[step]]
at = "breach"
tell = ["team", "network", "manager", "head@hill.example"]
)");
    }

    void SetUp() override {
        DeskMailWork::SetUp();
        clock_.time += 5h;
        tell_the_desk();
    }

    void tell_the_desk() {
        const std::string key = "the key";
        run_due({*store_, *desk_, key, clock_.time});
    }

    std::size_t count_of(rules::Event type) const {
        const auto log = store_->tickets.events(rules::TicketId{1});
        return static_cast<std::size_t>(
            std::count_if(log.begin(), log.end(),
                          [type](const rules::TicketEvent& one) { return one.type == type; }));
    }

    /// Who is told in this instant that somebody has written.
    std::vector<std::string> readers_now() {
        tell_the_desk();
        std::vector<std::string> readers;
        for (const storage::OutboxMail& one : mails(MailKind::notify)) {
            if (one.created_at == clock_.time) readers.push_back(one.recipient);
        }
        return readers;
    }
};

TEST_F(DeskMailPromise, DoesWithAReplyWhatTheNoticePromises) {
    std::size_t answers = 0;
    std::size_t notes = 0;
    std::size_t outside = 0;
    for (const storage::OutboxMail& notice : store_->outbox.of_ticket(rules::TicketId{1})) {
        if (entry_of(notice.kind).reader != rules::MailReader::staff) continue;
        clock_.time += 1min;
        const std::string words = words_of(*store_->outbox.find(notice.id));
        const std::size_t replies_before = mails(MailKind::reply).size();
        const std::size_t notes_before = count_of(rules::Event::note);
        const std::string said = "I have looked at it, number " + std::to_string(answers + notes);
        write(notice.recipient, notice.message_id, said);
        const std::size_t replies = mails(MailKind::reply).size() - replies_before;
        const std::size_t kept = count_of(rules::Event::note) - notes_before;
        const std::string what = name_of(notice.kind) + " to " + notice.recipient;
        if (words.find("gets your words as the answer") != std::string::npos) {
            ++answers;
            EXPECT_EQ(replies, 1U) << what;
            EXPECT_EQ(kept, 0U) << what;
            EXPECT_NE(words_of(mails(MailKind::reply).back()).find(said), std::string::npos);
            continue;
        }
        EXPECT_EQ(replies, 0U) << what;
        EXPECT_EQ(kept, 1U) << what;
        const bool is_technician = notice.recipient == "tom@desk.example";
        const std::vector<std::string> readers = readers_now();
        EXPECT_EQ(readers.empty(), is_technician) << what;
        EXPECT_EQ(std::count(readers.begin(), readers.end(), notice.recipient), 0) << what;
        if (words.find("your words are kept with the ticket as a note") != std::string::npos) {
            ++notes;
        } else {
            ++outside;
            EXPECT_NE(words.find("Reply to this mail to write to"), std::string::npos) << words;
        }
    }
    EXPECT_EQ(answers, 3U) << "to Tom, to his other team, to the manager";
    EXPECT_EQ(notes, 3U) << "that it is late: the same";
    EXPECT_EQ(outside, 2U) << "the head";
}

/// An answer is signed with the name of whoever speaks for the desk.
TEST_F(DeskMailPromise, SignsAnAnswerByATeamOrTheManager) {
    write("network@desk.example", notice_to("network@desk.example"), "Is it on?");
    EXPECT_NE(words_of(mails(MailKind::reply).back()).find("network"), std::string::npos);
    write("boss@desk.example", notice_to("boss@desk.example"), "#close\nIt is on now.");
    EXPECT_EQ(ticket(rules::TicketId{1}).status, "resolved");
}

}  // namespace
}  // namespace bellhop::daemon
