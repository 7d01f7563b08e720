// One connection to a mailbox, for `doctor`: looks whether the gateway could work there, and finds
// the mail that doctor has sent to it.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "daemon/imap/imap_exchange.hpp"
#include "daemon/imap/imap_fetching.hpp"
#include "daemon/imap/imap_listing.hpp"
#include "daemon/imap/imap_namespaces.hpp"
#include "daemon/net/connection_settings.hpp"
#include "daemon/net/curl_loop.hpp"
#include "rules/doctor/mailbox_trial.hpp"

namespace bellhop::daemon {

/// A mail that was looked for.
struct FoundMail {
    MailUid uid = {};
    std::chrono::sys_seconds internal_date = {};
    std::string bytes = {};  ///< its first ones
    std::string folder = {};
    bool is_junk = false;  ///< the folder is that of unwanted mail
};

/// Throws ConnectionError as ImapExchange does; the visit is over then.
class MailboxVisit {
public:
    MailboxVisit(CurlLoop& loop, ConnectionSettings connection, rules::MailboxWishes wishes);
    ~MailboxVisit();
    MailboxVisit(const MailboxVisit&) = delete;
    MailboxVisit& operator=(const MailboxVisit&) = delete;

    /// Signs in, asks, and makes the folder of processed mail where it is missing, as the gateway
    /// would. What the server refuses stands in the result.
    boost::asio::awaitable<rules::MailboxTrial> look(std::string what);

    /// Remembers where new mail will lie. After look().
    boost::asio::awaitable<void> mark_ends();

    /// The first mail that has come since mark_ends() and holds `mark` in its first bytes: in the
    /// watched folder, in that of processed mail, where a running gateway may have put it, or in
    /// that of unwanted mail.
    boost::asio::awaitable<std::optional<FoundMail>> find(std::string mark);

    /// Removes a mail that find() has found; marks it as deleted at least.
    boost::asio::awaitable<void> remove(FoundMail mail);

    boost::asio::awaitable<void> close();

private:
    class FolderList;

    boost::asio::awaitable<void> look_at_folder(rules::MailboxTrial& trial);
    boost::asio::awaitable<void> look_at_processed(rules::MailboxTrial& trial);
    boost::asio::awaitable<void> look_at_other_folders(rules::MailboxTrial& trial);
    std::optional<std::string> folder_for(const std::string& use, const std::string& names) const;
    boost::asio::awaitable<std::optional<MailUid>> end_of(std::string folder);
    boost::asio::awaitable<std::optional<FoundMail>> find_in(std::string folder,
                                                             MailUid first,
                                                             std::string mark);

    rules::MailboxWishes wishes_;
    ImapExchange exchange_;
    ImapNamespaces namespaces_ = {};
    ImapListing listing_;
    ImapFetching fetching_;
    std::unique_ptr<FolderList> folders_;
    std::optional<MailUid> folder_end_ = {};
    std::optional<MailUid> processed_end_ = {};
    std::optional<std::string> junk_ = {};  // as the server calls it
    std::optional<MailUid> junk_end_ = {};
};

}  // namespace bellhop::daemon
