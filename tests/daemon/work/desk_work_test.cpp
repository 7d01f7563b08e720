// What people of the desk order, and what time brings after it: ticket, log, mails and timers.
#include "daemon/work/desk_work.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/work/due_round.hpp"
#include "daemon/work/due_worker.hpp"
#include "daemon/work/new_ticket.hpp"
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

    /// A mail that comes in, and the desk has been told of it.
    rules::TicketId mail(const std::string& subject) {
        const rules::TicketId id = take("ann@hill.example", subject);
        run_due(filing());
        return id;
    }

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

    /// The mails queued since the last call, in that order.
    std::vector<std::string> sent() {
        std::vector<std::string> lines;
        std::vector<storage::OutboxMail> queued =
            store_->outbox.list({{storage::OutboxState::queued}, 1000});
        std::reverse(queued.begin(), queued.end());
        for (const storage::OutboxMail& mail : queued) {
            if (mail.id <= last_seen_) continue;
            last_seen_ = mail.id;
            lines.push_back(name_of(mail.kind) + " to " + mail.recipient);
            last_mail_ = parsers::parse_message(store_->outbox.find(mail.id)->bytes);
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
    EXPECT_THAT(sent(),
                ElementsAre("acknowledgement to ann@hill.example", "notify to mia@desk.example"));
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
    EXPECT_THAT(until("2026-11-30T10:00:00Z"), ElementsAre("notify to mia@desk.example"))
        << "of the answer; nobody is reminded any more";
    EXPECT_THAT(last_mail_.text, HasSubstr("\nAnn has answered.\n"));
    EXPECT_THAT(last_mail_.text, HasSubstr("\n> Room 4.\n"));

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
    sent();
    const std::vector<std::string> conversation = last_mail_.references;
    order(id, rules::PriorityOrder{"P1", "the whole school"});
    order(id, rules::AssignOrder{"", "Mia"});
    EXPECT_THAT(until("2026-11-02T10:30:00Z"), IsEmpty());
    EXPECT_THAT(until("2026-11-30T10:30:00Z"), ElementsAre("notice to mia@desk.example"));
    EXPECT_EQ(last_mail_.subject, "[HELP#1] projector <b>") << "one conversation a ticket";
    EXPECT_EQ(last_mail_.references, conversation);
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
    const rules::TicketId id = take("ann@hill.example", "what he said");
    sent();
    rules::Ticket row = ticket(id);
    row.restricted = true;
    store_->tickets.update(row);
    order(id, rules::PriorityOrder{"P1", ""});
    order(id, rules::AssignOrder{"", "Mia"});
    for (const auto& [end, said] : {std::pair{"2026-11-02T10:00:00Z", "notify to mia@desk.example"},
                                    {"2026-11-30T10:30:00Z", "notice to mia@desk.example"}}) {
        EXPECT_THAT(until(end), ElementsAre(said));
        EXPECT_EQ(last_mail_.subject, "[HELP#1] (confidential)");
        for (const char* word : {"what he said", "Ann", "ann@"}) {
            EXPECT_THAT(last_mail_.text + last_mail_.html.value_or(""), Not(HasSubstr(word)))
                << said;
        }
    }
}

TEST_F(DeskWork, KeepsAConfidentialTicketsWordsOutOfDigests) {
    for (const char* subject : {"projector", "what he said", "no toner"}) {
        const rules::TicketId id = take("ann@hill.example", subject);
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
    EXPECT_THAT(last_mail_.text, HasSubstr("\n[HELP#1] P1 projector: Ann asks for help.\n"));
    EXPECT_THAT(last_mail_.text, HasSubstr("\n[HELP#1] P1 projector: Nobody has answered"));
    EXPECT_THAT(last_mail_.text,
                HasSubstr("\n[HELP#2] (confidential): A new ticket has come in.\n"));
    EXPECT_THAT(last_mail_.text, HasSubstr("\n[HELP#2] (confidential): Nobody has answered"));
    EXPECT_THAT(last_mail_.text + last_mail_.html.value_or(""), Not(HasSubstr("what he said")));
}

TEST_F(DeskWork, WhatIsMergedIsAPartOfTheOtherForEver) {
    const rules::TicketId first = mail("projector");
    const rules::TicketId second = take("bea@hill.example", "the same projector");
    sent();
    const parsers::Message answer_to_bea = last_mail_;
    const rules::TicketId third = take("cem@hill.example", "beamer");
    order(second, rules::MergeOrder{first});
    EXPECT_EQ(order(third, rules::MergeOrder{second}).status, "closed") << "by the merged one";
    EXPECT_TRUE(store_->tickets.messages(second).empty());
    EXPECT_EQ(store_->tickets.messages(first).size(), 3U);
    EXPECT_THAT(ticket(first).participants,
                ElementsAre("ann@hill.example", "bea@hill.example", "cem@hill.example"));
    run_due(filing());
    EXPECT_THAT(sent(), Not(testing::Contains("notify to mia@desk.example")))
        << "she has merged what was news until then";
    EXPECT_TRUE(store_->timers.of_ticket(third).empty());
    EXPECT_TRUE(store_->timers.of_ticket(second).empty());
    const Taken reply = receive("bea@hill.example", "Re: the same projector",
                                "In-Reply-To: <" + answer_to_bea.message_id + ">\r\n", "Any news?");
    EXPECT_EQ(reply.ticket, first) << "by a token";
    EXPECT_EQ(receive("cem@hill.example", "[HELP#3] beamer", "", "More").ticket, first)
        << "by the tag";
    EXPECT_EQ(carry_out(filing(), first, rules::MergeOrder{third}, "agent Mia").error(),
              "a ticket is no part of itself");
}

TEST_F(DeskWork, SendsFilesWithAReplyAndKeepsThem) {
    const rules::TicketId id = mail("projector");
    sent();
    order(id, rules::ReplyOrder{"See the plan.", {}, false, {}, {{"plan.pdf", "%PDF"}}});
    EXPECT_THAT(sent(), ElementsAre("reply to ann@hill.example"));
    ASSERT_EQ(last_mail_.attachments.size(), 1U);
    EXPECT_EQ(last_mail_.attachments[0].filename, "plan.pdf");
    EXPECT_EQ(last_mail_.attachments[0].bytes, "%PDF");
    const auto kept = store_->tickets.messages(id).back();
    ASSERT_EQ(kept.attachments.size(), 1U);
    EXPECT_EQ(store_->blobs.get(kept.attachments[0].sha256), "%PDF");
}

TEST_F(DeskWork, TakesBackAReplyThatHasNotLeft) {
    const rules::TicketId id = mail("projector");
    sent();
    order(id, rules::ReplyOrder{"Which one?", "waiting_customer"});
    clock_.time += 20s;
    const rules::Ticket after = order(id, rules::UndoOrder{});
    EXPECT_EQ(after.status, "open");
    EXPECT_THAT(sent(), IsEmpty());
    EXPECT_EQ(carry_out(filing(), id, rules::UndoOrder{}, "agent Mia").error(),
              "there is nothing of yours to take back");
}

TEST_F(DeskWork, OpensATicketForSomebodyWhoRang) {
    const rules::NewTicketOrder call{
        {"Ann", "ann@hill.example"}, "Projector", "It is dark in room 4.", "P1", "mis", "Mia"};
    const auto opened = open_ticket(filing(), call, "agent Mia");
    ASSERT_TRUE(opened.has_value()) << opened.error();
    EXPECT_EQ(opened->requester.address, "ann@hill.example");
    EXPECT_EQ(opened->school, "Hill Primary");
    EXPECT_EQ(opened->priority, "P1");
    EXPECT_EQ(opened->team, "MIS");
    EXPECT_EQ(opened->assignee, "Mia");
    EXPECT_THAT(sent(), ElementsAre("acknowledgement to ann@hill.example"));
    EXPECT_THAT(last_mail_.text, HasSubstr("Thank you for your call"));
    const auto log = store_->tickets.events(opened->id);
    EXPECT_EQ(log.front().actor, "agent Mia");
    EXPECT_EQ(store_->tickets.messages(opened->id).front().text, "It is dark in room 4.\n");
    EXPECT_EQ(reply_to_last("Thank you"), opened->id);
}

TEST_F(DeskWork, OpensNoTicketForNobody) {
    const auto refused = [&](rules::NewTicketOrder call) {
        const auto opened = open_ticket(filing(), call, "agent Mia");
        return opened.has_error() ? opened.error() : "not refused";
    };
    rules::NewTicketOrder call{{"", "ann@hill.example"}, "Projector", "dark", {}, {}, {}};
    call.requester.address = "Ann";
    EXPECT_EQ(refused(call), "\"Ann\" is no mail address");
    call.requester.address = "ann@hill.example";
    call.text = " \n";
    EXPECT_EQ(refused(call), "the text is empty");
    call.text = "dark";
    call.priority = "P9";
    EXPECT_THAT(refused(call), HasSubstr("there is no priority \"P9\""));
}

}  // namespace
}  // namespace bellhop::daemon
