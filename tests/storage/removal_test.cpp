#include "storage/removal.hpp"

#include "parsers/text/digest.hpp"
#include "storage/mail_slices.hpp"
#include "storage/store.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

using rules::TicketId;
using std::chrono::days;

class RemovalTest : public testing::Test {
protected:
    TemporaryFolder folder;
    Store store{folder.path() / "bellhop.db"};
    const std::chrono::sys_seconds now = at(1'790'000'000);
    const RetentionRules a_year{.closed_tickets = days{365}, .quarantine = days{90}};

    /// A ticket with a mail that carries an attachment, an answer that was sent, and a log.
    TicketId ticket(const std::string& name,
                    const std::string& status,
                    std::chrono::sys_seconds last,
                    const std::string& shared = "shared") {
        const std::string address = name + "@x.test";
        const TicketId id = store.tickets.open({.subject = "Printer of " + name,
                                                .requester = {name, address},
                                                .status = status,
                                                .opened_at = last - days{3},
                                                .participants = {address}});
        add_message(id, name, shared);
        store.tickets.record(
            id, {last - days{3}, rules::Event::note, "gateway", "mail of " + address, {}});
        store.tickets.record(id, {last, rules::Event::note, "gateway", "", {{"to", address}}});
        store.outbox.enqueue({.ticket = id, .recipient = address, .bytes = "answer to " + name});
        store.timers.replace(id, {{id, "reminder", now}});
        return id;
    }
    void add_message(TicketId id, const std::string& name, const std::string& shared) {
        StoredMessage message;
        message.ticket = id;
        message.from = {name, name + "@x.test"};
        message.text = "secret words of " + name;
        message.raw_sha256 = store.blobs.put("raw of " + name);
        message.html_sha256 = store.blobs.put("html of " + name);
        message.attachments = {{.sha256 = store.blobs.put(shared)},
                               {.sha256 = store.blobs.put("own of " + name)}};
        store.tickets.add_message(message);
    }
    std::int64_t count(const char* sql) {
        Statement query = store.database.prepare(sql);
        query.step();
        return query.integer(0);
    }
    /// Runs it to its end in slices of `most`.
    Removed remove_all(const RetentionRules& rules, std::size_t most) {
        Removed all;
        for (;;) {
            const Removed some = store.removal.remove_outdated(rules, now, most);
            if (some == Removed{}) return all;
            all += some;
        }
    }
    void expect_sound() {
        EXPECT_EQ(store.database.damage(), std::vector<std::string>{});
        EXPECT_EQ(
            count("SELECT count(*) FROM blobs WHERE id NOT IN (SELECT raw FROM messages WHERE raw "
                  "IS NOT NULL UNION SELECT html FROM messages WHERE html IS NOT NULL UNION SELECT "
                  "blob FROM attachments UNION SELECT bytes FROM outbox UNION SELECT raw FROM "
                  "quarantine WHERE raw IS NOT NULL UNION SELECT part FROM blob_slices)"),
            0);
        // The index agrees with the texts: FTS5's own check throws where it does not.
        while (store.tickets.index_messages(100)) {
        }
        store.database.execute(
            "INSERT INTO message_search (message_search, rank) VALUES ('integrity-check', 0)");
    }
};

TEST_F(RemovalTest, KeepsWhatWasMergedAsLongAsTheOther) {
    const TicketId old = ticket("ann", "closed", now - days{900});
    const TicketId alive = ticket("bea", "open", now - days{1});
    store.tickets.merge(old, alive);
    EXPECT_TRUE(store.removal.outdated_tickets(a_year, now, 10).empty());
    store.removal.remove_ticket(alive);
    EXPECT_EQ(store.removal.outdated_tickets(a_year, now, 10), std::vector{old});
}

TEST_F(RemovalTest, TakesClosedTicketsThatAreOldWithAllThatHangsOnThem) {
    const TicketId old = ticket("ann", "closed", now - days{366});
    const TicketId young = ticket("ben", "closed", now - days{364});
    const TicketId waiting = ticket("cay", "resolved", now - days{999});
    store.tickets.link(young, old, "follows");
    EXPECT_EQ(store.removal.count_outdated_tickets(a_year, now), 1);
    EXPECT_EQ(store.removal.outdated_tickets(a_year, now, 9), std::vector<TicketId>{old});

    const Removed removed = remove_all(a_year, 1);
    EXPECT_EQ(removed.tickets, 1);
    EXPECT_EQ(removed.messages, 1);
    EXPECT_EQ(removed.mails, 1);
    EXPECT_EQ(removed.blobs, 4);  // the attachment that others have, too, stays
    EXPECT_FALSE(store.tickets.find(old));
    EXPECT_TRUE(store.tickets.find(young));
    EXPECT_TRUE(store.tickets.find(waiting));
    EXPECT_TRUE(store.tickets.links(young).empty());
    expect_sound();
    EXPECT_GT(store.tickets.open({}), waiting);
}

TEST_F(RemovalTest, ComesToTheSameWhateverTheSliceAndTheIndex) {
    for (const std::size_t most : {1U, 3U, 100U}) {
        for (const std::size_t indexed : {0U, 5U, 100U}) {
            TemporaryFolder other;
            for (int n = 0; n < 10; ++n) {
                ticket("p" + std::to_string(n), n % 2 == 0 ? "closed" : "open", now - days{400},
                       "shared" + std::to_string(n / 4));
            }
            if (indexed > 0) store.tickets.index_messages(indexed);
            EXPECT_EQ(remove_all(a_year, most).tickets, 5);
            expect_sound();
            EXPECT_EQ(store.tickets.search("secret", 100).size(), 5U);
            store.database.execute("UPDATE tickets SET status = 'closed'");
            EXPECT_EQ(remove_all(a_year, most).tickets, 5);
            EXPECT_EQ(count("SELECT count(*) FROM blobs"), 0);
            EXPECT_EQ(
                count("SELECT count(*) FROM message_search WHERE message_search MATCH 'secret'"),
                0);
            expect_sound();
        }
    }
}

TEST_F(RemovalTest, TakesTheBytesOfMailsThatWereCutAtTheirAttachments) {
    std::string attachment;
    for (int i = 0; i < 3000; ++i) attachment += static_cast<char>(i * 7);
    std::string raw = "Subject: x\r\n\r\n";
    append_base64(raw, attachment, {76, "\r\n"});
    const std::string sha256 = parsers::hex(parsers::sha256(raw));
    parsers::Attachment part;
    part.bytes = attachment;
    part.sha256 = parsers::hex(parsers::sha256(attachment));
    store.blobs.put_mail(raw, sha256, {part});
    const TicketId id = store.tickets.open({.status = "closed", .opened_at = now - days{500}});
    store.tickets.add_message({.ticket = id, .raw_sha256 = sha256});
    store.tickets.record(id, {now - days{500}, rules::Event::note, "gateway", "", {}});
    EXPECT_EQ(remove_all(a_year, 5).blobs, 2);
    EXPECT_EQ(count("SELECT count(*) FROM blobs"), 0);
}

TEST_F(RemovalTest, KeepsTheLedger) {
    const TicketId id = ticket("ann", "closed", now - days{400});
    store.ledger.record(
        {.key = {"support", 1, 7}, .ticket = id, .message_id = "a@x.test", .at = now});
    remove_all(a_year, 5);
    EXPECT_EQ(store.ledger.find({"support", 1, 7})->ticket, id);
}

TEST_F(RemovalTest, TakesOldQuarantine) {
    const auto put = [this](std::uint32_t uid, std::chrono::sys_seconds when) {
        store.quarantine.put({.key = {"support", 1, uid},
                              .reason = "r",
                              .raw_sha256 = store.blobs.put("mail " + std::to_string(uid)),
                              .at = when});
    };
    put(1, now - days{91});
    put(2, now - days{89});
    EXPECT_EQ(store.removal.count_outdated_quarantine(a_year, now), 1);
    EXPECT_EQ(remove_all(a_year, 5).quarantined, 1);
    EXPECT_EQ(store.quarantine.list(true).size(), 1U);
    EXPECT_EQ(count("SELECT count(*) FROM blobs"), 1);
}

TEST_F(RemovalTest, RemovesNothingWithoutARule) {
    ticket("ann", "closed", now - days{9999});
    EXPECT_EQ(remove_all({}, 5), Removed{});
    EXPECT_EQ(store.removal.count_outdated_tickets({}, now), 0);
}

TEST_F(RemovalTest, FindsWhereAPersonStands) {
    const TicketId own = ticket("ann", "open", now);
    const TicketId others = ticket("ben", "open", now);
    add_message(others, "ann", "picture");
    const TicketId unrelated = ticket("annabel", "open", now);
    rules::Ticket copied = store.tickets.find(ticket("cay", "open", now)).value();
    copied.participants.push_back("ann@x.test");
    store.tickets.update(copied);

    const auto traces = store.removal.traces_of("ANN@X.test", TicketId{0}, 100);
    EXPECT_EQ(traces.requested, std::vector<TicketId>{own});
    EXPECT_EQ(traces.touched, (std::vector<TicketId>{others, copied.id}));
    EXPECT_FALSE(traces.more);
    EXPECT_LT(unrelated, copied.id);
    EXPECT_TRUE(store.removal.traces_of("ann@x.test", TicketId{0}, 2).more);
    EXPECT_EQ(store.removal.traces_of("ann@x.test", others, 100).touched,
              std::vector<TicketId>{copied.id});
}

TEST_F(RemovalTest, TakesAPersonOutOfAnothersTicket) {
    const TicketId others = ticket("ben", "open", now);
    add_message(others, "ann", "picture");
    rules::Ticket one = store.tickets.find(others).value();
    one.participants.push_back("ann@x.test");
    store.tickets.update(one);
    store.tickets.record(
        others,
        {now, rules::Event::note, "gateway", "copy to Ann@x.test", {{"who", "ann@x.test"}}});
    store.outbox.enqueue({.ticket = others, .recipient = "ANN@x.test", .bytes = "to ann"});

    const Removed removed = store.removal.remove_person("ann@x.test", others);
    EXPECT_EQ(removed.messages, 1);
    EXPECT_EQ(removed.mails, 1);
    EXPECT_EQ(store.tickets.find(others)->participants, std::vector<std::string>{"ben@x.test"});
    const auto messages = store.tickets.messages(others);
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].text, "secret words of ben");
    EXPECT_EQ(messages[1].text, "(erased)");
    EXPECT_EQ(messages[1].from, parsers::Address{});
    EXPECT_TRUE(messages[1].attachments.empty());
    for (const rules::TicketEvent& event : store.tickets.events(others)) {
        EXPECT_EQ(event.detail.find("nn@x.test"), std::string::npos) << event.detail;
        for (const auto& [key, value] : event.values) EXPECT_NE(value, "ann@x.test");
    }
    expect_sound();
    // Not a byte of it is left.
    store.database.execute("VACUUM");
    for (const char* sql : {"SELECT group_concat(text) FROM messages",
                            "SELECT group_concat(participants) FROM tickets",
                            "SELECT group_concat(detail || fields) FROM events",
                            "SELECT group_concat(recipient) FROM outbox"}) {
        Statement query = store.database.prepare(sql);
        query.step();
        EXPECT_EQ(query.text(0).find("ann@"), std::string::npos) << sql;
    }
}

TEST_F(RemovalTest, TakesAPersonOutOfTheQuarantine) {
    for (std::uint32_t uid = 1; uid <= 5; ++uid) {
        const std::string who = uid % 2 == 0 ? "ann" : "ben";
        store.quarantine.put(
            {.key = {"support", 1, uid},
             .reason = "r",
             .raw_sha256 = store.blobs.put("From: " + who + "@x.test\n" + std::to_string(uid)),
             .at = now});
    }
    Removed removed;
    std::int64_t after = 0;
    while (const auto next = store.removal.remove_quarantined_of("ann@x.test", after, 2, removed)) {
        after = *next;
    }
    EXPECT_EQ(removed.quarantined, 2);
    EXPECT_EQ(removed.blobs, 2);
    EXPECT_EQ(store.quarantine.list(true).size(), 3U);
}

}  // namespace
}  // namespace bellhop::storage
