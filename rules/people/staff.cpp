#include "rules/people/staff.hpp"

#include <algorithm>

#include "parsers/header/address.hpp"

namespace bellhop::rules {
namespace {

using Addresses = std::vector<std::string>;

Addresses sendable(const Staff& staff, const Addresses& addresses) {
    Addresses kept;
    for (const std::string& one : addresses) {
        if (!one.empty() && !is_own_address(staff, one)) kept.push_back(one);
    }
    return kept;
}

Addresses named(const Staff& staff, const Ticket& ticket, const std::string& name) {
    if (name.empty()) return {};
    if (staff.people == nullptr) return sendable(staff, People{}.addresses_of(name));
    const Addresses found = sendable(staff, staff.people->addresses_of(name));
    if (!found.empty()) return found;
    // A team's address may be a mailbox of the desk: then its technicians are meant.
    const Addresses members = sendable(staff, staff.people->members_of(name));
    return members.empty() ? sendable(staff, staff.people->contacts_of(ticket.school, name))
                           : members;
}

Addresses meant(const Staff& staff, const Ticket& ticket, const std::string& word) {
    if (word == "manager") {
        return named(staff, ticket, staff.manager.empty() ? ticket.team : staff.manager);
    }
    if (word == "assignee") {
        const Addresses found = named(staff, ticket, ticket.assignee);
        return found.empty() ? meant(staff, ticket, "team") : found;
    }
    if (word == "team") {
        const Addresses found = named(staff, ticket, ticket.team);
        return found.empty() ? meant(staff, ticket, "manager") : found;
    }
    return named(staff, ticket, word);
}

}  // namespace

bool is_somebody(const People& people, const std::string& name) {
    static const Addresses words{"assignee", "team", "manager", "slt", "nominated contact"};
    const bool is_contact =
        std::any_of(people.contacts.begin(), people.contacts.end(),
                    [&name](const Contact& contact) { return contact.name == name; });
    return std::find(words.begin(), words.end(), name) != words.end() || is_contact ||
           people.team(name) != nullptr || people.technician(name) != nullptr ||
           name.find('@') != std::string::npos;
}

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
