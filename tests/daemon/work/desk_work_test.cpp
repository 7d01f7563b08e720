// What people of the desk order, and what time brings after it: ticket, log, mails and timers.
#include "daemon/work/desk_work.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/work/due_worker.hpp"
#include "parsers/message/parse_message.hpp"
#include "rules/calendar/instant.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using namespace std::chrono_literals;

constexpr const char* people_toml = R"(
[[school]]
name = "Hill Primary"
domains = ["hill.example"]
[[team]]
name = "MIS"
[[technician]]
name = "Mia"
address = "mia@desk.example"
teams = ["MIS"]
)";

constexpr const char* calendar_toml = R"(
zone = "Europe/London"
otherwise = "term"
[hours.term]
monday_to_friday = "08:30-16:30"
)";

constexpr const char* sla_toml = R"(
default = "P3"
digest_threshold = 2
[priority.P1]
respond = "30 minutes"
[priority.P3]
resolve = "as agreed"
[[reminder]]
status = "waiting_customer"
to = "customer"
at_once = true
after = ["2 business days"]
then = "resolve"
then_after = "4 business days"
[[step]]
at = "breach"
tell = ["assignee"]
)";

std::chrono::sys_seconds utc(std::string_view text) {
    return rules::parse_instant(text).value();
}

class DeskWork : public BusyDesk {
protected:
    DeskWork() {
        config_.write("people.toml", people_toml);
        config_.write("calendar.toml", calendar_toml);
        config_.write("sla.toml", sla_toml);
        write_rules({});
        clock_.time = utc("2026-11-02T10:00:00Z");  // a Monday
    }

    Filing filing() { return {*store_, *desk_, key_, clock_.time}; }

    rules::TicketId mail(const std::string& subject) { return take("ann@hill.example", subject); }

    rules::Ticket order(rules::TicketId ticket, const rules::DeskOrder& what) {
        auto done = carry_out(filing(), ticket, what, "agent Mia");
        EXPECT_FALSE(done.has_error()) << (done.has_error() ? done.error() : "");
        return done.has_error() ? rules::Ticket{} : *done;
    }

    /// Lives until then; returns "kind to recipient" of the mails queued meanwhile.
    std::vector<std::string> until(std::string_view end) {
        sent();
        for (auto next = store_->timers.next_due(); next && *next <= utc(end);
             next = store_->timers.next_due()) {
            clock_.time = std::max(clock_.time, *next);
            run_due(filing());
        }
        clock_.time = utc(end);
        return sent();
    }

    /// The mails queued since the last call.
    std::vector<std::string> sent() {
        std::vector<std::string> lines;
        for (const storage::OutboxMail& mail :
             store_->outbox.due(utc("2099-01-01T00:00:00Z"), 1000)) {
            if (mail.id <= last_seen_) continue;
            last_seen_ = mail.id;
            lines.push_back(name_of(mail.kind) + " to " + mail.recipient);
            last_mail_ = parsers::parse_message(mail.bytes);
        }
        return lines;
    }

    /// To the mail that was sent last.
    rules::TicketId reply_to_last(const std::string& text) {
        return receive("ann@hill.example", "Re: projector",
                       "In-Reply-To: <" + last_mail_.message_id + ">\r\n", text)
            .ticket.value();
    }

    std::string key_ = "the key";
    storage::OutboxId last_seen_{0};
    parsers::Message last_mail_ = {};
};

TEST_F(DeskWork, RemindsResolvesAndClosesBySilence) {
    const rules::TicketId id = mail("projector");
    sent();
    order(id, rules::StatusOrder{"waiting_customer", "which room?", {}});
    EXPECT_THAT(until("2026-11-02T10:00:01Z"), ElementsAre("waiting to ann@hill.example"));
    EXPECT_THAT(last_mail_.text, HasSubstr("What we need to know: which room?"));
    EXPECT_EQ(last_mail_.in_reply_to, (std::vector<std::string>{"m1@hill.example"}));
    EXPECT_EQ(last_mail_.field("Auto-Submitted"), "auto-generated");
    EXPECT_THAT(until("2026-11-04T10:00:00Z"), ElementsAre("last_reminder to ann@hill.example"));
    EXPECT_THAT(last_mail_.text, HasSubstr("by Friday 6 November, 10 am, we take it"));
    EXPECT_THAT(until("2026-11-06T10:00:00Z"), ElementsAre("resolved to ann@hill.example"));
    EXPECT_EQ(ticket(id).status, "resolved");
    EXPECT_THAT(until("2026-12-24T10:00:00Z"), IsEmpty());
    EXPECT_EQ(ticket(id).status, "closed");
    EXPECT_EQ(store_->timers.next_due(), std::nullopt);
}

TEST_F(DeskWork, ListensToAReplyAndReopensOnlyForWork) {
    const rules::TicketId id = mail("projector");
    order(id, rules::ReplyOrder{"Which room?", "waiting_customer"});
    EXPECT_THAT(sent(), testing::Contains("reply to ann@hill.example"));
    EXPECT_EQ(last_mail_.field("Auto-Submitted"), "");
    EXPECT_THAT(last_mail_.text, HasSubstr("Which room?\n\nMia, "));
    EXPECT_THAT(until("2026-11-02T11:00:00Z"), IsEmpty()) << "the reply has said what is needed";
    EXPECT_EQ(reply_to_last("Room 4."), id);
    EXPECT_EQ(ticket(id).status, "open");
    EXPECT_THAT(until("2026-11-30T10:00:00Z"), IsEmpty()) << "nobody is reminded any more";

    order(id, rules::StatusOrder{"resolved", "a new lamp", {}});
    EXPECT_THAT(sent(), ElementsAre("resolved to ann@hill.example"));
    EXPECT_EQ(reply_to_last("Brilliant, thank you!"), id);
    EXPECT_EQ(reply_to_last("5"), id);
    EXPECT_EQ(ticket(id).status, "resolved");
    EXPECT_EQ(reply_to_last("It is dark again."), id);
    EXPECT_EQ(ticket(id).status, "open");
    EXPECT_EQ(ticket(id).cycle, 2);
}

/// The mail has not gone out yet, because the relay is away, when what it says is true no more.
TEST_F(DeskWork, WithdrawsWhatAnEarlierStatusHadToSay) {
    using rules::StatusOrder;
    const auto day = std::chrono::local_days{std::chrono::year{2026} / 11 / 9};
    const std::vector<std::pair<StatusOrder, std::string>> statuses{
        {{"waiting_customer", "which room?", {}}, "waiting to ann@hill.example"},
        {{"waiting_site_visit", "a new lamp", day}, "visit to ann@hill.example"}};
    for (const auto& [status, said] : statuses) {
        const rules::TicketId id = mail("projector");
        sent();
        order(id, status);
        run_due(filing());
        EXPECT_THAT(sent(), ElementsAre(said));
        order(id, StatusOrder{"in_progress", "", {}});
        last_seen_ = storage::OutboxId{0};
        EXPECT_THAT(sent(), Not(testing::Contains(said)));
    }
}

TEST_F(DeskWork, OpensATicketThatFollowsAfterTheWindow) {
    const rules::TicketId id = mail("projector");
    order(id, rules::StatusOrder{"resolved", "", {}});
    sent();
    until("2027-01-04T10:00:00Z");
    const rules::TicketId next = reply_to_last("It is dark again.");
    EXPECT_NE(next, id);
    EXPECT_EQ(store_->tickets.links(next), (std::vector{storage::TicketLink{id, "follows"}}));
}

TEST_F(DeskWork, TellsTheTechnicianOfABreachOnce) {
    const rules::TicketId id = mail("projector <b>");
    order(id, rules::PriorityOrder{"P1", "the whole school"});
    order(id, rules::AssignOrder{"", "Mia"});
    EXPECT_THAT(until("2026-11-02T10:30:00Z"), IsEmpty());
    EXPECT_THAT(until("2026-11-30T10:30:00Z"), ElementsAre("notice to mia@desk.example"));
    EXPECT_THAT(last_mail_.subject, HasSubstr("P1 late: projector"));
    EXPECT_THAT(
        last_mail_.text,
        HasSubstr(
            "Nobody has answered in time: an answer was due by Monday 2 November, 10.30 am."));
}

TEST_F(DeskWork, MakesADigestOfManyBreachesAfterAStandstill) {
    for (int i = 0; i < 3; ++i) {
        const rules::TicketId id = mail("projector " + std::to_string(i) + "");
        order(id, rules::PriorityOrder{"P1", ""});
        order(id, rules::AssignOrder{"", "Mia"});
    }
    sent();
    clock_.time = utc("2026-11-05T23:00:00Z");
    run_due(filing());
    EXPECT_THAT(sent(), IsEmpty()) << "nobody is mailed at night";
    EXPECT_THAT(until("2026-11-06T09:00:00Z"), ElementsAre("digest to mia@desk.example"));
    EXPECT_THAT(last_mail_.text, HasSubstr("projector 2"));
    EXPECT_THAT(until("2026-11-20T09:00:00Z"), IsEmpty());
}

TEST_F(DeskWork, StopsTheResponseWithAReply) {
    const rules::TicketId id = mail("projector");
    order(id, rules::PriorityOrder{"P1", ""});
    order(id, rules::AssignOrder{"", "Mia"});
    order(id, rules::ReplyOrder{"I come at once.", ""});
    sent();
    EXPECT_THAT(until("2026-11-30T10:30:00Z"), IsEmpty());
}

TEST_F(DeskWork, RefusesWithWhatThereIs) {
    const rules::TicketId id = mail("projector");
    const auto refused = carry_out(filing(), id, rules::PriorityOrder{"P9", ""}, "agent Mia");
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error(), "there is no priority \"P9\"; there are: P1, P3");
}

TEST_F(DeskWork, ReckonsAnewWhereTheHoursHaveChanged) {
    const rules::TicketId id = mail("projector");
    order(id, rules::PriorityOrder{"P1", ""});
    const auto before = store_->timers.next_due();
    TimerRefresh refresh;
    while (refresh.step(filing(), 10)) continue;
    EXPECT_EQ(store_->timers.next_due(), before);
    config_.write("calendar.toml", std::string{calendar_toml} +
                                       "[[closed]]\nname = \"snow\"\nfrom = 2026-11-02\n"
                                       "to = 2026-11-03\n");
    auto changed = load_desk(config_.path());
    ASSERT_TRUE(changed.has_value()) << render_all(changed.error());
    desk_.emplace(std::move(*changed));
    refresh.begin_again();
    while (refresh.step(filing(), 10)) continue;
    EXPECT_GT(store_->timers.next_due(), utc("2026-11-04T08:30:00Z"));
}

TEST_F(DeskWork, KeepsAConfidentialTicketsWordsOutOfNotices) {
    const rules::TicketId id = mail("what he said");
    rules::Ticket row = ticket(id);
    row.restricted = true;
    store_->tickets.update(row);
    order(id, rules::PriorityOrder{"P1", ""});
    order(id, rules::AssignOrder{"", "Mia"});
    sent();
    EXPECT_THAT(until("2026-11-30T10:30:00Z"), ElementsAre("notice to mia@desk.example"));
    EXPECT_THAT(last_mail_.subject + last_mail_.text, Not(HasSubstr("what he said")));
    EXPECT_THAT(last_mail_.text, Not(HasSubstr("Ann")));
}

TEST_F(DeskWork, KeepsAConfidentialTicketsWordsOutOfDigests) {
    for (const char* subject : {"projector", "what he said", "no toner"}) {
        const rules::TicketId id = mail(subject);
        rules::Ticket row = ticket(id);
        row.restricted = row.subject == "what he said";
        store_->tickets.update(row);
        order(id, rules::PriorityOrder{"P1", ""});
        order(id, rules::AssignOrder{"", "Mia"});
    }
    sent();
    clock_.time = utc("2026-11-06T09:00:00Z");
    run_due(filing());
    EXPECT_THAT(sent(), ElementsAre("digest to mia@desk.example"));
    EXPECT_THAT(last_mail_.text, HasSubstr("P1 projector: "));
    EXPECT_THAT(last_mail_.text, HasSubstr("P1 (confidential): "));
    EXPECT_THAT(last_mail_.text + last_mail_.html.value_or(""), Not(HasSubstr("what he said")));
}

}  // namespace
}  // namespace bellhop::daemon
