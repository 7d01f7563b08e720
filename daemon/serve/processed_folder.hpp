// Whether somebody else puts mails into the folder of processed mail.
//
// Two databases on one mailbox make two tickets of one mail, or each of them half of the tickets.
// Where mails are flagged, the flag of the other one is seen at once (mailbox_watch.hpp). Where
// they are moved, whoever is faster has moved them away: the other one never sees them. So the
// folder that they are moved to is looked into once a day: what lies there and was never taken here
// was moved by another gateway, or by a person, who has to know that it is no ticket.
#pragma once

#include <chrono>
#include <optional>

#include <boost/asio/awaitable.hpp>

#include "daemon/desk/desk.hpp"
#include "daemon/imap/mailbox.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// The settings of the session that looks into the folder of a mailbox's processed mail; nothing
/// where no look is due, or there is no such folder. The first look is due a day after the first
/// call.
std::optional<MailboxSettings> to_look_into(storage::Store& store,
                                            const MailboxSettings& settings,
                                            std::chrono::sys_seconds now);

/// Looks at what has come into the folder since the last look, and remembers how far it has come;
/// at the first look all that is there is taken as it is. A few mails that were not taken here are
/// a sign of another gateway (note_other_gateway()). Nothing is concluded where the server gives
/// moved mails another date: then none is known.
///
/// Throws what the mailbox throws, and storage::DatabaseError. `processed` and `store` outlive it.
boost::asio::awaitable<void> look_into_processed(Mailbox& processed,
                                                 MailboxSettings settings,
                                                 storage::Store& store,
                                                 std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
