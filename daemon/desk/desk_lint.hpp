// What is allowed in each file of a configuration folder, and wrong or doubtful in all of them
// together: for `check`.
#pragma once

#include <chrono>

#include "daemon/desk/desk.hpp"
#include "parsers/config/diagnostic.hpp"

namespace bellhop::daemon {

/// Errors where somebody would not be reached or a name leads nowhere: a manager, a team, a step of
/// the ladder, a word of [tell] or of a rule without an address behind it, a plan that no school
/// has but for a slip of the pen, two time zones for one desk, and whatever `rules lint` calls an
/// error. Warnings where it may be meant: those of `rules lint` and `calendar check`, contacts that
/// are missing, passwords that are not there yet. Sorted by file and place. `now` is for what runs
/// out.
parsers::Diagnostics lint_desk(const Desk& desk, std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
