// What time brings to a ticket: reminders, the end of a wait, the day of a visit, closing, the
// ladder.
//
// What has been done stands in the log, so everything is done once, whatever the clock does and
// however long the gateway has stood still. Whoever carries out the actions records them before he
// asks again.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "rules/desk/tell.hpp"
#include "rules/people/staff.hpp"
#include "rules/sla/ladder.hpp"
#include "rules/sla/sla_policy.hpp"
#include "rules/ticket/action.hpp"
#include "rules/ticket/ticket_in_time.hpp"

namespace bellhop::rules {

/// When something will be due, if nothing happens until then.
struct DueTimer {
    std::string kind = {};  ///< "reminder", "reopened", "visit", "close", "missed", "ladder",
                            ///< "news", "clock"; one of each
    std::chrono::sys_seconds at = {};

    friend bool operator==(const DueTimer&, const DueTimer&) = default;
};

struct DueWork {
    Actions actions = {};
    /// Steps of the ladder, to be written down as news.
    std::vector<Notice> notices = {};
    /// What may be told to people of the desk now, to be grouped by person over all tickets.
    std::vector<PendingNews> news = {};
    /// Right if there are neither actions nor notices; beside `news`, for what is left without it.
    std::vector<DueTimer> timers = {};

    bool is_nothing() const { return actions.empty() && notices.empty() && news.empty(); }
};

/// What is to be done about the ticket at `now`. Where there is something, ask again once it is
/// filed. Mail goes out in the desk's hours only, but for grave news; what is waited for is told at
/// once, since somebody of the desk has just asked.
///
/// Where the log has entries of a time yet to come the clock has been set back: nothing is done
/// until it gets there (timer "clock").
DueWork due_work(const TicketInTime& subject,
                 const SlaPolicy& policy,
                 const Staff& staff,
                 std::chrono::sys_seconds now);

/// The notice as an entry of the log, pending until it is told: `to` are the addresses it goes to,
/// `calendar` and `style` are the ticket's.
TicketEvent notice_event(const Notice& notice,
                         const std::vector<std::string>& to,
                         const BusinessCalendar& calendar,
                         WordStyle style,
                         std::chrono::sys_seconds now);

}  // namespace bellhop::rules
