// Mails that a mailbox lists, taken: fetched, handed to the intake, and what does not come
// remembered.
//
// Every mail that is handed in has, when take() returns, an outcome in the ledger, or a row among
// the withheld mails, or the server has said that it is not there any more. Nothing is concluded
// from silence.
#pragma once

#include <exception>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "daemon/serve/mailbox_session.hpp"

namespace bellhop::daemon {

class MailTaker {
public:
    /// `session` outlives this object.
    explicit MailTaker(MailboxSession& session) : session_(session) {}

    /// Takes those of `mails` whose time has come. What has arrived whole is committed also where
    /// the connection breaks. Throws what the mailbox throws, and ConnectionError refused where the
    /// server hands over nothing at all.
    boost::asio::awaitable<void> take(std::vector<MailSummary> mails);

    /// The withheld mails that are to be asked for again now, as far as they are still there.
    boost::asio::awaitable<std::vector<MailSummary>> due_again();

    /// Whether one of them can be judged only in a new session.
    bool needs_new_session() const;

    /// How long to wait for new mail, at most `most`: until one of them is due.
    std::chrono::milliseconds patience(std::chrono::seconds most) const;

    /// When mail was last taken.
    std::chrono::sys_seconds last_mail_at() const { return last_mail_at_; }

    /// The UIDs that this session has seen and found to be what the ledger says.
    bool has_taken(std::uint32_t uid) const { return taken_.contains(uid); }
    void forget_session();

private:
    using Withheld = std::map<std::uint32_t, rules::WithheldMail>;

    Withheld withheld() const;
    bool is_put_off(MailUid uid);
    boost::asio::awaitable<void> take_together(std::vector<MailSummary> mails,
                                               std::vector<MailSummary> alone);
    boost::asio::awaitable<void> fetch(std::vector<MailSummary> mails,
                                       std::vector<MailSummary> alone);
    boost::asio::awaitable<void> fetch_all();
    boost::asio::awaitable<void> take_fetched(FetchedMail mail);
    boost::asio::awaitable<void> take_beginnings();
    boost::asio::awaitable<void> take_beginning(MailSummary mail);
    void forget_gone(const std::vector<MailUid>& asked, const std::vector<MailSummary>& there);
    boost::asio::awaitable<void> look_again();
    boost::asio::awaitable<bool> is_gone(MailUid uid);
    void take_text(FetchedMail mail);
    boost::asio::awaitable<void> miss(FetchedMail mail);
    void set_back(const FetchedMail& mail, rules::Setback kind, std::string digest);
    void give_up(MailUid uid, rules::WithheldMail& mail);
    void keep_what_came(const std::exception& error);
    void add(FetchedMail mail);
    void commit();
    IncomingMail incoming(MailUid uid, std::string bytes) const;

    MailboxSession& session_;
    std::map<std::uint32_t, MailSummary> listed_ = {};  // of the page in hand
    std::vector<IncomingMail> batch_ = {};              // arrived and not committed
    std::size_t batch_bytes_ = 0;
    std::chrono::steady_clock::time_point batch_begun_ = {};
    std::vector<MailSummary> again_ = {};     // did not come among others: to be asked for alone
    std::vector<MailSummary> oversize_ = {};  // larger than announced
    int refused_in_a_row_ = 0;                // alone, and none handed over between
    std::chrono::sys_seconds last_mail_at_ = {};
    std::set<std::uint32_t> taken_ = {};  // in this session
};

/// When a mail counts as arrived (SLA-13): the server's INTERNALDATE, unless that lies in the
/// future or more than an hour before the last poll that would have seen it: a mail re-filed from
/// another folder keeps its old date and must not be late on arrival.
std::chrono::sys_seconds arrival(std::chrono::sys_seconds internal_date,
                                 std::chrono::sys_seconds last_poll,
                                 std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
