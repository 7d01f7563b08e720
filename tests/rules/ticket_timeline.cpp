#include "tests/rules/ticket_timeline.hpp"

#include <algorithm>
#include <utility>

#include <gtest/gtest.h>

#include "rules/calendar/local_words.hpp"
#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::sys_seconds;

constexpr int most_looks = 20;  // at one instant; more would be an endless loop

}  // namespace

TicketTimeline::TicketTimeline(CalendarPlan plan,
                               SlaPolicy policy,
                               std::string_view at,
                               const std::string& priority)
    : calendar_(calendar_of(std::move(plan))), policy_(std::move(policy)) {
    people_.technicians = {{"Tess", "tess@desk.example", {"first line"}, false, {}},
                           {"Sam", "sam@desk.example", {"first line"}, true, {}}};
    people_.teams = {{"first line", "", {}, {}}};
    staff.manager = "boss@desk.example";
    staff.own_addresses = {"help@desk.example"};
    ticket.id = TicketId{7};
    ticket.requester = {"Ann", "ann@school.example"};
    ticket.subject = "projector";
    ticket.priority = priority;
    ticket.status = status::open;
    ticket.assignee = "Tess";
    ticket.opened_at = london(at);
    log.push_back({london(at),
                   Event::created,
                   "gateway",
                   {},
                   {{"priority", priority}, {"status", status::open}}});
    look(london(at));
}

void TicketTimeline::record(std::string_view at, TicketEvent entry) {
    const std::vector<std::string> lived = until(at);
    lines_ = lived;
    entry.at = london(at);
    for (const auto& [name, value] : entry.values) {
        if (name == "to" && entry.type == Event::status) ticket.status = value;
        if (name == "to" && entry.type == Event::priority) ticket.priority = value;
    }
    log.push_back(std::move(entry));
    look(london(at));
}

void TicketTimeline::status(std::string_view at, const std::string& to, const std::string& reason) {
    record(at, {{}, Event::status, "agent Tess", reason, {{"from", ticket.status}, {"to", to}}});
}

std::vector<std::string> TicketTimeline::until(std::string_view at) {
    const sys_seconds end = london(at);
    for (int looks = 0; looks < 1000; ++looks) {
        const auto next = std::min_element(
            timers_.begin(), timers_.end(),
            [](const DueTimer& left, const DueTimer& right) { return left.at < right.at; });
        if (next == timers_.end() || next->at > end) break;
        look(next->at);
    }
    return std::exchange(lines_, {});
}

std::vector<std::string> TicketTimeline::wake(std::string_view at) {
    look(london(at));
    return std::exchange(lines_, {});
}

DueWork TicketTimeline::work_at(sys_seconds now) const {
    Staff all = staff;
    all.people = &people_;
    return due_work({ticket, log, calendar_, {}, WordStyle::british}, policy_, all, now);
}

void TicketTimeline::look(sys_seconds now) {
    for (int looks = 0;; ++looks) {
        ASSERT_LT(looks, most_looks) << "the same work again and again";
        const DueWork work = work_at(now);
        timers_ = work.timers;
        if (work.is_nothing()) break;
        const std::optional<Ticket> before = ticket;
        for (const Action& action : work.actions) apply(action, now);
        Staff all = staff;
        all.people = &people_;
        const Happening happening{work.actions, before, ticket, "gateway", {}, {}};
        for (const News& news : news_of(happening, all).news) {
            log.push_back(news_event(news, news_count(log) + 1, std::nullopt, now));
        }
        for (const PendingNews& news : work.news) {
            log.push_back(told_event(news, "by mail", now));
            if (news.occasion == Occasion::late) continue;  // its notice is a line already
            line(now, "tell " + std::string{entry_of(news.occasion).name} + " to " + news.to);
            told.push_back(news.words);
        }
        for (const Notice& notice : work.notices) {
            log.push_back(notice_event(notice, staff_addresses(all, ticket, notice.tell), calendar_,
                                       WordStyle::british, now));
            line(now, "notice " + notice.key + ": " + log.back().detail);
        }
    }
    for (const DueTimer& timer : timers_) {
        EXPECT_GT(timer.at, now) << timer.kind << " would be looked at for ever";
    }
}

void TicketTimeline::apply(const Action& action, sys_seconds now) {
    if (const auto* entry = std::get_if<Record>(&action)) {
        log.push_back(entry->event);
        line(now, entry->event.type.text() + ": " + entry->event.detail);
    } else if (const auto* set = std::get_if<SetStatus>(&action)) {
        log.push_back({now,
                       Event::status,
                       set->actor,
                       set->reason,
                       {{"from", ticket.status}, {"to", set->to}}});
        ticket.status = set->to;
        line(now, set->to + ": " + set->reason);
    } else if (const auto* mail = std::get_if<SendMail>(&action)) {
        for (const SendMail& earlier : mails) EXPECT_NE(earlier.label, mail->label);
        mails.push_back(*mail);
        line(now, "mail " + name_of(mail->kind) + " to " + mail->recipient);
    } else if (!std::holds_alternative<Notify>(action)) {
        FAIL() << "an action that time does not bring";
    }
}

void TicketTimeline::line(sys_seconds now, const std::string& text) {
    lines_.push_back(moment_for_log(calendar_, now) + "  " + text);
}

}  // namespace bellhop::rules
