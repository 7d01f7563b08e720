// News of many tickets, told to the people of the desk: one mail each, or a digest.
#pragma once

#include <chrono>
#include <vector>

#include "daemon/work/filing.hpp"
#include "rules/desk/tell.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::daemon {

/// What may be told of one ticket now.
struct TicketNews {
    rules::Ticket ticket = {};
    std::vector<rules::PendingNews> news = {};
};

/// Tells it, in the caller's transaction, and writes down what has been told. A person with more
/// news at once than SlaPolicy::digest_threshold, or than TellTable::most_an_hour leaves, gets one
/// digest; behind that ceiling no more than one digest in each quarter of an hour, and what is held
/// stays pending until the next one begins. What asks for a yes or no is never a part of a digest:
/// above the ceiling it stays pending, too.
void tell_news(const Filing& filing, const std::vector<TicketNews>& news);

/// When the quarter after `now` begins: all that is held is looked at together.
std::chrono::sys_seconds next_quarter(std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
