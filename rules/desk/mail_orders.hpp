// Orders in the first lines of a mail by somebody of the desk: "#close", "#wait customer".
//
// Phones write "# Close" for "#close", no-break spaces and smart quotes; mail programs put blank
// lines before it. All of that is read. What is not understood is named, and then nothing counts:
// all or nothing is up to whoever carries them out.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/calendar/business_calendar.hpp"
#include "rules/calendar/local_words.hpp"
#include "rules/desk/desk_order.hpp"
#include "rules/people/people.hpp"
#include "rules/sla/sla_policy.hpp"

namespace bellhop::rules {

/// What the words of an order mean, and when and by whom it is given.
struct OrderWords {
    const People* people = nullptr;  ///< null: names are taken as they are
    std::vector<Priority> priorities = {};
    std::string writer = {};  ///< in whose name it is written (name_at_desk()): "#me"
    const BusinessCalendar& calendar;
    std::chrono::sys_seconds now = {};
    WordStyle style = WordStyle::british;
};

/// Whom the words below the orders are for.
enum class LetterFor { unsaid, requester, desk };

struct MailOrders {
    std::vector<DeskOrder> orders = {};        ///< what is to be done besides, in the order written
    LetterFor letter_for = LetterFor::unsaid;  ///< "#reply" and "#note" say it
    std::string letter = {};                   ///< the writer's words
    bool opens_new = false;                    ///< "#new"
    std::string subject = {};                  ///< behind "#new"; may be empty
    bool asks_for_help = false;                ///< "#help"
    std::vector<std::string> understood = {};  ///< a line each: "#close: resolved"
    std::vector<std::string> complaints = {};  ///< a line each: what is wrong, what would be right

    /// Whether there is an order at all, understood or not.
    bool has_any() const { return !understood.empty() || !complaints.empty(); }
};

/// Reads what somebody has written this time (parsers::Message::reply_text). His signature is left
/// out of the letter where it stands below his name. Never fails; at most 20 orders.
MailOrders read_mail_orders(std::string_view text, const OrderWords& words);

/// Whether what somebody has written begins with "#new".
bool opens_ticket(const parsers::Message& message);

}  // namespace bellhop::rules
