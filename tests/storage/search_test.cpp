#include "storage/search.hpp"

#include "storage/ticket_store.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

TEST(MatchExpression, QuotesEveryWordAndLeavesTheLastOpen) {
    EXPECT_EQ(match_expression(""), "");
    EXPECT_EQ(match_expression(" \t\n\x01 "), "");
    EXPECT_EQ(match_expression("printer"), "\"printer\" *");
    EXPECT_EQ(match_expression("  printer\troom 12\n"), "\"printer\" \"room\" \"12\" *");
    EXPECT_EQ(match_expression("a\"b OR c*"), "\"a\"\"b\" \"OR\" \"c*\" *");
    EXPECT_EQ(match_expression(std::string{"a\0b", 3}), "\"a\" \"b\" *");
}

TEST(MatchExpression, IsBounded) {
    std::string many;
    for (int index = 0; index < 100000; ++index) many += "ab ";
    EXPECT_LT(match_expression(many).size(), 33 * 5U);
    EXPECT_LT(match_expression(std::string(100000, '"')).size(), 2 * 1024 + 10U);
}

class SearchTest : public StoreTest {
protected:
    TicketStore tickets{database};

    rules::TicketId ticket(bool restricted = false) {
        rules::Ticket one;
        one.status = "open";
        one.restricted = restricted;
        return tickets.open(one);
    }

    rules::MessageId message(rules::TicketId id,
                             const std::string& subject,
                             const std::string& text) {
        StoredMessage one;
        one.ticket = id;
        one.subject = subject;
        one.text = text;
        return tickets.add_message(one);
    }

    std::vector<rules::TicketId> found(std::string_view query, std::size_t limit = 10) {
        std::vector<rules::TicketId> ids;
        for (const SearchHit& hit : tickets.search(query, limit)) ids.push_back(hit.ticket.id);
        return ids;
    }

    using Ids = std::vector<rules::TicketId>;
};

// All that is asked below is asked three times: nothing, half, all of it indexed.
TEST_F(SearchTest, FindsTheSameBeforeAndAfterIndexing) {
    std::vector<rules::TicketId> ids;
    for (int i = 0; i < 12; ++i) {
        ids.push_back(ticket(i % 5 == 4));
        message(ids.back(), "Printer " + std::to_string(i), "It jams, says Zoë. Room 12");
        message(ids[static_cast<std::size_t>(i) / 2], "more", "and jams and jams");
    }
    const auto answers = [&] {
        std::vector<std::pair<rules::TicketId, std::string>> all;
        for (const char* query : {"printer", "jams", "ZOE room", "and ja", "7", "nothing"}) {
            for (const std::size_t limit : {1U, 3U, 100U}) {
                for (const SearchHit& hit : tickets.search(query, limit)) {
                    all.emplace_back(hit.ticket.id, hit.excerpt);
                }
            }
        }
        return all;
    };
    const auto before = answers();
    EXPECT_GT(before.size(), 30U);
    EXPECT_TRUE(tickets.index_messages(9));
    EXPECT_EQ(answers(), before);
    Database reader{file, {.access = Access::reader}};
    EXPECT_EQ(TicketStore{reader}.search("printer", 100).size(),
              tickets.search("printer", 100).size());
    while (tickets.index_messages(9)) {
    }
    EXPECT_EQ(answers(), before);
    EXPECT_EQ(TicketStore{reader}.search("printer", 100).size(),
              tickets.search("printer", 100).size());
}

TEST_F(SearchTest, SaysHowMuchItDoesNotLookAt) {
    const auto id = ticket();
    Transaction transaction{database};
    for (int i = 0; i < 2003; ++i) message(id, "flood", std::to_string(i));
    EXPECT_EQ(tickets.not_searched(), 3U);
    tickets.index_messages(10);
    EXPECT_EQ(tickets.not_searched(), 0U);
}

TEST_F(SearchTest, FindsWordsInSubjectsAndTexts) {
    const auto printer = ticket();
    const auto projector = ticket();
    message(printer, "Printer in Room 12", "It jams whenever Zoë prints in colour.");
    message(projector, "Projector", "The one in Room 14 stays dark.");
    EXPECT_EQ(found("room"), (Ids{projector, printer}));
    EXPECT_EQ(found("ROOM 12"), Ids{printer});
    EXPECT_EQ(found("zoe"), Ids{printer});
    EXPECT_EQ(found("ZOË jams"), Ids{printer});
    EXPECT_EQ(found("room pr"), (Ids{projector, printer}));
    EXPECT_EQ(found("pr room"), Ids{});
    EXPECT_EQ(found("room scanner"), Ids{});
    EXPECT_EQ(found("room", 1), Ids{projector});
    EXPECT_EQ(found("room", 0), Ids{});
}

TEST_F(SearchTest, GivesOneLineWithTheWordsMarked) {
    const auto id = ticket();
    message(id, "Hello", "First line\r\n\r\n  the\tPrinter\x02 is\x03 dead\n");
    const std::vector<SearchHit> hits = tickets.search("printer", 5);
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_EQ(hits[0].excerpt, "First line the \x02Printer\x03 is dead");
    EXPECT_EQ(hits[0].ticket, tickets.find(id));
}

TEST_F(SearchTest, GivesEachTicketOnceNewestMessageFirst) {
    const auto first = ticket();
    const auto second = ticket();
    message(first, "printer", "one");
    message(second, "printer", "two");
    message(first, "Re: printer", "three");
    EXPECT_EQ(found("printer"), (Ids{first, second}));
}

TEST_F(SearchTest, FindsRestrictedTicketsByNumberOnly) {
    const auto id = ticket(true);
    message(id, "Worried about a pupil", "the secret text");
    EXPECT_EQ(found("worried"), Ids{});
    EXPECT_EQ(found("secret"), Ids{});
    const std::vector<SearchHit> hits = tickets.search("#1", 5);
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_EQ(hits[0].ticket.id, id);
    EXPECT_EQ(hits[0].excerpt, "");
}

TEST_F(SearchTest, FindsTextAgainWhenARestrictionIsLifted) {
    const auto id = ticket(true);
    message(id, "Worried", "");
    rules::Ticket lifted = *tickets.find(id);
    lifted.restricted = false;
    tickets.update(lifted);
    EXPECT_EQ(found("worried"), Ids{id});
}

TEST_F(SearchTest, PutsTheTicketOfThatNumberFirst) {
    const auto first = ticket();
    const auto second = ticket();
    message(second, "1", "mentions 1");
    message(first, "1", "");
    EXPECT_EQ(found(" 1 "), (Ids{first, second}));
    EXPECT_EQ(found("#1"), (Ids{first, second}));
    EXPECT_EQ(found("#1", 1), Ids{first});
    EXPECT_EQ(found("99999999999999999999999"), Ids{});
}

TEST_F(SearchTest, LeavesOutOurOwnAutomaticMails) {
    const auto id = ticket();
    StoredMessage ours;
    ours.ticket = id;
    ours.direction = Direction::out;
    ours.subject = "We have received your message";
    ours.kind = parsers::MessageKind::automatic;
    tickets.add_message(ours);
    EXPECT_EQ(found("received"), Ids{});
    ours.kind = parsers::MessageKind::human;
    tickets.add_message(ours);
    EXPECT_EQ(found("received"), Ids{id});
}

TEST_F(SearchTest, TakesAnyInputForAQuery) {
    const auto id = ticket();
    message(id, "AND OR NOT NEAR", "subject:x a-b user@example.org C:\\x");
    EXPECT_EQ(found("NOT"), Ids{id});
    EXPECT_EQ(found("AND OR"), Ids{id});
    EXPECT_EQ(found("user@example.org"), Ids{id});
    EXPECT_EQ(found("a-b"), Ids{id});
    EXPECT_EQ(found("b-a"), Ids{});
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
    for (const std::string& query : {std::string{"\""},
                                     std::string{"\"\""},
                                     std::string{"*"},
                                     std::string{"^a"},
                                     std::string{"a^"},
                                     std::string{"(a"},
                                     std::string{"{a b}"},
                                     std::string{"text:"},
                                     std::string{"NEAR(a b, 3)"},
                                     std::string{"a + b"},
                                     std::string{"-a"},
                                     std::string{"' OR 1=1 --"},
                                     std::string{"% _"},
                                     std::string{"."},
                                     std::string{"- AND -"},
                                     hostile_text,
                                     every_byte,
                                     std::string(5000, '"'),
                                     std::string(5000, 'x'),
                                     std::string(3000, '*')}) {
        EXPECT_NO_THROW(found(query)) << query;
    }
}

TEST_F(SearchTest, IgnoresPunctuationBesideWords) {
    const auto id = ticket();
    message(id, "printer broken", "");
    EXPECT_EQ(found("printer - broken !"), Ids{id});
}

TEST_F(SearchTest, IndexesTheBeginningOfAVeryLongText) {
    const auto id = ticket();
    std::string text = "beginning ";
    while (text.size() < 200'000) text += "filling ";
    message(id, "", text + "ending");
    EXPECT_EQ(found("beginning"), Ids{id});
    EXPECT_EQ(found("ending"), Ids{});
}

TEST_F(SearchTest, KeepsAnIndexThatAgreesWithTheTexts) {
    const auto id = ticket();
    for (int index = 0; index < 50; ++index) message(id, "s" + std::to_string(index), hostile_text);
    while (tickets.index_messages(3)) {
    }
    database.execute(
        "INSERT INTO message_search (message_search, rank) VALUES ('integrity-check', 1)");
}

}  // namespace
}  // namespace bellhop::storage
