// Waiting for mail: IDLE (RFC 2177) where the server has it, else the clock.
#pragma once

#include <chrono>
#include <string>

#include "daemon/imap/imap_exchange.hpp"
#include "daemon/imap/imap_listing.hpp"
#include "daemon/imap/mailbox.hpp"

namespace bellhop::daemon {

class ImapWaiting final : public ImapListener {
public:
    ImapWaiting(ImapExchange& exchange, const ImapListing& listing, bool may_idle)
        : exchange_(exchange), listing_(listing), may_idle_(may_idle) {}

    boost::asio::awaitable<Wake> wait(std::chrono::milliseconds patience);
    void wake();

    /// Ends an IDLE that a failure has left under way.
    boost::asio::awaitable<void> end();

    bool take(const parsers::ImapResponse& response) override;
    void take_mail(parsers::ImapFetched&) override {}

private:
    boost::asio::awaitable<void> begin_idle();
    boost::asio::awaitable<void> end_idle();
    boost::asio::awaitable<void> listen(Deadline end);

    ImapExchange& exchange_;
    const ImapListing& listing_;
    std::string idle_tag_ = {};  // of the IDLE under way, or ended and not yet answered
    bool idling_ = false;
    bool may_idle_;  // until the server refuses
    bool continued_ = false;
    bool wake_requested_ = false;
};

}  // namespace bellhop::daemon
