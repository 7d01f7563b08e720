// One mailbox: finds the mails that have no outcome yet, hands them to the intake, marks them.
//
// How far we are (storage::MailboxCursor):
// - Every UID below `next_uid` has an outcome, stands among the withheld mails, or was there before
//   the first start. It moves on only behind a whole page of which that is true.
// - The first cursor of a mailbox is durable at once, so that no power cut makes a second first
//   start. Later it is written when it has moved on, and else every ten minutes: it only saves
//   work, the ledger is what keeps a mail from being taken twice.
// - A new UIDVALIDITY makes all UIDs void: everything is looked at again, and known mails are
//   recognised by their content. What lay there before the first start (`renumbered_below`, older
//   than `first_start_at`) stays untouched.
// - UIDs are not trusted alone. UIDNEXT below `next_uid`, or a known UID with another INTERNALDATE
//   or size, means that the server was restored from a backup and gives UIDs twice: that is treated
//   like a new UIDVALIDITY (storage::next_life()), and told.
//
// Each session looks back over the last few hundred UIDs, and once a day over all of them: a mail
// that should have an outcome and has none is told of and taken.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "daemon/serve/mail_marker.hpp"
#include "daemon/serve/mail_taker.hpp"
#include "daemon/serve/mailbox_session.hpp"
#include "daemon/serve/reconciliation.hpp"

namespace bellhop::daemon {

class MailboxWatch {
public:
    /// All outlive this object; `desk` gives the one in force. `committed` is called after each
    /// commit: there may be mail to send. `taken_until`: what the server has got later waits; of
    /// sent mail, which may answer what lies in another folder. None: nothing waits.
    MailboxWatch(storage::Store& store,
                 Intake& intake,
                 const Clock& clock,
                 std::function<const Desk&()> desk,
                 std::function<void()> committed,
                 std::function<std::chrono::sys_seconds()> taken_until = {});

    /// Watches the mailbox until stop(). Throws what the mailbox throws when the connection is
    /// lost, and storage::DatabaseError; nothing is lost then, the next session goes on where this
    /// one stopped.
    boost::asio::awaitable<void> run(Mailbox& mailbox, MailboxSettings settings);

    /// Makes run() return after the batch in hand.
    void stop();

    /// A newer access token is there: where the session's own ends soon, it is made anew when
    /// nothing is in flight.
    void look_at_login();

    MailboxHealth health() const;

private:
    /// The first mail that waits for what `taken_until_` says.
    struct HeldBack {
        MailUid uid = {};
        std::chrono::sys_seconds seen_at = {};
    };

    boost::asio::awaitable<void> begin();
    boost::asio::awaitable<void> begin_session();
    boost::asio::awaitable<void> renew_login();
    boost::asio::awaitable<void> take_and_mark();
    boost::asio::awaitable<void> drain();
    boost::asio::awaitable<void> take_withheld();
    boost::asio::awaitable<void> finish_marks();
    boost::asio::awaitable<void> look_back();
    boost::asio::awaitable<void> reconcile();
    boost::asio::awaitable<Reconciliation> compare_from(std::uint32_t first);
    boost::asio::awaitable<void> settle(Reconciliation found);
    std::vector<MailSummary> without_outcome(const std::vector<MailSummary>& mails) const;
    void start_for_the_first_time(const MailboxState& state);
    void start_anew(std::int64_t uidvalidity, MailUid uidnext);
    void distrust_uids(const char* reason, MailUid uidnext);
    bool is_reconciliation_due() const;
    void save_cursor(storage::Durability durability);
    void save_progress();
    void look_for_another_gateway(const std::vector<MailSummary>& news);
    void check_free_space() const;
    void hold_back(std::vector<MailSummary>& listed);

    MailboxSession session_;
    MailTaker taker_{session_};
    MailMarker marker_{session_, taker_};
    storage::MailboxCursor saved_ = {};  // as it stands in the database
    std::function<std::chrono::sys_seconds()> taken_until_;
    std::optional<HeldBack> held_back_ = {};
    std::chrono::sys_seconds reconciled_at_ = {};
    std::size_t found_without_outcome_ = 0;
};

}  // namespace bellhop::daemon
