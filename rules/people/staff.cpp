#include "rules/people/staff.hpp"

#include <algorithm>

#include "parsers/header/address.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::rules {
namespace {

using Addresses = std::vector<std::string>;

Addresses sendable(const Staff& staff, const Addresses& addresses) {
    Addresses kept;
    for (const std::string& one : addresses) {
        const bool is_failing =
            !staff.failing.empty() && parsers::contains(staff.failing, parsers::address_key(one));
        if (!one.empty() && !is_failing && !is_own_address(staff, one)) kept.push_back(one);
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

/// Somebody, where nobody else is there: the senior technicians, or all of them.
Addresses anybody(const Staff& staff) {
    if (staff.people == nullptr) return {};
    Addresses seniors;
    Addresses all;
    for (const Technician& one : staff.people->technicians) {
        all.push_back(one.address);
        if (one.senior) seniors.push_back(one.address);
    }
    const Addresses found = sendable(staff, seniors);
    return found.empty() ? sendable(staff, all) : found;
}

Addresses manager(const Staff& staff, const Ticket& ticket) {
    for (const std::string& name : {staff.manager, ticket.team}) {
        Addresses found = named(staff, ticket, name);
        if (!found.empty()) return found;
    }
    return anybody(staff);
}

Addresses meant(const Staff& staff, const Ticket& ticket, const std::string& word) {
    if (word == "manager") return manager(staff, ticket);
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

std::string approvers_in_words(const People* people,
                               const std::string& school,
                               const std::string& approver) {
    if (approver.empty() || approver == "team" || approver == "manager") return "the desk";
    if (!parsers::contains(group_names(), approver)) {
        return school.empty() ? "somebody of the desk" : approver;
    }
    Addresses names;
    if (people != nullptr && !school.empty()) {
        const Addresses addresses = people->contacts_of(school, approver);
        for (const Contact& one : people->contacts) {
            if (parsers::contains(addresses, one.address)) names.push_back(one.name);
        }
    }
    if (!names.empty()) return parsers::joined(names, " or ");
    return (approver == "slt" ? "the leadership" : "a " + approver) + " of your school";
}

std::string name_at_desk(const Staff& staff, std::string_view address) {
    const std::string key = parsers::address_key(address);
    if (key.empty()) return {};
    const auto is_meant = [&key](const std::string& one) {
        return parsers::address_key(one) == key;
    };
    const People nobody;
    const People& people = staff.people == nullptr ? nobody : *staff.people;
    if (std::string technician = people.technician_at(key); !technician.empty()) return technician;
    if (is_own_address(staff, key)) return {};
    for (const Team& team : people.teams) {
        if (is_meant(team.address)) return team.name;
    }
    if (staff.manager.empty()) return {};
    const Addresses managers = people.addresses_of(staff.manager);
    return std::any_of(managers.begin(), managers.end(), is_meant) ? staff.manager : std::string{};
}

bool is_of_the_desk(const Staff& staff, std::string_view address) {
    return is_own_address(staff, address) || !name_at_desk(staff, address).empty();
}

bool is_own_address(const Staff& staff, std::string_view address) {
    const auto& own = staff.own_addresses;
    return std::find(own.begin(), own.end(), parsers::address_key(address)) != own.end();
}

Addresses colleagues(const Staff& staff, const Ticket& ticket) {
    if (staff.people == nullptr) return {};
    const Addresses members = sendable(staff, staff.people->members_of(ticket.team));
    if (!members.empty()) return members;
    Addresses all;
    for (const Technician& one : staff.people->technicians) all.push_back(one.address);
    return sendable(staff, all);
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
