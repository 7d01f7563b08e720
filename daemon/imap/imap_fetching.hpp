// Mails from the server, whole: the pipeline of body FETCHes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/imap/imap_exchange.hpp"
#include "daemon/imap/imap_fetch_queue.hpp"
#include "daemon/imap/mailbox.hpp"

namespace bellhop::daemon {

class ImapFetching final : public ImapListener {
public:
    /// `largest_mail`: bytes; of a larger mail only the beginning comes.
    ImapFetching(ImapExchange& exchange, FetchWindow window, std::size_t largest_mail)
        : exchange_(exchange), queue_(window), largest_mail_(largest_mail) {}

    void start(std::vector<MailSummary> mails, std::vector<MailSummary> alone);
    boost::asio::awaitable<std::optional<FetchedMail>> next();
    Interrupted interrupted() { return queue_.interrupted(); }
    boost::asio::awaitable<FetchedMail> beginning(MailSummary mail, std::size_t limit);

    bool take(const parsers::ImapResponse& response) override;
    void take_mail(parsers::ImapFetched& mail) override;

private:
    boost::asio::awaitable<void> fill_window();

    ImapExchange& exchange_;
    FetchQueue queue_;
    std::size_t largest_mail_;
    MailUid beginning_of_ = {};
    std::optional<parsers::ImapFetched> beginning_ = {};
};

}  // namespace bellhop::daemon
