#include "daemon/serve/outbox_sender.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/process/crash_point.hpp"
#include "daemon/process/log.hpp"
#include "daemon/work/mail_way.hpp"
#include "daemon/work/outgoing.hpp"
#include "parsers/header/address.hpp"
#include "parsers/message/parse_message.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using What = rules::Fate::What;

constexpr std::size_t claimed_at_once = 50;
constexpr std::chrono::seconds longest_rest =
    5s;  // then clock and outbox are looked at again: `outbox retry`
constexpr const char* held = "outbox_held";

std::string number(storage::OutboxId id) {
    return std::to_string(static_cast<std::int64_t>(id));
}

std::string number(const std::optional<rules::TicketId>& ticket) {
    return ticket ? std::to_string(static_cast<std::int64_t>(*ticket)) : std::string{};
}

rules::Judgement judgement_of(const Delivery& delivery, bool null_sender) {
    // Our own refusal: no address, too large for this server.
    if (delivery.verdict == Verdict::rejected && delivery.code == 0) {
        return {rules::Answered::refused, rules::Concern::mail, {}};
    }
    return rules::judge({delivery.stage, delivery.code, delivery.reply}, null_sender);
}

/// Whether a server may have seen the bytes of the mail at this attempt.
storage::Exposure exposure_of(const storage::OutboxMail& mail, const Delivery& delivery) {
    const bool is_possible = mail.shown || delivery.stage == rules::SmtpStage::content;
    return is_possible ? storage::Exposure::possible : storage::Exposure::none;
}

std::optional<rules::MailWay> way_of(const storage::OutboxMail& mail, What what) {
    switch (what) {
        case What::sent:
            return rules::MailWay::sent;
        case What::refused:
            return rules::MailWay::refused;
        case What::given_up:
            return rules::MailWay::given_up;
        case What::again:
            if (mail.attempts == 0) return rules::MailWay::deferred;
            break;
        case What::again_with_own_sender:
            break;
    }
    return std::nullopt;
}

void log_verdict(const storage::OutboxMail& mail, const Delivery& delivery, What what) {
    const bool fine = what == What::sent;
    log_event(fine ? LogLevel::info : LogLevel::warn, fine ? "mail_sent" : "mail_not_sent",
              {{"outbox", number(mail.id)},
               {"ticket", number(mail.ticket)},
               {"kind", name_of(mail.kind)},
               {"message-id", mail.message_id},
               {"attempt", std::to_string(mail.attempts + 1)},
               {"reply", delivery.reply}});
}

}  // namespace

OutboxSender::OutboxSender(asio::any_io_executor executor,
                           storage::Store& store,
                           const Clock& clock,
                           std::function<const Desk&()> desk,
                           const std::string& key)
    : store_(store),
      clock_(clock),
      desk_(std::move(desk)),
      key_(key),
      timer_(std::move(executor)),
      random_(std::random_device{}()) {}

asio::awaitable<void> OutboxSender::run(MailTransport& transport) {
    stopping_ = false;
    const TransportInUse in_use{transport_, transport};
    begin();
    while (!stopping_) {
        awake_ = false;
        std::vector<storage::OutboxMail> mails = claim();
        if (mails.empty()) {
            co_await rest();
        } else {
            co_await send(transport, std::move(mails));
        }
    }
    write_verdicts();
    co_await transport.close();
}

/// The configuration may be another one, and with it the relay.
void OutboxSender::begin() {
    hold_.reset();
    suspicion_ = {};
    null_sender_ = NullSender::usable;
    pace_ = rules::SendingPace{desk_().settings.smtp.messages_per_minute};
    retried_ = store_.outbox.last_retry();
    held_fact_ = store_.facts.find(held);
    if (held_words_.empty()) held_words_ = held_fact_;
    write_verdicts();
    storage::Transaction transaction{store_.database};
    store_.outbox.recover(clock_.now());
    transaction.commit();
}

void OutboxSender::wake() {
    awake_ = true;
    timer_.cancel();
}

void OutboxSender::ask_again() {
    if (hold_) hold_->until = clock_.steady();
    wake();
}

void OutboxSender::stop() {
    stopping_ = true;
    if (transport_ != nullptr) transport_->stop();
    timer_.cancel();
}

/// Until something is due or wake() is called. While the relay takes nothing, new mail is no reason
/// to ask it again.
asio::awaitable<void> OutboxSender::rest() {
    if ((awake_ && !hold_) || stopping_) co_return;
    timer_.expires_after(time_to_rest());
    boost::system::error_code cancelled;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

std::chrono::steady_clock::duration OutboxSender::time_to_rest() {
    using Duration = std::chrono::steady_clock::duration;
    const Steady now = clock_.steady();
    const auto next = store_.outbox.next_due();
    Duration time = next ? *next - clock_.now() : longest_rest;
    if (hold_) time = std::max<Duration>(time, hold_->until - now);
    time = std::max<Duration>(time, pace_.next(now) - now);
    return std::clamp<Duration>(time, 0s, longest_rest);
}

// ---- Claiming

std::size_t OutboxSender::most_to_claim() {
    const Steady now = clock_.steady();
    const std::string retried = std::exchange(retried_, store_.outbox.last_retry());
    if (hold_ && retried != retried_) hold_->until = now;
    if (hold_ && hold_->until > now) return 0;
    const bool is_probe = hold_ || null_sender_ == NullSender::doubted;
    return pace_.allowed(now, is_probe ? 1 : claimed_at_once);
}

/// What is due, marked as under way. Read and marked in one transaction: what somebody cancels
/// meanwhile from the command line is not sent.
std::vector<storage::OutboxMail> OutboxSender::claim() {
    write_verdicts();
    const std::size_t most = most_to_claim();
    const auto next = store_.outbox.next_due();
    const std::chrono::sys_seconds now = clock_.now();
    const bool is_due = next && (*next <= now || *next > now + rules::longest_delivery_delay());
    if (most == 0 || !is_due) return {};
    storage::Transaction transaction{store_.database, storage::Durability::process_death};
    std::vector<storage::OutboxMail> mails = take_due({store_, desk_(), key_, now}, most);
    transaction.commit();
    crash_point("outbox_claimed");
    return mails;
}

/// RFC 3834 section 3.3 wants the null reverse-path; where the relay refuses that, the mailbox's
/// own address stands in. Its header still says that no machine need answer.
std::string OutboxSender::sender_of(const storage::OutboxMail& mail) const {
    if (!mail.envelope_sender.empty() || null_sender_ == NullSender::usable) {
        return mail.envelope_sender;
    }
    const parsers::Message message = parsers::parse_message(mail.bytes);
    return message.from ? message.from->address : std::string{};
}

asio::awaitable<void> OutboxSender::send(MailTransport& transport,
                                         std::vector<storage::OutboxMail> mails) {
    std::vector<OutgoingMail> outgoing;
    std::vector<std::string> senders;
    for (storage::OutboxMail& mail : mails) {
        senders.push_back(sender_of(mail));
        outgoing.push_back({senders.back(), mail.recipient, std::move(mail.bytes)});
        mail.bytes = {};
    }
    std::size_t reported = 0;
    DeliveryReport report = [&](std::size_t index, const Delivery& delivery) {
        ++reported;
        return take(mails[index], senders[index], delivery);
    };
    co_await transport.send(std::move(outgoing), std::move(report));
    if (reported == mails.size()) co_return;
    // Their turn has not come.
    storage::Transaction transaction{store_.database, storage::Durability::process_death};
    for (; reported < mails.size(); ++reported) store_.outbox.release(mails[reported]);
    transaction.commit();
}

// ---- What the server said

Proceed OutboxSender::take(const storage::OutboxMail& mail,
                           const std::string& sender,
                           const Delivery& delivery) {
    // A mail that names no sender of its own has no other reverse-path to try.
    const bool may_change_sender = sender.empty() && null_sender_ == NullSender::usable;
    const rules::Judgement judgement = suspicion_.seen_together(
        judgement_of(delivery, may_change_sender), parsers::address_key(mail.recipient));
    const rules::DeliveryAttempt attempt{mail.attempts + 1, mail.expires_at, mail.last_reply};
    const std::chrono::sys_seconds now = clock_.now();
    const rules::Fate fate =
        rules::fate_of(judgement, attempt, hold_ ? hold_->failures : 0, now, jitter());
    if (delivery.stage == rules::SmtpStage::content) pace_.note(clock_.steady());
    learn_of_null_sender(mail, sender, judgement, delivery);
    if (fate.holds_all) hold(delivery, fate);
    // An answer about one mail is a word of a relay that takes mail.
    if (judgement.concern == rules::Concern::mail && delivery.code != 0) end_hold();
    verdicts_.push_back({mail, delivery, fate, sender, now});
    const bool is_written = try_to_write();
    const bool is_doubted = null_sender_ == NullSender::doubted;
    return is_written && !hold_ && !is_doubted ? Proceed::yes : Proceed::no;
}

void OutboxSender::learn_of_null_sender(const storage::OutboxMail& mail,
                                        const std::string& sender,
                                        const rules::Judgement& judgement,
                                        const Delivery& delivery) {
    if (judgement.concern == rules::Concern::null_sender) {
        null_sender_ = NullSender::doubted;
        return;
    }
    const bool is_trial =
        null_sender_ == NullSender::doubted && mail.envelope_sender.empty() && !sender.empty();
    if (!is_trial || delivery.code == 0) return;
    if (delivery.stage == rules::SmtpStage::sender) {
        null_sender_ = NullSender::usable;  // it was not the null reverse-path
        return;
    }
    null_sender_ = NullSender::refused;
    log_event(LogLevel::warn, "null_sender_refused", {{"instead", sender}});
}

void OutboxSender::hold(const Delivery& delivery, const rules::Fate& fate) {
    if (!hold_) hold_ = Hold{};
    ++hold_->failures;
    hold_->until = clock_.steady() + (fate.at - clock_.now());
    if (!held_words_.empty()) return;
    held_words_ = rules::to_text(clock_.now()) + " " + delivery.reply;
    log_event(LogLevel::error, "outbox_held", {{"reply", delivery.reply}});
}

void OutboxSender::end_hold() {
    hold_.reset();
    if (held_words_.empty()) return;
    held_words_.clear();
    log_event(LogLevel::info, "outbox_free");
}

// ---- Writing it down

/// False where the database cannot take it now: then it is kept.
bool OutboxSender::try_to_write() {
    try {
        write_verdicts();
        return true;
    } catch (const storage::DatabaseError& error) {
        log_event(LogLevel::warn, "verdicts_kept",
                  {{"mails", std::to_string(verdicts_.size())}, {"error", error.what()}});
        return false;
    }
}

/// A lost power supply may undo this and have the mail sent again, the same to the byte; a dead
/// process not.
void OutboxSender::write_verdicts() {
    if (verdicts_.empty() && held_words_ == held_fact_) return;
    storage::Transaction transaction{store_.database, storage::Durability::process_death};
    for (const Verdicted& verdict : verdicts_) write(verdict);
    if (held_words_ != held_fact_) store_.facts.set(held, held_words_);
    transaction.commit();
    held_fact_ = held_words_;
    for (const Verdicted& one : verdicts_) log_verdict(one.mail, one.delivery, one.fate.what);
    verdicts_.clear();
}

void OutboxSender::write(const Verdicted& verdict) {
    const storage::OutboxMail& mail = verdict.mail;
    const std::string& words = verdict.delivery.reply;
    storage::Outbox& outbox = store_.outbox;
    bool is_there = false;
    switch (verdict.fate.what) {
        case What::sent:
            is_there = outbox.accepted(mail.id, verdict.at, words, verdict.sender);
            break;
        case What::refused:
            is_there = outbox.failed(mail.id, words);
            break;
        case What::given_up:
            is_there = outbox.given_up(mail.id, words);
            break;
        case What::again:
        case What::again_with_own_sender:
            is_there = outbox.deferred(mail.id, verdict.fate.at, words,
                                       exposure_of(mail, verdict.delivery));
            break;
    }
    const auto way = way_of(mail, verdict.fate.what);
    if (is_there && way) note_way(store_, mail, *way, words, verdict.at);
}

double OutboxSender::jitter() {
    return std::uniform_real_distribution<double>{-1.0, 1.0}(random_);
}

}  // namespace bellhop::daemon
