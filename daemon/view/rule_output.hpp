// What the rules made of a mail, as JSON and for people.
#pragma once

#include <string>
#include <vector>

#include <boost/json.hpp>

#include "rules/trial/rule_explain.hpp"

namespace bellhop::daemon {

/// {"rules": [...], "outcome": {...}}
boost::json::object to_json(const std::vector<rules::ExplainedRule>& explained,
                            const rules::Outcome& outcome);

/// Every rule in order, then the outcome; ends in a newline.
std::string in_words(const std::vector<rules::ExplainedRule>& explained,
                     const rules::Outcome& outcome);

}  // namespace bellhop::daemon
