// A mailbox held against the ledger: what the server shows, and what we know of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "daemon/imap/mailbox.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

struct Reconciliation {
    std::size_t on_server = 0;
    std::size_t with_outcome = 0;
    std::size_t withheld = 0;            ///< the server does not hand them over, and is asked again
    std::size_t waiting = 0;             ///< will be taken at the next poll
    std::size_t before_first_start = 0;  ///< lay there, and is left alone
    std::vector<MailSummary> without_outcome = {};  ///< should have one: something is wrong
    std::vector<std::uint32_t> unmarked = {};       ///< taken, but neither moved nor flagged yet
    std::vector<std::uint32_t> given_up = {};       ///< quarantined unread, and left in place
    std::vector<std::uint32_t> other_mails = {};    ///< under these UIDs another mail was taken
};

/// Whether the server shows under a UID what it showed when the outcome was written: the same
/// INTERNALDATE, and about the same size (some estimate it, and not always alike).
bool is_same_mail(const storage::KnownMail& known, const MailSummary& listed);

/// Whether a mail lay in the mailbox before the first start, and is left alone.
bool is_older_than_us(const MailSummary& mail, const storage::MailboxCursor& cursor);

/// Adds a page of what the server lists, ascending by UID. What was taken should be gone from the
/// mailbox, or carry the flag.
void compare(const storage::Store& store,
             const storage::MailboxCursor& cursor,
             const std::vector<MailSummary>& listed,
             Reconciliation& result);

}  // namespace bellhop::daemon
