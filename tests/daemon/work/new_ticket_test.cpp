#include "daemon/work/new_ticket.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using rules::NewTicketOrder;
using testing::HasSubstr;

class NewTicketWork : public BusyDesk {
protected:
    NewTicketWork() {
        config_.write("people.toml", R"(
[[school]]
name = "Hill Primary"
domains = ["hill.example"]
[[team]]
name = "MIS"
[[technician]]
name = "Mia"
address = "mia@desk.example"
teams = ["MIS"]
)");
    }

    auto open(const NewTicketOrder& order) {
        const std::string key = "the key";
        return open_ticket({*store_, *desk_, key, clock_.time}, order, "agent Mia");
    }

    static NewTicketOrder call(const std::string& address, const std::string& text) {
        return {{"Ann Lee", address}, "A call", text, {}, {}, {}};
    }
};

TEST_F(NewTicketWork, OpensItAsAMailOfTheRequesterWould) {
    const auto opened = open(call("ann@hill.example", "SIMS is slow."));
    ASSERT_TRUE(opened) << opened.error();
    EXPECT_EQ(opened->requester.address, "ann@hill.example");
    EXPECT_EQ(opened->school, "Hill Primary");
    EXPECT_EQ(opened->team, "MIS") << "by the rules";
    EXPECT_EQ(opened->mailbox, desk_->settings.mailboxes.front().name);
    const auto messages = store_->tickets.messages(opened->id);
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].reply_text, "SIMS is slow.");
    EXPECT_TRUE(store_->blobs.get(messages[0].raw_sha256)) << "with bytes, as any mail";
    EXPECT_TRUE(store_->timers.next_due()) << "its clock runs";
    const storage::OutboxMail told =
        *store_->outbox.find(store_->outbox.of_ticket(opened->id).front().id);
    EXPECT_EQ(told.recipient, "ann@hill.example");
    EXPECT_THAT(parsers::parse_message(told.bytes).text, HasSubstr("SIMS is slow."));
    // Her answer to it comes to the ticket.
    EXPECT_EQ(receive("ann@hill.example", "Re: noted", "In-Reply-To: <" + told.message_id + ">\r\n")
                  .ticket,
              opened->id);
}

TEST_F(NewTicketWork, LeavesNothingBehindWhereItIsRefused) {
    const auto refused = open(call("no address", "It is dark."));
    ASSERT_TRUE(refused.has_error());
    EXPECT_THAT(refused.error(), HasSubstr("is no mail address"));
    EXPECT_FALSE(store_->tickets.find(rules::TicketId{1}));
    EXPECT_TRUE(store_->outbox.list({{}, 10}).empty());
}

/// Somebody of the desk has written it down: no rule ignores or puts it aside, and who rings asks,
/// of the desk or not.
TEST_F(NewTicketWork, OpensItWhateverTheRulesDoWithSuchMail) {
    write_rules(R"(
[[rule]]
name = "never"
when.text = ["lottery"]
then.ignore = true
[[rule]]
name = "aside"
when.text = ["strange"]
then.quarantine = true
)");
    load();
    EXPECT_TRUE(open(call("ann@hill.example", "The lottery page is blocked.")));
    EXPECT_TRUE(open(call("ann@hill.example", "A strange noise.")));
    const auto own = open(call("mia@desk.example", "My own screen is dark."));
    ASSERT_TRUE(own);
    EXPECT_EQ(own->requester.address, "mia@desk.example");
}

TEST_F(NewTicketWork, MakesTheSameCallTwiceTwoTickets) {
    const auto first = open(call("ann@hill.example", "It is dark."));
    const auto second = open(call("ann@hill.example", "It is dark."));
    ASSERT_TRUE(first && second);
    EXPECT_NE(first->id, second->id);
}

}  // namespace
}  // namespace bellhop::daemon
