// Mails with what is right of them: what `bellhop rules learn` learns from.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

#include "rules/rule/rule_set.hpp"

namespace bellhop::rules {

struct Lesson {
    std::string author = {};  ///< or school: what is held back together when learning is tried
    std::string name = {};    ///< "w1.toml:12", "ticket 1042"
    MailFacts facts = {};
    std::optional<std::size_t> grade = {};  ///< of Weighing::priorities
    std::array<bool, grade_count> acceptable = {};
    std::optional<bool> safeguarding = {};
    bool is_natural = true;  ///< one of many as they came in; false: written for a purpose
    bool is_ticket = false;  ///< of the desk itself
    float weight = 1;
};

/// Reads a file of [[test]] mails as lessons: their expect.priority and expect.restricted, or what
/// the first of the tables `labels` has that names one. Mails of which nothing is said are left
/// out. `written = true` at the top of the file says that its mails were written to be examples.
/// Errors: every complaint.
boost::system::result<std::vector<Lesson>, parsers::Diagnostics> read_lessons(
    const std::string& name,
    std::string_view text,
    const RuleBook& book,
    const std::vector<std::string>& labels);

/// The grade of a priority; nothing where it is that of none.
std::optional<std::size_t> grade_of(const Weighing& weighing, std::string_view priority);

}  // namespace bellhop::rules
