#include "daemon/work/outage_tickets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/work/desk_work.hpp"
#include "daemon/work/due_round.hpp"
#include "parsers/message/parse_message.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using rules::TicketId;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class OutageTickets : public BusyDesk {
protected:
    OutageTickets() {
        config_.write("people.toml", R"(
[[school]]
name = "Hill Primary"
domains = ["hill.example"]
[[team]]
name = "network"
[[technician]]
name = "Tess"
address = "tess@desk.example"
teams = ["network"]
)");
        config_.write("sla.toml", R"(
default = "P3"
[priority.P1]
name = "Major"
respond = "30 minutes"
[priority.P3]
name = "Normal"
respond = "4 hours"
[[step]]
at = "breach"
tell = ["team"]
)");
        write_rules(R"(
[[rule]]
name = "outage"
when.text = ["internet"]
when.surge = { tickets = 3, people = 2, within = "15 min" }
then.priority = "P1"
then.parent = "first"
then.team = "network"
)");
    }

    Filing filing() { return {*store_, *desk_, key_, clock_.time}; }

    /// Three people say the same within minutes: the third makes it an outage.
    void SetUp() override {
        BusyDesk::SetUp();
        for (const char* who : {"ann", "bob", "cat"}) {
            take(std::string{who} + "@hill.example", "The internet is down");
            clock_.time += 1min;
        }
    }

    std::vector<std::int64_t> numbers(const std::vector<rules::Ticket>& tickets) const {
        std::vector<std::int64_t> all;
        for (const rules::Ticket& one : tickets) all.push_back(static_cast<std::int64_t>(one.id));
        return all;
    }

    void order(std::int64_t on, const rules::DeskOrder& what) {
        const auto done = carry_out(filing(), TicketId{on}, what, "agent Tess");
        ASSERT_TRUE(done.has_value()) << done.error();
    }

    /// Who got mails of the kind in all, in the order sent.
    std::vector<std::string> readers(rules::MailKind kind) const {
        std::vector<std::string> all;
        for (std::int64_t id = 1; id <= 5; ++id) {
            for (const storage::OutboxMail& one : store_->outbox.of_ticket(TicketId{id})) {
                const bool goes =
                    store_->outbox.find(one.id)->state != storage::OutboxState::cancelled;
                if (one.kind == kind && goes) all.push_back(one.recipient);
            }
        }
        return all;
    }

    std::string key_ = "the key";
};

TEST_F(OutageTickets, AreAlsoThoseThatCameBefore) {
    EXPECT_THAT(numbers(children_of(filing(), TicketId{1})), ElementsAre(2, 3));
    EXPECT_THAT(numbers(open_children(filing(), TicketId{1})), ElementsAre(2, 3));
    EXPECT_FALSE(is_in_outage(filing(), TicketId{1}));
    EXPECT_TRUE(is_in_outage(filing(), TicketId{2}));
    take("dan@hill.example", "No internet here either");
    EXPECT_THAT(numbers(children_of(filing(), TicketId{1})), ElementsAre(2, 3, 4));
    std::size_t links = 0;
    for (const rules::TicketEvent& entry : store_->tickets.events(TicketId{2})) {
        links += entry.type == rules::Event::linked ? 1U : 0U;
    }
    EXPECT_EQ(links, 1U) << "joined once";
}

TEST_F(OutageTickets, AreAnsweredFromTheParentOnce) {
    take("bob@hill.example", "Internet still down");
    EXPECT_EQ(store_->tickets.links(TicketId{4}).size(), 1U);
    order(1, rules::ReplyOrder{"The line is cut; they dig.", {}});
    EXPECT_THAT(readers(rules::MailKind::reply),
                ElementsAre("ann@hill.example", "bob@hill.example", "cat@hill.example"));
    const storage::OutboxMail mail =
        *store_->outbox.find(store_->outbox.of_ticket(TicketId{3}).back().id);
    EXPECT_THAT(parsers::parse_message(mail.bytes).subject, HasSubstr("[HELP#3]"))
        << "in her own conversation";
    order(1, rules::ReplyOrder{"It is back.", "resolved"});
    for (std::int64_t id = 1; id <= 4; ++id) {
        EXPECT_EQ(ticket(TicketId{id}).status, "resolved") << id;
    }
    EXPECT_THAT(readers(rules::MailKind::resolved), IsEmpty()) << "the answer says it";
    EXPECT_EQ(readers(rules::MailKind::reply).size(), 6U);
}

TEST_F(OutageTickets, EndWithTheParent) {
    order(2, rules::StatusOrder{"resolved", {}, {}});
    order(1, rules::StatusOrder{"resolved", {}, {}});
    EXPECT_EQ(ticket(TicketId{3}).status, "resolved");
    EXPECT_THAT(readers(rules::MailKind::resolved),
                ElementsAre("ann@hill.example", "bob@hill.example", "cat@hill.example"));
}

/// What was told in confidence stays apart, and so does what came back alone.
TEST_F(OutageTickets, LeaveOutWhatStandsApart) {
    rules::Ticket quiet = ticket(TicketId{2});
    quiet.restricted = true;
    store_->tickets.update(quiet);
    EXPECT_THAT(numbers(open_children(filing(), TicketId{1})), ElementsAre(3));
    order(1, rules::StatusOrder{"resolved", {}, {}});
    EXPECT_EQ(ticket(TicketId{2}).status, "open");
    receive("cat@hill.example", "Re: [HELP#3] The internet is down", {}, "Not in my room.");
    EXPECT_EQ(ticket(TicketId{3}).status, "open");
    EXPECT_FALSE(is_in_outage(filing(), TicketId{3})) << "its own clock runs";
}

/// One clock for all of them: the parent's.
TEST_F(OutageTickets, AreNotLateOneByOne) {
    clock_.time += 24h;
    run_due(filing());
    const auto late = [&](std::int64_t id) {
        for (const rules::TicketEvent& entry : store_->tickets.events(TicketId{id})) {
            if (entry.type == rules::Event::notice) return true;
        }
        return false;
    };
    EXPECT_TRUE(late(1));
    EXPECT_FALSE(late(2));
    EXPECT_FALSE(late(3));
    order(1, rules::SpamOrder{});
    EXPECT_EQ(ticket(TicketId{2}).status, "open") << "nobody has answered them";
    run_due(filing());
    EXPECT_TRUE(late(2)) << "they count for themselves again";
}

TEST_F(OutageTickets, ArePutBackWithTheParent) {
    Filing later = filing();
    later.send_delay = 60s;
    ASSERT_TRUE(
        carry_out(later, TicketId{1}, rules::ReplyOrder{"It is back.", "resolved"}, "agent Tess"));
    EXPECT_EQ(ticket(TicketId{3}).status, "resolved");
    ASSERT_TRUE(carry_out(later, TicketId{1}, rules::UndoOrder{}, "agent Tess"));
    for (std::int64_t id = 1; id <= 3; ++id) {
        EXPECT_EQ(ticket(TicketId{id}).status, "open") << id;
    }
    EXPECT_THAT(readers(rules::MailKind::reply), IsEmpty());
}

TEST_F(OutageTickets, AreSpokenOfInTheNotice) {
    run_due(filing());
    const auto notice = [&](std::int64_t id) {
        for (const storage::OutboxMail& one : store_->outbox.of_ticket(TicketId{id})) {
            if (one.kind != rules::MailKind::notify) continue;
            return parsers::parse_message(store_->outbox.find(one.id)->bytes).text;
        }
        return std::string{};
    };
    EXPECT_THAT(notice(1), HasSubstr("and so do those who have reported the same (2 more)."));
    EXPECT_THAT(notice(2), Not(HasSubstr("reported the same")));
}

/// One of them that cannot be answered keeps the others from nothing.
TEST_F(OutageTickets, SayInTheirLogWhereTheyCannotBeAnswered) {
    rules::Ticket nameless = ticket(TicketId{2});
    nameless.requester.address.clear();
    store_->tickets.update(nameless);
    order(1, rules::ReplyOrder{"The line is cut.", {}});
    EXPECT_THAT(readers(rules::MailKind::reply),
                ElementsAre("ann@hill.example", "cat@hill.example"));
    EXPECT_EQ(store_->tickets.events(TicketId{2}).back().type, rules::Event::not_done);
}

}  // namespace
}  // namespace bellhop::daemon
