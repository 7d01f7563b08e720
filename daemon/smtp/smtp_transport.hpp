// Sending mail to an SMTP server (RFC 5321; PIPELINING, 8BITMIME, SIZE, SMTPUTF8 where offered).
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "daemon/net/connection_error.hpp"
#include "daemon/net/connection_settings.hpp"
#include "daemon/net/curl_loop.hpp"
#include "daemon/net/net_stream.hpp"
#include "daemon/smtp/mail_transport.hpp"
#include "parsers/protocol/smtp_reply.hpp"

namespace bellhop::daemon {

struct SmtpTransportSettings {
    ConnectionSettings connection = {};
    std::string helo_name = {};  ///< empty: the machine's own
    std::chrono::milliseconds idle_timeout = std::chrono::seconds{20};
    std::size_t mails_per_connection = 50;
};

class SmtpTransport final : public MailTransport {
public:
    SmtpTransport(CurlLoop& loop, SmtpTransportSettings settings);
    ~SmtpTransport() override;

    boost::asio::awaitable<void> send(std::vector<OutgoingMail> mails,
                                      DeliveryReport report) override;
    void stop() override;
    boost::asio::awaitable<void> close() override;

private:
    /// How far the mail in hand has come: decides what a lost connection means for it.
    enum class Stage {
        between,      ///< no mail in hand
        envelope,     ///< the server may know who writes to whom
        body,         ///< bytes of the mail are under way, the final dot is not
        final_reply,  ///< the server has it all; only its answer is missing
    };
    struct IdleWatch;

    // The mails of a send()
    bool has_more() const { return next_ < mails_.size() && !halted_; }
    void tell(const Delivery& delivery);
    void tell_rest(const Delivery& delivery);

    // The connection
    boost::asio::awaitable<std::optional<Delivery>> connect();
    boost::asio::awaitable<void> probe();
    bool is_login_outdated() const;
    void disconnect();
    void lost(const boost::system::system_error& error);

    // The conversation
    boost::asio::awaitable<void> converse();
    boost::asio::awaitable<void> transaction();
    boost::asio::awaitable<std::optional<Delivery>> envelope();
    boost::asio::awaitable<std::optional<Delivery>> pipelined_envelope();
    boost::asio::awaitable<std::optional<Delivery>> stepwise_envelope();
    boost::asio::awaitable<void> body();
    boost::asio::awaitable<bool> write_content(std::string bytes);
    boost::asio::awaitable<void> end_early(std::optional<ConnectionError> broken);
    boost::asio::awaitable<void> expect_silence();
    boost::asio::awaitable<bool> is_spoken_to();
    boost::asio::awaitable<parsers::SmtpReply> reply(std::chrono::milliseconds patience);
    boost::asio::awaitable<parsers::SmtpReply> early_reply(std::chrono::milliseconds patience);
    boost::asio::awaitable<parsers::SmtpReply> data_reply();
    boost::asio::awaitable<void> quit();
    std::string whole_envelope(const OutgoingMail& mail);
    bool may_overlap() const;

    // The time between mails
    void watch_idle();
    void unwatch_idle();

    SmtpTransportSettings settings_;
    NetStream stream_;
    parsers::SmtpReplyParser parser_;
    std::string_view unread_ = {};  // of the stream's buffer
    parsers::SmtpExtensions extensions_ = {};
    std::size_t finished_ = 0;     // transactions on this connection
    bool needs_reset_ = false;     // a transaction was begun that no DATA has ended
    bool envelope_ahead_ = false;  // the envelope of mails_[next_] is already on its way
    bool reset_ahead_ = false;     // and a RSET before it

    std::vector<OutgoingMail> mails_ = {};
    DeliveryReport report_ = {};
    std::size_t next_ = 0;  // index of the mail in hand
    Stage stage_ = Stage::between;
    int losses_ = 0;  // of fresh connections, one after the other
    bool stopped_ = false;
    bool halted_ = false;  // for the mails of this send()

    boost::asio::steady_timer idle_;
    IdleWatch* watch_ = nullptr;  // belongs to the handler that waits for idle_
};

}  // namespace bellhop::daemon
