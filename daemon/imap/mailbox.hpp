// The seam to the place where mail comes in: what intake asks of a mailbox.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "parsers/protocol/imap_refusal.hpp"

namespace bellhop::daemon {

/// RFC 9051 section 2.3.1.1: names a mail for ever, together with mailbox and UIDVALIDITY. Never 0.
enum class MailUid : std::uint32_t {};

/// What the server says of the selected mailbox.
struct MailboxState {
    std::uint32_t uidvalidity = 0;
    MailUid uidnext =
        {};  ///< no mail in the mailbox has this UID or a higher one, when it was asked
    std::uint32_t exists = 0;
    /// The server said UIDNEXT itself; else it was reckoned from the mails that lie there.
    bool tells_uidnext = true;

    friend bool operator==(const MailboxState&, const MailboxState&) = default;
};

/// A mail as the server describes it, without its bytes.
struct MailSummary {
    MailUid uid = {};
    std::uint64_t size = 0;  ///< as the server counts; some count wrongly by a little
    std::chrono::sys_seconds internal_date = {};
    bool deleted = false;  ///< \Deleted: a person wants it gone
    bool marked = false;   ///< carries the keyword that flag() sets

    friend bool operator==(const MailSummary&, const MailSummary&) = default;
};

/// The answer to one mail of start_fetch().
struct FetchedMail {
    enum class Outcome {
        whole,
        oversize,  ///< larger than the mailbox's limit after all; `bytes` are the first `limit`
                   ///< ones
        doubtful,  ///< the server says that this is all, and it is much shorter than it announced
        not_sent,  ///< the server says OK and hands nothing over, or an empty text
        refused,   ///< NO or BAD to a command for this mail alone
    };

    MailUid uid = {};
    Outcome outcome = Outcome::whole;
    std::string bytes = {};  ///< exactly as the server keeps it, CRLF line ends
    std::chrono::sys_seconds internal_date = {};
    bool alone = false;             ///< the command was for this mail only
    parsers::Refusal refusal = {};  ///< of one that is not handed over

    friend bool operator==(const FetchedMail&, const FetchedMail&) = default;
};

/// What a broken connection leaves behind of start_fetch().
struct Interrupted {
    std::vector<FetchedMail> arrived = {};    ///< whole, and not yet returned by next_fetched()
    std::optional<MailSummary> in_hand = {};  ///< what the server was to send next
    bool alone = false;                       ///< nothing else had been asked for
};

/// What became of a mark. A refusal is a value: the mail has been taken, only its mark is missing.
struct MarkReport {
    /// Moved or flagged, or no longer there: the server has confirmed it.
    std::vector<MailUid> done = {};
    std::vector<MailUid> refused = {};  ///< still there as they were
    std::string reply = {};             ///< why, the server's own words, one line
    /// The server can neither MOVE nor UID EXPUNGE: the mails are left in place with the keyword.
    bool flagged_instead = false;

    friend bool operator==(const MarkReport&, const MarkReport&) = default;
};

enum class Wake {
    mail,     ///< the server told of a change
    timeout,  ///< nothing was heard for the whole time
    woken,    ///< wake() was called
};

/// A mailbox the gateway takes mail from. Implemented by ImapMailbox, and by FakeMailbox in the
/// tests.
///
/// One operation at a time; between start_fetch() and the last next_fetched(), mark operations may
/// be called (the mails that arrive meanwhile are kept for next_fetched()), list() and
/// wait_for_mail() may not.
///
/// Every operation throws ConnectionError (a boost::system::system_error) when the connection is
/// lost, the server does not answer in time, talks nonsense, or refuses with words that concern the
/// server or the account as a whole; or operation_aborted when it is cancelled. The mailbox is then
/// unusable, apart from interrupted(); open a new one.
class Mailbox {
public:
    Mailbox() = default;
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;
    virtual ~Mailbox() = default;

    /// Selects the mailbox that the settings name and tells its state. Must come first. Calling it
    /// again selects again: that is how to learn a new UIDNEXT or a changed UIDVALIDITY.
    virtual boost::asio::awaitable<MailboxState> select() = 0;

    /// The mails with a UID of at least `first`, ascending, at most `limit`; fewer than `limit`
    /// means that there are no more. Asks the server, so it sees mail that came after select().
    /// Memory is bounded by `limit`, however many mails lie in the mailbox and however wide the
    /// gaps between their UIDs are.
    virtual boost::asio::awaitable<std::vector<MailSummary>> list(MailUid first,
                                                                  std::size_t limit) = 0;

    /// Those of `uids` that are there now, ascending. What is not among them has gone.
    virtual boost::asio::awaitable<std::vector<MailSummary>> look(std::vector<MailUid> uids) = 0;

    /// Asks for the bytes of `mails` (from list(); their sizes bound what is in flight), and then
    /// of each of `alone` with nothing else under way, without setting \Seen. Sends nothing by
    /// itself: next_fetched() does, keeps the pipeline filled and returns mail by mail.
    /// Precondition: all mails of an earlier start_fetch() were returned.
    virtual void start_fetch(std::vector<MailSummary> mails, std::vector<MailSummary> alone) = 0;

    /// The next mail of start_fetch(), in the order asked for; nullopt when all were returned.
    virtual boost::asio::awaitable<std::optional<FetchedMail>> next_fetched() = 0;

    /// After next_fetched() has thrown: what had come before. Empty the second time.
    virtual Interrupted interrupted() = 0;

    /// The first `limit` bytes of one mail; for mails announced as too large to be fetched. `whole`
    /// where that is all of it, else `oversize`.
    virtual boost::asio::awaitable<FetchedMail> fetch_beginning(MailSummary mail,
                                                                std::size_t limit) = 0;

    /// Moves the mails to `folder` (UTF-8 name, created if missing), with one command for a whole
    /// set where the server can; a refusal is narrowed down to the mails that it is about. Only
    /// these mails: never a plain EXPUNGE, which removes what people marked.
    virtual boost::asio::awaitable<MarkReport> move(std::vector<MailUid> uids,
                                                    std::string folder) = 0;

    /// Sets the keyword of the settings ($BellhopProcessed or \Seen) on the mails.
    virtual boost::asio::awaitable<MarkReport> flag(std::vector<MailUid> uids) = 0;

    /// Returns when mail may have arrived, after `patience`, or after wake(). With IDLE where the
    /// server has it.
    virtual boost::asio::awaitable<Wake> wait_for_mail(std::chrono::milliseconds patience) = 0;

    /// Makes a running, or the next, wait_for_mail() return at once.
    virtual void wake() = 0;

    /// Whether the session is to be made anew at a moment that suits, since the login that it began
    /// with ends soon: close() and select() do it.
    virtual bool is_outdated() const { return false; }

    /// Says LOGOUT, waits briefly for the answer and closes. Never throws for what the server does.
    virtual boost::asio::awaitable<void> close() = 0;
};

}  // namespace bellhop::daemon
