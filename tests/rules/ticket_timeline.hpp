// A ticket lived through on a virtual clock: what time brings, line by line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/desk/due_work.hpp"

namespace bellhop::rules {

class TicketTimeline {
public:
    /// A ticket of ann@school.example, of `priority`, that comes in at an instant on a London
    /// clock.
    TicketTimeline(CalendarPlan plan,
                   SlaPolicy policy,
                   std::string_view at,
                   const std::string& priority);

    /// An entry of the log at that instant, after all that was due before it. A "status" or
    /// "priority" changes the ticket, too.
    void record(std::string_view at, TicketEvent entry);
    /// `actor` sets the status.
    void status(std::string_view at, const std::string& to, const std::string& reason = {});

    /// Lives until then, looking whenever a timer says so. Returns the lines of what happened:
    /// "Tue 2026-09-15 10:00 BST  reminder 1 of 2; mail waiting to ann@school.example".
    std::vector<std::string> until(std::string_view at);

    /// Looks once, as a gateway does that has stood still since the last look.
    std::vector<std::string> wake(std::string_view at);

    Ticket ticket = {};
    std::vector<TicketEvent> log = {};
    Staff staff = {};
    std::vector<SendMail> mails = {};
    std::vector<std::string> told = {};  ///< the words of all news to the desk

private:
    void look(std::chrono::sys_seconds now);
    void apply(const Action& action, std::chrono::sys_seconds now);
    void line(std::chrono::sys_seconds now, const std::string& text);
    DueWork work_at(std::chrono::sys_seconds now) const;

    BusinessCalendar calendar_;
    SlaPolicy policy_;
    People people_ = {};
    std::vector<DueTimer> timers_ = {};
    std::vector<std::string> lines_ = {};
};

}  // namespace bellhop::rules
