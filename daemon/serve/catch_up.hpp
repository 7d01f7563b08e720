// After a restore: what came between the backup and the restore, and was taken and moved away then,
// is read again from the folder that it was moved to.
#pragma once

#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "daemon/desk/desk.hpp"
#include "daemon/imap/mailbox.hpp"
#include "daemon/net/connection_error.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/work/intake.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// Whether select() has failed because there is no such folder yet. RFC 5530 section 3 has a code
/// for it; many servers only say so.
bool is_missing_folder(const ConnectionError& error);

/// The settings of the session that reads a mailbox again: its folder of processed mail. Nothing
/// where there is nothing to read: the database knows the mailbox, or its mails are flagged in
/// place, where the ledger tells which are missing.
std::optional<MailboxSettings> to_read_again(const storage::Store& store,
                                             const MailboxSettings& settings);

/// Reads what has lain in the folder since the backup was made, or a little longer, and hands over
/// to the intake what has no outcome. Mails that the database knows are duplicates. At the end the
/// mailbox counts as read again; the outbox sends nothing before all of them do.
///
/// Throws what the mailbox throws, and storage::DatabaseError; begun again it goes on where it
/// stopped. `mailbox`, `store`, `intake` outlive it, `desk` is the one in force.
class CatchUp {
public:
    CatchUp(storage::Store& store, Intake& intake, const Clock& clock)
        : store_(store), intake_(intake), clock_(clock) {}

    boost::asio::awaitable<void> run(Mailbox& processed,
                                     MailboxSettings settings,
                                     const Desk& desk);

private:
    boost::asio::awaitable<void> take(Mailbox& processed,
                                      std::vector<MailSummary> mails,
                                      const Desk& desk);
    void take_one(FetchedMail fetched, const Desk& desk);
    std::vector<MailSummary> missing(const std::vector<MailSummary>& listed) const;

    storage::Store& store_;
    Intake& intake_;
    const Clock& clock_;
    MailboxSettings settings_ = {};
    std::uint32_t uidvalidity_ = 0;
    std::size_t taken_ = 0;
};

/// Mailboxes that are no longer configured will never be read again: nothing waits for them.
void forget_unconfigured(storage::Store& store, const Desk& desk);

}  // namespace bellhop::daemon
