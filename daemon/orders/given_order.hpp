// An order as somebody gave it: on a command line, in a script, as JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>
#include <boost/system/result.hpp>

#include "daemon/orders/order_form.hpp"
#include "daemon/work/filing.hpp"

namespace bellhop::daemon {

struct GivenOrder {
    std::string name = {};    ///< of its form: "status"
    std::string ticket = {};  ///< as read_ticket_number() takes it
    std::string by = {};      ///< who gives it; empty: whoever is at the keyboard
    OrderWords words = {};
};

/// "1042", "#1042", "HELP#1042", "[HELP#1042]".
std::optional<rules::TicketId> read_ticket_number(std::string_view text);

/// {"order": "status", "ticket": "1042", "by": "Tess", "to": "resolved", "requester_only": true}
boost::json::object to_json(const GivenOrder& given);

/// The same read back; a ticket may be a number, too. Its words are not looked at yet.
///
/// Errors: why it is no order, one line.
boost::system::result<GivenOrder, std::string> read_order(const boost::json::value& json);

/// Reads the words of a command line, without quotes: {"status", "1042", "resolved", "--reason",
/// "a new lamp"}. Options also as "--reason=..."; behind "--" none is looked for.
///
/// Errors: what is wrong with them, one line.
boost::system::result<GivenOrder, std::string> read_order(const std::vector<std::string>& words);

/// Whether a letter is to be read from elsewhere: it has none, or "-".
bool lacks_letter(const GivenOrder& given);
void set_letter(GivenOrder& given, std::string text);

/// Carries it out as daemon/work/desk_work.hpp says, in the name of `actor` ("agent Tess").
///
/// Errors: what is wrong with its words, that there is no such ticket, why it cannot be done; then
/// nothing was done. Throws storage::DatabaseError.
boost::system::result<rules::Ticket, std::string> carry_out(const Filing& filing,
                                                            const GivenOrder& given,
                                                            const std::string& actor);

}  // namespace bellhop::daemon
