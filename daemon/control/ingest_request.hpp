// `bellhop ingest`, where the database is held: a mail that comes by a pipe or as a file.
#pragma once

#include "daemon/control/request_table.hpp"

namespace bellhop::daemon {

/// What `bellhop ingest` hands over. A mail beyond `largest` bytes is cut to its header; its whole
/// digest tells it from others all the same.
Request ingest_request(const std::string& mailbox, std::string bytes, std::size_t largest);

/// The mail is the body. Result: {"outcome": "ticket", "ticket": 17} or {"outcome": ..., "reason":
/// ...}. Status EX_NOUSER where the desk has no such mailbox: only a person can mend that.
Answer ingest(const RequestContext& context, const Request& request);

}  // namespace bellhop::daemon
