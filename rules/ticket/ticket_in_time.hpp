// A ticket among its hours: what every reckoning about it begins with.
#pragma once

#include <string>
#include <vector>

#include "rules/calendar/business_calendar.hpp"
#include "rules/calendar/local_words.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// What it refers to outlives it.
struct TicketInTime {
    const Ticket& ticket;
    const std::vector<TicketEvent>& log;
    const BusinessCalendar& calendar;
    std::string plan = {};  ///< of its school
    WordStyle style = WordStyle::british;
    bool is_in_outage = false;  ///< the clock of the ticket that it is a child of counts for it
};

}  // namespace bellhop::rules
