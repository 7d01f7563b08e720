// people.toml: schools, teams, technicians, contacts, and who a sender is.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

#include "parsers/config/diagnostic.hpp"
#include "rules/people/tell_table.hpp"

namespace bellhop::rules {

/// The groups of people that exist: "staff", "nominated contact", ...
const std::vector<std::string>& group_names();

struct School {
    std::string name = {};
    std::vector<std::string> domains = {};  ///< of its addresses, and those below them
    std::string plan = {};                  ///< service plan, as on the contract
    std::string calendar = {};              ///< in calendar.toml; empty: the desk's own
    parsers::TextSpan where = {};
};

struct Team {
    std::string name = {};
    std::string address = {};              ///< for notifications; may be empty
    std::vector<std::string> topics = {};  ///< what it answers for, for people to read
    parsers::TextSpan where = {};
};

struct Technician {
    std::string name = {};
    std::string address = {};
    std::vector<std::string> teams = {};
    bool senior = false;
    parsers::TextSpan where = {};
    std::string login = {};  ///< on the machine where the commands run; may be empty
};

/// A person at a school with a part in the service.
struct Contact {
    std::string name = {};
    std::string address = {};
    std::string school = {};
    bool nominated = false;  ///< may ask for what is reserved to nominated contacts
    bool slt = false;        ///< member of the senior leadership team
    bool notified = false;   ///< told of outages and backup failures
    parsers::TextSpan where = {};
};

/// Addresses of one kind of people: "staff" = "*@school.example.org".
struct GroupPattern {
    std::string group = {};
    std::string pattern = {};
};

/// What is known of a sender.
struct Sender {
    std::string school = {};  ///< empty: unknown
    std::string plan = {};
    std::string calendar = {};
    std::vector<std::string> groups = {};  ///< never empty; "unknown" alone for a stranger

    friend bool operator==(const Sender&, const Sender&) = default;
};

/// How many nominated contacts a school must have.
struct ContactPolicy {
    int at_least = 0;  ///< 0 with at_most 0: not checked
    int at_most = 0;
    bool one_in_slt = false;
    std::optional<std::chrono::year_month_day> reviewed =
        {};  ///< when the list was last gone through
};

struct People {
    std::vector<School> schools = {};
    std::vector<Team> teams = {};
    std::vector<Technician> technicians = {};
    std::vector<Contact> contacts = {};
    std::vector<GroupPattern> groups = {};  ///< the first that fits counts
    ContactPolicy policy = {};
    TellTable tell = {};

    /// Who writes from `address`. Addresses that stand in the file go before patterns; somebody at
    /// a school's domain whom no pattern fits is staff.
    Sender sender(std::string_view address) const;

    /// Whether anybody stands here but the people of the examples, at example.org and the like
    /// (RFC 2606 section 3): a desk that has not yet said who its people are knows no strangers.
    bool are_real() const;

    const School* school(std::string_view name) const;
    const Team* team(std::string_view name) const;
    const Technician* technician(std::string_view name) const;
    /// The name of the technician who writes from `address`; empty for anybody else.
    std::string technician_at(std::string_view address) const;
    /// The name of the technician who has that login; empty for anybody else.
    std::string technician_logged_in(std::string_view login) const;

    /// Where a mail to `name` goes: a technician's address; a team's, or those of its technicians
    /// where it has none; a contact's; `name` itself where it is an address. Empty for somebody
    /// unknown.
    std::vector<std::string> addresses_of(std::string_view name) const;

    /// The technicians of a team.
    std::vector<std::string> members_of(std::string_view team) const;

    /// Those of a school's contacts who are in the group "slt" or "nominated contact"; nobody for
    /// another group.
    std::vector<std::string> contacts_of(std::string_view school, std::string_view group) const;
};

/// Reads people.toml. Errors: all complaints of the file.
boost::system::result<People, parsers::Diagnostics> load_people(const std::string& file,
                                                                std::string_view text);

/// What is allowed, but looks wrong: too few or too many nominated contacts, none of them in the
/// SLT, a list that was not reviewed for a year. Warnings.
parsers::Diagnostics lint_people(const People& people,
                                 const std::string& file,
                                 std::chrono::year_month_day today);

}  // namespace bellhop::rules
