#include "daemon/work/filing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/sla/ticket_history.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class FilingTest : public BusyDesk {
protected:
    void SetUp() override {
        BusyDesk::SetUp();
        id_ = take("ann@hill.example", "projector");
        known_ = store_->tickets.events(id_).size();
    }

    /// Carries the actions out; the ticket as it is then.
    rules::Ticket done(const rules::Actions& actions) {
        const rules::Ticket left =
            file_work({*store_, *desk_, key_, clock_.time}, ticket(id_), actions);
        EXPECT_EQ(left, ticket(id_)) << "what is given back is what is stored";
        return left;
    }

    /// "TYPE by ACTOR" of what the log has got since.
    std::vector<std::string> told() {
        std::vector<std::string> lines;
        const auto events = store_->tickets.events(id_);
        for (std::size_t i = known_; i < events.size(); ++i) {
            lines.push_back(events[i].type.text() + " by " + events[i].actor);
        }
        return lines;
    }

    rules::TicketEvent last() { return store_->tickets.events(id_).back(); }

    storage::OutboxId queued(rules::MailKind kind) {
        storage::OutboxMail mail;
        mail.ticket = id_;
        mail.kind = kind;
        mail.unique_key = name_of(kind);
        mail.message_id = name_of(kind) + "@desk.example";
        mail.recipient = "ann@hill.example";
        mail.bytes = "x";
        mail.expires_at = clock_.time + std::chrono::hours{1};
        return store_->outbox.enqueue(mail).value();
    }

    std::string key_ = "the key";
    rules::TicketId id_ = {};
    std::size_t known_ = 0;
};

TEST_F(FilingTest, SaysFromWhatToWhatAStatusHasChanged) {
    EXPECT_EQ(done({rules::SetStatus{"waiting_customer", "which room?", "agent Tom"}}).status,
              "waiting_customer");
    EXPECT_EQ(last().type, rules::Event::status);
    EXPECT_EQ(last().detail, "which room?");
    EXPECT_EQ(rules::value_of(last(), "from"), "open");
    EXPECT_EQ(rules::value_of(last(), "to"), "waiting_customer");
}

/// Of every kind of mail: what tells of a status is taken back with it, all else goes out.
TEST_F(FilingTest, TakesBackTheMailsOfAStatusThatIsOver) {
    std::vector<std::pair<rules::MailKind, storage::OutboxId>> mails;
    for (const rules::MailKind kind : rules::mail_kinds()) mails.emplace_back(kind, queued(kind));
    done({rules::SetStatus{"in_progress", "", "agent Tom"}});
    for (const auto& [kind, id] : mails) {
        const bool is_taken_back =
            store_->outbox.find(id)->state == storage::OutboxState::cancelled;
        EXPECT_EQ(is_taken_back, entry_of(kind).withdrawal == rules::Withdrawal::with_status)
            << name_of(kind);
    }
}

TEST_F(FilingTest, ReopensIntoTheNextCycle) {
    done({rules::SetStatus{"resolved", "", "agent Tom"}});
    const rules::Ticket again = done({rules::Reopen{"a person replied"}});
    EXPECT_EQ(again.status, "open");
    EXPECT_EQ(again.cycle, 2);
    EXPECT_EQ(again.reopened, 1);
    EXPECT_THAT(told(),
                ElementsAre("status by agent Tom", "status by gateway", "reopened by gateway"));
}

TEST_F(FilingTest, ChangesEachFieldAndTellsOfItUnderItsName) {
    using rules::TicketField;
    const rules::Ticket after = done({rules::SetField{TicketField::priority, "P1", "agent Tom", ""},
                                      rules::SetField{TicketField::team, "MIS", "agent Tom", ""},
                                      rules::SetField{TicketField::assignee, "Mia", "rule x", ""},
                                      rules::SetField{TicketField::category, "av", "rule x", ""}});
    EXPECT_EQ(after.priority, "P1");
    EXPECT_EQ(after.team, "MIS");
    EXPECT_EQ(after.assignee, "Mia");
    EXPECT_EQ(after.category, "av");
    EXPECT_THAT(told(), ElementsAre("priority by agent Tom", "team by agent Tom",
                                    "assignee by rule x", "category by rule x", "news by gateway"));
    const auto events = store_->tickets.events(id_);
    EXPECT_EQ(rules::value_of(events.at(events.size() - 2), "to"), "av");
    EXPECT_EQ(rules::value_of(last(), "occasion"), "assigned");
    EXPECT_EQ(rules::value_of(last(), "to"), "mis@desk.example") << "his team: he has no address";
}

TEST_F(FilingTest, LetsSomebodyTakePartOnceAndNoMore) {
    const std::size_t before = ticket(id_).participants.size();
    done({rules::SetParticipant{"Bob@Hill.example", true, "agent Tom"},
          rules::SetParticipant{"bob@hill.example", true, "agent Tom"}});
    EXPECT_EQ(ticket(id_).participants.size(), before + 1);
    done({rules::SetParticipant{"BOB@hill.example", false, "agent Tom"}});
    EXPECT_EQ(ticket(id_).participants.size(), before);
}

TEST_F(FilingTest, TagsATicketOnceWithEachTag) {
    done({rules::AddTags{{"av", "sims"}}, rules::AddTags{{"sims"}}});
    EXPECT_THAT(ticket(id_).tags, ElementsAre("av", "sims"));
    EXPECT_THAT(told(), ElementsAre("tag by gateway", "tag by gateway"));
}

TEST_F(FilingTest, TakesATagOffInTheNameOfWhoDoes) {
    done({rules::AddTags{{"av"}, "agent Tom"}, rules::RemoveTag{"av", "agent Tom"}});
    EXPECT_TRUE(ticket(id_).tags.empty());
    EXPECT_THAT(told(), ElementsAre("tag by agent Tom", "tag by agent Tom"));
    EXPECT_EQ(rules::value_of(last(), "removed"), "av");
}

TEST_F(FilingTest, GivesATicketToAnotherRequester) {
    const std::string before = ticket(id_).requester.address;
    done({rules::SetRequester{
        {"Jane Hall", "J.Hall@Hill.example"}, "Hill Primary", before, "agent Tom"}});
    const rules::Ticket after = ticket(id_);
    EXPECT_EQ(after.requester.address, "J.Hall@Hill.example");
    EXPECT_EQ(after.school, "Hill Primary");
    EXPECT_EQ(after.participants.front(), "j.hall@hill.example");
    EXPECT_FALSE(rules::takes_part(after, before));
    EXPECT_EQ(rules::value_of(last(), "from"), before);
}

TEST_F(FilingTest, SaysInTheLogThatNobodyCouldBeTold) {
    done({rules::Notify{{"Nobody Known"}}});
    const auto events = store_->tickets.events(id_);
    const rules::TicketEvent& failed = events.at(events.size() - 2);
    EXPECT_EQ(failed.type, rules::Event::notify_failed);
    EXPECT_THAT(failed.detail, HasSubstr("Nobody Known has no address"));
    EXPECT_THAT(rules::value_of(last(), "words"), HasSubstr("want Nobody Known to know"));
    done({rules::Notify{{"MIS"}}});
    EXPECT_EQ(last().type, rules::Event::news);
    EXPECT_EQ(rules::value_of(last(), "to"), "mis@desk.example");
}

TEST_F(FilingTest, KeepsANoteWithTheTicketAndSendsItToNobody) {
    const std::size_t mails = store_->outbox.list({{}, 100}).size();
    done({rules::AddNote{"the lamp is ordered", "agent Tom"}});
    const storage::StoredMessage note = store_->tickets.messages(id_).back();
    EXPECT_EQ(note.direction, storage::Direction::note);
    EXPECT_EQ(note.text, "the lamp is ordered");
    EXPECT_EQ(store_->outbox.list({{}, 100}).size(), mails);
    EXPECT_THAT(told(), ElementsAre("note by agent Tom"));
}

}  // namespace
}  // namespace bellhop::daemon
