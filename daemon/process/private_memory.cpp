#include "daemon/process/private_memory.hpp"

#include <cerrno>
#include <system_error>

#include <sys/prctl.h>

namespace bellhop::daemon {

void keep_memory_private() {
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0) return;
    throw std::system_error(errno, std::generic_category(), "cannot keep the memory private");
}

}  // namespace bellhop::daemon
