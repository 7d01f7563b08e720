#include "rules/people/people.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "parsers/config/config_file.hpp"
#include "parsers/header/address.hpp"
#include "parsers/text/lists.hpp"
#include "rules/words/folded_text.hpp"
#include "rules/words/wildcard.hpp"

namespace bellhop::rules {
namespace {

using parsers::ConfigFile;
using parsers::ConfigTable;
using parsers::ConfigValue;
using parsers::Diagnostics;
using parsers::in_quotes;

constexpr std::string_view example_domains[] = {"example.org", "example.com", "example.net"};

template <class Named>
const Named* named(const std::vector<Named>& all, std::string_view name) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Named& each) { return each.name == name; });
    return found == all.end() ? nullptr : &*found;
}

/// Reads the sections in the order in which they refer to each other.
class PeopleReader {
public:
    explicit PeopleReader(ConfigTable root) : root_{std::move(root)} {}

    People read() {
        for (ConfigTable& table : root_.tables("school"))
            people_.schools.push_back(read_school(table));
        refuse_doubles(people_.schools, "schools");
        for (ConfigTable& table : root_.tables("team")) people_.teams.push_back(read_team(table));
        refuse_doubles(people_.teams, "teams");
        for (ConfigTable& table : root_.tables("technician")) {
            people_.technicians.push_back(read_technician(table));
        }
        refuse_doubles(people_.technicians, "technicians");
        refuse_double_logins();
        for (ConfigTable& table : root_.tables("contact"))
            people_.contacts.push_back(read_contact(table));
        read_groups();
        read_policy();
        if (auto table = root_.table("tell")) people_.tell = read_tell_table(*table);
        root_.refuse_unknown_keys();
        return std::move(people_);
    }

private:
    template <class Named>
    void refuse_doubles(const std::vector<Named>& all, const std::string& what) {
        std::set<std::string> seen;
        for (const Named& each : all) {
            if (each.name.empty() || seen.insert(each.name).second) continue;
            root_.complain_at(each.where, "two " + what + " are named " + in_quotes(each.name));
        }
    }

    std::string read_address(ConfigTable& table) {
        const std::string address = table.text("address").value_or("");
        if (!address.empty() && address.find('@') == std::string::npos) {
            table.complain("address", in_quotes(address) + " is not an address",
                           {"for example: address = \"office@school.example.org\""});
        }
        return address;
    }

    School read_school(ConfigTable& table) {
        School school;
        school.where = table.where();
        school.name = table.required_text("name", "name = \"Hill Primary\"");
        for (const ConfigValue& item : table.items("domains")) {
            std::string domain = item.text().value_or("");
            const auto [first, is_new] = domains_.emplace(domain, school.name);
            if (domain.find('@') != std::string::npos || domain.find('.') == std::string::npos) {
                item.complain(in_quotes(domain) + " is not a domain",
                              {"for example: \"hill.example.org\""});
            } else if (!is_new) {
                item.complain(in_quotes(domain) + " belongs to " + in_quotes(first->second) +
                              " already");
            } else {
                school.domains.push_back(std::move(domain));
            }
        }
        school.plan = table.text("plan").value_or("");
        school.calendar = table.text("calendar").value_or("");
        table.refuse_unknown_keys();
        return school;
    }

    Team read_team(ConfigTable& table) {
        Team team;
        team.where = table.where();
        team.name = table.required_text("name", "name = \"network\"");
        team.address = read_address(table);
        team.topics = table.texts("topics");
        table.refuse_unknown_keys();
        return team;
    }

    void refuse_double_logins() {
        std::set<std::string> seen;
        for (const Technician& each : people_.technicians) {
            if (each.login.empty() || seen.insert(each.login).second) continue;
            root_.complain_at(each.where,
                              "two technicians have the login " + in_quotes(each.login));
        }
    }

    Technician read_technician(ConfigTable& table) {
        Technician technician;
        technician.where = table.where();
        technician.name = table.required_text("name", "name = \"Ann Example\"");
        technician.address = read_address(table);
        table.require("address", "address = \"ann@desk.example.org\"");
        for (const ConfigValue& item : table.items("teams")) {
            if (auto team = named_one(item, "team", parsers::names_of(people_.teams))) {
                technician.teams.push_back(std::move(*team));
            }
        }
        technician.senior = table.boolean("senior").value_or(false);
        technician.login = table.text("login").value_or("");
        table.refuse_unknown_keys();
        return technician;
    }

    Contact read_contact(ConfigTable& table) {
        Contact contact;
        contact.where = table.where();
        contact.name = table.required_text("name", "name = \"Joe Example\"");
        contact.address = read_address(table);
        table.require("address", "address = \"head@hill.example.org\"");
        if (const auto school = table.value("school")) {
            contact.school =
                named_one(*school, "school", parsers::names_of(people_.schools)).value_or("");
        }
        contact.nominated = table.boolean("nominated").value_or(false);
        contact.slt = table.boolean("slt").value_or(false);
        contact.notified = table.boolean("notified").value_or(false);
        table.refuse_unknown_keys();
        return contact;
    }

    static std::optional<std::string> named_one(const ConfigValue& value,
                                                const std::string& what,
                                                const std::vector<std::string>& known) {
        const auto name = value.text();
        if (!name) return std::nullopt;
        if (std::find(known.begin(), known.end(), *name) != known.end()) return name;
        const std::string near = parsers::nearest(*name, known);
        value.complain("unknown " + what + ' ' + in_quotes(*name),
                       {near.empty() ? "it must stand in this file as [[" + what + "]]"
                                     : "did you mean " + in_quotes(near) + '?'});
        return std::nullopt;
    }

    void read_groups() {
        auto table = root_.table("groups");
        if (!table) return;
        const std::vector<std::string> known = group_names();
        for (const std::string& key : table->keys()) {
            std::string group = key;
            std::replace(group.begin(), group.end(), '_', ' ');
            if (std::find(known.begin(), known.end(), group) == known.end()) {
                const std::string near = parsers::nearest(group, known);
                table->complain_at(
                    table->where_key(key), "unknown group " + in_quotes(group),
                    {near.empty() ? "expected one of: staff, nominated_contact, slt, technician, "
                                    "parent, pupil, monitoring"
                                  : "did you mean " + in_quotes(near) + '?'});
            }
            for (const ConfigValue& item : table->items(key)) {
                std::string pattern = item.text().value_or("");
                if (pattern.find('@') == std::string::npos &&
                    pattern.find('.') == std::string::npos) {
                    item.complain(
                        in_quotes(pattern) + " is neither an address nor a domain",
                        {"for example: \"*@pupils.example.org\", \"##*@hill.example.org\""});
                } else {
                    people_.groups.push_back({group, folded_form(pattern)});
                }
            }
        }
    }

    void read_policy() {
        auto table = root_.table("nominated_contacts");
        if (!table) return;
        people_.policy.at_least = static_cast<int>(table->integer("at_least", 0, 100).value_or(0));
        people_.policy.at_most = static_cast<int>(table->integer("at_most", 0, 100).value_or(100));
        people_.policy.one_in_slt = table->boolean("one_in_slt").value_or(false);
        people_.policy.reviewed = table->date("reviewed");
        if (people_.policy.at_most < people_.policy.at_least) {
            table->complain("at_most", "\"at_most\" is less than \"at_least\"");
        }
        table->refuse_unknown_keys();
    }

    ConfigTable root_;
    People people_ = {};
    std::map<std::string, std::string> domains_ = {};  // to the school that has it
};

const School* school_of(const std::vector<School>& schools, const std::string& key) {
    for (const School& school : schools) {
        for (const std::string& domain : school.domains) {
            if (matches_address(folded_form(domain), key)) return &school;
        }
    }
    return nullptr;
}

}  // namespace

const std::vector<std::string>& group_names() {
    static const std::vector<std::string> names{
        "staff", "nominated contact", "slt",    "technician", "parent",
        "pupil", "monitoring",        "unknown"};
    return names;
}

bool People::are_real() const {
    const auto is_real = [](std::string_view where) {
        const std::string_view domain = where.substr(where.rfind('@') + 1);
        return !domain.empty() &&
               std::none_of(std::begin(example_domains), std::end(example_domains),
                            [&](std::string_view example) {
                                return domain == example ||
                                       (domain.ends_with(example) &&
                                        domain[domain.size() - example.size() - 1] == '.');
                            });
    };
    return std::any_of(contacts.begin(), contacts.end(),
                       [&](const Contact& each) { return is_real(each.address); }) ||
           std::any_of(schools.begin(), schools.end(), [&](const School& each) {
               return std::any_of(each.domains.begin(), each.domains.end(), is_real);
           });
}

const School* People::school(std::string_view name) const {
    return named(schools, name);
}
const Team* People::team(std::string_view name) const {
    return named(teams, name);
}
const Technician* People::technician(std::string_view name) const {
    return named(technicians, name);
}

std::string People::technician_logged_in(std::string_view login) const {
    const auto found = std::find_if(technicians.begin(), technicians.end(),
                                    [&login](const Technician& one) { return one.login == login; });
    return found == technicians.end() || login.empty() ? std::string{} : found->name;
}

std::string People::technician_at(std::string_view address) const {
    const std::string key = parsers::address_key(address);
    const auto found = std::find_if(technicians.begin(), technicians.end(), [&](const auto& one) {
        return parsers::address_key(one.address) == key;
    });
    return found == technicians.end() || key.empty() ? std::string{} : found->name;
}

std::vector<std::string> People::addresses_of(std::string_view name) const {
    if (name.find('@') != std::string_view::npos) return {std::string{name}};
    if (const Technician* person = technician(name)) return {person->address};
    if (const Team* known = team(name)) {
        return known->address.empty() ? members_of(known->name) : std::vector{known->address};
    }
    for (const Contact& contact : contacts) {
        if (contact.name == name) return {contact.address};
    }
    return {};
}

std::vector<std::string> People::members_of(std::string_view team) const {
    std::vector<std::string> addresses;
    for (const Technician& one : technicians) {
        const bool is_member =
            std::find(one.teams.begin(), one.teams.end(), team) != one.teams.end();
        if (is_member && !one.address.empty()) addresses.push_back(one.address);
    }
    return addresses;
}

std::vector<std::string> People::contacts_of(std::string_view school,
                                             std::string_view group) const {
    std::vector<std::string> addresses;
    for (const Contact& one : contacts) {
        const bool is_meant =
            (group == "slt" && one.slt) || (group == "nominated contact" && one.nominated);
        if (is_meant && one.school == school) addresses.push_back(one.address);
    }
    return addresses;
}

Sender People::sender(std::string_view address) const {
    const std::string key = parsers::address_key(address);
    Sender sender;
    const School* at = school_of(schools, key);
    for (const Technician& technician : technicians) {
        if (parsers::address_key(technician.address) == key)
            sender.groups.emplace_back("technician");
    }
    for (const Contact& contact : contacts) {
        if (parsers::address_key(contact.address) != key) continue;
        if (!contact.school.empty()) at = school(contact.school);
        if (contact.nominated) sender.groups.emplace_back("nominated contact");
        if (contact.slt) sender.groups.emplace_back("slt");
        sender.groups.emplace_back("staff");
    }
    if (sender.groups.empty()) {
        const auto fits = std::find_if(
            groups.begin(), groups.end(),
            [&](const GroupPattern& group) { return matches_address(group.pattern, key); });
        if (fits != groups.end()) {
            sender.groups.push_back(fits->group);
        } else {
            sender.groups.emplace_back(at != nullptr ? "staff" : "unknown");
        }
    }
    if (at != nullptr) {
        sender.school = at->name;
        sender.plan = at->plan;
        sender.calendar = at->calendar;
    }
    return sender;
}

boost::system::result<People, Diagnostics> load_people(const std::string& file,
                                                       std::string_view text) {
    const auto parsed = ConfigFile::parse(file, text);
    if (parsed.has_error()) return parsed.error();
    Diagnostics complaints;
    People people = PeopleReader{parsed->root(complaints)}.read();
    parsers::sort_by_place(complaints);
    if (parsers::has_errors(complaints)) return complaints;
    return people;
}

Diagnostics lint_people(const People& people,
                        const std::string& file,
                        std::chrono::year_month_day today) {
    using namespace std::chrono;
    Diagnostics warnings;
    const auto warn = [&](const parsers::TextSpan& where, std::string message,
                          std::vector<std::string> hints) {
        warnings.push_back(
            {where, std::move(message), std::move(hints), parsers::Severity::warning});
    };
    const ContactPolicy& policy = people.policy;
    const bool counts = policy.at_most > 0 || policy.at_least > 0;
    for (const School& school : people.schools) {
        if (!counts) break;
        int nominated = 0;
        bool in_slt = false;
        for (const Contact& contact : people.contacts) {
            if (contact.school != school.name || !contact.nominated) continue;
            ++nominated;
            in_slt = in_slt || contact.slt;
        }
        if (nominated < policy.at_least || nominated > policy.at_most) {
            warn(school.where,
                 in_quotes(school.name) + " has " + std::to_string(nominated) +
                     (nominated == 1 ? " nominated contact" : " nominated contacts"),
                 {"the agreement wants " + std::to_string(policy.at_least) + " to " +
                  std::to_string(policy.at_most)});
        }
        if (policy.one_in_slt && nominated > 0 && !in_slt) {
            warn(school.where,
                 "no nominated contact of " + in_quotes(school.name) + " is in the SLT",
                 {"one of them must be a member of the senior leadership team: slt = true"});
        }
    }
    if (policy.reviewed && sys_days{*policy.reviewed} + days{366} < sys_days{today}) {
        warn({file, 1, 1, 1}, "the list of contacts has not been reviewed for a year",
             {"ask the schools, then set reviewed in [nominated_contacts] to the day"});
    }
    return warnings;
}

}  // namespace bellhop::rules
