// How the desk has kept its promises, as a page for a browser or a printer.
#pragma once

#include <string>

#include "daemon/history/service_report.hpp"

namespace bellhop::daemon {

/// One HTML page that needs nothing else: no script, no file, no font. Texts are escaped; of a
/// ticket it shows the number, never its words.
std::string report_page(const ServiceReport& report, const Desk& desk);

}  // namespace bellhop::daemon
