#include "daemon/serve/mail_taker.hpp"

#include <algorithm>
#include <utility>

#include "daemon/desk/watched_folder.hpp"
#include "daemon/net/connection_error.hpp"
#include "daemon/process/crash_point.hpp"
#include "daemon/process/log.hpp"
#include "parsers/protocol/stand_in.hpp"
#include "parsers/text/digest.hpp"
#include "rules/mail/withheld_mail.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Outcome = FetchedMail::Outcome;

constexpr std::size_t batch_mails = 64;  // one fsync for so many; about 40 ms of work
constexpr std::size_t batch_bytes =
    2 * 1024 * 1024;                    // keeps the loop's stall short, and memory small
constexpr auto batch_patience = 200ms;  // a slow server must not hold back what has arrived
constexpr std::size_t header_bytes = 256 * 1024;  // of a mail that is too large to be taken whole

std::uint32_t number(MailUid uid) {
    return static_cast<std::uint32_t>(uid);
}

std::string text_of(std::uint32_t uid) {
    return std::to_string(uid);
}

/// The header block of a mail of which only the beginning is there.
std::string header_of(std::string bytes) {
    const std::size_t crlf = bytes.find("\r\n\r\n");
    const std::size_t lf = bytes.find("\n\n");
    if (crlf < lf) {
        bytes.resize(crlf + 4);
    } else if (lf != std::string::npos) {
        bytes.resize(lf + 2);
    }
    return bytes;
}

}  // namespace

std::chrono::sys_seconds arrival(std::chrono::sys_seconds internal_date,
                                 std::chrono::sys_seconds last_poll,
                                 std::chrono::sys_seconds now) {
    const bool believable = internal_date <= now && internal_date >= last_poll - 1h;
    return believable ? internal_date : now;
}

MailTaker::Withheld MailTaker::withheld() const {
    Withheld mails;
    for (storage::WithheldRow& row :
         session_.store.withheld.of_mailbox(session_.settings.name, session_.cursor.uidvalidity)) {
        mails.emplace(row.key.uid, std::move(row.mail));
    }
    return mails;
}

void MailTaker::forget_session() {
    taken_.clear();
    refused_in_a_row_ = 0;
}

bool MailTaker::needs_new_session() const {
    const std::chrono::sys_seconds now = session_.clock.now();
    const Withheld mails = withheld();
    return std::any_of(mails.begin(), mails.end(), [&](const auto& one) {
        return one.second.ask_at <= now &&
               rules::needs_new_session(one.second, session_.begun, now);
    });
}

std::chrono::milliseconds MailTaker::patience(std::chrono::seconds most) const {
    const std::chrono::sys_seconds now = session_.clock.now();
    std::chrono::seconds wait = most;
    for (const auto& [uid, mail] : withheld()) wait = std::min(wait, mail.ask_at - now);
    return std::max<std::chrono::seconds>(wait, 1s);
}

asio::awaitable<std::vector<MailSummary>> MailTaker::due_again() {
    std::vector<MailUid> due;
    const std::chrono::sys_seconds now = session_.clock.now();
    for (const auto& [uid, mail] : withheld()) {
        if (mail.ask_at <= now && uid < session_.cursor.next_uid) due.push_back(MailUid{uid});
    }
    std::vector<MailSummary> there;
    if (due.empty()) co_return there;
    there = co_await session_.mailbox->look(due);
    forget_gone(due, there);
    co_return there;
}

/// The server no longer shows them: a colleague was faster.
void MailTaker::forget_gone(const std::vector<MailUid>& asked,
                            const std::vector<MailSummary>& there) {
    for (const MailUid uid : asked) {
        const bool is_there = std::any_of(
            there.begin(), there.end(), [uid](const MailSummary& mail) { return mail.uid == uid; });
        if (is_there) continue;
        log_event(LogLevel::info, "mail_gone",
                  {{"mailbox", session_.settings.name}, {"uid", text_of(number(uid))}});
        session_.store.withheld.forget(session_.key_of(uid));
    }
}

asio::awaitable<void> MailTaker::take(std::vector<MailSummary> mails) {
    const Withheld known = withheld();
    const std::chrono::sys_seconds now = session_.clock.now();
    const std::size_t limit = session_.desk().settings.limits.message_bytes;
    std::vector<MailSummary> together;
    std::vector<MailSummary> alone;
    listed_.clear();
    oversize_.clear();
    for (const MailSummary& mail : mails) {
        const auto before = known.find(number(mail.uid));
        if (before != known.end() && before->second.ask_at > now) continue;
        if (is_put_off(mail.uid)) continue;
        listed_.emplace(number(mail.uid), mail);
        if (mail.size > limit) {
            oversize_.push_back(mail);
        } else if (before != known.end() && rules::is_asked_for_alone(before->second)) {
            alone.push_back(mail);
        } else {
            together.push_back(mail);
        }
    }
    // Those over which a connection may break come last.
    co_await take_together(std::move(together), {});
    co_await take_beginnings();
    if (!session_.stopping) co_await take_together({}, std::move(alone));
    co_await take_beginnings();
}

/// A mail over which processes have died, in a process that has only begun: others go first.
bool MailTaker::is_put_off(MailUid uid) {
    const storage::MailKey key = session_.key_of(uid);
    const std::chrono::seconds pause = session_.intake.pause_before(key, session_.desk());
    if (pause == 0s) return false;
    const std::chrono::sys_seconds now = session_.clock.now();
    rules::WithheldMail mail = session_.store.withheld.find(key).value_or(rules::WithheldMail{});
    if (mail.since == std::chrono::sys_seconds{}) mail.since = now;
    mail.ask_at = now + pause;
    mail.words = "processes have died over it";
    session_.store.withheld.set(key, mail);
    log_event(LogLevel::warn, "mail_put_off",
              {{"mailbox", session_.settings.name},
               {"uid", std::to_string(number(uid))},
               {"reason", mail.words},
               {"delay", std::to_string(pause.count()) + "s"}});
    return true;
}

asio::awaitable<void> MailTaker::take_beginnings() {
    const std::vector<MailSummary> mails = std::exchange(oversize_, {});
    for (const MailSummary& mail : mails) {
        if (!session_.stopping) co_await take_beginning(mail);
    }
}

asio::awaitable<void> MailTaker::take_together(std::vector<MailSummary> mails,
                                               std::vector<MailSummary> alone) {
    again_.clear();
    co_await fetch(std::move(mails), std::move(alone));
    if (!again_.empty() && !session_.stopping) co_await look_again();
}

/// What did not come among others is gone, or is asked for alone.
asio::awaitable<void> MailTaker::look_again() {
    std::vector<MailUid> uids;
    for (const MailSummary& mail : again_) uids.push_back(mail.uid);
    std::vector<MailSummary> there = co_await session_.mailbox->look(uids);
    forget_gone(uids, there);
    again_.clear();
    co_await fetch({}, std::move(there));
}

asio::awaitable<void> MailTaker::fetch(std::vector<MailSummary> mails,
                                       std::vector<MailSummary> alone) {
    if (mails.empty() && alone.empty()) co_return;
    session_.mailbox->start_fetch(std::move(mails), std::move(alone));
    std::exception_ptr failure;
    try {
        co_await fetch_all();
    } catch (const std::exception& error) {
        failure = std::current_exception();
        keep_what_came(error);
    }
    if (failure) std::rethrow_exception(failure);
}

asio::awaitable<void> MailTaker::fetch_all() {
    for (;;) {
        std::optional<FetchedMail> mail = co_await session_.mailbox->next_fetched();
        if (!mail) break;
        co_await take_fetched(std::move(*mail));
        const bool full =
            batch_.size() >= batch_mails || batch_bytes_ >= batch_bytes ||
            (!batch_.empty() && session_.clock.steady() - batch_begun_ >= batch_patience);
        if (full) commit();
        if (session_.stopping) break;
    }
    if (session_.stopping) session_.mailbox->interrupted();
    commit();
}

asio::awaitable<void> MailTaker::take_fetched(FetchedMail mail) {
    switch (mail.outcome) {
        case Outcome::whole:
        case Outcome::doubtful:
            take_text(std::move(mail));
            break;
        case Outcome::oversize: {
            MailSummary summary = listed_[number(mail.uid)];
            summary.size = session_.desk().settings.limits.message_bytes + 1;
            oversize_.push_back(summary);
            break;
        }
        case Outcome::not_sent:
        case Outcome::refused:
            if (mail.alone) {
                co_await miss(std::move(mail));
            } else {
                again_.push_back(listed_[number(mail.uid)]);
            }
            break;
    }
}

/// A text that may not be the mail is asked for once more, alone, and again later.
void MailTaker::take_text(FetchedMail mail) {
    const auto before = session_.store.withheld.find(session_.key_of(mail.uid));
    const rules::WithheldMail known = before.value_or(rules::WithheldMail{});
    rules::SetbackEvent event{rules::Setback::doubtful, mail.alone,         session_.begun,
                              session_.clock.now(),     mail.refusal.words, {}};
    bool believed = mail.outcome == Outcome::whole;
    switch (parsers::stand_in(mail.bytes)) {
        case parsers::StandIn::none:
            if (believed) break;
            event.digest = parsers::hex(parsers::sha256(mail.bytes));
            believed = rules::is_all_there_is(known, event);
            break;
        case parsers::StandIn::apology:
            mail.refusal.words = "the server sends a text of its own in its place";
            event.alone = true;  // which mail it is about is beyond doubt
            believed = rules::is_apology_final(rules::after_setback(known, event));
            break;
        case parsers::StandIn::scan_in_progress:
            mail.refusal.words = "an attachment is still being scanned";
            event.alone = true;
            believed = rules::is_scan_overdue(known, event.at);
            break;
    }
    if (believed) {
        refused_in_a_row_ = 0;
        if (!mail.refusal.words.empty()) {
            log_event(LogLevel::warn, "mail_taken_as_it_is",
                      {{"mailbox", session_.settings.name},
                       {"uid", text_of(number(mail.uid))},
                       {"reason", mail.refusal.words}});
        }
        add(std::move(mail));
    } else if (event.alone || mail.alone) {
        mail.alone = true;
        set_back(mail, rules::Setback::doubtful, event.digest);
    } else {
        again_.push_back(listed_[number(mail.uid)]);
    }
}

void MailTaker::add(FetchedMail mail) {
    if (batch_.empty()) batch_begun_ = session_.clock.steady();
    batch_bytes_ += mail.bytes.size();
    batch_.push_back(incoming(mail.uid, std::move(mail.bytes)));
}

asio::awaitable<bool> MailTaker::is_gone(MailUid uid) {
    std::vector<MailUid> one{uid};
    const std::vector<MailSummary> there = co_await session_.mailbox->look(std::move(one));
    co_return there.empty();
}

/// Asked for alone, in vain.
asio::awaitable<void> MailTaker::miss(FetchedMail mail) {
    const bool gone = co_await is_gone(mail.uid);
    if (gone) {
        forget_gone({mail.uid}, {});
        co_return;
    }
    // A mail that is known to be damaged says nothing of how the server does now.
    if (!session_.store.withheld.find(session_.key_of(mail.uid))) ++refused_in_a_row_;
    const bool refused = mail.outcome == Outcome::refused;
    set_back(mail, refused ? rules::Setback::refused : rules::Setback::not_sent, {});
    if (!rules::is_server_unwell(refused_in_a_row_)) co_return;
    commit();
    throw ConnectionError(ConnectionErrc::refused, "nothing is handed over: " + mail.refusal.words,
                          mail.refusal.wait);
}

void MailTaker::set_back(const FetchedMail& mail, rules::Setback kind, std::string digest) {
    const storage::MailKey key = session_.key_of(mail.uid);
    rules::WithheldMail row = session_.store.withheld.find(key).value_or(rules::WithheldMail{});
    row = rules::after_setback(row, {kind, mail.alone, session_.begun, session_.clock.now(),
                                     mail.refusal.words, std::move(digest)});
    const std::chrono::seconds wait = row.ask_at - session_.clock.now();
    log_event(LogLevel::warn, "mail_withheld",
              {{"mailbox", session_.settings.name},
               {"uid", text_of(key.uid)},
               {"reply", row.words},
               {"times", std::to_string(row.setbacks)},
               {"asked_again_in", std::to_string(wait.count()) + "s"}});
    storage::Transaction transaction{session_.store.database};
    session_.store.withheld.set(key, row);
    transaction.commit();
    if (rules::is_to_be_given_up(row)) give_up(mail.uid, row);
}

/// It gets an outcome, so that people are told, and stays where it is: we hold no bytes of it.
void MailTaker::give_up(MailUid uid, rules::WithheldMail& mail) {
    const storage::MailKey key = session_.key_of(uid);
    log_event(
        LogLevel::error, "mail_given_up",
        {{"mailbox", session_.settings.name}, {"uid", text_of(key.uid)}, {"reply", mail.words}});
    session_.intake.quarantine_unread(incoming(uid, {}),
                                      "the server does not hand it over: " + mail.words);
    mail.given_up = true;
    mail.ask_at = session_.clock.now() + 24h;
    session_.store.withheld.set(key, mail);
    session_.committed();
}

/// The connection is gone. What came whole is kept, and over which mail it broke.
void MailTaker::keep_what_came(const std::exception& error) {
    Interrupted left = session_.mailbox->interrupted();
    for (FetchedMail& mail : left.arrived) {
        if (parsers::stand_in(mail.bytes) == parsers::StandIn::none) add(std::move(mail));
    }
    commit();
    const auto* connection = dynamic_cast<const ConnectionError*>(&error);
    if (connection == nullptr || !left.in_hand || session_.stopping) return;
    FetchedMail lost{.uid = left.in_hand->uid, .alone = left.alone};
    lost.refusal.words = connection->code().message() + ": " + connection->detail();
    const bool unwell = connection->kind() == ConnectionErrc::refused || connection->retry_after();
    set_back(lost, unwell ? rules::Setback::server_unwell : rules::Setback::lost, {});
}

/// A mail above the limit becomes a ticket by its header alone; one that was only announced as so
/// large is taken whole.
asio::awaitable<void> MailTaker::take_beginning(MailSummary summary) {
    FetchedMail mail = co_await session_.mailbox->fetch_beginning(summary, header_bytes);
    const bool has_text = mail.outcome == Outcome::whole || mail.outcome == Outcome::oversize;
    const bool fits = mail.bytes.size() <= session_.desk().settings.limits.message_bytes;
    if (mail.outcome == Outcome::whole && fits) {
        take_text(std::move(mail));
    } else if (has_text) {
        IncomingMail header = incoming(mail.uid, header_of(std::move(mail.bytes)));
        header.extent = rules::Extent::header_only;
        header.size = summary.size;
        batch_.push_back(std::move(header));
    } else {
        mail.alone = true;
        co_await miss(std::move(mail));
    }
    commit();
}

void MailTaker::commit() {
    if (batch_.empty()) return;
    const std::vector<IncomingMail> batch = std::exchange(batch_, {});
    batch_bytes_ = 0;
    crash_point("after_fetch");
    std::span<const IncomingMail> rest{batch};
    while (!rest.empty()) {
        rest = rest.subspan(session_.intake.take(rest, session_.desk()).size());
        session_.committed();
    }
    for (const IncomingMail& mail : batch) taken_.insert(mail.key.uid);
    last_mail_at_ = session_.clock.now();
    session_.store.withheld.note_others(session_.settings.name, session_.cursor.uidvalidity);
}

IncomingMail MailTaker::incoming(MailUid uid, std::string bytes) const {
    IncomingMail mail;
    mail.key = session_.key_of(uid);
    mail.mailbox = mailbox_behind(session_.settings.name);
    mail.size = bytes.size();
    mail.bytes = std::move(bytes);
    const auto listed = listed_.find(number(uid));
    const MailSummary summary = listed == listed_.end() ? MailSummary{} : listed->second;
    if (listed != listed_.end()) {
        mail.internal_date = summary.internal_date;
        mail.listed_size = static_cast<std::int64_t>(summary.size);
    }
    mail.arrived = arrival(summary.internal_date, session_.cursor.polled_at, session_.clock.now());
    return mail;
}

}  // namespace bellhop::daemon
