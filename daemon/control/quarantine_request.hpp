// `bellhop quarantine release`, where the database is held.
#pragma once

#include "daemon/control/request_table.hpp"

namespace bellhop::daemon {

/// {"number": 3}: the mail is read again and becomes a ticket. Where no bytes of it were ever had,
/// the body of the request holds them. Result: {"id": 3, "outcome": "ticket", "ticket": 17}; status
/// 1 where it stays in quarantine, was released before, or has no bytes.
Answer release_mail(const RequestContext& context, const Request& request);

}  // namespace bellhop::daemon
