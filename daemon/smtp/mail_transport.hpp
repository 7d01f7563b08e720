// The seam to the server that takes our outgoing mail.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "rules/mail/relay_answer.hpp"

namespace bellhop::daemon {

/// One mail to one recipient, composed and stored before.
struct OutgoingMail {
    std::string envelope_sender = {};  ///< empty: the null reverse-path
    std::string recipient = {};
    std::string bytes = {};  ///< RFC 5322 message; line ends are normalised on the way out

    friend bool operator==(const OutgoingMail&, const OutgoingMail&) = default;
};

/// How far a mail has come. Whom an answer concerns, and what the sender does next, is for rules/
/// to say.
enum class Verdict {
    accepted,  ///< 2yz after the final dot: the server answers for it now
    deferred,  ///< 4yz, or no connection that mail could go over, or lost before the final dot
    rejected,  ///< 5yz; without a code: we refuse to send it (address, size, 8-bit)
    unknown,   ///< connection lost after the final dot: may have been delivered
};

struct Delivery {
    Verdict verdict = Verdict::deferred;
    int code = 0;            ///< SMTP reply code; 0 where no reply is the reason
    std::string reply = {};  ///< the server's own words, code and all (or ours, where no reply is
                             ///< the reason), one line
    rules::SmtpStage stage = rules::SmtpStage::content;

    friend bool operator==(const Delivery&, const Delivery&) = default;
};

/// Whether the mails behind the one reported are to be tried as well.
enum class Proceed { yes, no };

/// Takes the outcome of the mail with this index; called as soon as it is known, in order, once a
/// mail.
using DeliveryReport = std::function<Proceed(std::size_t, const Delivery&)>;

/// The server that takes outgoing mail. Implemented by SmtpTransport, and by FakeTransport in the
/// tests.
///
/// One operation at a time. Opens its connection when it is needed, keeps it for the next mails,
/// and closes it by itself when it was idle for a while.
class MailTransport {
public:
    MailTransport() = default;
    MailTransport(const MailTransport&) = delete;
    MailTransport& operator=(const MailTransport&) = delete;
    virtual ~MailTransport() = default;

    /// Sends the mails one after the other over one connection, overlapping them where the server
    /// allows. Every failure of server and network is a Delivery, never an exception; after one
    /// that stops all mail (no connection, no login) the remaining ones are reported with it,
    /// without a try each. Behind a report that was answered by Proceed::no none is tried or
    /// reported. Throws only operation_aborted, when it is cancelled: the mail in hand is then
    /// unreported, its outcome unknown.
    virtual boost::asio::awaitable<void> send(std::vector<OutgoingMail> mails,
                                              DeliveryReport report) = 0;

    /// Makes a running send() return after the transaction in hand, and every later one at once;
    /// mails not begun are not reported. For good: the daemon is about to end.
    virtual void stop() = 0;

    /// Says QUIT, waits briefly for the answer and closes. Never throws for what the server does.
    virtual boost::asio::awaitable<void> close() = 0;
};

/// Keeps a pointer to a transport for as long as a coroutine uses it, for whoever is to stop it.
class TransportInUse {
public:
    TransportInUse(MailTransport*& place, MailTransport& transport) : place_(place) {
        place_ = &transport;
    }
    ~TransportInUse() { place_ = nullptr; }
    TransportInUse(const TransportInUse&) = delete;
    TransportInUse& operator=(const TransportInUse&) = delete;

private:
    MailTransport*& place_;
};

}  // namespace bellhop::daemon
