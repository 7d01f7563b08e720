// The selected mailbox, and what lies in it: SELECT, and mails as the server describes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "daemon/imap/imap_exchange.hpp"
#include "daemon/imap/mailbox.hpp"

namespace bellhop::daemon {

class ImapListing final : public ImapListener {
public:
    /// `flag`: whether a mail carries it is told as MailSummary::marked.
    ImapListing(ImapExchange& exchange, std::string flag)
        : exchange_(exchange), flag_(std::move(flag)) {}

    boost::asio::awaitable<MailboxState> select(std::string folder);
    boost::asio::awaitable<std::vector<MailSummary>> list(MailUid first, std::size_t limit);
    boost::asio::awaitable<std::vector<MailSummary>> look(std::vector<MailUid> uids);

    /// Whether mails have come since the last were listed.
    bool has_news() const { return has_news_; }

    /// RFC 9051 section 7.1, PERMANENTFLAGS: other flags are forgotten when the session ends.
    bool keeps(const std::string& flag) const;

    bool take(const parsers::ImapResponse& response) override;
    void take_mail(parsers::ImapFetched& mail) override;

private:
    enum class Phase { selecting, selected };

    void take_code(const parsers::ImapResponse& response);
    boost::asio::awaitable<std::uint64_t> list_window(std::uint64_t from, std::uint64_t width);
    boost::asio::awaitable<std::uint64_t> skip_gap(std::uint64_t from);
    boost::asio::awaitable<MailUid> ask_uidnext();
    boost::asio::awaitable<void> describe(std::string command, std::uint64_t from);

    ImapExchange& exchange_;
    std::string flag_;
    Phase phase_ = Phase::selecting;
    MailboxState state_ = {};
    std::optional<std::vector<std::string>> permanent_flags_ = {};  // nullopt: not told, all kept
    bool has_news_ = false;
    std::uint64_t listing_from_ = 0;  // 0: no mails are asked for
    std::vector<MailSummary> listed_ = {};
    std::optional<std::uint64_t> least_found_ = {};  // ESEARCH MIN
};

}  // namespace bellhop::daemon
