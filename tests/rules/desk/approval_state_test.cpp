#include "rules/desk/approval_state.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using Log = std::vector<TicketEvent>;

const StatusRules& statuses = shipped_statuses();
const std::string head = "head@hill.example";

TicketEvent held(const std::string& approver) {
    return {{}, Event::held, "gateway", {}, {{"approver", approver}}};
}
TicketEvent status(const std::string& from, const std::string& to, const std::string& actor) {
    return {{}, Event::status, actor, {}, {{"from", from}, {"to", to}}};
}

TEST(ApprovalEnd, IsAYesOrANoByAPersonOnly) {
    struct Case {
        const char* from;
        const char* to;
        const char* actor;
        ApprovalEnd end;
    };
    using enum ApprovalEnd;
    for (const Case& one :
         std::vector<Case>{{"waiting_approval", "open", "head@hill.example", approved},
                           {"waiting_approval", "in_progress", "agent Tom", approved},
                           {"waiting_approval", "resolved", "agent Tom", refused},
                           {"waiting_customer", "open", "agent Tom", approved},
                           {"waiting_approval", "waiting_customer", "agent Tom", none},
                           {"waiting_approval", "waiting_third_party", "agent Tom", none},
                           {"waiting_approval", "waiting_approval", "agent Tom", none},
                           {"waiting_approval", "closed", "agent Tom", none},
                           {"waiting_customer", "resolved", "agent Tom", none},
                           {"resolved", "open", "agent Tom", none},
                           {"open", "in_progress", "agent Tom", none},
                           {"waiting_approval", "open", "gateway", none},
                           {"waiting_approval", "resolved", "gateway", none}}) {
        EXPECT_EQ(end_of_approval(one.from, one.to, one.actor, statuses), one.end)
            << one.from << " -> " << one.to << " by " << one.actor;
    }
}

TEST(WantedApprover, IsWhomTheRuleNamesUntilSomebodySaysYes) {
    const Log asked{held("slt")};
    EXPECT_EQ(wanted_approver({}, statuses), std::nullopt);
    EXPECT_EQ(wanted_approver(asked, statuses), "slt");
    EXPECT_EQ(wanted_approver({held("")}, statuses), "team");
    EXPECT_EQ(wanted_approver({status("open", "waiting_approval", "agent Tom")}, statuses), "team");
    EXPECT_EQ(wanted_approver({held("slt"), status("waiting_approval", "open", head)}, statuses),
              std::nullopt);
}

/// Whatever leads back to work but a yes, the yes is still wanted.
TEST(WantedApprover, StaysWantedThroughAllElse) {
    for (const Log& way :
         std::vector<Log>{{status("waiting_approval", "resolved", head)},
                          {status("waiting_approval", "resolved", head),
                           status("resolved", "waiting_approval", "gateway")},
                          {status("waiting_approval", "waiting_customer", "agent Tom"),
                           status("waiting_customer", "open", "gateway")},
                          {status("waiting_approval", "open", "gateway")},
                          {status("waiting_approval", "closed", "agent Tom")}}) {
        Log log{held("slt")};
        log.insert(log.end(), way.begin(), way.end());
        EXPECT_EQ(wanted_approver(log, statuses), "slt") << log.back().detail;
    }
}

TEST(WantedApprover, IsWantedAgainWhereAYesIsTakenBack) {
    EXPECT_EQ(wanted_approver({held("slt"), status("waiting_approval", "open", "agent Tom"),
                               status("open", "waiting_approval", "agent Tom")},
                              statuses),
              "slt");
}

TEST(StatusAgain, WaitsForTheYesWhereItWouldBeWorkedOn) {
    EXPECT_EQ(status_again("slt", "open", statuses), "waiting_approval");
    EXPECT_EQ(status_again("slt", "in_progress", statuses), "waiting_approval");
    EXPECT_EQ(status_again("slt", "waiting_customer", statuses), "waiting_customer");
    EXPECT_EQ(status_again(std::nullopt, "open", statuses), "open");
    EXPECT_EQ(ask_again("slt", "waiting_approval"),
              (Actions{Notify{{"slt"}, {}, Occasion::approval_wanted}}));
    EXPECT_EQ(ask_again("slt", "waiting_customer"), Actions{});
    EXPECT_EQ(ask_again(std::nullopt, "waiting_approval"), Actions{});
}

}  // namespace
}  // namespace bellhop::rules
