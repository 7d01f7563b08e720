#include "daemon/work/outgoing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/work/correspondence.hpp"
#include "parsers/message/parse_message.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

/// What goes out, and when: a desk that is open from 8.30 am to 4.30 pm and promises an answer
/// within four hours.
class Outgoing : public BusyDesk {
protected:
    std::vector<storage::OutboxMail> take_due_now() {
        storage::Transaction transaction{store_->database};
        std::vector<storage::OutboxMail> mails = take_due({*store_, *desk_, key_, clock_.time}, 10);
        transaction.commit();
        return mails;
    }
    storage::OutboxMail the_only(rules::TicketId ticket) const {
        return store_->outbox.of_ticket(ticket).front();
    }
    /// The attempt has failed; no server has seen more than the envelope, or it has.
    void fail(storage::OutboxId id, storage::Exposure exposure) {
        store_->outbox.deferred(id, clock_.time, "451 later", exposure);
    }
    std::string text_of(const storage::OutboxMail& mail) {
        return parsers::parse_message(mail.bytes).text;
    }

    std::string key_ = "the key";
};

TEST_F(Outgoing, GoesAsItIsWhenItGoesAtOnce) {
    const rules::TicketId ticket = take("ann@hill.example", "projector");
    const std::string bytes = store_->outbox.find(the_only(ticket).id)->bytes;
    const std::vector<storage::OutboxMail> mails = take_due_now();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].bytes, bytes);
    EXPECT_THAT(text_of(mails[0]), HasSubstr("by Tuesday 15 September, 2 pm"));
    EXPECT_EQ(the_only(ticket).state, storage::OutboxState::sending);
    EXPECT_TRUE(take_due_now().empty()) << "it is claimed";
}

TEST_F(Outgoing, PromisesNothingThatIsPast) {
    const rules::TicketId ticket = take("ann@hill.example", "projector");
    const storage::OutboxMail before = *store_->outbox.find(the_only(ticket).id);
    // The relay is away until the evening of the next day.
    clock_.time += 34h;
    const std::vector<storage::OutboxMail> mails = take_due_now();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_THAT(text_of(mails[0]), Not(HasSubstr("15 September, 2 pm")));
    EXPECT_THAT(text_of(mails[0]), HasSubstr("We mean to have it solved by Friday 18 September"))
        << "what is still to come is promised as before";
    const parsers::Message now = parsers::parse_message(mails[0].bytes);
    const parsers::Message then = parsers::parse_message(before.bytes);
    EXPECT_EQ(now.message_id, then.message_id);
    EXPECT_EQ(now.subject, then.subject);
    EXPECT_EQ(now.in_reply_to, then.in_reply_to);
    EXPECT_EQ(now.references, then.references);
    EXPECT_EQ(now.date, clock_.time);
    EXPECT_EQ(store_->outbox.find(mails[0].id)->bytes, mails[0].bytes) << "a retry sends the same";
    EXPECT_THAT(store_->tickets.events(ticket).back().detail,
                HasSubstr("by Friday 18 September, 10 am"));
}

TEST_F(Outgoing, IsComposedAnewAtEachAttemptThatNoServerHasSeen) {
    const rules::TicketId ticket = take("ann@hill.example", "projector");
    for (const auto wait : {2h, 3h, 26h}) {
        clock_.time += wait;
        const std::vector<storage::OutboxMail> mails = take_due_now();
        ASSERT_EQ(mails.size(), 1U);
        EXPECT_EQ(parsers::parse_message(mails[0].bytes).date, clock_.time);
        fail(the_only(ticket).id, storage::Exposure::none);
    }
}

TEST_F(Outgoing, StaysTheSameToTheByteOnceAServerMayHaveSeenIt) {
    const rules::TicketId ticket = take("ann@hill.example", "projector");
    clock_.time += 1h;
    const std::string shown = take_due_now().at(0).bytes;
    fail(the_only(ticket).id, storage::Exposure::possible);
    clock_.time += 34h;
    EXPECT_EQ(take_due_now().at(0).bytes, shown);
    // The process dies.
    store_->outbox.recover(clock_.time);
    clock_.time += 34h;
    EXPECT_EQ(take_due_now().at(0).bytes, shown);
}

TEST_F(Outgoing, WithdrawsWhatHasLostItsPoint) {
    const rules::TicketId ticket = take("ann@hill.example", "projector");
    rules::Ticket answered = *store_->tickets.find(ticket);
    {
        storage::Transaction transaction{store_->database};
        Correspondence{*store_, *desk_, key_, clock_.time}.reply(
            answered, {"Try the blue cable.", "agent Tess", {}, {}});
        transaction.commit();
    }
    clock_.time += 2h;
    const std::vector<storage::OutboxMail> mails = take_due_now();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].kind, rules::MailKind::reply) << "what a person has written always goes";
    EXPECT_EQ(the_only(ticket).state, storage::OutboxState::cancelled);
    const rules::TicketEvent why = store_->tickets.events(ticket).back();
    EXPECT_EQ(why.type, rules::Event::withdrawn);
    EXPECT_EQ(why.detail, "acknowledgement to ann@hill.example: somebody has answered meanwhile");
}

TEST_F(Outgoing, WithdrawsWhatSpeaksOfAnInstantThatIsPast) {
    const rules::TicketId ticket = take("ann@hill.example", "projector");
    take_due_now();
    rules::SendMail visit{rules::MailKind::visit, "ann@hill.example"};
    visit.label = "visit-1-1";
    visit.until = clock_.time + 24h;
    {
        storage::Transaction transaction{store_->database};
        Correspondence{*store_, *desk_, key_, clock_.time}.send(*store_->tickets.find(ticket),
                                                                visit);
        transaction.commit();
    }
    clock_.time += 24h;
    EXPECT_TRUE(take_due_now().empty());
    EXPECT_EQ(store_->tickets.events(ticket).back().detail,
              "visit to ann@hill.example: what it speaks of is past");
}

TEST_F(Outgoing, GoesAsItStandsWhereItsTextIsGone) {
    write_rules(R"(
[[rule]]
name = "own words"
when.text = ["projector"]
then.acknowledge = "own"
)");
    config_.write("templates/own.txt", "Subject: Own\n\nOur own words. {{promise}}\n");
    load();
    const rules::TicketId ticket = take("ann@hill.example", "projector");
    const std::string bytes = store_->outbox.find(the_only(ticket).id)->bytes;
    std::filesystem::remove(config_.path() / "templates/own.txt");
    write_rules("");
    load();
    clock_.time += 34h;
    EXPECT_EQ(take_due_now().at(0).bytes, bytes);
}

TEST_F(Outgoing, PutsADueInstantRightThatOnlyAWrongClockCanHaveMade) {
    const rules::TicketId ticket = take("ann@hill.example", "projector");
    take_due_now();
    store_->outbox.deferred(the_only(ticket).id, clock_.time + 400 * 24h, "451 later",
                            storage::Exposure::none);
    EXPECT_EQ(take_due_now().size(), 1U);
}

}  // namespace
}  // namespace bellhop::daemon
