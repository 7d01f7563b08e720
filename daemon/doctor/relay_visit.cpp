#include "daemon/doctor/relay_visit.hpp"

#include <optional>
#include <string_view>

#include "daemon/net/bearer_login.hpp"
#include "daemon/net/connection_error.hpp"
#include "daemon/net/net_stream.hpp"
#include "parsers/protocol/smtp_reply.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
using parsers::SmtpReply;
using rules::EnvelopeTried;
using rules::SmtpStage;
namespace {

/// Nobody's mailbox (RFC 2606): a relay that would not relay to it says so before it looks for it.
constexpr const char* stranger = "postmaster@example.com";

/// Commands and their replies, one after the other.
class Conversation {
public:
    Conversation(CurlLoop& loop, const Timeouts& timeouts) : stream_(loop), timeouts_(timeouts) {}

    asio::awaitable<void> open(ConnectionSettings connection, std::string helo_name) {
        co_await open_connection(stream_, MailProtocol::smtp, std::move(connection),
                                 std::move(helo_name));
    }

    asio::awaitable<SmtpReply> ask(std::string command) {
        co_await stream_.write(command + "\r\n", timeouts_.block);
        const Deadline deadline = deadline_in(timeouts_.envelope);
        for (;;) {
            while (!unread_.empty()) {
                const parsers::SmtpReplyParser::Step step = parser_.feed(unread_);
                unread_.remove_prefix(step.taken);
                if (step.state == parsers::SmtpReplyParser::State::reply) co_return parser_.take();
                if (step.state == parsers::SmtpReplyParser::State::fault) {
                    throw ConnectionError(ConnectionErrc::not_protocol, "no reply of SMTP");
                }
            }
            unread_ = co_await stream_.read(deadline);
        }
    }

    void leave() {
        stream_.write_at_once("QUIT\r\n");
        stream_.close();
    }

private:
    NetStream stream_;
    Timeouts timeouts_;
    parsers::SmtpReplyParser parser_ = {};
    std::string_view unread_ = {};  // of the stream's buffer
};

struct Envelope {
    EnvelopeTried::Way way = EnvelopeTried::Way::to_desk;
    std::string sender = {};
    std::string recipient = {};
};

/// Each address as a sender; what does not depend on it once.
std::vector<Envelope> envelopes_for(const std::vector<std::string>& addresses) {
    using Way = EnvelopeTried::Way;
    std::vector<Envelope> all;
    for (const std::string& address : addresses) all.push_back({Way::to_desk, address, address});
    if (addresses.empty()) return all;
    all.push_back({Way::null, "", addresses.front()});
    all.push_back({Way::outside, addresses.front(), stranger});
    return all;
}

/// The first reply that is no yes, or the last yes.
asio::awaitable<rules::RelayAnswer> try_envelope(Conversation& server, Envelope envelope) {
    SmtpReply reply = co_await server.ask("MAIL FROM:<" + envelope.sender + ">");
    if (!reply.is_positive())
        co_return rules::RelayAnswer{SmtpStage::sender, reply.code, reply.text()};
    reply = co_await server.ask("RCPT TO:<" + envelope.recipient + ">");
    co_return rules::RelayAnswer{SmtpStage::recipient, reply.code, reply.text()};
}

/// Words of a connection that was lost, or never came about.
EnvelopeTried broken(const Envelope& envelope,
                     const std::string& address,
                     const ConnectionError& error) {
    return {envelope.way,
            address,
            {SmtpStage::sender, 0, error.code().message() + ": " + error.detail()}};
}

}  // namespace

asio::awaitable<std::vector<EnvelopeTried>> ask_relay(CurlLoop& loop, RelayQuestion question) {
    Conversation server{loop, question.connection.timeouts};
    std::vector<EnvelopeTried> tried;
    bool is_open = false;
    bool is_broken = false;
    for (const Envelope& one : envelopes_for(question.addresses)) {
        const std::string address = one.sender.empty() ? one.recipient : one.sender;
        try {
            if (!is_open) {
                co_await server.open(question.connection, question.helo_name);
            } else {
                // Nothing was sent, and nothing is.
                co_await server.ask("RSET");
            }
            is_open = true;
            rules::RelayAnswer answer = co_await try_envelope(server, one);
            tried.push_back({one.way, address, std::move(answer)});
        } catch (const ConnectionError& error) {
            tried.push_back(broken(one, address, error));
            is_broken = true;
        }
        if (is_broken) co_return tried;
    }
    server.leave();
    co_return tried;
}

}  // namespace bellhop::daemon
