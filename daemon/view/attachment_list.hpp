// The files that came and went with the mails of a ticket, and which of them a name means.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/array.hpp>

#include "rules/calendar/business_calendar.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

struct ListedAttachment {
    int number = 0;  ///< in the list, from 1
    std::chrono::sys_seconds at = {};
    std::string from = {};  ///< address of the mail's sender
    storage::StoredAttachment stored = {};
};

/// Those of all mails, the oldest first.
std::vector<ListedAttachment> attachments_of(const storage::Store& store, rules::TicketId ticket);

boost::json::array to_json(const std::vector<ListedAttachment>& all);
/// A table; ends in a newline. Times are those of the calendar.
std::string in_words(const std::vector<ListedAttachment>& all,
                     const rules::BusinessCalendar& calendar,
                     std::chrono::sys_seconds now);

struct ChosenAttachment {
    ListedAttachment attachment = {};
    std::string complaint = {};  ///< why none is meant; empty where one is
};

/// The one of that name or number. A name that several have, all with the same bytes, means any;
/// otherwise their numbers are told.
ChosenAttachment chosen_attachment(const std::vector<ListedAttachment>& all, std::string_view name);

}  // namespace bellhop::daemon
