// Places where a test may have the daemon killed, to see that nothing is lost or doubled there.
#pragma once

namespace bellhop::daemon {

/// Kills the process (SIGKILL) where $BELLHOP_CRASH_AT is "NAME" or "NAME:N" and this is the N-th
/// passage (the first without N). Does nothing else.
void crash_point(const char* name);

}  // namespace bellhop::daemon
