#include "daemon/work/mail_context.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/calendar/instant.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using std::chrono::year_month_day;
using testing::ElementsAre;

class MailContextTest : public BusyDesk {
protected:
    rules::MailContext context_at(const std::string& instant) const {
        rules::MailReceived mail;
        mail.mailbox = "it";
        mail.at = rules::parse_instant(instant).value();
        return mail_context(mail, sender_at("ann@hill.example", *desk_), {}, *desk_);
    }
};

TEST_F(MailContextTest, TellsTimeByTheClockOnTheDesksWall) {
    struct Case {
        std::string at;
        year_month_day date;
        bool open;
    };
    using std::chrono::year;
    const std::vector<Case> cases{{"2026-06-07T22:59:59Z", year{2026} / 6 / 7, false},
                                  {"2026-06-07T23:00:00Z", year{2026} / 6 / 8, false},
                                  {"2026-06-08T07:29:59Z", year{2026} / 6 / 8, false},
                                  {"2026-06-08T07:30:00Z", year{2026} / 6 / 8, true},
                                  {"2026-06-08T15:29:59Z", year{2026} / 6 / 8, true},
                                  {"2026-06-08T15:30:00Z", year{2026} / 6 / 8, false},
                                  {"2026-12-31T23:59:59Z", year{2026} / 12 / 31, false},
                                  {"2027-01-01T00:00:00Z", year{2027} / 1 / 1, false}};
    for (const Case& one : cases) {
        const rules::MailContext context = context_at(one.at);
        EXPECT_EQ(context.date, one.date) << one.at;
        EXPECT_EQ(context.open, one.open) << one.at;
    }
}

TEST_F(MailContextTest, KnowsTheSenderAndWhetherTheTicketIsNew) {
    rules::MailReceived mail;
    mail.mailbox = "it";
    mail.at = tuesday_morning;
    const rules::Sender sender = sender_at("ann@hill.example", *desk_);
    const rules::MailContext first = mail_context(mail, sender, {}, *desk_);
    EXPECT_EQ(first.school, "Hill Primary");
    EXPECT_THAT(first.groups, ElementsAre("staff"));
    EXPECT_EQ(first.arrival, rules::Arrival::new_ticket);
    EXPECT_EQ(first.mailbox, "it");
    EXPECT_EQ(first.at, tuesday_morning);
    const rules::MailContext second = mail_context(mail, sender, rules::Ticket{}, *desk_);
    EXPECT_EQ(second.arrival, rules::Arrival::follow_up);
    const rules::MailContext stranger =
        mail_context(mail, sender_at("x@elsewhere.example", *desk_), {}, *desk_);
    EXPECT_EQ(stranger.school, "");
    EXPECT_THAT(stranger.groups, ElementsAre("unknown"));
}

}  // namespace
}  // namespace bellhop::daemon
