// What is due in the outbox, made ready for the wire.
#pragma once

#include <cstddef>
#include <vector>

#include "daemon/work/filing.hpp"
#include "storage/outbox.hpp"

namespace bellhop::daemon {

/// Claims up to `most` mails that are due, in the caller's transaction, and returns them as they
/// were before, with the bytes that are to go out now. One that has lost its point is withdrawn,
/// and the ticket's log says why; one that has waited and that no server has seen is composed anew
/// where it promises something. An instant that only a wrong clock can have made is put right
/// first.
std::vector<storage::OutboxMail> take_due(const Filing& filing, std::size_t most);

}  // namespace bellhop::daemon
