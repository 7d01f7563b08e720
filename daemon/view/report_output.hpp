// A service report as JSON and for people.
#pragma once

#include <string>

#include <boost/json.hpp>

#include "daemon/history/service_report.hpp"

namespace bellhop::daemon {

boost::json::object to_json(const ServiceReport& report, const Desk& desk);

std::string in_words(const ServiceReport& report, const Desk& desk);

}  // namespace bellhop::daemon
