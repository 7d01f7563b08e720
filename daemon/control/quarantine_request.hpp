// `bellhop quarantine release` and `drop`, where the database is held.
#pragma once

#include "daemon/control/request_table.hpp"

namespace bellhop::daemon {

/// {"number": 3}: the mail is read again and becomes a ticket. Where no bytes of it were ever had,
/// the body of the request holds them. Result: {"id": 3, "outcome": "ticket", "ticket": 17}; status
/// 1 where it stays in quarantine, was released before, or has no bytes. One that was dropped can
/// be released.
Answer release_mail(const RequestContext& context, const Request& request);

/// {"number": 3, "reason": "advertisement"}: nobody wants the mail, it waits no more. Who asks and
/// why stand in the ledger; the bytes stay. Result: {"id": 3, "outcome": "dropped", "by": "tbrown",
/// "reason": ...}; status 1 where it is settled already, EX_USAGE without a reason.
Answer drop_mail(const RequestContext& context, const Request& request);

}  // namespace bellhop::daemon
