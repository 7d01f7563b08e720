// `bellhop doctor`: everything that the configuration names, tried for real.
//
// The checks stand in one list, in the order in which they are told. Each sees for itself and hands
// what it has seen to a judgement of rules/doctor; one that fails stops no other, and each wait in
// them has a deadline.
#pragma once

#include "daemon/doctor/doctor_options.hpp"

namespace bellhop::daemon {

/// Runs all checks. What cannot be tried, because something before it failed, is not told of.
void examine(const DoctorOptions& options, const Teller& told);

}  // namespace bellhop::daemon
