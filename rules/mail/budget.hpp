// How much senders may have of us within a while: answers, tickets of their own.
//
// Anybody can write with any sender. What one mail brings about is little; what two thousand bring
// about in a row is a flood, for the people whose addresses were forged, for the desk, and for the
// relay that sends our answers. So each kind of thing has limits: for one person, for one domain
// and for all strangers together, and for everybody. People whom the desk knows do not share with
// strangers.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::rules {

/// At most `count` within `window`.
struct MailLimit {
    std::size_t count = 0;
    std::chrono::seconds window{0};

    friend bool operator==(const MailLimit&, const MailLimit&) = default;
};

enum class BudgetOf {
    person,     ///< one address, whatever stands behind a "+"
    domain,     ///< all strangers of one domain
    strangers,  ///< all whom the desk does not know, or whom nothing proves
    everybody
};

/// "person", "domain", "strangers", "everybody"
std::string_view to_text(BudgetOf whose);

/// The limits of one kind of thing; without any there is no limit.
struct Budget {
    std::vector<MailLimit> person = {};
    std::vector<MailLimit> domain = {};
    std::vector<MailLimit> strangers = {};
    std::vector<MailLimit> everybody = {};

    friend bool operator==(const Budget&, const Budget&) = default;
};

/// What was spent within each window of a budget: person[i] within Budget::person[i].window. A list
/// that is shorter than the budget's has nothing spent.
struct Spent {
    std::vector<std::size_t> person = {};
    std::vector<std::size_t> domain = {};
    std::vector<std::size_t> strangers = {};
    std::vector<std::size_t> everybody = {};

    friend bool operator==(const Spent&, const Spent&) = default;
};

/// Who asks for more.
enum class Familiarity { known, stranger };

struct Exhausted {
    BudgetOf whose = BudgetOf::person;
    MailLimit limit = {};

    friend bool operator==(const Exhausted&, const Exhausted&) = default;
};

/// The limit that is reached, the narrowest first; nothing where there is room for one more. People
/// who are known do not count against strangers and their domains. Pure.
std::optional<Exhausted> exhausted(const Budget& budget, const Spent& spent, Familiarity sender);

/// "the sender has had 3 automatic mails in 10 minutes", of `had` = "had" and `what` = "automatic
/// mails".
std::string in_words(const Exhausted& limit, const std::string& had, const std::string& what);

}  // namespace bellhop::rules
