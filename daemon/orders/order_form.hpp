// What somebody of the desk can order: the names of the orders and the words of each, in one table
// for the terminal, a script, a socket and a mail.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/calendar/local_words.hpp"
#include "rules/desk/desk_order.hpp"

namespace bellhop::daemon {

/// The words of one order by their keys. What is empty, or was not said, is absent.
using OrderWords = std::map<std::string, std::string, std::less<>>;

enum class WordKind {
    text,     ///< one line
    letter,   ///< lines that somebody reads
    day,      ///< a day to come, as people write it: "thursday", "3 Dec", "2026-11-02"
    instant,  ///< an instant to come: "thursday 3pm", "2026-11-02T15:00:00Z"
    ticket,   ///< the number of another ticket
    choice,   ///< one of `choices`
    yes,      ///< said or not; its value is "yes"
};

struct OrderWord {
    std::string key = {};   ///< "requester_only"
    std::string name = {};  ///< on a command line: "--requester-only"; by its place: "STATUS"
    std::string what = {};
    WordKind kind = WordKind::text;
    bool is_required = false;
    std::vector<std::string> choices = {};
};

/// On which clock days and instants are meant. What it refers to outlives it.
struct OrderTime {
    const rules::BusinessCalendar& calendar;
    rules::WordStyle style = rules::WordStyle::british;
    std::chrono::sys_seconds now = {};
};

struct OrderForm {
    std::string name = {};     ///< "status"
    std::string what = {};     ///< one line
    std::string example = {};  ///< "status 1042 resolved"
    std::vector<OrderWord> words = {};
    /// Makes the order. Precondition: complaint_about() has none.
    std::function<rules::DeskOrder(const OrderWords&, const OrderTime&)> order_of = {};
    /// In its place for the one that opens a ticket, and is given on none.
    std::function<rules::NewTicketOrder(const OrderWords&)> new_ticket_of = {};
    bool takes_files = false;  ///< to be sent

    bool opens_ticket() const { return static_cast<bool>(new_ticket_of); }

    const OrderWord* word(std::string_view key) const;  ///< null where it has none
};

/// All of them, in the order in which a list shows them.
const std::vector<OrderForm>& order_forms();

/// Null where there is no such order.
const OrderForm* order_form(std::string_view name);

/// What is wrong with the words of an order: one that it does not have, one that is missing, too
/// long, no UTF-8, or no day to come. Empty where nothing is.
std::string complaint_about(const OrderForm& form, const OrderWords& words, const OrderTime& time);

/// "1042", "#1042", "HELP#1042", "[HELP#1042]".
std::optional<rules::TicketId> read_ticket_number(std::string_view text);

}  // namespace bellhop::daemon
