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
    /// Keys of addresses that do not get what is sent to them: passed over like a missing one.
    std::vector<std::string> failing = {};
};

/// Whether a name of `tell` can mean somebody: "assignee" and the like, an address, or a name that
/// people.toml knows.
bool is_somebody(const People& people, const std::string& name);

/// "Helen Head or Olive Office": whose yes a request from `school` waits for, where a rule names
/// `approver`. Names are told to people of the school only: without one it is "a nominated contact
/// of your school", "the team".
std::string approvers_in_words(const People* people,
                               const std::string& school,
                               const std::string& approver);

/// In whose name somebody of the desk writes from `address`: a technician's, that of the team whose
/// mailbox it is, or the manager's. Empty for anybody else, and for an address of the desk itself
/// that no technician has. People::addresses_of() leads back to `address`.
std::string name_at_desk(const Staff& staff, std::string_view address);

/// Whether `address` belongs to the desk: to somebody whom name_at_desk() names, or to the desk
/// itself. It is the one answer to that question; who is told but does not belong to the desk reads
/// less, and orders nothing.
bool is_of_the_desk(const Staff& staff, std::string_view address);

bool is_own_address(const Staff& staff, std::string_view address);

/// The addresses of "assignee", "team", "manager", or of whoever else is named, each once, in that
/// order; "slt" and "nominated contact" are those of the ticket's school. Where a ticket has no
/// assignee the team is meant, where it has no team the manager. Where the desk has named no
/// manager that is the team, then the senior technicians, then all technicians. May be empty.
std::vector<std::string> staff_addresses(const Staff& staff,
                                         const Ticket& ticket,
                                         const std::vector<std::string>& tell);

/// The technicians of the ticket's team, each by his own address; all technicians where it has
/// none. May be empty.
std::vector<std::string> colleagues(const Staff& staff, const Ticket& ticket);

}  // namespace bellhop::rules
