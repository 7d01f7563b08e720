// `bellhop outbox retry` and `cancel`, where the database is held.
#pragma once

#include "daemon/control/request_table.hpp"

namespace bellhop::daemon {

/// {"numbers": [17, 18]}: both are due at once, or never sent. Result: {"changed": [17],
/// "impossible": [18]}; status 1 where any is impossible.
Answer retry_mails(const RequestContext& context, const Request& request);
Answer cancel_mails(const RequestContext& context, const Request& request);

}  // namespace bellhop::daemon
