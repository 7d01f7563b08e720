#include "daemon/view/ticket_list.hpp"

#include <gmock/gmock.h>

#include "daemon/view/ticket_page.hpp"
#include "daemon/work/desk_work.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;

class TicketLists : public BusyDesk {
protected:
    TicketListing listing(const ListQuestion& question = {}) const {
        return listed_tickets(*store_, *desk_, question, clock_.time);
    }
    std::vector<std::int64_t> numbers(const ListQuestion& question = {}) const {
        std::vector<std::int64_t> all;
        for (const ListedTicket& one : listing(question).tickets)
            all.push_back(static_cast<std::int64_t>(one.ticket.id));
        return all;
    }
    std::string due(rules::TicketId id) const {
        for (const ListedTicket& one : listing({{.all = true}}).tickets) {
            if (one.ticket.id == id) return due_in_words(one, clock_.time);
        }
        return "not listed";
    }
};

TEST_F(TicketLists, ShowWhatIsDueFirstAtTheTop) {
    const auto first = take("ann@hill.example", "Projector");
    clock_.time += 20min;
    const auto second = take("bob@hill.example", "SIMS is slow");
    staff(second, rules::Event::priority, "P1");
    clock_.time += 5min;
    EXPECT_EQ(in_words(listing(), clock_.time),
              "NUM  DUE        PRIO  STATUS  WHO    LAST                  SCHOOL        "
              "REQUESTER  SUBJECT\n"
              "  2  in 25 min  P1    open    [MIS]  customer, 5 min ago   Hill Primary  "
              "Ann        SIMS is slow\n"
              "  1  in 3 h 35  P3    open    -      customer, 25 min ago  Hill Primary  "
              "Ann        Projector\n");
    EXPECT_THAT(numbers(), ElementsAre(1, 2));
    EXPECT_EQ(first, rules::TicketId{1});
}

TEST_F(TicketLists, MarkWhomNothingProves) {
    const auto mark = [this](rules::ProofLevel proof) {
        rules::Ticket one = ticket(take("ann@hill.example", "Projector"));
        one.requester_proof = proof;
        store_->tickets.update(one);
        const std::string shown = in_words(ticket_page(*store_, *desk_, one, clock_.time), *desk_,
                                           Extent::new_text, clock_.time);
        return shown.substr(shown.find("requester"), 60);
    };
    EXPECT_THAT(mark(rules::ProofLevel::proved), HasSubstr("Ann <ann@hill.example>\n"));
    EXPECT_THAT(in_words(listing(), clock_.time), HasSubstr("Hill Primary  Ann "));
    EXPECT_THAT(mark(rules::ProofLevel::unknown), HasSubstr("(NOT PROVED)"));
    EXPECT_THAT(in_words(listing(), clock_.time), HasSubstr("Hill Primary  ? Ann "));
    EXPECT_THAT(mark(rules::ProofLevel::failed), HasSubstr("(FORGED?)"));
    EXPECT_THAT(in_words(listing(), clock_.time), HasSubstr("Hill Primary  ! Ann "));
}

TEST_F(TicketLists, SayWhenSomethingIsDue) {
    const auto id = take("ann@hill.example", "Projector");
    EXPECT_EQ(due(id), "in 4 h");
    clock_.time += 3h + 59min + 30s;
    EXPECT_EQ(due(id), "in 0 min");
    clock_.time += 61s;
    EXPECT_EQ(due(id), "late 0 min");
    clock_.time += 60min;
    EXPECT_EQ(due(id), "late 1 h");
    store_->tickets.record(id, {clock_.time, rules::Event::agent_reply, "agent Tom", {}, {}});
    EXPECT_EQ(due(id), "Fri 18 Sep 10:00");  // of the solution
    staff(id, rules::Event::status, "waiting_customer");
    EXPECT_EQ(due(id), "waits");
    staff(id, rules::Event::status, "resolved");
    EXPECT_EQ(due(id), "");
}

TEST_F(TicketLists, ChooseThoseThatAreLateNow) {
    const auto late = take("ann@hill.example", "Projector");
    const auto answered = take("bob@hill.example", "Printer");
    clock_.time += 5h;
    store_->tickets.record(answered, {clock_.time, rules::Event::agent_reply, "agent Tom", {}, {}});
    take("cat@hill.example", "Sound");
    EXPECT_THAT(numbers({.only_overdue = true}), ElementsAre(static_cast<std::int64_t>(late)));
    EXPECT_THAT(numbers({.only_breached = true}), ElementsAre(1, 2));
}

TEST_F(TicketLists, TellMachinesWhoWroteLast) {
    take("ann@hill.example", "Projector");
    const auto array = to_json(listing());
    ASSERT_EQ(array.size(), 1U);
    EXPECT_EQ(boost::json::serialize(array.front().at("last")),
              R"({"by":"customer","at":"2026-09-15T09:00:00Z"})");
    EXPECT_EQ(array.front().at("response").at("state"), "running");
}

TEST_F(TicketLists, OfNothingSaySo) {
    EXPECT_EQ(in_words(listing(), clock_.time), "no tickets\n");
    EXPECT_EQ(to_json(listing()).size(), 0U);
}

class TicketPages : public BusyDesk {
protected:
    std::string page(rules::TicketId id, Extent extent = Extent::new_text) const {
        return in_words(ticket_page(*store_, *desk_, ticket(id), clock_.time), *desk_, extent,
                        clock_.time);
    }
};

TEST_F(TicketPages, SayHowMuchOfAMailIsLeftOut) {
    const auto id = receive("ann@hill.example", "Projector", {},
                            "It is dark.\r\n\r\n-- \r\nAnn Lee\r\nYear 4 teacher\r\n")
                        .ticket.value();
    EXPECT_THAT(page(id), HasSubstr("It is dark.\n[3 more lines]\n"));
    EXPECT_THAT(page(id, Extent::whole_text), HasSubstr("Year 4 teacher"));
    EXPECT_THAT(page(id, Extent::whole_text), testing::Not(HasSubstr("more line")));
}

TEST_F(TicketPages, TellEventsOnTheClockOfTheSchoolWithWhoAndWhat) {
    const auto id = take("ann@hill.example", "Projector");
    clock_.time += 90min;
    staff(id, rules::Event::status, "resolved");
    EXPECT_THAT(page(id), HasSubstr("opened Tue 15 Sep 10:00\n"));
    EXPECT_THAT(page(id), HasSubstr("--- Tue 15 Sep 10:00, from Ann <ann@hill.example>\n"));
    EXPECT_THAT(page(id), HasSubstr("Tue 15 Sep 11:30  status: open → resolved, by agent Tom\n"));
}

TEST_F(TicketPages, TellWhoHasWrittenWhatWentOut) {
    const auto id = take("ann@hill.example", "Projector");
    const std::string key = "the key";
    ASSERT_TRUE(carry_out({*store_, *desk_, key, clock_.time}, id,
                          rules::ReplyOrder{"Which room?", {}}, "agent Tess Tech"));
    EXPECT_THAT(page(id), HasSubstr("--- Tue 15 Sep 10:00, to ann@hill.example, by Tess Tech\n"
                                    "Which room?\n"));
}

TEST_F(TicketPages, HoldForMachinesWhatIsStored) {
    const auto id = take("ann@hill.example", "Projector");
    const auto object = to_json(ticket_page(*store_, *desk_, ticket(id), clock_.time));
    EXPECT_EQ(object.at("id"), 1);
    EXPECT_EQ(object.at("messages").as_array().size(), 1U);
    EXPECT_EQ(object.at("events").as_array().front().at("type"), "created");
    EXPECT_TRUE(object.at("links").as_array().empty());
}

TEST(EventsInWords, TellFromToWhoUntilAndWhy) {
    EXPECT_EQ(event_in_words(
                  {{}, rules::Event::assignee, "agent Tess", "", {{"from", ""}, {"to", "Tom"}}}),
              "assignee: Tom, by agent Tess");
    EXPECT_EQ(
        event_in_words({{},
                        rules::Event::status,
                        "agent Tess",
                        "a lamp",
                        {{"from", "open"}, {"to", "waiting_site_visit"}, {"until", "2026-11-02"}}}),
        "status: open → waiting_site_visit until 2026-11-02, by agent Tess (a lamp)");
    EXPECT_EQ(event_in_words({{}, rules::Event::created, "gateway", "", {}}), "created");
}

}  // namespace
}  // namespace bellhop::daemon
