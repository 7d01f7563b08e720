#include "daemon/serve/trouble_keeper.hpp"

#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/process/log.hpp"
#include "daemon/work/trouble_round.hpp"
#include "rules/mail/answer_mail.hpp"
#include "storage/inspection.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::seconds between_looks{15};
constexpr std::chrono::minutes database_patience{10};  // a lock, a backup, a disk that is tidied
constexpr std::chrono::hours between_tellings{24};

}  // namespace

TroubleKeeper::TroubleKeeper(asio::any_io_executor executor,
                             storage::Store& store,
                             const Clock& clock,
                             const std::string& key,
                             Around around)
    : store_(store),
      clock_(clock),
      key_(key),
      around_(std::move(around)),
      started_(clock.now()),
      timer_(std::move(executor)) {}

asio::awaitable<void> TroubleKeeper::run() {
    stopping_ = false;
    while (!stopping_) {
        timer_.expires_after(between_looks);
        boost::system::error_code cancelled;
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
        if (!stopping_) co_await look();
    }
}

asio::awaitable<void> TroubleKeeper::look() {
    const std::chrono::sys_seconds now = clock_.now();
    std::optional<storage::DatabaseError> failure;
    try {
        std::vector<rules::Trouble> troubles =
            troubles_now(store_, around_.mailboxes(), started_, now);
        for (rules::Trouble& one : login_troubles(around_.desk().settings, around_.logins(), now)) {
            troubles.push_back(std::move(one));
        }
        if (tell_troubles({store_, around_.desk(), key_, now}, troubles)) around_.sent();
        failing_since_.reset();
    } catch (const storage::DatabaseError& error) {
        failure = error;
    }
    if (!failure) co_return;
    co_await tell_past_store(failure->what());
    throw storage::DatabaseError(*failure);
}

/// What has lasted, once a day.
asio::awaitable<void> TroubleKeeper::tell_past_store(std::string error) {
    const std::chrono::sys_seconds now = clock_.now();
    if (!failing_since_) failing_since_ = now;
    if (now - *failing_since_ < database_patience || now - told_at_ < between_tellings) co_return;
    rules::Trouble trouble{"database", *failing_since_, now, 0, {}, {}};
    trouble.headline = "the database takes nothing";
    trouble.lines = {
        rules::harmless_line(error),
        "Mail waits on its servers meanwhile. \"bellhop check --database\" says what is "
        "wrong. Where it is damaged: " +
            std::string{storage::advice_on_damage}};
    std::vector<OutgoingMail> mails;
    for (storage::OutboxMail& one :
         mails_past_store({store_, around_.desk(), key_, now}, trouble)) {
        mails.push_back({one.envelope_sender, one.recipient, std::move(one.bytes)});
    }
    if (mails.empty()) co_return;
    DeliveryReport report = [this, now](std::size_t, const Delivery& delivery) {
        const bool is_taken = delivery.verdict == Verdict::accepted;
        if (is_taken) told_at_ = now;
        log_event(is_taken ? LogLevel::info : LogLevel::warn,
                  is_taken ? "trouble_told_past_outbox" : "trouble_untold",
                  {{"reply", delivery.reply}});
        return Proceed::yes;
    };
    const std::unique_ptr<MailTransport> transport = around_.transport();
    const TransportInUse in_use{transport_, *transport};
    co_await transport->send(std::move(mails), std::move(report));
    co_await transport->close();
}

void TroubleKeeper::stop() {
    stopping_ = true;
    if (transport_ != nullptr) transport_->stop();
    timer_.cancel();
}

}  // namespace bellhop::daemon
