// A mailbox on an IMAP server (RFC 3501, RFC 9051; IDLE, MOVE, UIDPLUS, ESEARCH, NAMESPACE where
// offered).
//
//     closed --select()--> connected, logged in --SELECT--> selected
//                                                             |  ^
//                    list(), look(), start_fetch(),           |  |  select() again: a new look
//                    next_fetched(), move(), flag(),          |  |  at UIDNEXT and UIDVALIDITY
//                    wait_for_mail()  <-----------------------+--+
//
//     any of them --ConnectionError--> broken: interrupted() tells what had come; nothing else
//     works any of them --close()--> closed
//
// Each conversation is a class of its own that reads alone: what lies there (ImapListing), mails
// (ImapFetching), marks (ImapMarking), waiting (ImapWaiting). They share one connection and its
// tags (ImapExchange), and each is shown everything that the server says, since a server may say
// anything at any time.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "daemon/imap/imap_exchange.hpp"
#include "daemon/imap/imap_fetching.hpp"
#include "daemon/imap/imap_listing.hpp"
#include "daemon/imap/imap_marking.hpp"
#include "daemon/imap/imap_namespaces.hpp"
#include "daemon/imap/imap_waiting.hpp"
#include "daemon/imap/mailbox.hpp"

namespace bellhop::daemon {

struct ImapMailboxSettings {
    ConnectionSettings connection = {};
    std::string folder = "INBOX";
    std::string flag = "$BellhopProcessed";  ///< what flag() sets; a keyword or \Seen
    bool idle = true;                        ///< use IDLE where it is offered
    std::size_t message_bytes = 25'000'000;  ///< a larger mail is handed over cut off
    FetchWindow window = {};
};

class ImapMailbox final : public Mailbox {
public:
    /// Connects at the first select().
    ImapMailbox(CurlLoop& loop, ImapMailboxSettings settings);

    boost::asio::awaitable<MailboxState> select() override;
    boost::asio::awaitable<std::vector<MailSummary>> list(MailUid first,
                                                          std::size_t limit) override;
    boost::asio::awaitable<std::vector<MailSummary>> look(std::vector<MailUid> uids) override;
    void start_fetch(std::vector<MailSummary> mails, std::vector<MailSummary> alone) override;
    boost::asio::awaitable<std::optional<FetchedMail>> next_fetched() override;
    Interrupted interrupted() override;
    boost::asio::awaitable<FetchedMail> fetch_beginning(MailSummary mail,
                                                        std::size_t limit) override;
    boost::asio::awaitable<MarkReport> move(std::vector<MailUid> uids, std::string folder) override;
    boost::asio::awaitable<MarkReport> flag(std::vector<MailUid> uids) override;
    boost::asio::awaitable<Wake> wait_for_mail(std::chrono::milliseconds patience) override;
    void wake() override;
    bool is_outdated() const override { return exchange_.session().is_outdated(); }
    boost::asio::awaitable<void> close() override;

private:
    boost::asio::awaitable<void> learn_namespaces();

    ImapMailboxSettings settings_;
    ImapExchange exchange_;
    ImapNamespaces namespaces_ = {};
    ImapListing listing_;
    ImapFetching fetching_;
    ImapMarking marking_;
    ImapWaiting waiting_;
};

}  // namespace bellhop::daemon
