#include "storage/past_mails.hpp"

#include <gtest/gtest.h>

#include "storage/ticket_store.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

class PastMailsTest : public StoreTest {
protected:
    rules::TicketId opened(std::int64_t second, const std::string& status = "open") {
        rules::Ticket ticket;
        ticket.status = status;
        ticket.opened_at = at(second);
        return tickets.open(ticket);
    }

    rules::MessageId mail(rules::TicketId ticket,
                          std::int64_t second,
                          Direction direction = Direction::in) {
        StoredMessage message;
        message.ticket = ticket;
        message.direction = direction;
        message.at = at(second);
        return tickets.add_message(message);
    }

    void event(rules::TicketId ticket, std::int64_t second) {
        tickets.record(ticket, {at(second), rules::Event::status, "agent Tom", {}, {}});
    }

    TicketStore tickets{database};
    PastMails past{database};
};

TEST_F(PastMailsTest, ComeInTheOrderOfTheirArrival) {
    const auto one = opened(10);
    const auto two = opened(20);
    const auto first = mail(one, 10);
    const auto late = mail(one, 30);
    mail(one, 25, Direction::out);
    const auto second = mail(two, 20);
    EXPECT_EQ(past.received(at(0), std::nullopt, 10),
              (std::vector<ReceivedMail>{
                  {first, one, at(10), parsers::MessageKind::human, {}, true},
                  {second, two, at(20), parsers::MessageKind::human, {}, true},
                  {late, one, at(30), parsers::MessageKind::human, {}, false},
              }));
    EXPECT_EQ(past.count(at(0)), 3);
    EXPECT_EQ(past.count(at(11)), 2);
}

TEST_F(PastMailsTest, ComePageByPageAlsoWithinASecond) {
    const auto ticket = opened(10);
    std::vector<rules::MessageId> all;
    for (int i = 0; i < 5; ++i) all.push_back(mail(ticket, 10));
    std::vector<rules::MessageId> read;
    std::optional<ReceivedMail> last;
    for (;;) {
        const auto page = past.received(at(10), last, 2);
        if (page.empty()) break;
        for (const ReceivedMail& one : page) read.push_back(one.id);
        last = page.back();
    }
    EXPECT_EQ(read, all);
}

TEST_F(PastMailsTest, TellWhichMailOpenedATicket) {
    const auto ticket = opened(10);
    EXPECT_EQ(past.first_of(ticket), std::nullopt);
    mail(ticket, 10, Direction::note);
    const auto first = mail(ticket, 10);
    mail(ticket, 5);  // came in later, though dated before
    ASSERT_TRUE(past.first_of(ticket));
    EXPECT_EQ(past.first_of(ticket)->id, first);
}

TEST_F(PastMailsTest, TellWhichTicketsHadSomethingToDoWithAWhile) {
    const auto old = opened(10, "closed");
    mail(old, 10);
    event(old, 20);
    const auto recent = opened(10, "closed");
    mail(recent, 40);
    event(recent, 50);
    const auto unfinished = opened(10);
    const auto later = opened(100);
    mail(later, 100);
    EXPECT_EQ(past.tickets_alive(at(30), at(100)),
              (std::vector<rules::TicketId>{recent, unfinished}));
    EXPECT_EQ(past.tickets_with_mail(at(30)), (std::vector<rules::TicketId>{recent, later}));
}

}  // namespace
}  // namespace bellhop::storage
