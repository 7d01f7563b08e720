// A priority that the words of a mail have not settled: what it is perhaps, kept as a tag of the
// ticket.
#pragma once

#include <string>
#include <vector>

#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// The tag "perhaps P1".
std::string doubt_tag(const std::string& priority);

/// The priority that it is perhaps; empty where no tag says so.
std::string second_choice(const std::vector<std::string>& tags);

/// For the desk: "P2", or "P2, perhaps P1".
std::string priority_in_words(const Ticket& ticket);

}  // namespace bellhop::rules
