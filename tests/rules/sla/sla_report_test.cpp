#include "rules/sla/sla_report.hpp"

#include <gtest/gtest.h>

#include "rules/sla/sla_file.hpp"
#include "tests/rules/calendar_fixtures.hpp"
#include "tests/rules/ticket_lives.hpp"

namespace bellhop::rules {
namespace {

SlaPolicy policy() {
    auto policy = load_sla_file("sla.toml",
                                "[priority.P1]\nresolve = \"4 hours\"\n[priority.P2]\nrespond = "
                                "\"1 hour\"\nresolve = \"8 hours\"\n");
    return *std::move(policy);
}

TEST(SlaReport, GivesTheIntervalOfSmallCounts) {
    const Share nine_of_ten = share_of(9, 10);
    EXPECT_DOUBLE_EQ(nine_of_ten.percent, 90);
    EXPECT_NEAR(nine_of_ten.low, 59.58, 0.01);  // Wilson 1927; the published example values
    EXPECT_NEAR(nine_of_ten.high, 98.21, 0.01);
    EXPECT_NEAR(share_of(10, 10).low, 72.25, 0.01);
    EXPECT_DOUBLE_EQ(share_of(10, 10).high, 100);
    EXPECT_EQ(share_of(0, 0), Share{});
}

TEST(SlaReport, JudgesEachCycleAndTellsTheCause) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    const std::vector<TicketHistory> tickets = {
        {TicketId{1}, "hilltop", "",
         life({{"2026-09-15 09:00", "created P1"}, {"2026-09-15 12:00", "resolved"}}), &desk},
        {TicketId{2}, "hilltop", "",
         life({{"2026-09-15 09:00", "created P1"},
               {"2026-09-15 10:00", "resolved"},
               {"2026-09-30 15:00", "customer replies"},
               {"2026-09-30 15:30", "in_progress"},
               {"2026-10-01 15:00", "resolved"}}),
         &desk},
        {TicketId{3}, "harbour", "",
         life({{"2026-09-15 09:00", "created P2"},
               {"2026-09-15 09:30", "agent replies"},
               {"2026-09-15 15:00", "priority P1"},
               {"2026-09-15 15:30", "resolved"}}),
         &desk},
        {TicketId{4}, "harbour", "",
         life({{"2026-09-15 09:00", "created P2"}, {"2026-09-15 09:10", "waiting_third_party"}}),
         &desk},
        {TicketId{5}, "harbour", "", life({{"2026-09-16 09:00", "created P2"}}), &desk},
    };
    const SlaReport report = report_of(tickets, policy(), london("2026-09-01 00:00"),
                                       london("2026-11-01 00:00"), london("2026-09-16 11:00"));
    EXPECT_EQ(report.all.first.judged, 4);
    EXPECT_EQ(report.all.first.met, 2);
    EXPECT_EQ(report.resolved, 3);
    EXPECT_EQ(report.reopened, 0);
    ASSERT_EQ(report.breaches.size(), 2U);
    EXPECT_EQ(report.breaches[0].ticket, TicketId{3});
    EXPECT_EQ(report.breaches[0].cause,
              "the priority was changed from P2 to P1 on Tue 2026-09-15 15:00 BST");
    EXPECT_EQ(report.breaches[1].ticket, TicketId{5});
    EXPECT_EQ(report.breaches[1].cause, "nobody has answered; 2 h in \"Open\"");

    const SlaReport later = report_of(tickets, policy(), london("2026-09-01 00:00"),
                                      london("2026-11-01 00:00"), london("2026-10-02 11:00"));
    EXPECT_EQ(later.reopened, 1);
    EXPECT_EQ(later.all.reopened.judged, 1);
    EXPECT_EQ(later.all.reopened.met, 0);
    ASSERT_EQ(later.by_school.size(), 2U);
    EXPECT_EQ(later.by_school[1].group, "hilltop");
    EXPECT_EQ(later.by_school[1].first.met, 2);
    ASSERT_EQ(later.by_month.size(), 2U);
    EXPECT_EQ(later.by_month[1].group, "2026-10");
    EXPECT_EQ(later.by_month[1].reopened.judged, 1);
    ASSERT_EQ(later.by_priority.size(), 2U);
    EXPECT_EQ(later.by_priority[0].group, "P1");
    const TimerResult& slow = later.breaches.back();
    EXPECT_EQ(slow.ticket, TicketId{2});
    EXPECT_EQ(slow.cause, "7 h 30 min in \"In progress\"");
}

TEST(SlaReport, CountsEachTicketInOneOfTwoNeighbouringReports) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    const auto report = [&](const TicketHistory& ticket, std::string_view from,
                            std::string_view to) {
        return report_of({ticket}, policy(), london(from), london(to), london("2026-12-01 00:00"));
    };
    for (const char* solved : {"2026-09-30 23:59:59", "2026-10-01 00:00", "2026-10-01 00:00:01"}) {
        const TicketHistory ticket{TicketId{1}, "", "",
                                   life({{"2026-09-30 15:00", "created P1"}, {solved, "resolved"}}),
                                   &desk};
        const SlaReport september = report(ticket, "2026-09-01 00:00", "2026-10-01 00:00");
        const SlaReport october = report(ticket, "2026-10-01 00:00", "2026-11-01 00:00");
        EXPECT_EQ(september.resolved + october.resolved, 1) << solved;
        EXPECT_EQ(september.all.first.judged + october.all.first.judged, 1) << solved;
        EXPECT_EQ(october.resolved, october.all.first.judged) << solved;
    }
}

/// The answer was in time until somebody raised the priority.
TEST(SlaReport, NamesAPriorityThatWasRaisedAfterTheAnswer) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    SlaPolicy strict = policy();
    strict.versions.front().targets["P1"].response = Target{BusinessTime{std::chrono::minutes{30}}};
    strict.versions.front().targets["P2"].response = Target{BusinessTime{std::chrono::hours{4}}};
    const TicketHistory ticket{TicketId{1}, "", "",
                               life({{"2026-09-15 09:00", "created P2"},
                                     {"2026-09-15 10:00", "agent replies"},
                                     {"2026-09-15 10:30", "priority P1"}}),
                               &desk};
    const auto results = results_of(ticket, strict, london("2026-09-15 11:00"));
    ASSERT_EQ(results.size(), 1U);
    EXPECT_FALSE(results[0].is_met);
    EXPECT_EQ(results[0].cause,
              "the priority was changed from P2 to P1 on Tue 2026-09-15 10:30 BST");
}

}  // namespace
}  // namespace bellhop::rules
