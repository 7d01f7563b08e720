// Sends what waits in the outbox, and writes down what the server said.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/desk/desk.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/smtp/mail_transport.hpp"
#include "rules/mail/delivery.hpp"
#include "rules/mail/relay_answer.hpp"
#include "rules/mail/sending_pace.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// What people have written goes first, and no more mails a minute than the relay takes.
///
/// What the server said of a mail stays in memory until the database has it, and nothing is claimed
/// before: a database that is locked or full for a while doubles no mail. So this object lives as
/// long as the process, over every failure of run().
///
/// Where an answer concerns all mail (no connection, no login, a blocked account) the outbox is
/// held: one mail tries now and then whether the relay takes it, until it does or somebody says
/// `outbox retry`. The log tells it once, the fact "outbox_held" for as long as it lasts: since
/// when, and the server's words.
class OutboxSender {
public:
    /// All outlive this object. `key` is of our msg-ids.
    OutboxSender(boost::asio::any_io_executor executor,
                 storage::Store& store,
                 const Clock& clock,
                 std::function<const Desk&()> desk,
                 const std::string& key);

    /// Sends until stop(). Throws storage::DatabaseError.
    boost::asio::awaitable<void> run(MailTransport& transport);

    /// There may be something to send.
    void wake();
    /// What holds all mail may be over: the relay is asked at once.
    void ask_again();
    /// Makes run() return after the mail in hand.
    void stop();

private:
    using Steady = std::chrono::steady_clock::time_point;

    /// What the server said of a mail, and what follows from it.
    struct Verdicted {
        storage::OutboxMail mail = {};  ///< as it was before its claim, without its bytes
        Delivery delivery = {};
        rules::Fate fate = {};
        std::string sender = {};  ///< the reverse-path that it had
        std::chrono::sys_seconds at = {};
    };
    struct Hold {
        Steady until = {};
        int failures = 0;  ///< of the relay in a row
    };
    /// Whether the relay takes mail with the null reverse-path.
    enum class NullSender {
        usable,
        doubted,  ///< refused just now: the next mail tries the mailbox's address
        refused   ///< alone; the mailbox's address is taken
    };

    void begin();
    std::size_t most_to_claim();
    std::vector<storage::OutboxMail> claim();
    boost::asio::awaitable<void> send(MailTransport& transport,
                                      std::vector<storage::OutboxMail> mails);
    boost::asio::awaitable<void> rest();
    std::chrono::steady_clock::duration time_to_rest();
    std::string sender_of(const storage::OutboxMail& mail) const;
    Proceed take(const storage::OutboxMail& mail,
                 const std::string& sender,
                 const Delivery& delivery);
    void learn_of_null_sender(const storage::OutboxMail& mail,
                              const std::string& sender,
                              const rules::Judgement& judgement,
                              const Delivery& delivery);
    void hold(const Delivery& delivery, const rules::Fate& fate);
    void end_hold();
    bool try_to_write();
    void write_verdicts();
    void write(const Verdicted& verdict);
    double jitter();

    storage::Store& store_;
    const Clock& clock_;
    std::function<const Desk&()> desk_;
    const std::string& key_;
    boost::asio::steady_timer timer_;
    std::minstd_rand random_;
    MailTransport* transport_ = nullptr;  // while run() runs
    bool awake_ = false;
    bool stopping_ = false;

    std::deque<Verdicted> verdicts_ = {};  // that the database does not have yet
    std::string held_words_ = {};          // the fact "outbox_held" as it ought to be
    std::string held_fact_ = {};           // and as the database has it

    std::string retried_ = {};  // what the outbox said last of `outbox retry`

    // What is known of the relay, since the configuration was loaded.
    std::optional<Hold> hold_ = {};
    rules::RelaySuspicion suspicion_ = {};
    rules::SendingPace pace_ = {};
    NullSender null_sender_ = NullSender::usable;
};

}  // namespace bellhop::daemon
