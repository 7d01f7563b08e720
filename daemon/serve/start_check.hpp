// A short look at the database before the work begins.
#pragma once

#include "daemon/process/clock.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// Looks at as many tables as a second allows, the small ones first, and says in the log and in the
/// database what it has seen. What is damaged stays so: mail that cannot be taken stays where it
/// is, and a person is told (troubles.hpp).
void check_at_start(storage::Store& store, const Clock& clock);

}  // namespace bellhop::daemon
