// Secrets in memory stay there.
#pragma once

namespace bellhop::daemon {

/// From now on this process leaves no core file, whoever would take one (prctl(2),
/// PR_SET_DUMPABLE), and only root may look into its memory. Throws std::system_error.
void keep_memory_private();

}  // namespace bellhop::daemon
