// Mails that have been taken, moved to the processed folder or flagged.
//
// Only what we hold the bytes of, only what the server still shows as the mail that we took, and
// counted as done only when the server confirms it. A refusal loses nothing; it is told once, and
// tried again later and later.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "daemon/serve/mail_taker.hpp"
#include "daemon/serve/mailbox_session.hpp"

namespace bellhop::daemon {

class MailMarker {
public:
    /// Both outlive this object.
    MailMarker(MailboxSession& session, const MailTaker& taker)
        : session_(session), taker_(taker) {}

    /// Marks what has an outcome and no mark yet, from now or from an earlier session. False: under
    /// one of the UIDs lies another mail than the one that was taken, and nothing was marked.
    boost::asio::awaitable<bool> finish();

    /// Adds to what people are told.
    void describe(MailboxHealth& health) const;

    /// UIDs mean other mails now.
    void forget();

private:
    struct Refused {
        int times = 0;
        std::chrono::sys_seconds try_at = {};
    };

    std::vector<storage::KnownMail> pending() const;
    boost::asio::awaitable<bool> are_same_mails(std::vector<storage::KnownMail> mails);
    boost::asio::awaitable<MarkReport> mark(std::vector<MailUid> uids);
    void book(const MarkReport& report);
    void note_refusal(const MarkReport& report);
    void note_success();

    MailboxSession& session_;
    const MailTaker& taker_;
    std::map<std::uint32_t, Refused> refused_ = {};  // by UID
    Refused all_ = {};                               // while the server marks nothing at all
    std::string told_ = {};                          // the refusal that stands in the log
    bool told_of_flag_ = false;                      // that it flags instead of moving
    std::optional<std::chrono::sys_seconds> refused_since_ = {};
};

}  // namespace bellhop::daemon
