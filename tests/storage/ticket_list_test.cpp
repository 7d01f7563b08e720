#include "storage/ticket_list.hpp"

#include <gmock/gmock.h>

#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

using rules::TicketId;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class TicketListTest : public StoreTest {
protected:
    TicketStore tickets{database};
    TicketList lists{database};

    std::vector<std::int64_t> listed(const ListFilter& filter, std::int64_t after = 0) const {
        std::vector<std::int64_t> numbers;
        for (const rules::Ticket& each : lists.page(filter, TicketId{after})) {
            numbers.push_back(static_cast<std::int64_t>(each.id));
        }
        return numbers;
    }
};

TEST_F(TicketListTest, GivesTicketsWhole) {
    rules::Ticket ticket{.subject = hostile_text,
                         .requester = {"Ann", "ann@hill.example"},
                         .status = "open",
                         .tags = {"a", hostile_text},
                         .opened_at = at(7)};
    ticket.id = tickets.open(ticket);
    EXPECT_THAT(lists.page({}, {}), ElementsAre(*tickets.find(ticket.id)));
}

TEST_F(TicketListTest, ChoosesByEachPartOfTheFilter) {
    const std::vector<rules::Ticket> all{{.requester = {"Ann Hall", "ann@north.example"},
                                          .status = "open",
                                          .priority = "P1",
                                          .team = "MIS",
                                          .assignee = "Tess",
                                          .school = "North",
                                          .opened_at = at(10)},
                                         {.requester = {"Bob", "BOB@south.example"},
                                          .status = "resolved",
                                          .priority = "P1",
                                          .school = "North",
                                          .opened_at = at(20)},
                                         {.requester = {"", "cat@south.example"},
                                          .status = "closed",
                                          .priority = "P2",
                                          .school = "South",
                                          .opened_at = at(30)},
                                         {.requester = {"", "100%_o'\"@south.example"},
                                          .status = "waiting_customer",
                                          .priority = "P2",
                                          .team = "MIS",
                                          .school = "South",
                                          .opened_at = at(40)}};
    for (const rules::Ticket& ticket : all) tickets.open(ticket);
    const std::vector<std::pair<ListFilter, std::vector<std::int64_t>>> cases{
        {{}, {1, 4}},
        {{.all = true}, {1, 2, 3, 4}},
        {{.status = "resolved"}, {2}},
        {{.all = true, .status = "closed"}, {3}},
        {{.priority = "P2"}, {4}},
        {{.all = true, .priority = "P2"}, {3, 4}},
        {{.school = "North"}, {1}},
        {{.school = "north"}, {}},
        {{.team = "MIS"}, {1, 4}},
        {{.assignee = "Tess"}, {1}},
        {{.assignee = "Tes"}, {}},
        {{.unassigned = true}, {4}},
        {{.team = "MIS", .unassigned = true}, {4}},
        {{.all = true, .requester = "SOUTH"}, {2, 3, 4}},
        {{.all = true, .requester = "bob@"}, {2}},
        {{.requester = "hall"}, {1}},
        {{.requester = "%"}, {4}},
        {{.requester = "_"}, {4}},
        {{.requester = "o'\"@"}, {4}},
        {{.all = true, .opened_since = at(20)}, {2, 3, 4}},
        {{.all = true, .opened_since = at(41)}, {}},
        {{.status = "closed", .priority = "P2", .school = "South", .unassigned = true}, {3}}};
    for (std::size_t i = 0; i < cases.size(); ++i) {
        EXPECT_EQ(listed(cases[i].first), cases[i].second) << "case " << i;
    }
}

TEST_F(TicketListTest, GoesThroughAllPagesAndMeetsEachTicketOnce) {
    {
        Transaction transaction{database};
        for (int i = 0; i < 1203; ++i) tickets.open({.status = i % 3 == 0 ? "closed" : "open"});
        transaction.commit();
    }
    for (const bool all : {false, true}) {
        std::vector<std::int64_t> met;
        std::vector<std::int64_t> page = listed({.all = all});
        while (!page.empty()) {
            EXPECT_LE(page.size(), TicketList::page_size);
            met.insert(met.end(), page.begin(), page.end());
            page = listed({.all = all}, met.back());
        }
        EXPECT_EQ(met.size(), all ? 1203U : 802U);
        EXPECT_TRUE(std::is_sorted(met.begin(), met.end()));
        EXPECT_EQ(std::adjacent_find(met.begin(), met.end()), met.end());
    }
}

TEST_F(TicketListTest, GivesEachTicketItsOwnLog) {
    const TicketId first = tickets.open({});
    const TicketId second = tickets.open({});
    const TicketId third = tickets.open({});
    tickets.record(first, {at(2), rules::Event::created, "gateway", "", {}});
    tickets.record(second, {at(1), rules::Event::created, "gateway", hostile_text, {{"to", "x"}}});
    tickets.record(first, {at(1), rules::Event::note, "agent Tess", "", {}});
    const auto events = lists.events_of({second, first, third, TicketId{99}});
    EXPECT_EQ(events.size(), 2U);
    for (const TicketId id : {first, second}) EXPECT_EQ(events.at(id), tickets.events(id));
    EXPECT_THAT(lists.events_of({}), IsEmpty());
}

TEST_F(TicketListTest, NamesTheLastWordOfAPerson) {
    const auto add = [this](TicketId id, Direction direction, int time, parsers::MessageKind kind) {
        tickets.add_message({.ticket = id, .direction = direction, .at = at(time), .kind = kind});
    };
    using Kind = parsers::MessageKind;
    const TicketId answered = tickets.open({});
    add(answered, Direction::out, 9, Kind::human);
    add(answered, Direction::in, 5, Kind::human);
    const TicketId waiting = tickets.open({});
    add(waiting, Direction::in, 5, Kind::human);
    add(waiting, Direction::out, 6, Kind::automatic);
    add(waiting, Direction::note, 7, Kind::human);
    add(waiting, Direction::in, 8, Kind::bounce);
    const TicketId silent = tickets.open({});
    add(silent, Direction::in, 5, Kind::automatic);
    EXPECT_THAT(lists.last_words({answered, waiting, silent, TicketId{99}}),
                ElementsAre(Pair(answered, LastWord{Direction::out, at(9)}),
                            Pair(waiting, LastWord{Direction::in, at(5)})));
}

}  // namespace
}  // namespace bellhop::storage
