// What the commands print: JSON values and lines for people.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "rules/ticket.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// RFC 3339 in UTC: "2026-11-22T09:30:00Z".
std::string rfc3339(std::chrono::sys_seconds instant);

/// "22 Nov 09:30" in the machine's local zone is nobody's zone: people get UTC, short.
std::string short_time(std::chrono::sys_seconds instant);

boost::json::object to_json(const parsers::Address& address);
boost::json::object to_json(const rules::Ticket& ticket);
boost::json::object to_json(const storage::StoredMessage& message);
boost::json::object to_json(const rules::TicketEvent& event);
boost::json::object to_json(const storage::OutboxMail& mail);
boost::json::object to_json(const storage::QuarantinedMail& mail);
boost::json::object to_json(const storage::LedgerEntry& entry);

/// One line of a terminal: control characters as blanks, cut to `width` characters.
std::string on_one_line(std::string_view text, std::size_t width);

/// A text of several lines as a terminal may show it: no control characters but the line end.
std::string harmless_text(std::string_view text);

/// "1042", "#1042", "HELP#1042", "[HELP#1042]".
std::optional<rules::TicketId> read_ticket_number(std::string_view text);

std::int64_t number(rules::TicketId id);

}  // namespace bellhop::daemon
