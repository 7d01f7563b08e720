// Sends what waits in the outbox, and writes down what the server said.
#pragma once

#include <functional>
#include <random>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/process/clock.hpp"
#include "daemon/smtp/mail_transport.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

class OutboxSender {
public:
    /// All outlive this object.
    OutboxSender(boost::asio::any_io_executor executor, storage::Store& store, const Clock& clock);

    /// Sends until stop(). Throws storage::DatabaseError.
    boost::asio::awaitable<void> run(MailTransport& transport);

    /// There may be something to send.
    void wake();
    /// Makes run() return after the mail in hand.
    void stop();

private:
    using EventValues = std::vector<std::pair<std::string, std::string>>;

    std::vector<storage::OutboxMail> claim_due();
    boost::asio::awaitable<void> send(MailTransport& transport,
                                      std::vector<storage::OutboxMail> mails);
    boost::asio::awaitable<void> rest();
    void settle(const storage::OutboxMail& mail, const Delivery& delivery);
    void settle_deferred(const storage::OutboxMail& mail, const Delivery& delivery);
    void record(const storage::OutboxMail& mail,
                rules::MailStep step,
                const std::string& detail,
                const EventValues& values = {});
    double jitter();

    storage::Store& store_;
    const Clock& clock_;
    boost::asio::steady_timer timer_;
    std::minstd_rand random_;
    MailTransport* transport_ = nullptr;  // while run() runs
    bool awake_ = false;
    bool stopping_ = false;
};

}  // namespace bellhop::daemon
