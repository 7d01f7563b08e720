#include "rules/staff.hpp"

#include <algorithm>

#include "parsers/address.hpp"

namespace bellhop::rules {
namespace {

using Addresses = std::vector<std::string>;

/// A team's address may be a mailbox of the desk: then its technicians are meant.
Addresses members_of(const Staff& staff, std::string_view team) {
    Addresses addresses;
    if (staff.people == nullptr) return addresses;
    for (const Technician& one : staff.people->technicians) {
        if (std::find(one.teams.begin(), one.teams.end(), team) != one.teams.end()) {
            addresses.push_back(one.address);
        }
    }
    return addresses;
}

Addresses sendable(const Staff& staff, const Addresses& addresses) {
    Addresses kept;
    for (const std::string& one : addresses) {
        if (!one.empty() && !is_own_address(staff, one)) kept.push_back(one);
    }
    return kept;
}

Addresses named(const Staff& staff, const std::string& name) {
    if (name.empty()) return {};
    const Addresses found =
        staff.people != nullptr ? staff.people->addresses_of(name) : People{}.addresses_of(name);
    const Addresses kept = sendable(staff, found);
    return kept.empty() ? sendable(staff, members_of(staff, name)) : kept;
}

Addresses meant(const Staff& staff, const Ticket& ticket, const std::string& word) {
    if (word == "manager") return named(staff, staff.manager);
    if (word == "assignee") {
        const Addresses found = named(staff, ticket.assignee);
        return found.empty() ? meant(staff, ticket, "team") : found;
    }
    if (word == "team") {
        const Addresses found = named(staff, ticket.team);
        return found.empty() ? meant(staff, ticket, "manager") : found;
    }
    return named(staff, word);
}

}  // namespace

bool is_own_address(const Staff& staff, std::string_view address) {
    const auto& own = staff.own_addresses;
    return std::find(own.begin(), own.end(), parsers::address_key(address)) != own.end();
}

Addresses staff_addresses(const Staff& staff,
                          const Ticket& ticket,
                          const std::vector<std::string>& tell) {
    Addresses addresses;
    for (const std::string& word : tell) {
        for (const std::string& one : meant(staff, ticket, word)) {
            if (std::find(addresses.begin(), addresses.end(), one) == addresses.end()) {
                addresses.push_back(one);
            }
        }
    }
    return addresses;
}

}  // namespace bellhop::rules
