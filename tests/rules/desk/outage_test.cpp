#include "rules/desk/outage.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

Ticket ticket(std::int64_t id, const std::string& requester) {
    Ticket one;
    one.id = TicketId{id};
    one.requester.address = requester;
    one.participants = {requester};
    one.status = status::open;
    return one;
}

class OutageTest : public testing::Test {
protected:
    /// "2: reply; 3: resolved", with "(quiet)" where the requester hears nothing.
    std::string spread(const DeskOrder& order) const {
        std::string all;
        for (const ChildOrder& one : orders_for_children(order, parent_, children_)) {
            all += (all.empty() ? "" : "; ") + std::to_string(static_cast<std::int64_t>(one.child));
            if (const auto* reply = std::get_if<ReplyOrder>(&one.order)) {
                EXPECT_TRUE(reply->requester_only);
                all += ": reply" + (reply->status.empty() ? "" : ", " + reply->status);
            } else if (const auto* status = std::get_if<StatusOrder>(&one.order)) {
                all += ": " + status->to;
                if (status->tells == Telling::nobody) all += " (quiet)";
            } else {
                all += ": ?";
            }
        }
        return all;
    }

    Ticket parent_ = ticket(1, "ann@hill.example");
    std::vector<Ticket> children_{ticket(2, "bob@hill.example"), ticket(3, "cat@hill.example")};
};

TEST_F(OutageTest, IsAnsweredFromItsParent) {
    const ReplyOrder reply{"The line is down.", {}, false, {}, {{"plan.pdf", "PDF"}}};
    EXPECT_EQ(spread(reply), "2: reply; 3: reply");
    const auto orders = orders_for_children(reply, parent_, children_);
    EXPECT_EQ(std::get<ReplyOrder>(orders[0].order).text, "The line is down.");
    EXPECT_EQ(std::get<ReplyOrder>(orders[0].order).files.size(), 1U);
}

TEST_F(OutageTest, ReachesEachRequesterOnce) {
    children_.push_back(ticket(4, "BOB@hill.example"));
    children_.push_back(ticket(5, "Ann@hill.example"));
    EXPECT_EQ(spread(ReplyOrder{"Down.", {}}), "2: reply; 3: reply");
    EXPECT_EQ(spread(ReplyOrder{"Up.", "resolved"}),
              "2: reply, resolved; 3: reply, resolved; 4: resolved (quiet); 5: resolved (quiet)");
    parent_.participants.push_back("cat@hill.example");
    EXPECT_EQ(spread(ReplyOrder{"Down.", {}}), "2: reply") << "she gets a copy of the parent's";
    ReplyOrder alone{"Down.", {}};
    alone.requester_only = true;
    EXPECT_EQ(spread(alone), "2: reply; 3: reply");
}

TEST_F(OutageTest, EndsWithItsParent) {
    children_.push_back(ticket(4, "ann@hill.example"));
    EXPECT_EQ(spread(StatusOrder{"resolved", "it is up", {}}),
              "2: resolved; 3: resolved; 4: resolved (quiet)");
    EXPECT_EQ(spread(StatusOrder{"closed", {}, {}}), "2: closed; 3: closed; 4: closed (quiet)");
}

TEST_F(OutageTest, LeavesItsChildrenAloneWithAllElse) {
    for (const DeskOrder& order :
         std::vector<DeskOrder>{StatusOrder{"waiting_customer", {}, {}}, PriorityOrder{"P1", {}},
                                AssignOrder{{}, "Tess"}, NoteOrder{"x"}, MergeOrder{TicketId{9}},
                                SpamOrder{}, TagOrder{"x", {}}, UndoOrder{}, ReopenOrder{}}) {
        EXPECT_EQ(spread(order), "");
    }
    EXPECT_EQ(spread(ReplyOrder{"Which room?", "waiting_customer"}), "2: reply; 3: reply")
        << "the answer, without its wait";
    parent_.restricted = true;
    EXPECT_EQ(spread(ReplyOrder{"Down.", {}}), "");
}

}  // namespace
}  // namespace bellhop::rules
