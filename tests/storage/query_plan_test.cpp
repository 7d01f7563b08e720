// Nothing that runs for every mail, or for every tick of the clock, may walk a table: SQLite's own
// word for how it would run each statement. Time says nothing about this; a plan does.
#include <algorithm>

#include "storage/blob_store.hpp"
#include "storage/ledger.hpp"
#include "storage/outbox.hpp"
#include "storage/quarantine.hpp"
#include "storage/ticket_list.hpp"
#include "storage/ticket_store.hpp"
#include "storage/timers.hpp"
#include "storage/withheld_mails.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

class QueryPlans : public StoreTest {
protected:
    Ledger ledger{database};
    Outbox outbox{database};
    TicketStore tickets{database};
    TicketList lists{database};
    BlobStore blobs{database};
    Timers timers{database};
    Quarantine quarantine{database};
    WithheldMails withheld{database};

    /// 200,000 mails in the ledger, and 20,000 tickets, nearly all of them done.
    void fill() {
        Transaction transaction{database};
        database.execute("INSERT INTO mailboxes (id, name) VALUES (1, 'support')");
        database.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) "
            "INSERT INTO ledger SELECT 1, 7, i, 'ticket', '', NULL, NULL, '', 'key' || i, i, "
            "i < 199990, NULL, NULL, 0 FROM n");
        database.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
            "INSERT INTO tickets SELECT i, '', '', '', iif(i % 1000, 'closed', 'open'), '', '', "
            "'', '', '', '[]', 0, '', i, 1, 0, '[]', '' FROM n");
        transaction.commit();
    }

    void expect_no_scan() {
        for (const std::string& plan : database.query_plans()) {
            // The schema is asked for at opening; mailboxes are few; the numbers of a page stand
            // in a parameter.
            const bool is_small = plan.find("sqlite_schema") != std::string::npos ||
                                  plan.find("SCAN unread_since_restore") != std::string::npos ||
                                  plan.find("FROM search_queue LIMIT 1") != std::string::npos ||
                                  plan.find("FROM search_queue ORDER BY") != std::string::npos ||
                                  plan.find("SCAN json_each") != std::string::npos ||
                                  plan.find("SCAN wanted") != std::string::npos;
            EXPECT_TRUE(is_small || plan.find("\nSCAN") == std::string::npos) << plan;
            EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
        }
    }
};

TEST_F(QueryPlans, IntakeScansNothing) {
    fill();
    const MailKey key{"support", 7, 200'001};
    EXPECT_EQ(ledger.find_same_mail("key77", at(0))->key.uid, 77U);
    EXPECT_EQ(ledger.known_mails("support", 7, 150'000, 150'010).size(), 11U);
    EXPECT_EQ(ledger.unprocessed("support", 7, 0, 100).size(), 11U);
    EXPECT_TRUE(ledger.find({"support", 7, 5}).has_value());
    ledger.begin_attempt(key);
    EXPECT_EQ(ledger.attempts(key), 1);
    ledger.cursor("support");
    ledger.set_cursor({"support", 7, 200'001, at(1)});
    ledger.mark_processed({key});
    withheld.set(key, {});
    withheld.find(key);
    withheld.of_mailbox("support", 7);
    withheld.note_others("support", 7);
    withheld.forget(key);
    quarantine.waiting(key);
    tickets.sightings("a@b");
    const auto id = tickets.open({.status = "open"});
    tickets.add_message({.ticket = id,
                         .message_id = "a@b",
                         .raw_sha256 = blobs.put("raw"),
                         .attachments = {{.sha256 = blobs.put("attachment")}}});
    tickets.index_messages(10);
    tickets.record(id, {});
    tickets.link(id, rules::TicketId{1}, "follows");
    tickets.update(*tickets.find(id));
    timers.replace(id, {{id, "reminder", at(5)}});
    outbox.enqueue({.ticket = id, .unique_key = "ack/1", .recipient = "a@b.example"});
    outbox.automatic_mails_to("a@b.example", at(0));
    outbox.with_message_id("a@b");
    ledger.record({.key = key, .content_key = "k"});
    blobs.get(blobs.put("raw"));
    expect_no_scan();
    EXPECT_EQ(lists.page({}, {}).size(), 21U);
}

TEST_F(QueryPlans, WaitingScansNothing) {
    outbox.due(at(5), 10);
    outbox.next_due();
    outbox.claim({OutboxId{1}});
    outbox.accepted(OutboxId{1}, at(1), "", "");
    outbox.deferred(OutboxId{1}, at(1), "", Exposure::none);
    outbox.pull_back(at(1), at(9));
    outbox.release({.id = OutboxId{1}});
    outbox.last_retry();
    outbox.compose_anew(OutboxId{1}, "x", at(1));
    outbox.failed(OutboxId{1}, "");
    outbox.recover(at(1));
    timers.due(at(5), 10);
    timers.next_due();
    tickets.not_closed(rules::TicketId{0}, 10);
    expect_no_scan();
}

TEST_F(QueryPlans, LookingAtATicketScansNothing) {
    const rules::TicketId id{5};
    tickets.find(id);
    tickets.messages(id);
    tickets.find_message(rules::MessageId{1});
    tickets.events(id);
    tickets.links(id);
    tickets.linked_from(id);
    outbox.of_ticket(id);
    outbox.find(OutboxId{1});
    outbox.list({{OutboxState::failed}, 10});
    outbox.count({OutboxState::failed, OutboxState::queued});
    ledger.list("support", std::nullopt, 10);
    timers.of_ticket(id);
    quarantine.find(QuarantineId{1});
    lists.page({.status = "open"}, {});
    expect_no_scan();
}

TEST_F(QueryPlans, WhatBelongsToAPageIsFoundByItsNumbers) {
    fill();
    lists.events_of({rules::TicketId{1}, rules::TicketId{1000}});
    lists.last_words({rules::TicketId{1}, rules::TicketId{1000}});
    for (const std::string& plan : database.query_plans()) {
        EXPECT_EQ(plan.find("SCAN events"), std::string::npos) << plan;
        EXPECT_EQ(plan.find("SCAN m"), std::string::npos) << plan;
    }
    expect_no_scan();
}

TEST_F(QueryPlans, OpenTicketsAreFoundAmongMany) {
    lists.page({}, {});
    const std::vector<std::string> plans = database.query_plans();
    EXPECT_TRUE(std::any_of(plans.begin(), plans.end(), [](const std::string& plan) {
        return plan.find("SEARCH tickets USING INDEX tickets_unfinished (id>?)") !=
               std::string::npos;
    }));
}

TEST_F(QueryPlans, SearchGoesThroughTheIndex) {
    tickets.add_message({.ticket = tickets.open({}), .subject = "printer"});
    tickets.search("printer", 10);
    for (const std::string& plan : database.query_plans()) {
        if (plan.find("MATCH") == std::string::npos) continue;
        EXPECT_NE(plan.find("_search VIRTUAL TABLE INDEX"), std::string::npos) << plan;
        EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
        EXPECT_EQ(plan.find("SCAN messages"), std::string::npos) << plan;
    }
}

}  // namespace
}  // namespace bellhop::storage
