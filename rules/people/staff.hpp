// Who of the desk is told of something about a ticket.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/people/people.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

struct Staff {
    const People* people = nullptr;  ///< null: nobody is known by name
    std::string manager = {};        ///< an address, or the name of somebody that people.toml knows
    /// Keys (parsers::address_key) of the desk's own addresses. Nothing is written to them: it
    /// would come in again.
    std::vector<std::string> own_addresses = {};
};

/// Whether a name of `tell` can mean somebody: "assignee" and the like, an address, or a name that
/// people.toml knows.
bool is_somebody(const People& people, const std::string& name);

bool is_own_address(const Staff& staff, std::string_view address);

/// The addresses of "assignee", "team", "manager", or of whoever else is named, each once, in that
/// order; "slt" and "nominated contact" are those of the ticket's school. Where a ticket has no
/// assignee the team is meant, where it has no team the manager, and the team where the desk has
/// named no manager. May be empty.
std::vector<std::string> staff_addresses(const Staff& staff,
                                         const Ticket& ticket,
                                         const std::vector<std::string>& tell);

}  // namespace bellhop::rules
