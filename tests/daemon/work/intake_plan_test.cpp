// Nothing that the intake of a mail asks the database may grow with what is in it: SQLite's own
// word for how it would run each statement that mails of every kind have brought about.
#include <gtest/gtest.h>

#include "daemon/work/due_round.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

class IntakePlan : public BusyDesk {};

TEST_F(IntakePlan, WalksNoTable) {
    const rules::TicketId first = take("ann@hill.example", "projector");
    reply(first, "projector, still waiting");
    take("ann@hill.example", "another", "References: <m1@hill.example>\r\n");
    take("mallory@elsewhere.example", "internet down in the safeguarding office, SIMS");
    const storage::OutboxMail ours = store_->outbox.of_ticket(first).front();
    receive("mailer-daemon@relay.example", "returned",
            "In-Reply-To: <" + ours.message_id +
                ">\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n");
    // The same mail once more, and what is put aside unread.
    uid_ = 0;
    IncomingMail twin;
    twin.key = {"other", 2, 9};
    twin.mailbox = desk_->settings.mailboxes.front().name;
    twin.bytes = store_->blobs.get(store_->tickets.messages(first).front().raw_sha256).value();
    twin.size = twin.bytes.size();
    twin.arrived = clock_.time;
    EXPECT_EQ(intake_->take({&twin, 1}, *desk_).front().outcome, storage::Outcome::duplicate);
    intake_->quarantine_unread({.key = {"it", 1, 900}}, "not handed over");
    const std::string key = "the key";
    run_due({*store_, *desk_, key, clock_.time});

    std::size_t seen = 0;
    for (const std::string& plan : store_->database.query_plans()) {
        ++seen;
        // Asked for at opening; generations, and what is to be read again after a restore, are few;
        // numbers that stand in a parameter, rows that a subquery has found by an index.
        bool is_small = false;
        for (const char* table :
             {"sqlite_schema", "unread_since_restore", "generations", "json_each", "SCAN wanted",
              "search_queue LIMIT 1", "SCAN (subquery-"}) {
            is_small = is_small || plan.find(table) != std::string::npos;
        }
        EXPECT_TRUE(is_small || plan.find("\nSCAN") == std::string::npos) << plan;
        EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
    }
    EXPECT_GE(seen, 35U) << "the statements of the intake are there";
}

}  // namespace
}  // namespace bellhop::daemon
