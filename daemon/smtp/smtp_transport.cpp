#include "daemon/smtp/smtp_transport.hpp"

#include <memory>
#include <utility>

#include <boost/system/system_error.hpp>

#include "daemon/net/bearer_login.hpp"
#include "daemon/net/connection_error.hpp"
#include "daemon/process/crash_point.hpp"
#include "daemon/process/log.hpp"
#include "daemon/smtp/smtp_envelope.hpp"
#include "daemon/smtp/smtp_opening.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
using parsers::SmtpReply;
using rules::SmtpStage;
namespace {

constexpr int max_losses =
    2;  // fresh connections lost in a row, until the server counts as out of order

}  // namespace

/// Lives with the handler that waits for the idle timer; tells it whether the transport still does.
struct SmtpTransport::IdleWatch {
    SmtpTransport* owner = nullptr;
};

SmtpTransport::SmtpTransport(CurlLoop& loop, SmtpTransportSettings settings)
    : settings_(std::move(settings)), stream_(loop), idle_(loop.executor()) {}

SmtpTransport::~SmtpTransport() {
    unwatch_idle();
}

void SmtpTransport::stop() {
    stopped_ = true;
}

// ---- The mails of a send()

asio::awaitable<void> SmtpTransport::send(std::vector<OutgoingMail> mails, DeliveryReport report) {
    unwatch_idle();
    if (report_) disconnect();  // the send() before was left by an exception
    mails_ = std::move(mails);
    report_ = std::move(report);
    next_ = 0;
    losses_ = 0;
    halted_ = false;
    try {
        co_await probe();
        while (has_more() && !stopped_) {
            const std::optional<Delivery> fault = co_await connect();
            if (fault) {
                tell_rest(*fault);
            } else {
                co_await converse();
            }
        }
    } catch (const boost::system::system_error&) {
        disconnect();  // cancelled: nobody knows where the conversation stands
        report_ = nullptr;
        throw;
    }
    if (envelope_ahead_) disconnect();
    mails_.clear();
    report_ = nullptr;
    watch_idle();
}

void SmtpTransport::tell(const Delivery& delivery) {
    const std::size_t index = next_++;
    stage_ = Stage::between;
    mails_[index].bytes = {};
    halted_ = report_(index, delivery) == Proceed::no;
}

void SmtpTransport::tell_rest(const Delivery& delivery) {
    while (has_more()) tell(delivery);
}

// ---- The connection

/// Connects unless connected. Returns what to tell of the mails if that fails.
asio::awaitable<std::optional<Delivery>> SmtpTransport::connect() {
    if (stream_.is_open()) co_return std::nullopt;
    std::optional<Delivery> fault;
    try {
        co_await open_connection(stream_, MailProtocol::smtp, settings_.connection,
                                 settings_.helo_name);
        extensions_ = extensions_in(stream_.opening());
        fault = missing_login(settings_.connection.authentication, stream_.opening());
        if (fault) disconnect();
    } catch (const ConnectionError& error) {
        fault = delivery_from(error, stream_.opening());
    }
    co_return fault;
}

/// Finds out whether the server has closed a connection that was idle.
asio::awaitable<void> SmtpTransport::probe() {
    if (!stream_.is_open()) co_return;
    if (is_login_outdated()) {
        co_await quit();
        co_return;
    }
    try {
        const auto unasked =
            co_await stream_.read_or_wake(deadline_in(std::chrono::milliseconds{0}));
        if (unasked) disconnect();  // 421, most likely
    } catch (const ConnectionError& error) {
        log_event(LogLevel::debug, "smtp_closed", {{"reply", error.detail()}});
        disconnect();
    }
}

/// Nothing may be in flight when a connection is made anew for its token: an envelope that has
/// travelled ahead is finished first.
bool SmtpTransport::is_login_outdated() const {
    return !envelope_ahead_ && stream_.is_outdated();
}

void SmtpTransport::disconnect() {
    stream_.close();
    parser_ = {};
    unread_ = {};
    finished_ = 0;
    needs_reset_ = false;
    envelope_ahead_ = false;
    stage_ = Stage::between;
}

/// What the loss of the connection means for the mail in hand. Those behind it go on over a new
/// connection, unless one fresh connection after the other was lost.
void SmtpTransport::lost(const boost::system::system_error& error) {
    const Stage stage = stage_;
    const bool proven = finished_ > 0;
    disconnect();
    if (!has_more()) return;
    const auto* connection_error = dynamic_cast<const ConnectionError*>(&error);
    const std::string detail = connection_error != nullptr ? connection_error->detail() : "";
    const std::string reply = error.code().message() + (detail.empty() ? "" : ": " + detail);
    if (stage == Stage::final_reply) {
        // RFC 5321 section 4.5.3.2.6: it may have been delivered; the same bytes again are the
        // lesser evil.
        tell({Verdict::unknown, 0, reply, SmtpStage::content});
        return;
    }
    // A server may close between two mails, after as many as it likes: not this mail's fault.
    if (proven) return;
    const SmtpStage reached = stage == Stage::body ? SmtpStage::content : SmtpStage::sender;
    if (stage != Stage::between) tell({Verdict::deferred, 0, reply, reached});
    if (++losses_ >= max_losses) tell_rest({Verdict::deferred, 0, reply, SmtpStage::connection});
}

// ---- The conversation

/// Sends mails until none is left, or the connection is used up or lost.
asio::awaitable<void> SmtpTransport::converse() {
    try {
        while (has_more() && !stopped_ && stream_.is_open()) {
            if (finished_ >= settings_.mails_per_connection || is_login_outdated()) {
                co_await quit();
            } else {
                co_await transaction();
            }
        }
    } catch (const ConnectionError& error) {
        lost(error);
    }
}

/// RFC 5321 section 3.3, one mail to one recipient.
asio::awaitable<void> SmtpTransport::transaction() {
    if (!envelope_ahead_) {
        const std::optional<Delivery> refused = refusal(mails_[next_], extensions_);
        if (refused) {
            tell(*refused);
            co_return;
        }
    }
    stage_ = Stage::envelope;
    const std::optional<Delivery> refused = co_await envelope();
    if (refused) {
        ++finished_;
        losses_ = 0;
        tell(*refused);
    } else {
        crash_point("smtp_after_mail");
        co_await body();
    }
}

/// Up to the 354 after DATA. Returns the outcome if there is none.
asio::awaitable<std::optional<Delivery>> SmtpTransport::envelope() {
    std::optional<Delivery> refused;
    if (extensions_.pipelining) {
        refused = co_await pipelined_envelope();
    } else {
        refused = co_await stepwise_envelope();
    }
    co_return refused;
}

asio::awaitable<std::optional<Delivery>> SmtpTransport::pipelined_envelope() {
    const Timeouts& timeouts = settings_.connection.timeouts;
    if (!envelope_ahead_) {
        co_await expect_silence();
        co_await stream_.write(whole_envelope(mails_[next_]), timeouts.block);
    }
    envelope_ahead_ = false;
    if (std::exchange(reset_ahead_, false)) co_await early_reply(timeouts.envelope);
    const SmtpReply mail = co_await early_reply(timeouts.envelope);
    const SmtpReply rcpt = co_await early_reply(timeouts.envelope);
    const SmtpReply data = co_await data_reply();
    if (mail.is_positive() && rcpt.is_positive() && data.code == 354) co_return std::nullopt;
    needs_reset_ = true;
    if (data.code == 354) {
        // RFC 2920 section 3.1: nobody to send to, but the server listens: end the mail that is
        // none.
        co_await stream_.write(".\r\n", timeouts.block);
        co_await early_reply(timeouts.final_dot);
    }
    if (!mail.is_positive()) co_return delivery_from(mail, SmtpStage::sender);
    if (!rcpt.is_positive()) co_return delivery_from(rcpt, SmtpStage::recipient);
    co_return delivery_from(data, SmtpStage::data);
}

asio::awaitable<std::optional<Delivery>> SmtpTransport::stepwise_envelope() {
    const Timeouts& timeouts = settings_.connection.timeouts;
    co_await expect_silence();
    if (std::exchange(needs_reset_, false)) {
        co_await stream_.write("RSET\r\n", timeouts.block);
        co_await early_reply(timeouts.envelope);
    }
    co_await stream_.write(mail_command(mails_[next_], extensions_), timeouts.block);
    const SmtpReply mail = co_await early_reply(timeouts.envelope);
    if (!mail.is_positive()) co_return delivery_from(mail, SmtpStage::sender);
    needs_reset_ = true;
    co_await expect_silence();
    co_await stream_.write(rcpt_command(mails_[next_]), timeouts.block);
    const SmtpReply rcpt = co_await early_reply(timeouts.envelope);
    if (!rcpt.is_positive()) co_return delivery_from(rcpt, SmtpStage::recipient);
    co_await expect_silence();
    co_await stream_.write("DATA\r\n", timeouts.block);
    const SmtpReply data = co_await data_reply();
    if (data.code != 354) co_return delivery_from(data, SmtpStage::data);
    needs_reset_ = false;
    co_return std::nullopt;
}

/// The mail, its final dot, and the reply to that.
asio::awaitable<void> SmtpTransport::body() {
    const Timeouts& timeouts = settings_.connection.timeouts;
    co_await expect_silence();
    stage_ = Stage::body;
    std::string bytes = parsers::mail_data(mails_[next_].bytes);
    const std::string dot = ".\r\n";
    bytes.resize(bytes.size() - dot.size());
    const bool is_wanted = co_await write_content(std::move(bytes));
    if (!is_wanted) co_return;
    const std::uint64_t end = stream_.written() + dot.size();
    // RFC 2920 section 3.1: the next envelope may travel with the end of this mail.
    envelope_ahead_ = may_overlap();
    const std::string following = envelope_ahead_ ? whole_envelope(mails_[next_ + 1]) : "";
    crash_point("smtp_before_dot");
    std::optional<ConnectionError> broken;
    std::optional<std::string_view> early;
    try {
        early = co_await stream_.write_unless_spoken_to(dot + following, timeouts.block);
    } catch (const ConnectionError& error) {
        broken = error;
    }
    if (early) {
        unread_ = *early;
        co_await end_early(std::move(broken));
        co_return;
    }
    if (stream_.written() >= end) stage_ = Stage::final_reply;
    crash_point("smtp_after_dot");
    const std::chrono::milliseconds patience = broken ? timeouts.farewell : timeouts.final_dot;
    // The server may still be filing the mail. Giving up too early makes it arrive twice.
    const SmtpReply answer = co_await reply(patience);
    if (broken && answer.is_positive()) throw ConnectionError(*broken);
    // One of the two replies was not about this mail, and which, nobody can tell; but 421 is of the
    // connection.
    const bool is_sent_away = unread_.starts_with("421");
    if (!envelope_ahead_ && !unread_.empty() && !is_sent_away) {
        throw ConnectionError(ConnectionErrc::not_protocol, "a reply too many");
    }
    crash_point("smtp_after_250");
    ++finished_;
    losses_ = 0;
    tell(delivery_from(answer, SmtpStage::content));
    if (broken || is_sent_away || answer.code == 421) disconnect();
}

/// All of the mail but its final dot. False where the server has refused it before its end, "552
/// too large", which is told then; it hangs up, or must be hung up on.
asio::awaitable<bool> SmtpTransport::write_content(std::string bytes) {
    const Timeouts& timeouts = settings_.connection.timeouts;
    std::optional<ConnectionError> broken;
    try {
        co_await stream_.write(std::move(bytes), timeouts.block);
    } catch (const ConnectionError& error) {
        broken = error;
    }
    if (!broken) {
        const bool has_spoken = co_await is_spoken_to();
        if (!has_spoken) co_return true;
    }
    co_await end_early(std::move(broken));
    co_return false;
}

/// The server speaks before it has the final dot: it refuses the mail, or what it says is no answer
/// to it. `broken` is what came in between, if anything has.
asio::awaitable<void> SmtpTransport::end_early(std::optional<ConnectionError> broken) {
    envelope_ahead_ = false;
    const SmtpReply early = co_await reply(settings_.connection.timeouts.farewell);
    if (early.code < 400) {
        throw broken ? *broken
                     : ConnectionError(ConnectionErrc::not_protocol,
                                       "an answer before the end of the mail: " + early.text());
    }
    ++finished_;
    losses_ = 0;
    tell(delivery_from(early, SmtpStage::content));
    disconnect();
}

/// Whether anything of the server lies unread.
asio::awaitable<bool> SmtpTransport::is_spoken_to() {
    if (unread_.empty()) {
        const auto bytes = co_await stream_.read_or_wake(deadline_in(std::chrono::milliseconds{0}));
        if (bytes) unread_ = *bytes;
    }
    co_return !unread_.empty();
}

/// Before a command: one reply too many, and each that follows would be taken for the answer to
/// something else, up to a mail that counts as sent and never was.
asio::awaitable<void> SmtpTransport::expect_silence() {
    const bool has_spoken = co_await is_spoken_to();
    if (!has_spoken) co_return;
    // 421, most likely: the server is about to close.
    const SmtpReply unasked = co_await early_reply(settings_.connection.timeouts.farewell);
    throw ConnectionError(ConnectionErrc::not_protocol, "a reply too many: " + unasked.text());
}

bool SmtpTransport::may_overlap() const {
    const std::size_t following = next_ + 1;
    return extensions_.pipelining && !stopped_ && following < mails_.size() &&
           finished_ + 1 < settings_.mails_per_connection && !stream_.is_outdated() &&
           !refusal(mails_[following], extensions_);
}

/// The next reply. Throws ConnectionError not_protocol where it is none.
asio::awaitable<SmtpReply> SmtpTransport::reply(std::chrono::milliseconds patience) {
    using State = parsers::SmtpReplyParser::State;
    const Deadline deadline = deadline_in(patience);
    for (;;) {
        const parsers::SmtpReplyParser::Step step = parser_.feed(unread_);
        unread_.remove_prefix(step.taken);
        if (step.state == State::reply) co_return parser_.take();
        if (step.state == State::fault) {
            throw ConnectionError(ConnectionErrc::not_protocol, "not an SMTP reply");
        }
        unread_ = co_await stream_.read(deadline);
    }
}

/// A reply before the final dot. RFC 5321 section 3.8: after 421 the server closes, so it counts as
/// a loss.
asio::awaitable<SmtpReply> SmtpTransport::early_reply(std::chrono::milliseconds patience) {
    SmtpReply answer = co_await reply(patience);
    if (answer.code == 421) throw ConnectionError(ConnectionErrc::bye, answer.text());
    co_return answer;
}

/// The reply to DATA: go on (354) or no.
asio::awaitable<SmtpReply> SmtpTransport::data_reply() {
    SmtpReply answer = co_await early_reply(settings_.connection.timeouts.data);
    // Seen in the wild: a filter in between that sends a reply too many. "250" here is not ours.
    if (answer.code < 400 && answer.code != 354) {
        throw ConnectionError(ConnectionErrc::not_protocol, "to DATA: " + answer.text());
    }
    co_return answer;
}

asio::awaitable<void> SmtpTransport::close() {
    unwatch_idle();
    co_await quit();
}

asio::awaitable<void> SmtpTransport::quit() {
    if (!stream_.is_open()) co_return;
    try {
        const std::chrono::milliseconds patience = settings_.connection.timeouts.farewell;
        co_await stream_.write("QUIT\r\n", patience);
        co_await reply(patience);
    } catch (const ConnectionError& error) {
        log_event(LogLevel::debug, "smtp_closed", {{"reply", error.detail()}});
    }
    disconnect();
}

std::string SmtpTransport::whole_envelope(const OutgoingMail& mail) {
    reset_ahead_ = std::exchange(needs_reset_, false);
    return (reset_ahead_ ? "RSET\r\n" : "") + mail_command(mail, extensions_) + rcpt_command(mail) +
           "DATA\r\n";
}

// ---- The time between mails

void SmtpTransport::watch_idle() {
    if (!stream_.is_open()) return;
    auto watch = std::make_unique<IdleWatch>();
    watch->owner = this;
    watch_ = watch.get();
    idle_.expires_after(settings_.idle_timeout);
    idle_.async_wait([watch = std::move(watch)](boost::system::error_code error) {
        SmtpTransport* const owner = watch->owner;
        if (owner == nullptr) return;
        owner->watch_ = nullptr;
        if (error) return;
        owner->stream_.write_at_once("QUIT\r\n");
        owner->disconnect();
    });
}

void SmtpTransport::unwatch_idle() {
    if (watch_ != nullptr) watch_->owner = nullptr;
    watch_ = nullptr;
    idle_.cancel();
}

}  // namespace bellhop::daemon
