// The servers of a desk, tried one after the other for `doctor`, and a mail from each mailbox to
// itself.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "daemon/desk/settings.hpp"
#include "daemon/doctor/doctor_options.hpp"
#include "daemon/doctor/mailbox_visit.hpp"
#include "daemon/doctor/self_mail.hpp"
#include "daemon/net/curl_loop.hpp"
#include "daemon/oauth/token_client.hpp"
#include "daemon/oauth/token_keeper.hpp"
#include "daemon/process/clock.hpp"
#include "rules/doctor/round_trip.hpp"

namespace bellhop::daemon {

/// One examination. `loop` and what it refers to outlive it.
class ServerExamination {
public:
    /// `signing_key`: of our msg-ids; empty where it is not known, and then no mail is sent that a
    /// running gateway would make a ticket of.
    ServerExamination(CurlLoop& loop,
                      const Settings& settings,
                      const DoctorOptions& options,
                      std::string signing_key,
                      const Teller& told);
    ~ServerExamination();
    ServerExamination(const ServerExamination&) = delete;
    ServerExamination& operator=(const ServerExamination&) = delete;

    /// Mailboxes, then the relay, then mails to itself. Throws nothing that a server has caused.
    boost::asio::awaitable<void> run();

    /// The servers' clocks, as far as they were seen.
    const std::vector<rules::ClockSeen>& clocks() const { return clocks_; }

private:
    /// A mailbox that lets us in.
    struct OpenMailbox {
        const MailboxSettings* settings = nullptr;
        std::unique_ptr<MailboxVisit> visit = {};
        SelfMail mail = {};
        rules::RoundTrip trip = {};
        bool is_over = false;
    };

    void tell(const rules::Findings& findings) const;
    std::optional<ConnectionSettings> connection_of(const ServerSettings& server,
                                                    const std::string& what);
    bool is_wanted(const MailboxSettings& mailbox) const;
    std::vector<std::string> senders() const;

    boost::asio::awaitable<void> examine(const MailboxSettings& mailbox);
    boost::asio::awaitable<void> examine_relay();
    boost::asio::awaitable<void> send_self_mails();
    boost::asio::awaitable<void> send_self_mail(OpenMailbox& mailbox);
    boost::asio::awaitable<void> await_self_mails();
    boost::asio::awaitable<void> look_for(OpenMailbox& mailbox);

    CurlLoop& loop_;
    const Settings& settings_;
    SystemClock clock_ = {};
    TokenClient client_;
    TokenKeeper tokens_;
    const DoctorOptions& options_;
    std::string signing_key_;
    const Teller& told_;
    std::vector<OpenMailbox> open_ = {};
    std::optional<ConnectionSettings> relay_ = {};  // that takes our mail
    std::vector<rules::ClockSeen> clocks_ = {};
};

}  // namespace bellhop::daemon
