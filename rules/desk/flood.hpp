// Mails that are too many to open tickets of their own: one ticket collects them.
//
// Nothing is lost by it: each lies there whole, with the reason. What it costs a person is one
// ticket to look through instead of two thousand.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "rules/mail/budget.hpp"
#include "rules/rule/ruling.hpp"
#include "rules/ticket/action.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// The tag of a ticket that collects.
inline constexpr const char* flood_tag = "mail flood";

/// Whether a ticket collects, or has collected.
bool is_flood(const Ticket& ticket);

/// A mail that is one too many.
struct SurplusMail {
    std::string sender = {};  ///< an address; empty where it names none
    std::string mailbox = {};
    std::string mailbox_address = {};
    std::chrono::sys_seconds at = {};
    Exhausted limit = {};  ///< that it would pass
};

/// The mail goes to `flood`, the ticket that collects, or opens one for `team` where none is open.
/// It has no clock and is not answered; what `ruling` says may be about a child is told to the
/// people for it all the same. Pure.
Actions collect(const SurplusMail& mail,
                const Ruling& ruling,
                const std::optional<Ticket>& flood,
                const std::string& team);

}  // namespace bellhop::rules
