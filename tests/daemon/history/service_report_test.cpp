#include "daemon/history/service_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/history/report_page.hpp"
#include "daemon/view/report_output.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

class ServiceReportTest : public BusyDesk {
protected:
    ServiceReport report() const {
        return service_report(*store_, *desk_, {from_, to_, clock_.time},
                              [](std::int64_t, std::int64_t) {});
    }

    void answered(rules::TicketId id) {
        store_->tickets.record(id, {clock_.time, rules::Event::agent_reply, "agent Tom", {}, {}});
    }

    /// One kept; one P1 answered too late, resolved in time, back the next day, not answered since.
    void busy_week() {
        const auto kept = take("ann@hill.example", "Projector <b>hall</b>");
        const auto late = take("bob@elsewhere.example", "Everything is down");
        answered(kept);
        staff(kept, rules::Event::status, "resolved");
        store_->tickets.record(
            kept, {clock_.time, rules::Event::survey, "ann@hill.example", {}, {{"rating", "4"}}});
        staff(late, rules::Event::priority, "P1");
        clock_.time += 1h;
        answered(late);
        staff(late, rules::Event::status, "resolved");
        clock_.time += 24h;
        take("bob@elsewhere.example", "Re: [" + desk_->settings.desk.ticket_tag + "#2] down again");
        clock_.time += 2h;
    }

    std::chrono::sys_seconds from_ = tuesday_morning - 24h;
    std::chrono::sys_seconds to_ = tuesday_morning + 24h * 10;
};

TEST_F(ServiceReportTest, CountsWhatWasKeptAndMissed) {
    busy_week();
    const ServiceReport result = report();
    EXPECT_EQ(result.sla.all.first.judged, 4);
    EXPECT_EQ(result.sla.all.first.met, 3);
    EXPECT_EQ(result.sla.all.reopened.judged, 1);
    EXPECT_EQ(result.sla.all.reopened.met, 0);
    EXPECT_EQ(result.sla.resolved, 2);
    EXPECT_EQ(result.sla.reopened, 1);
    EXPECT_EQ(result.sla.breaches.size(), 2U);
    EXPECT_EQ(result.survey.count(), 1);
}

TEST_F(ServiceReportTest, LeavesOutWhatLiesOutsideThePeriod) {
    busy_week();
    to_ = tuesday_morning + 2h;
    EXPECT_EQ(report().sla.breaches.size(), 1U);
    from_ = to_;
    to_ = from_ + 24h * 10;
    EXPECT_EQ(report().sla.all.first.judged, 0);
    EXPECT_EQ(report().survey.count(), 0);
}

TEST_F(ServiceReportTest, IsPlainText) {
    busy_week();
    EXPECT_EQ(
        in_words(report(), *desk_),
        R"(service levels from Mon 2026-09-14 10:00 BST to Fri 2026-09-25 10:00 BST; the target is 96 %

                                FIRST CYCLE: KEPT, 95 % INTERVAL                     AFTER REOPENING
all                               3 of     4   75.0 %    30-95 %      0 of     1    0.0 %     0-79 %  below 96 %

by priority
P1 (Major)                        1 of     2   50.0 %     9-91 %      0 of     1    0.0 %     0-79 %  below 96 %
P3 (Normal)                       2 of     2  100.0 %   34-100 %                                   -

by school
(no school)                       1 of     2   50.0 %     9-91 %      0 of     1    0.0 %     0-79 %  below 96 %
Hill Primary                      2 of     2  100.0 %   34-100 %                                   -

by month
2026-09                           3 of     4   75.0 %    30-95 %      0 of     1    0.0 %     0-79 %  below 96 %

2 resolved, 1 of them came back (50.0 %)

survey: 1 answered, 4.0 of 5 on average (5: 0, 4: 1, 3: 0, 2: 0, 1: 0)

missed: 2
     2  answer of P1 (Major), due Tue 2026-09-15 10:30 BST
        the priority was changed from P3 to P1 on Tue 2026-09-15 10:00 BST
        working time: 1 h in "Open"
     2  answer of P1 (Major), cycle 2, due Wed 2026-09-16 11:30 BST
        nobody has answered; 2 h in "Open"
        working time: 2 h in "Open"
)");
}

TEST_F(ServiceReportTest, IsJson) {
    busy_week();
    const boost::json::object json = to_json(report(), *desk_);
    EXPECT_EQ(boost::json::serialize(json.at("all")),
              R"({"group":"all","first":{"met":3,"judged":4,"percent":7.5E1,"low":3.01E1,)"
              R"("high":9.54E1},"reopened":{"met":0,"judged":1,"percent":0E0,"low":0E0,)"
              R"("high":7.93E1}})");
    EXPECT_EQ(json.at("target_percent"), 96);
    EXPECT_EQ(
        boost::json::serialize(json.at("breaches").as_array()[1]),
        R"({"ticket":2,"cycle":2,"timer":"response","priority":"P1",)"
        R"("judged_at":"2026-09-16T10:30:01Z","cause":"nobody has answered; 2 h in \"Open\"",)"
        R"("spent":{"open_seconds":7200},"due":"2026-09-16T10:30:00Z"})");
    EXPECT_EQ(boost::json::serialize(json.at("survey")),
              R"({"answers":1,"mean":4E0,"ratings":[0,0,0,1,0]})");
}

TEST_F(ServiceReportTest, IsAPageThatNeedsNothingElse) {
    busy_week();
    const std::string page = report_page(report(), *desk_);
    EXPECT_THAT(page, HasSubstr("<p class=\"figure bad\">75.0&nbsp;%</p>"));
    EXPECT_THAT(page, HasSubstr("<th scope=\"row\">P1 (Major)</th>"));
    EXPECT_THAT(page, HasSubstr("Monday 14 September to Friday 25 September"));
    for (const char* foreign : {"http", "<script", "<link", "<img", "url("}) {
        EXPECT_THAT(page, Not(HasSubstr(foreign)));
    }
    EXPECT_THAT(page, Not(HasSubstr("Projector")));
}

TEST_F(ServiceReportTest, SaysSoWhereThereIsNothing) {
    EXPECT_THAT(in_words(report(), *desk_), HasSubstr("\nmissed: 0\n"));
    EXPECT_THAT(report_page(report(), *desk_), HasSubstr("No target fell due in this period."));
    EXPECT_EQ(to_json(report(), *desk_).count("survey"), 0U);
}

TEST(ServiceReport, DoesNotCallBelowWhatMayBeChance) {
    EXPECT_EQ(verdict_on(rules::share_of(0, 0), 96), "");
    EXPECT_EQ(verdict_on(rules::share_of(96, 100), 96), "");
    EXPECT_EQ(verdict_on(rules::share_of(9, 10), 96), "below 96 %, by chance perhaps");
    EXPECT_EQ(verdict_on(rules::share_of(80, 100), 96), "below 96 %");
}

}  // namespace
}  // namespace bellhop::daemon
