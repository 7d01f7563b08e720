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
    std::string ticket = {};  ///< as read_ticket_number() takes it; empty for one that opens one
    std::string by = {};      ///< who gives it; empty: whoever is at the keyboard
    OrderWords words = {};
    /// To be sent; as JSON only their names and sizes, the bytes are the body of the request.
    std::vector<rules::AttachedFile> files = {};
};

constexpr std::size_t most_files = 20;  // of one order

/// {"order": "status", "ticket": "1042", "by": "Tess", "to": "resolved", "requester_only": true}
boost::json::object to_json(const GivenOrder& given);

/// The same read back; a ticket may be a number, too. Its words are not looked at yet, and its
/// files are as large as they shall be, but empty: see take_files().
///
/// Errors: why it is no order, one line.
boost::system::result<GivenOrder, std::string> read_order(const boost::json::value& json);

/// Reads the words of a command line, without quotes: {"status", "1042", "resolved", "--reason",
/// "a new lamp"}. Options also as "--reason=..."; behind "--" none is looked for.
///
/// Errors: what is wrong with them, one line.
boost::system::result<GivenOrder, std::string> read_order(const std::vector<std::string>& words);

/// Fills the files of an order that was read from JSON with the bytes of `body`, one behind the
/// other. Returns what does not fit; empty where all does.
std::string take_files(GivenOrder& given, std::string_view body);
/// The inverse.
std::string bytes_of_files(const GivenOrder& given);

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
