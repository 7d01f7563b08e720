// What is left where a mail or a whole commit fails: nothing in the store, nothing in memory, and
// no word of it in the log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/database.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using storage::Outcome;
using testing::HasSubstr;

/// What `work` writes into the log, wherever that goes.
template <class Work>
std::string log_of(const Work& work) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    work();
    return testing::internal::GetCapturedStdout() + testing::internal::GetCapturedStderr();
}

class IntakeFailure : public BusyDesk {
protected:
    /// The next commits fail at the very end: a reference that is checked only then.
    void break_commits() {
        store_->database.execute(
            "CREATE TABLE promise (ticket INTEGER REFERENCES tickets (id) DEFERRABLE INITIALLY "
            "DEFERRED)");
        store_->database.execute(
            "CREATE TRIGGER broken AFTER INSERT ON ledger BEGIN INSERT INTO promise VALUES (999); "
            "END");
    }

    /// A mail that has got a ticket cannot be written into the ledger: its values are at fault.
    void break_ledger_rows() {
        store_->database.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON ledger WHEN NEW.outcome = 'ticket' BEGIN "
            "SELECT raise(ABORT, 'broken'); END");
    }

    void mend() { store_->database.execute("DROP TRIGGER broken"); }

    std::string priority_of(const Taken& taken) const {
        return ticket(taken.ticket.value()).priority;
    }

    Taken outage(const std::string& from) { return receive(from, "internet down"); }
};

TEST_F(IntakeFailure, OfACommitLeavesNothingBehind) {
    break_commits();
    EXPECT_THROW(receive("ann@hill.example", "Projector"), storage::DatabaseError);
    mend();
    EXPECT_TRUE(store_->lists.page({}, {}).empty());
    EXPECT_TRUE(store_->outbox.list({{}, 10}).empty());
    EXPECT_EQ(receive("ann@hill.example", "Projector").outcome, Outcome::ticket);
}

/// Three such mails within a quarter of an hour are an outage; one that was never stored is none.
TEST_F(IntakeFailure, OfACommitCountsTowardsNoSurge) {
    EXPECT_EQ(priority_of(outage("ann@hill.example")), "P3");
    break_commits();
    EXPECT_THROW(outage("bob@hill.example"), storage::DatabaseError);
    mend();
    EXPECT_EQ(priority_of(outage("cy@hill.example")), "P3");
    EXPECT_EQ(priority_of(outage("dee@hill.example")), "P1");
}

TEST_F(IntakeFailure, OfOneMailCountsTowardsNoSurge) {
    EXPECT_EQ(priority_of(outage("ann@hill.example")), "P3");
    break_ledger_rows();
    EXPECT_EQ(outage("bob@hill.example").outcome, Outcome::quarantined);
    mend();
    EXPECT_EQ(store_->lists.page({}, {}).size(), 1U);
    EXPECT_EQ(priority_of(outage("cy@hill.example")), "P3");
    EXPECT_EQ(priority_of(outage("dee@hill.example")), "P1");
}

TEST_F(IntakeFailure, OfAMailThatIsReadAgainCountsTowardsNoSurge) {
    EXPECT_EQ(priority_of(outage("ann@hill.example")), "P3");
    IncomingMail mail;
    mail.key = {"it", 1, 77};
    mail.mailbox = desk_->settings.mailboxes.front().name;
    mail.bytes = "From: bob@hill.example\r\nSubject: internet down\r\n\r\nHelp.\r\n";
    mail.arrived = clock_.time;
    break_commits();
    EXPECT_THROW(intake_->take_again(mail, *desk_), storage::DatabaseError);
    mend();
    EXPECT_EQ(priority_of(outage("cy@hill.example")), "P3");
    EXPECT_EQ(priority_of(outage("dee@hill.example")), "P1");
}

/// The log is what people search for a mail that is gone.
TEST_F(IntakeFailure, OfACommitIsNotToldAsAMailThatWasTaken) {
    break_commits();
    EXPECT_EQ(log_of([this] {
                  EXPECT_THROW(receive("ann@hill.example", "Projector"), storage::DatabaseError);
              }),
              "");
    mend();
    EXPECT_THAT(log_of([this] { receive("ann@hill.example", "Projector"); }),
                HasSubstr("mail_taken outcome=ticket ticket=1"));
}

/// A mail that has its outcome already is no news.
TEST_F(IntakeFailure, OfMarkingAMailTellsOfItOnlyOnce) {
    IncomingMail mail;
    mail.key = {"it", 1, 78};
    mail.mailbox = desk_->settings.mailboxes.front().name;
    mail.bytes = "From: bob@hill.example\r\nSubject: Projector\r\n\r\nHelp.\r\n";
    mail.arrived = clock_.time;
    const Taken first = intake_->take({&mail, 1}, *desk_).front();
    EXPECT_FALSE(first.is_known);
    Taken again;
    EXPECT_EQ(log_of([&] { again = intake_->take({&mail, 1}, *desk_).front(); }), "");
    EXPECT_TRUE(again.is_known);
    EXPECT_EQ(again.ticket, first.ticket);
}

}  // namespace
}  // namespace bellhop::daemon
