// One mailbox: finds the mails that have no outcome yet, hands them to the intake, marks them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "daemon/desk/desk.hpp"
#include "daemon/imap/mailbox.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/work/intake.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

class MailboxWatch {
public:
    /// All outlive this object; `desk` gives the one in force. `committed` is called after each
    /// commit: there may be mail to send.
    MailboxWatch(storage::Store& store,
                 Intake& intake,
                 const Clock& clock,
                 std::function<const Desk&()> desk,
                 std::function<void()> committed);

    /// Watches the mailbox until stop(). Throws what the mailbox throws when the connection is
    /// lost, and storage::DatabaseError; nothing is lost then, the next session goes on where this
    /// one stopped.
    boost::asio::awaitable<void> run(Mailbox& mailbox, MailboxSettings settings);

    /// Makes run() return after the batch in hand.
    void stop();

private:
    boost::asio::awaitable<void> begin(Mailbox& mailbox);
    boost::asio::awaitable<void> drain(Mailbox& mailbox);
    boost::asio::awaitable<void> take_whole(Mailbox& mailbox, std::vector<MailSummary> mails);
    boost::asio::awaitable<void> take_header(Mailbox& mailbox, MailSummary mail);
    void commit(const std::vector<IncomingMail>& batch);
    void take_refusal(const FetchedMail& mail);
    boost::asio::awaitable<void> mark(Mailbox& mailbox, std::vector<storage::MailKey> keys);
    boost::asio::awaitable<void> finish_marks(Mailbox& mailbox);
    std::vector<MailSummary> without_outcome(const std::vector<MailSummary>& mails) const;
    IncomingMail incoming(MailUid uid,
                          std::string bytes,
                          std::chrono::sys_seconds internal_date) const;
    storage::MailKey key_of(MailUid uid) const;
    void save_cursor();
    void check_free_space() const;

    storage::Store& store_;
    Intake& intake_;
    const Clock& clock_;
    std::function<const Desk&()> desk_;
    std::function<void()> committed_;
    MailboxSettings settings_ = {};
    storage::MailboxCursor cursor_ = {};
    Mailbox* mailbox_ = nullptr;  // while run() runs
    bool stopping_ = false;
};

/// When a mail counts as arrived (SLA-13): the server's INTERNALDATE, unless that lies in the
/// future or more than an hour before the last poll that would have seen it: a mail re-filed from
/// another folder keeps its old date and must not be late on arrival.
std::chrono::sys_seconds arrival(std::chrono::sys_seconds internal_date,
                                 std::chrono::sys_seconds last_poll,
                                 std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
