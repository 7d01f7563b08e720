#include "daemon/doctor/server_examination.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/desk/oauth_settings.hpp"
#include "daemon/doctor/relay_visit.hpp"
#include "daemon/doctor/server_visit.hpp"
#include "daemon/net/connection_error.hpp"
#include "rules/doctor/secret_trial.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
namespace {

constexpr std::chrono::milliseconds pause{500};  // between two looks for a mail
constexpr std::size_t most_senders = 20;         // mailboxes that a relay is asked about

std::string what_of(const MailboxSettings& mailbox) {
    return "mailbox " + mailbox.name;
}

bool is_failing(const rules::Findings& findings) {
    return std::any_of(findings.begin(), findings.end(), [](const rules::Finding& one) {
        return one.state == rules::FindingState::fail;
    });
}

std::string words_of(const ConnectionError& error) {
    return error.code().message() + ": " + error.detail();
}

rules::MailboxWishes wishes_of(const MailboxSettings& mailbox) {
    return {mailbox.folder, mailbox.after_commit == AfterCommit::move, mailbox.processed_folder,
            mailbox.processed_flag};
}

}  // namespace

ServerExamination::ServerExamination(CurlLoop& loop,
                                     const Settings& settings,
                                     const DoctorOptions& options,
                                     std::string signing_key,
                                     const Teller& told)
    : loop_(loop),
      settings_(settings),
      client_(loop, clock_, settings.database.parent_path()),
      tokens_(loop.executor(),
              clock_,
              [this](OauthSettings application, std::string user) {
                  return client_.fetch(std::move(application), std::move(user));
              }),
      options_(options),
      signing_key_(std::move(signing_key)),
      told_(told) {}

ServerExamination::~ServerExamination() = default;

void ServerExamination::tell(const rules::Findings& findings) const {
    for (const rules::Finding& one : findings) told_(one);
}

bool ServerExamination::is_wanted(const MailboxSettings& mailbox) const {
    return options_.mailbox.empty() || options_.mailbox == mailbox.name;
}

asio::awaitable<void> ServerExamination::run() {
    for (const MailboxSettings& mailbox : settings_.mailboxes) {
        if (is_wanted(mailbox)) co_await examine(mailbox);
    }
    co_await examine_relay();
    if (relay_ && options_.self_mails == SelfMails::sent) {
        co_await send_self_mails();
        co_await await_self_mails();
    }
    for (OpenMailbox& mailbox : open_) co_await mailbox.visit->close();
}

/// Nothing where the secret cannot be read, which is told.
std::optional<ConnectionSettings> ServerExamination::connection_of(const ServerSettings& server,
                                                                   const std::string& what) {
    try {
        ConnectionSettings connection = ready_connection(server, settings_.folder);
        if (!server.oauth.empty()) {
            connection.tokens = &tokens_.source_of(
                application_named(settings_.applications, server.oauth), server.user);
        }
        return connection;
    } catch (const std::runtime_error& error) {
        told_(rules::judge_secret({what, secret_in_words(server, settings_.folder), error.what()}));
        return std::nullopt;
    }
}

asio::awaitable<void> ServerExamination::examine(const MailboxSettings& mailbox) {
    const std::string what = what_of(mailbox);
    const std::optional<ConnectionSettings> connection = connection_of(mailbox.server, what);
    if (!connection) co_return;
    VisitedServer server{what, MailProtocol::imap, mailbox.server, {}, settings_.folder};
    const rules::ServerTrial trial = co_await visit_server(loop_, std::move(server), *connection);
    const rules::Findings findings = rules::judge_server(trial);
    tell(findings);
    if (is_failing(findings)) co_return;
    auto visit = std::make_unique<MailboxVisit>(loop_, *connection, wishes_of(mailbox));
    std::optional<ConnectionError> failed;
    try {
        const rules::MailboxTrial seen = co_await visit->look(what);
        tell(rules::judge_mailbox(seen));
        if (seen.is_selected) {
            co_await visit->mark_ends();
            OpenMailbox opened;
            opened.settings = &mailbox;
            opened.visit = std::move(visit);
            open_.push_back(std::move(opened));
        }
    } catch (const ConnectionError& error) {
        failed = error;
    }
    if (failed) told_(rules::judge_broken_mailbox(what, words_of(*failed)));
}

asio::awaitable<void> ServerExamination::examine_relay() {
    const SmtpSettings& smtp = settings_.smtp;
    const std::string what = "smtp";
    const std::optional<ConnectionSettings> connection = connection_of(smtp.server, what);
    if (!connection) co_return;
    VisitedServer server{what, MailProtocol::smtp, smtp.server, smtp.helo_name, settings_.folder};
    const rules::ServerTrial trial = co_await visit_server(loop_, std::move(server), *connection);
    const rules::Findings findings = rules::judge_server(trial);
    tell(findings);
    if (is_failing(findings)) co_return;
    rules::RelayTrial asked;
    asked.what = what;
    asked.user = trial.user;
    asked.has_envelope_sender = !smtp.envelope_sender.empty();
    RelayQuestion question{*connection, smtp.helo_name, senders()};
    asked.envelopes = co_await ask_relay(loop_, std::move(question));
    tell(rules::judge_relay(asked));
    relay_ = connection;
}

std::vector<std::string> ServerExamination::senders() const {
    std::vector<std::string> addresses;
    for (const MailboxSettings& mailbox : settings_.mailboxes) {
        const bool is_one_too_many = addresses.size() >= most_senders;
        if (is_wanted(mailbox) && !is_one_too_many) addresses.push_back(mailbox.address);
    }
    return addresses;
}

// ---- mails to itself ----

asio::awaitable<void> ServerExamination::send_self_mails() {
    for (OpenMailbox& mailbox : open_) co_await send_self_mail(mailbox);
}

asio::awaitable<void> ServerExamination::send_self_mail(OpenMailbox& mailbox) {
    rules::RoundTrip& trip = mailbox.trip;
    trip.what = what_of(*mailbox.settings);
    trip.address = mailbox.settings->address;
    trip.patience = options_.patience;
    trip.policy = mailbox.settings->proof;
    trip.sent_at = SystemClock{}.now();
    if (signing_key_.empty()) {
        mailbox.is_over = true;
        told_(rules::judge_unsent(trip.what));
        co_return;
    }
    mailbox.mail = self_mail(*mailbox.settings, trip.policy, signing_key_, trip.sent_at);
    trip.mark = mailbox.mail.mark;
    OutgoingMail mail = mailbox.mail.mail;
    const Delivery delivery =
        co_await hand_over(loop_, *relay_, settings_.smtp.helo_name, std::move(mail));
    trip.is_sent = delivery.verdict == Verdict::accepted;
    trip.words = delivery.reply;
    if (trip.is_sent) co_return;
    mailbox.is_over = true;
    tell(rules::judge_round_trip(trip));
}

asio::awaitable<void> ServerExamination::await_self_mails() {
    const auto end = std::chrono::steady_clock::now() + options_.patience;
    asio::steady_timer timer{loop_.executor()};
    for (;;) {
        bool is_any_left = false;
        for (OpenMailbox& mailbox : open_) {
            if (!mailbox.is_over) co_await look_for(mailbox);
            is_any_left = is_any_left || !mailbox.is_over;
        }
        if (!is_any_left || std::chrono::steady_clock::now() >= end) break;
        timer.expires_after(pause);
        co_await timer.async_wait(asio::use_awaitable);
    }
    for (OpenMailbox& mailbox : open_) {
        if (!mailbox.is_over) tell(rules::judge_round_trip(mailbox.trip));
    }
}

asio::awaitable<void> ServerExamination::look_for(OpenMailbox& mailbox) {
    std::optional<ConnectionError> failed;
    try {
        std::optional<FoundMail> found = co_await mailbox.visit->find(mailbox.trip.mark);
        if (!found) co_return;
        rules::RoundTrip& trip = mailbox.trip;
        read_found(found->bytes, trip.mark, trip);
        if (trip.report.empty()) {
            trip.seen_at = SystemClock{}.now();
            trip.found_in = found->folder;
            trip.is_junk = found->is_junk;
            clocks_.push_back({"the mail server of " + trip.what, trip.sent_at,
                               found->internal_date, *trip.seen_at});
        }
        tell(rules::judge_round_trip(trip));
        mailbox.is_over = true;
        co_await mailbox.visit->remove(std::move(*found));
    } catch (const ConnectionError& error) {
        failed = error;
    }
    if (!failed || mailbox.is_over) co_return;
    mailbox.is_over = true;
    told_(rules::judge_broken_mailbox(mailbox.trip.what, words_of(*failed)));
}

}  // namespace bellhop::daemon
