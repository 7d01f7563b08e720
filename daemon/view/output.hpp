// What the commands print: JSON values and lines for people.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "rules/ticket/ticket.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// "2026-11-22 09:30", in UTC: the machine's own zone is nobody's.
std::string short_time(std::chrono::sys_seconds instant);

std::string_view word_of(parsers::MessageKind kind);
std::string_view word_of(parsers::EvidenceGrade grade);
std::string_view word_of(parsers::Disposition disposition);

/// "Ann Smith <ann@school.example>", or what there is of it.
std::string display(const parsers::Address& address);

boost::json::array to_json(const std::vector<std::string>& words);
boost::json::array to_json(const std::vector<parsers::Evidence>& evidence);
boost::json::array to_json(const std::vector<parsers::Defect>& defects);
/// What is empty is absent.
boost::json::object to_json(const parsers::Address& address);
boost::json::object to_json(const rules::Ticket& ticket);
boost::json::object to_json(const storage::StoredMessage& message);
/// {"level": "unknown", "because": "...", "believed": false}
boost::json::object to_json(const rules::Authorship& author);
boost::json::object to_json(const rules::TicketEvent& event);
boost::json::object to_json(const storage::OutboxMail& mail);
boost::json::object to_json(const storage::QuarantinedMail& mail);
boost::json::object to_json(const storage::LedgerEntry& entry);

/// One line of a terminal: control characters as blanks, cut to `width` characters.
std::string on_one_line(std::string_view text, std::size_t width);

/// A text of several lines as a terminal may show it: no control characters but the line end.
std::string harmless_text(std::string_view text);

std::int64_t number(rules::TicketId id);

}  // namespace bellhop::daemon
