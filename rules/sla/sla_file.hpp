// sla.toml: what the desk promises, and how it keeps itself to it.
//
//     default = "P3"
//
//     [priority.P1]
//     name = "Major"
//     respond = "30 minutes"
//     resolve = "4 hours"
//
//     [priority.P4]
//     resolve = "5 days or as agreed"
//
//     [plan.premium.P1]              # what a service plan promises instead
//     resolve = "2 hours"
//
//     [[version]]                    # what holds from a date on
//     from = 2027-01-04
//     priority.P1.resolve = "3 hours"
//
//     [status.waiting_parts]
//     name = "Waiting for parts"
//     clock = "pause"                # or "run", "stop"
//
//     [[reminder]]
//     status = "waiting_customer"
//     to = "customer"
//     at_once = true
//     after = ["2 business days", "5 business days"]
//     then = "resolve"
//     then_after = "10 business days"
//
//     [[step]]
//     at = "75%"                     # or "breach", "breach + 1 hour"
//     tell = ["assignee", "team"]
#pragma once

#include <string>
#include <string_view>

#include <boost/system/result.hpp>

#include "parsers/config/diagnostic.hpp"
#include "rules/sla/sla_policy.hpp"

namespace bellhop::rules {

/// Errors: all complaints at once.
boost::system::result<SlaPolicy, parsers::Diagnostics> load_sla_file(const std::string& file,
                                                                     std::string_view text);

}  // namespace bellhop::rules
