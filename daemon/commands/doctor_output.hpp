// Runs `doctor` and shows what it finds, for the commands that do.
#pragma once

#include <boost/json/array.hpp>

#include "daemon/commands/command.hpp"
#include "daemon/doctor/doctor_options.hpp"

namespace bellhop::daemon {

/// Prints each finding as soon as it is there, or with --json returns them all. Exit status 1 where
/// something fails.
boost::json::array told_by_doctor(const DoctorOptions& options, Invocation& invocation);

}  // namespace bellhop::daemon
