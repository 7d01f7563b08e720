#include "storage/ticket_store.hpp"

#include "storage/blob_store.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

using rules::TicketId;

class TicketStoreTest : public StoreTest {
protected:
    TicketStore tickets{database};
    BlobStore blobs{database};

    static rules::Ticket ticket(const std::string& text = "x") {
        return {.subject = text,
                .requester = {text, text},
                .status = "open",
                .priority = text,
                .team = text,
                .assignee = text,
                .school = text,
                .category = text,
                .tags = {text, "", "b"},
                .restricted = true,
                .mailbox = text,
                .opened_at = at(1'700'000'000),
                .cycle = 3,
                .reopened = 2,
                .participants = {text, "ann@example.org"}};
    }

    StoredMessage message(TicketId id, const std::string& text = "x") {
        return {.ticket = id,
                .direction = Direction::in,
                .at = at(1'700'000'001),
                .from = {text, text},
                .to = {text, "desk@example.org"},
                .message_id = text,
                .subject = text,
                .text = text,
                .reply_text = text,
                .html_sha256 = blobs.put("<p>" + text),
                .raw_sha256 = blobs.put("raw " + text),
                .kind = parsers::MessageKind::automatic,
                .evidence = {{text, parsers::EvidenceGrade::strong},
                             {"b", parsers::EvidenceGrade::weak}},
                .defects = {{"unterminated_boundary", text}},
                .attachments = {{.filename = text,
                                 .content_type = text,
                                 .size = 5,
                                 .sha256 = blobs.put("bytes"),
                                 .disposition = parsers::Disposition::inline_part,
                                 .content_id = text},
                                {.filename = "second", .sha256 = blobs.put("bytes")}}};
    }
};

TEST_F(TicketStoreTest, GivesBackATicket) {
    rules::Ticket hostile = ticket(hostile_text);
    hostile.id = tickets.open(hostile);
    EXPECT_EQ(tickets.find(hostile.id), hostile);
    EXPECT_EQ(tickets.find(TicketId{99}), std::nullopt);
}

TEST_F(TicketStoreTest, NeverGivesANumberTwice) {
    EXPECT_EQ(tickets.open(ticket()), TicketId{1});
    EXPECT_EQ(tickets.open(ticket()), TicketId{2});
    database.execute("DELETE FROM tickets");
    EXPECT_EQ(tickets.open(ticket()), TicketId{3});
}

TEST_F(TicketStoreTest, UpdatesAllButNumberAndOpening) {
    const TicketId id = tickets.open(ticket());
    rules::Ticket changed = ticket(hostile_text);
    changed.id = id;
    changed.status = "resolved";
    changed.restricted = false;
    changed.cycle = 4;
    changed.reopened = 5;
    changed.opened_at = at(5);
    tickets.update(changed);
    changed.opened_at = ticket().opened_at;
    EXPECT_EQ(tickets.find(id), changed);
}

TEST_F(TicketStoreTest, UpdatesNoTicketThatIsNotThere) {
    EXPECT_THROW(tickets.update(ticket()), DatabaseError);
}

TEST_F(TicketStoreTest, GivesBackAMessage) {
    const TicketId id = tickets.open(ticket());
    StoredMessage hostile = message(id, hostile_text);
    hostile.id = tickets.add_message(hostile);
    EXPECT_EQ(tickets.find_message(hostile.id), hostile);
    EXPECT_EQ(tickets.messages(id), std::vector<StoredMessage>{hostile});
    EXPECT_EQ(tickets.find_message(rules::MessageId{99}), std::nullopt);
}

TEST_F(TicketStoreTest, GivesBackANoteWithoutBlobs) {
    const TicketId id = tickets.open(ticket());
    StoredMessage note{.ticket = id, .direction = Direction::note, .text = "called back"};
    note.id = tickets.add_message(note);
    EXPECT_EQ(tickets.find_message(note.id), note);
}

TEST_F(TicketStoreTest, KeepsTheNewTextApartFromTheWhole) {
    const TicketId id = tickets.open(ticket());
    for (const auto& [text, reply] : {std::pair{"new\n\n> old", "new"},
                                      {"new", "new"},
                                      {"> old\n\nnew", "new"},
                                      {"> old", ""},
                                      {"", "from the HTML"},
                                      {"", ""}}) {
        StoredMessage one{.ticket = id, .text = text, .reply_text = reply};
        one.id = tickets.add_message(one);
        EXPECT_EQ(tickets.find_message(one.id), one) << text;
    }
}

TEST_F(TicketStoreTest, StoresNothingOfAMessageWhoseBlobIsMissing) {
    const TicketId id = tickets.open(ticket());
    StoredMessage without = message(id);
    without.attachments[1].sha256 = std::string(64, '0');
    EXPECT_THROW(tickets.add_message(without), DatabaseError);
    without = message(id);
    without.raw_sha256 = std::string(64, '0');
    EXPECT_THROW(tickets.add_message(without), DatabaseError);
    EXPECT_TRUE(tickets.messages(id).empty());
    EXPECT_FALSE(database.in_transaction());
}

TEST_F(TicketStoreTest, StoresNoMessageWithoutATicket) {
    EXPECT_THROW(tickets.add_message(message(TicketId{99})), DatabaseError);
}

TEST_F(TicketStoreTest, GivesMessagesOldestFirst) {
    const TicketId id = tickets.open(ticket());
    const TicketId other = tickets.open(ticket());
    StoredMessage late{.ticket = id, .at = at(20)};
    StoredMessage early{.ticket = id, .at = at(10)};
    late.id = tickets.add_message(late);
    early.id = tickets.add_message(early);
    tickets.add_message(StoredMessage{.ticket = other});
    EXPECT_EQ(tickets.messages(id), (std::vector<StoredMessage>{early, late}));
}

TEST_F(TicketStoreTest, KeepsEventsInTheOrderRecorded) {
    const TicketId id = tickets.open(ticket());
    const std::vector<rules::TicketEvent> events{
        {at(20),
         rules::Event::status,
         "agent ann",
         hostile_text,
         {{"to", "resolved"}, {hostile_text, ""}}},
        {at(10), rules::EventType::stored("of_another_version"), "gateway", "", {}}};
    for (const rules::TicketEvent& event : events) tickets.record(id, event);
    EXPECT_EQ(tickets.events(id), events);
    EXPECT_EQ(tickets.events(TicketId{99}), std::vector<rules::TicketEvent>{});
    EXPECT_THROW(tickets.record(TicketId{99}, events[0]), DatabaseError);
}

TEST_F(TicketStoreTest, LinksTickets) {
    const TicketId first = tickets.open(ticket());
    const TicketId second = tickets.open(ticket());
    tickets.link(second, first, "follows");
    tickets.link(second, first, "follows");
    tickets.link(second, first, "child_of");
    EXPECT_EQ(tickets.links(second),
              (std::vector<TicketLink>{{first, "child_of"}, {first, "follows"}}));
    EXPECT_EQ(tickets.links(first), std::vector<TicketLink>{});
    EXPECT_EQ(tickets.linked_from(first),
              (std::vector<TicketLink>{{second, "child_of"}, {second, "follows"}}));
    EXPECT_THROW(tickets.link(first, TicketId{99}, "follows"), DatabaseError);
}

TEST_F(TicketStoreTest, LeadsToWhatATicketWasMergedInto) {
    const TicketId first = tickets.open(ticket());
    const TicketId second = tickets.open(ticket());
    const TicketId third = tickets.open(ticket());
    StoredMessage message;
    message.ticket = third;
    message.text = "the lamp";
    tickets.add_message(message);
    EXPECT_EQ(tickets.current(third), third);
    tickets.merge(third, second);
    tickets.merge(second, first);
    EXPECT_EQ(tickets.current(third), first);
    EXPECT_EQ(tickets.current(TicketId{99}), TicketId{99});
    ASSERT_EQ(tickets.messages(first).size(), 1U);
    EXPECT_EQ(tickets.messages(first)[0].text, "the lamp");
    EXPECT_TRUE(tickets.messages(third).empty());
}

TEST_F(TicketStoreTest, SearchesWhatIsWrittenOnATicketToo) {
    rules::Ticket hall = ticket();
    hall.requester = {"Jane Hall", "jhall@beechhill.example"};
    hall.school = "Beech Hill";
    hall.assignee = "Tom Brown";
    hall.tags = {"sims"};
    hall.restricted = false;
    hall.opened_at = at(1'700'000'000);
    const TicketId first = tickets.open(hall);
    StoredMessage mail = message(first, "the projector stays dark");
    mail.kind = parsers::MessageKind::human;
    tickets.add_message(mail);
    rules::Ticket other = hall;
    other.opened_at = at(1'700'100'000);
    const TicketId second = tickets.open(other);
    rules::Ticket secret = hall;
    secret.restricted = true;
    tickets.open(secret);
    const auto found = [&](std::string_view words, const SearchSpan& span = {}) {
        std::vector<TicketId> ids;
        for (const SearchHit& hit : tickets.search(words, 10, span)) ids.push_back(hit.ticket.id);
        return ids;
    };
    for (const char* words :
         {"jane", "Hall", "beechhill", "beech hill", "tom", "sims", "jane sims"}) {
        EXPECT_EQ(found(words), (std::vector{second, first})) << words;
    }
    EXPECT_EQ(found("jane projector"), std::vector{first}) << "one word on it, one in its mail";
    EXPECT_EQ(found("projector"), std::vector{first});
    EXPECT_EQ(found("jane keyboard"), std::vector<TicketId>{});
    EXPECT_EQ(found("jane", {.since = at(1'700'050'000)}), std::vector{second});
    EXPECT_EQ(found("jane", {.until = at(1'700'050'000)}), std::vector{first});
}

TEST_F(TicketStoreTest, SaysWhereAMessageIdHasBeenSeen) {
    const TicketId first = tickets.open(ticket());
    const TicketId second = tickets.open(ticket());
    StoredMessage one{.ticket = first, .from = {"Ann", "Ann@Example.org"}, .message_id = "a@b"};
    StoredMessage two{.ticket = second, .from = {"", "bob@example.org"}, .message_id = "a@b"};
    StoredMessage none{.ticket = second, .message_id = ""};
    for (const StoredMessage& each : {one, two, none}) tickets.add_message(each);
    const std::vector<MessageIdSighting> sightings = tickets.sightings("a@b");
    ASSERT_EQ(sightings.size(), 2U);
    EXPECT_EQ(sightings[0].ticket, first);
    EXPECT_EQ(sightings[0].from, "ann@example.org");
    EXPECT_EQ(sightings[1].ticket, second);
    EXPECT_TRUE(tickets.sightings("").empty());
    EXPECT_TRUE(tickets.sightings("A@B").empty());
    for (int index = 0; index < 20; ++index) tickets.add_message(one);
    EXPECT_EQ(tickets.sightings("a@b").size(), 10U);
}

TEST_F(TicketStoreTest, NamesTheTicketsThatAreNotClosedPieceByPiece) {
    for (const char* status : {"open", "resolved", "closed", "waiting_customer", "open"}) {
        tickets.open({.status = status});
    }
    using Numbers = std::vector<rules::TicketId>;
    const auto number = [](std::int64_t value) { return rules::TicketId{value}; };
    EXPECT_EQ(tickets.not_closed(number(0), 10),
              (Numbers{number(1), number(2), number(4), number(5)}));
    EXPECT_EQ(tickets.not_closed(number(0), 2), (Numbers{number(1), number(2)}));
    EXPECT_EQ(tickets.not_closed(number(2), 2), (Numbers{number(4), number(5)}));
    EXPECT_EQ(tickets.not_closed(number(5), 2), Numbers{});
}

}  // namespace
}  // namespace bellhop::storage
