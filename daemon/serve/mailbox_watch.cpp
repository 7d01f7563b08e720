#include "daemon/serve/mailbox_watch.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "daemon/process/crash_point.hpp"
#include "daemon/process/log.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr std::size_t listed_at_once = 1000;  // mails; about 100 KB of answers
constexpr std::size_t batch_mails = 64;       // one fsync for so many; about 40 ms of work
constexpr std::size_t batch_bytes =
    2 * 1024 * 1024;                    // keeps the loop's stall short, and memory small
constexpr auto batch_patience = 200ms;  // a slow server must not hold back what has arrived
constexpr std::size_t header_bytes = 256 * 1024;  // of a mail that is too large to be taken whole

/// Remembers the mailbox while a session runs, and forgets it however that ends.
class InUse {
public:
    InUse(Mailbox*& place, Mailbox& mailbox) : place_(place) { place_ = &mailbox; }
    ~InUse() { place_ = nullptr; }
    InUse(const InUse&) = delete;
    InUse& operator=(const InUse&) = delete;

private:
    Mailbox*& place_;
};

std::uint32_t number(MailUid uid) {
    return static_cast<std::uint32_t>(uid);
}

}  // namespace

std::chrono::sys_seconds arrival(std::chrono::sys_seconds internal_date,
                                 std::chrono::sys_seconds last_poll,
                                 std::chrono::sys_seconds now) {
    const bool believable = internal_date <= now && internal_date >= last_poll - 1h;
    return believable ? internal_date : now;
}

MailboxWatch::MailboxWatch(storage::Store& store,
                           Intake& intake,
                           const Clock& clock,
                           std::function<const Desk&()> desk,
                           std::function<void()> committed)
    : store_(store),
      intake_(intake),
      clock_(clock),
      desk_(std::move(desk)),
      committed_(std::move(committed)) {}

asio::awaitable<void> MailboxWatch::run(Mailbox& mailbox, MailboxSettings settings) {
    settings_ = std::move(settings);
    stopping_ = false;
    const InUse in_use{mailbox_, mailbox};
    co_await begin(mailbox);
    while (!stopping_) {
        co_await finish_marks(mailbox);
        co_await drain(mailbox);
        if (stopping_) break;
        const Wake wake = co_await mailbox.wait_for_mail(settings_.poll_interval);
        // Polling is the truth: a quiet IDLE may be a dead one, and only SELECT tells of a new
        // UIDVALIDITY.
        if (wake == Wake::timeout && !stopping_) co_await begin(mailbox);
    }
    co_await mailbox.close();
}

void MailboxWatch::stop() {
    stopping_ = true;
    if (mailbox_ != nullptr) mailbox_->wake();
}

/// Selects the mailbox and finds out where to go on in it.
asio::awaitable<void> MailboxWatch::begin(Mailbox& mailbox) {
    const MailboxState state = co_await mailbox.select();
    const std::optional<storage::MailboxCursor> stored = store_.ledger.cursor(settings_.name);
    if (stored && stored->uidvalidity == state.uidvalidity) {
        cursor_ = *stored;
        co_return;
    }
    cursor_ = {};
    cursor_.mailbox = settings_.name;
    cursor_.uidvalidity = state.uidvalidity;
    cursor_.polled_at = clock_.now();
    if (stored) {
        // RFC 9051 section 2.3.1.1: all UIDs have become void. Known mails are recognised by their
        // content.
        cursor_.first_start_at = stored->first_start_at;
        cursor_.renumbered_below = number(state.uidnext);
        log_event(LogLevel::warn, "uidvalidity_changed",
                  {{"mailbox", settings_.name},
                   {"from", std::to_string(stored->uidvalidity)},
                   {"to", std::to_string(state.uidvalidity)}});
    } else if (settings_.first_start == FirstStart::only_new) {
        cursor_.next_uid = number(state.uidnext);
        cursor_.first_start_at = clock_.now();
        log_event(LogLevel::info, "first_start",
                  {{"mailbox", settings_.name},
                   {"left_as_they_are", std::to_string(state.exists)},
                   {"taken_from_uid", std::to_string(cursor_.next_uid)}});
    } else {
        log_event(LogLevel::info, "first_start",
                  {{"mailbox", settings_.name}, {"taken", std::to_string(state.exists)}});
    }
    save_cursor();
}

/// Takes every mail that is there.
asio::awaitable<void> MailboxWatch::drain(Mailbox& mailbox) {
    for (;;) {
        const std::vector<MailSummary> listed =
            co_await mailbox.list(MailUid{cursor_.next_uid}, listed_at_once);
        const std::vector<MailSummary> news = without_outcome(listed);
        if (!news.empty()) check_free_space();
        std::vector<MailSummary> whole;
        std::vector<MailSummary> oversize;
        const std::size_t limit = desk_().settings.limits.message_bytes;
        std::partition_copy(news.begin(), news.end(), std::back_inserter(oversize),
                            std::back_inserter(whole),
                            [limit](const MailSummary& mail) { return mail.size > limit; });
        co_await take_whole(mailbox, std::move(whole));
        for (const MailSummary& mail : oversize) {
            if (!stopping_) co_await take_header(mailbox, mail);
        }
        // One command for the whole page: servers take hardly longer to move a thousand mails than
        // ten.
        co_await finish_marks(mailbox);
        if (stopping_) co_return;
        if (!listed.empty()) cursor_.next_uid = number(listed.back().uid) + 1;
        const bool complete = listed.size() < listed_at_once;
        if (complete) cursor_.polled_at = clock_.now();
        if (!listed.empty() || complete) save_cursor();
        if (complete) co_return;
    }
}

std::vector<MailSummary> MailboxWatch::without_outcome(
    const std::vector<MailSummary>& mails) const {
    if (mails.empty()) return {};
    const std::vector<std::uint32_t> known = store_.ledger.known_uids(
        settings_.name, cursor_.uidvalidity, number(mails.front().uid), number(mails.back().uid));
    std::vector<MailSummary> news;
    for (const MailSummary& mail : mails) {
        // After a renumbering: what lay here before the first start stays untouched.
        const bool old = number(mail.uid) < cursor_.renumbered_below && cursor_.first_start_at &&
                         mail.internal_date < *cursor_.first_start_at;
        if (!old && !std::binary_search(known.begin(), known.end(), number(mail.uid)))
            news.push_back(mail);
    }
    return news;
}

asio::awaitable<void> MailboxWatch::take_whole(Mailbox& mailbox, std::vector<MailSummary> mails) {
    std::size_t left = mails.size();
    if (left == 0) co_return;
    mailbox.start_fetch(std::move(mails));
    std::vector<IncomingMail> batch;
    std::vector<MailSummary> too_large;
    std::size_t bytes = 0;
    auto begun = clock_.steady();
    for (; left > 0; --left) {
        std::optional<FetchedMail> fetched = co_await mailbox.next_fetched();
        if (!fetched) break;
        if (batch.empty()) begun = clock_.steady();
        if (fetched->outcome == FetchedMail::Outcome::whole) {
            bytes += fetched->bytes.size();
            batch.push_back(
                incoming(fetched->uid, std::move(fetched->bytes), fetched->internal_date));
        } else if (fetched->outcome == FetchedMail::Outcome::oversize) {
            too_large.push_back(
                {fetched->uid, desk_().settings.limits.message_bytes + 1, fetched->internal_date});
        } else if (fetched->outcome == FetchedMail::Outcome::refused) {
            take_refusal(*fetched);
        } else {
            log_event(LogLevel::info, "mail_gone",
                      {{"mailbox", settings_.name}, {"uid", std::to_string(number(fetched->uid))}});
        }
        const bool full = batch.size() >= batch_mails || bytes >= batch_bytes ||
                          clock_.steady() - begun >= batch_patience;
        if (batch.empty() || (!full && left > 1)) continue;
        crash_point("after_fetch");
        commit(batch);
        batch.clear();
        bytes = 0;
        if (stopping_) break;
    }
    if (!batch.empty()) commit(batch);
    for (const MailSummary& mail : too_large) {
        if (!stopping_) co_await take_header(mailbox, mail);
    }
}

/// A mail that the server cannot hand over must not vanish behind the cursor: somebody has to look.
void MailboxWatch::take_refusal(const FetchedMail& mail) {
    IncomingMail incoming_mail = incoming(mail.uid, {}, mail.internal_date);
    intake_.quarantine_unread(incoming_mail, "the server does not hand it over: " + mail.bytes);
}

/// A mail above the limit becomes a ticket by its header alone.
asio::awaitable<void> MailboxWatch::take_header(Mailbox& mailbox, MailSummary summary) {
    std::optional<std::string> header = co_await mailbox.fetch_header(summary.uid, header_bytes);
    if (!header) co_return;
    std::vector<IncomingMail> batch;
    batch.push_back(incoming(summary.uid, std::move(*header), summary.internal_date));
    batch.back().extent = rules::Extent::header_only;
    batch.back().size = summary.size;
    commit(batch);
}

void MailboxWatch::commit(const std::vector<IncomingMail>& batch) {
    std::span<const IncomingMail> rest{batch};
    while (!rest.empty()) {
        rest = rest.subspan(intake_.take(rest, desk_()).size());
        committed_();
    }
}

/// Moves or flags what has an outcome. A refusal loses nothing: the ledger knows that the mail was
/// taken.
asio::awaitable<void> MailboxWatch::mark(Mailbox& mailbox, std::vector<storage::MailKey> keys) {
    std::vector<MailUid> uids;
    for (const storage::MailKey& key : keys) uids.push_back(MailUid{key.uid});
    MarkReport report;
    if (settings_.after_commit == AfterCommit::move) {
        report = co_await mailbox.move(std::move(uids), settings_.processed_folder);
    } else {
        report = co_await mailbox.flag(std::move(uids));
    }
    crash_point("after_move");
    if (report.outcome == MarkReport::Outcome::refused) {
        log_event(LogLevel::warn, "mark_refused",
                  {{"mailbox", settings_.name}, {"reply", report.reply}});
        co_return;
    }
    storage::Transaction transaction{store_.database, storage::Durability::process_death};
    store_.ledger.mark_processed(keys);
    transaction.commit();
}

/// What has an outcome and no mark yet, from now or from an earlier session.
asio::awaitable<void> MailboxWatch::finish_marks(Mailbox& mailbox) {
    std::vector<storage::MailKey> keys =
        store_.ledger.unprocessed(settings_.name, cursor_.uidvalidity, listed_at_once);
    if (!keys.empty()) co_await mark(mailbox, std::move(keys));
}

IncomingMail MailboxWatch::incoming(MailUid uid,
                                    std::string bytes,
                                    std::chrono::sys_seconds internal_date) const {
    IncomingMail mail;
    mail.key = key_of(uid);
    mail.mailbox = settings_.name;
    mail.size = bytes.size();
    mail.bytes = std::move(bytes);
    mail.arrived = arrival(internal_date, cursor_.polled_at, clock_.now());
    mail.internal_date = internal_date;
    return mail;
}

storage::MailKey MailboxWatch::key_of(MailUid uid) const {
    return {settings_.name, cursor_.uidvalidity, number(uid)};
}

/// Only saves work at the next start: the ledger is what keeps a mail from being taken twice.
void MailboxWatch::save_cursor() {
    storage::Transaction transaction{store_.database, storage::Durability::process_death};
    store_.ledger.set_cursor(cursor_);
    transaction.commit();
}

void MailboxWatch::check_free_space() const {
    const Settings& settings = desk_().settings;
    const auto free = std::filesystem::space(settings.database.parent_path()).available;
    if (free >= settings.limits.free_disk_bytes) return;
    throw std::system_error(
        std::make_error_code(std::errc::no_space_on_device),
        "only " + std::to_string(free / 1'000'000) + " MB free beside the database");
}

}  // namespace bellhop::daemon
