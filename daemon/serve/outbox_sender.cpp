#include "daemon/serve/outbox_sender.hpp"

#include <algorithm>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/process/crash_point.hpp"
#include "daemon/process/log.hpp"
#include "parsers/header/address.hpp"
#include "rules/mail/backoff.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr std::size_t claimed_at_once = 50;
constexpr std::chrono::seconds longest_rest =
    5s;  // then clock and outbox are looked at again: `outbox retry`
// A relay that cannot be reached or lets nobody in says nothing about the mail: try again soon.
constexpr std::chrono::seconds relay_retry_cap = 5min;

class InUse {
public:
    InUse(MailTransport*& place, MailTransport& transport) : place_(place) { place_ = &transport; }
    ~InUse() { place_ = nullptr; }
    InUse(const InUse&) = delete;
    InUse& operator=(const InUse&) = delete;

private:
    MailTransport*& place_;
};

std::string number(storage::OutboxId id) {
    return std::to_string(static_cast<std::int64_t>(id));
}

std::string number(const std::optional<rules::TicketId>& ticket) {
    return ticket ? std::to_string(static_cast<std::int64_t>(*ticket)) : std::string{};
}

}  // namespace

OutboxSender::OutboxSender(asio::any_io_executor executor,
                           storage::Store& store,
                           const Clock& clock)
    : store_(store), clock_(clock), timer_(std::move(executor)), random_(std::random_device{}()) {}

asio::awaitable<void> OutboxSender::run(MailTransport& transport) {
    stopping_ = false;
    const InUse in_use{transport_, transport};
    {
        storage::Transaction transaction{store_.database};
        store_.outbox.recover(clock_.now());
        transaction.commit();
    }
    while (!stopping_) {
        awake_ = false;
        std::vector<storage::OutboxMail> mails = claim_due();
        if (mails.empty()) {
            co_await rest();
        } else {
            co_await send(transport, std::move(mails));
        }
    }
    co_await transport.close();
}

void OutboxSender::wake() {
    awake_ = true;
    timer_.cancel();
}

void OutboxSender::stop() {
    stopping_ = true;
    if (transport_ != nullptr) transport_->stop();
    timer_.cancel();
}

/// Until something is due or wake() is called.
asio::awaitable<void> OutboxSender::rest() {
    if (awake_ || stopping_) co_return;
    std::chrono::seconds time = longest_rest;
    if (const auto next = store_.outbox.next_due())
        time = std::clamp(*next - clock_.now(), 0s, longest_rest);
    timer_.expires_after(time);
    boost::system::error_code cancelled;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

/// What is due, marked as under way. Read and marked in one transaction: what somebody cancels
/// meanwhile from the command line is not sent.
std::vector<storage::OutboxMail> OutboxSender::claim_due() {
    const auto next = store_.outbox.next_due();
    if (!next || *next > clock_.now()) return {};
    storage::Transaction transaction{store_.database, storage::Durability::process_death};
    std::vector<storage::OutboxMail> mails = store_.outbox.due(clock_.now(), claimed_at_once);
    std::vector<storage::OutboxId> ids;
    for (storage::OutboxMail& mail : mails) {
        ids.push_back(mail.id);
        ++mail.attempts;  // as claim() writes it
    }
    store_.outbox.claim(ids);
    transaction.commit();
    crash_point("outbox_claimed");
    return mails;
}

asio::awaitable<void> OutboxSender::send(MailTransport& transport,
                                         std::vector<storage::OutboxMail> mails) {
    std::vector<OutgoingMail> outgoing;
    for (storage::OutboxMail& mail : mails) {
        outgoing.push_back({mail.envelope_sender, mail.recipient, std::move(mail.bytes)});
    }
    std::size_t settled = 0;
    DeliveryReport report = [this, &mails, &settled](std::size_t index, const Delivery& delivery) {
        settle(mails[index], delivery);
        ++settled;
    };
    co_await transport.send(std::move(outgoing), std::move(report));
    // Stopped before its turn came: it waits for the next start.
    if (settled == mails.size()) co_return;
    storage::Transaction transaction{store_.database, storage::Durability::process_death};
    store_.outbox.recover(clock_.now());
    transaction.commit();
}

/// A lost power supply may undo this and have the mail sent again, the same to the byte; a dead
/// process not.
void OutboxSender::settle(const storage::OutboxMail& mail, const Delivery& delivery) {
    const std::string& words = delivery.reply;
    storage::Transaction transaction{store_.database, storage::Durability::process_death};
    switch (delivery.verdict) {
        case Verdict::accepted:
            store_.outbox.accepted(mail.id, clock_.now(), words);
            record(mail, rules::MailStep::sent, "accepted for " + mail.recipient + ": " + words);
            break;
        case Verdict::rejected:
            store_.outbox.failed(mail.id, words);
            record(mail, rules::MailStep::failed, "refused for " + mail.recipient + ": " + words,
                   {{"failed", parsers::address_key(mail.recipient)}});
            // Nobody will answer what did not arrive.
            if (mail.ticket) store_.timers.add({*mail.ticket, "refused", clock_.now()});
            break;
        case Verdict::deferred:
        case Verdict::unknown:
        case Verdict::configuration:
            settle_deferred(mail, {delivery.verdict, delivery.code, words});
            break;
    }
    transaction.commit();
    const bool fine = delivery.verdict == Verdict::accepted;
    log_event(fine ? LogLevel::info : LogLevel::warn, fine ? "mail_sent" : "mail_not_sent",
              {{"outbox", number(mail.id)},
               {"ticket", number(mail.ticket)},
               {"kind", name_of(mail.kind)},
               {"message-id", mail.message_id},
               {"attempt", std::to_string(mail.attempts)},
               {"reply", words}});
}

void OutboxSender::settle_deferred(const storage::OutboxMail& mail, const Delivery& delivery) {
    const bool relay_failed = delivery.verdict == Verdict::configuration ||
                              (delivery.verdict == Verdict::deferred && delivery.code == 0);
    std::chrono::seconds delay = rules::delivery_retry_delay(mail.attempts, jitter());
    if (relay_failed) delay = std::min(delay, relay_retry_cap);
    const std::chrono::sys_seconds next = clock_.now() + delay;
    if (next > mail.expires_at) {
        store_.outbox.failed(mail.id, "given up: " + delivery.reply);
        record(mail, rules::MailStep::failed,
               "given up for " + mail.recipient + ": " + delivery.reply);
    } else {
        store_.outbox.deferred(mail.id, next, delivery.reply);
        if (mail.attempts == 1) {
            record(mail, rules::MailStep::deferred,
                   "not yet taken for " + mail.recipient + ": " + delivery.reply);
        }
    }
}

void OutboxSender::record(const storage::OutboxMail& mail,
                          rules::MailStep step,
                          const std::string& detail,
                          const EventValues& values) {
    if (mail.ticket)
        store_.tickets.record(*mail.ticket, {clock_.now(), rules::MailEvent{mail.kind, step},
                                             "gateway", detail, values});
}

double OutboxSender::jitter() {
    return std::uniform_real_distribution<double>{-1.0, 1.0}(random_);
}

}  // namespace bellhop::daemon
