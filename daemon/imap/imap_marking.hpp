// Marks on mails that were taken: moved to a folder, or flagged. What the server does not confirm
// has not happened.
#pragma once

#include <deque>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "daemon/imap/imap_exchange.hpp"
#include "daemon/imap/imap_listing.hpp"
#include "daemon/imap/mailbox.hpp"

namespace bellhop::daemon {

class ImapMarking final : public ImapListener {
public:
    ImapMarking(ImapExchange& exchange, ImapListing& listing, std::string flag)
        : exchange_(exchange), listing_(listing), flag_(std::move(flag)) {}

    /// `folder`: the name that the server wants, modified UTF-7 apart.
    boost::asio::awaitable<MarkReport> move(std::vector<MailUid> uids, std::string folder);
    boost::asio::awaitable<MarkReport> flag(std::vector<MailUid> uids);

    bool take(const parsers::ImapResponse& response) override;
    void take_mail(parsers::ImapFetched&) override {}

private:
    struct Narrowing;

    /// What one command for a set of mails came to.
    struct SetReport {
        std::vector<MailUid> left = {};  // still there, not marked
        parsers::Refusal refusal = {};   // why
    };

    boost::asio::awaitable<MarkReport> mark(std::vector<MailUid> uids, std::string folder);
    boost::asio::awaitable<SetReport> mark_set(std::vector<MailUid> uids, std::string folder);
    boost::asio::awaitable<SetReport> move_set(std::vector<MailUid> uids, std::string folder);
    boost::asio::awaitable<SetReport> flag_set(std::vector<MailUid> uids);
    boost::asio::awaitable<std::vector<MailUid>> still_there(std::vector<MailUid> uids);
    boost::asio::awaitable<parsers::ImapResponse> move_away(std::vector<MailUid> uids,
                                                            std::string folder);
    boost::asio::awaitable<parsers::ImapResponse> copy_once(std::vector<MailUid> uids,
                                                            std::string folder);
    boost::asio::awaitable<parsers::ImapResponse> transfer(std::string verb,
                                                           std::string set,
                                                           std::string folder);
    boost::asio::awaitable<parsers::ImapResponse> store(std::string set, std::string flag);

    ImapExchange& exchange_;
    ImapListing& listing_;
    std::string flag_;
    std::set<MailUid> unproven_ = {};     // of the move under way: those that no COPYUID has named
    std::set<MailUid> copied_ = {};       // in the folder, and not yet removed here
    std::set<std::string> created_ = {};  // folders that we tried to create
};

}  // namespace bellhop::daemon
