#include "daemon/control/ticket_requests.hpp"

#include <gmock/gmock.h>
#include <sysexits.h>

#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;

class TicketRequests : public BusyDesk {
protected:
    Answer order(const boost::json::object& arguments) {
        const RequestContext context{*store_, *desk_, key_, *intake_, clock_, own_peer()};
        return carried_out({{"ticket.order", order_ticket}}, context,
                           {"ticket.order", arguments, {}});
    }

    std::string key_ = "the key";
};

TEST_F(TicketRequests, CarryOutAnOrder) {
    take("ann@hill.example", "Projector");
    const Answer answer =
        order({{"order", "priority"}, {"ticket", "#1"}, {"by", "Tess"}, {"to", "P1"}});
    EXPECT_EQ(answer.complaint, "");
    EXPECT_EQ(answer.status, EX_OK);
    EXPECT_EQ(answer.result.at("priority"), "P1");
    EXPECT_EQ(ticket(rules::TicketId{1}).priority, "P1");
    EXPECT_EQ(store_->tickets.events(rules::TicketId{1}).back().actor, "agent Tess");
}

TEST_F(TicketRequests, AnswerWhatIsWrong) {
    take("ann@hill.example", "Projector");
    struct Case {
        boost::json::object arguments;
        int status;
        std::string complaint;
    };
    const std::vector<Case> cases{
        {{}, EX_USAGE, "there is no order \"\""},
        {{{"order", "note"}, {"ticket", "99"}, {"by", "T"}, {"text", "x"}}, 1, "no ticket \"99\""},
        {{{"order", "note"}, {"ticket", "x"}, {"by", "T"}, {"text", "x"}}, 1, "no ticket \"x\""},
        {{{"order", "note"}, {"ticket", "1"}, {"text", "x"}}, EX_USAGE, "--as NAME"},
        {{{"order", "note"}, {"ticket", "1"}, {"by", "T"}}, EX_USAGE, "text is missing"},
        {{{"order", "priority"}, {"ticket", "1"}, {"by", "T"}, {"to", "P9"}},
         EX_USAGE,
         "ticket 1: there is no priority \"P9\""}};
    for (const Case& one : cases) {
        const Answer answer = order(one.arguments);
        EXPECT_EQ(answer.status, one.status) << one.complaint;
        EXPECT_THAT(answer.complaint, HasSubstr(one.complaint));
    }
    EXPECT_EQ(ticket(rules::TicketId{1}).priority, "P3");
}

}  // namespace
}  // namespace bellhop::daemon
