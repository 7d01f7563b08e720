#include "daemon/serve/mailbox_watch.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>

#include "daemon/process/log.hpp"
#include "daemon/work/work_done.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr std::size_t listed_at_once = 1000;   // mails; about 100 KB of answers
constexpr std::uint32_t looked_back = 200;     // UIDs, at the begin of a session
constexpr auto cursor_interval = 10min;        // between two writes where nothing has come
constexpr auto reconciliation_interval = 24h;  // of the whole mailbox
constexpr std::size_t most_named = 20;         // UIDs in a line of the log
constexpr auto held_back_poll = 5s;            // while mails wait for another folder

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

std::string uids_of(const std::vector<MailSummary>& mails) {
    std::string text;
    for (std::size_t i = 0; i < mails.size() && i < most_named; ++i) {
        text += (i == 0 ? "" : ",") + std::to_string(number(mails[i].uid));
    }
    return mails.size() > most_named ? text + ",..." : text;
}

std::string fact_of(const std::string& mailbox) {
    return "reconciled/" + mailbox;
}

}  // namespace

MailboxWatch::MailboxWatch(storage::Store& store,
                           Intake& intake,
                           const Clock& clock,
                           std::function<const Desk&()> desk,
                           std::function<void()> committed,
                           std::function<std::chrono::sys_seconds()> taken_until)
    : session_{store, intake, clock, std::move(desk), std::move(committed)},
      taken_until_(std::move(taken_until)) {}

asio::awaitable<void> MailboxWatch::run(Mailbox& mailbox, MailboxSettings settings) {
    session_.settings = std::move(settings);
    session_.stopping = false;
    const InUse in_use{session_.mailbox, mailbox};
    co_await begin_session();
    while (!session_.stopping) {
        co_await take_and_mark();
        if (session_.stopping) break;
        const std::chrono::seconds poll = session_.settings.poll_interval;
        const Wake wake = co_await mailbox.wait_for_mail(taker_.patience(
            held_back_ ? std::min<std::chrono::seconds>(poll, held_back_poll) : poll));
        co_await renew_login();
        // Polling is the truth: a quiet IDLE may be a dead one, and only SELECT tells of a new
        // UIDVALIDITY.
        if (wake != Wake::timeout || session_.stopping) continue;
        if (taker_.needs_new_session()) {
            co_await mailbox.close();
            co_await begin_session();
        } else {
            co_await begin();
        }
    }
    co_await mailbox.close();
}

void MailboxWatch::stop() {
    session_.stopping = true;
    if (session_.mailbox != nullptr) session_.mailbox->wake();
}

void MailboxWatch::look_at_login() {
    if (session_.mailbox != nullptr && session_.mailbox->is_outdated()) session_.mailbox->wake();
}

/// Between two commands, before the server ends the session together with the token.
asio::awaitable<void> MailboxWatch::renew_login() {
    if (session_.stopping || !session_.mailbox->is_outdated()) co_return;
    log_event(LogLevel::debug, "login_renewed", {{"mailbox", session_.settings.name}});
    co_await session_.mailbox->close();
    co_await begin_session();
}

MailboxHealth MailboxWatch::health() const {
    MailboxHealth health;
    if (session_.mailbox != nullptr) health.watched_since = session_.begun;
    health.polled_at = session_.cursor.polled_at;
    health.last_mail_at = taker_.last_mail_at();
    health.reconciled_at = reconciled_at_;
    health.found_without_outcome = found_without_outcome_;
    marker_.describe(health);
    return health;
}

// ---- Where to go on

asio::awaitable<void> MailboxWatch::begin_session() {
    session_.begun = session_.clock.now();
    taker_.forget_session();
    co_await begin();
    co_await look_back();
}

/// Selects the mailbox and finds out where to go on in it.
asio::awaitable<void> MailboxWatch::begin() {
    const MailboxState state = co_await session_.mailbox->select();
    storage::MailboxCursor& cursor = session_.cursor;
    const bool in_memory = cursor.mailbox == session_.settings.name;
    const auto stored = session_.store.ledger.cursor(session_.settings.name);
    if (!stored) {
        start_for_the_first_time(state);
        co_return;
    }
    saved_ = *stored;
    if (!in_memory || cursor.uidvalidity != stored->uidvalidity) cursor = *stored;
    if (storage::server_uidvalidity(cursor.uidvalidity) != state.uidvalidity) {
        // RFC 9051 section 2.3.1.1: all UIDs have become void.
        log_event(LogLevel::warn, "uidvalidity_changed",
                  {{"mailbox", session_.settings.name},
                   {"from", storage::uidvalidity_text(cursor.uidvalidity)},
                   {"to", std::to_string(state.uidvalidity)}});
        start_anew(state.uidvalidity, state.uidnext);
    } else if (state.tells_uidnext && number(state.uidnext) < cursor.next_uid) {
        distrust_uids("the next UID is lower than it was", state.uidnext);
    }
}

void MailboxWatch::start_for_the_first_time(const MailboxState& state) {
    storage::MailboxCursor& cursor = session_.cursor;
    cursor = {};
    cursor.mailbox = session_.settings.name;
    cursor.uidvalidity = state.uidvalidity;
    cursor.polled_at = session_.clock.now();
    cursor.first_uid = 1;
    if (session_.settings.first_start == FirstStart::only_new) {
        cursor.next_uid = number(state.uidnext);
        cursor.first_uid = cursor.next_uid;
        cursor.first_start_at = session_.clock.now();
        log_event(LogLevel::info, "first_start",
                  {{"mailbox", session_.settings.name},
                   {"left_as_they_are", std::to_string(state.exists)},
                   {"taken_from_uid", std::to_string(cursor.next_uid)}});
    } else {
        log_event(LogLevel::info, "first_start",
                  {{"mailbox", session_.settings.name}, {"taken", std::to_string(state.exists)}});
    }
    save_cursor(storage::Durability::power_loss);
}

/// All UIDs are void. Known mails are recognised by their content.
void MailboxWatch::start_anew(std::int64_t uidvalidity, MailUid uidnext) {
    storage::MailboxCursor& cursor = session_.cursor;
    const auto first_start = cursor.first_start_at;
    cursor = {};
    cursor.mailbox = session_.settings.name;
    cursor.uidvalidity = uidvalidity;
    cursor.polled_at = session_.clock.now();
    cursor.first_start_at = first_start;
    cursor.first_uid = 1;
    cursor.renumbered_below = number(uidnext);
    taker_.forget_session();
    marker_.forget();
    session_.store.withheld.forget_others(cursor.mailbox, cursor.uidvalidity);
    save_cursor(storage::Durability::power_loss);
}

/// Seen where a mail server was restored from a backup, or where a copy of it lags behind: UIDs are
/// given to other mails, under the same UIDVALIDITY.
void MailboxWatch::distrust_uids(const char* reason, MailUid uidnext) {
    log_event(LogLevel::error, "uids_given_twice",
              {{"mailbox", session_.settings.name},
               {"reason", reason},
               {"next_uid", std::to_string(number(uidnext))},
               {"was", std::to_string(session_.cursor.next_uid)}});
    start_anew(storage::next_life(session_.cursor.uidvalidity), uidnext);
}

/// The cursor only saves work at the next start.
void MailboxWatch::save_cursor(storage::Durability durability) {
    storage::Transaction transaction{session_.store.database, durability};
    session_.store.ledger.set_cursor(session_.cursor);
    transaction.commit();
    saved_ = session_.cursor;
}

void MailboxWatch::save_progress() {
    storage::MailboxCursor same = session_.cursor;
    same.polled_at = saved_.polled_at;
    const bool old = session_.cursor.polled_at - saved_.polled_at >= cursor_interval;
    if (old || same != saved_) save_cursor(storage::Durability::process_death);
}

// ---- Taking

asio::awaitable<void> MailboxWatch::take_and_mark() {
    co_await finish_marks();
    co_await drain();
    if (!session_.stopping) co_await take_withheld();
    if (!session_.stopping && is_reconciliation_due()) co_await reconcile();
}

/// Takes every mail that is there.
asio::awaitable<void> MailboxWatch::drain() {
    storage::MailboxCursor& cursor = session_.cursor;
    for (;;) {
        std::vector<MailSummary> listed =
            co_await session_.mailbox->list(MailUid{cursor.next_uid}, listed_at_once);
        const bool complete = listed.size() < listed_at_once;
        hold_back(listed);
        std::vector<MailSummary> news = without_outcome(listed);
        if (!news.empty()) check_free_space();
        look_for_another_gateway(news);
        co_await taker_.take(std::move(news));
        // One command for the whole page: servers take hardly longer to move a thousand mails than
        // ten.
        co_await finish_marks();
        if (session_.stopping) co_return;
        if (!listed.empty()) cursor.next_uid = number(listed.back().uid) + 1;
        if (complete && !held_back_) cursor.polled_at = session_.clock.now();
        save_progress();
        if (complete || held_back_) co_return;
        co_await renew_login();
    }
}

/// What was sent later than the mailbox itself was looked through waits, with all behind it: the
/// mail that it answers may not have been taken yet. No date keeps a mail waiting that was seen
/// before that look: mail programs set it, by clocks of their own.
void MailboxWatch::hold_back(std::vector<MailSummary>& listed) {
    if (!taken_until_) return;
    const std::chrono::sys_seconds until = taken_until_();
    const auto waits = [&](const MailSummary& mail) {
        const auto seen_at =
            held_back_ && held_back_->uid == mail.uid ? held_back_->seen_at : session_.clock.now();
        return std::min(mail.internal_date, seen_at) > until;
    };
    const auto first = std::find_if(listed.begin(), listed.end(), waits);
    if (first == listed.end()) {
        held_back_.reset();
    } else if (!held_back_ || held_back_->uid != first->uid) {
        held_back_ = HeldBack{first->uid, session_.clock.now()};
    }
    listed.erase(first, listed.end());
}

/// A mail that has come since the last poll and is flagged as processed was flagged by no person.
void MailboxWatch::look_for_another_gateway(const std::vector<MailSummary>& news) {
    const bool is_ours = session_.settings.after_commit == AfterCommit::flag &&
                         !session_.settings.processed_flag.starts_with('\\');
    if (!is_ours) return;
    const auto restored = session_.store.generations.restored();
    const std::chrono::sys_seconds since =
        std::max(session_.cursor.polled_at, restored ? restored->at : std::chrono::sys_seconds{});
    const auto sign = std::find_if(news.begin(), news.end(), [since](const MailSummary& mail) {
        return mail.marked && mail.internal_date > since;
    });
    if (sign == news.end()) return;
    note_other_gateway(session_.store, session_.settings.name, session_.clock.now(),
                       "the new mail " + std::to_string(number(sign->uid)) + " carries our flag " +
                           session_.settings.processed_flag);
}

/// What did not come before, and whose time has come.
asio::awaitable<void> MailboxWatch::take_withheld() {
    std::vector<MailSummary> mails = co_await taker_.due_again();
    if (mails.empty()) co_return;
    co_await taker_.take(std::move(mails));
    co_await finish_marks();
}

std::vector<MailSummary> MailboxWatch::without_outcome(
    const std::vector<MailSummary>& mails) const {
    if (mails.empty()) return {};
    const std::vector<storage::KnownMail> known =
        session_.store.ledger.known_mails(session_.settings.name, session_.cursor.uidvalidity,
                                          number(mails.front().uid), number(mails.back().uid));
    std::vector<MailSummary> news;
    for (const MailSummary& mail : mails) {
        const bool is_known = std::any_of(known.begin(), known.end(), [&mail](const auto& one) {
            return one.uid == number(mail.uid);
        });
        if (!is_known && !is_older_than_us(mail, session_.cursor)) news.push_back(mail);
    }
    return news;
}

asio::awaitable<void> MailboxWatch::finish_marks() {
    const bool as_known = co_await marker_.finish();
    if (as_known) co_return;
    const MailboxState state = co_await session_.mailbox->select();
    distrust_uids("a mail has another date or size than when it was taken", state.uidnext);
}

// ---- Looking back

/// At the begin of a session: a few UIDs, so that what another one has left is found at once.
asio::awaitable<void> MailboxWatch::look_back() {
    const std::uint32_t next = session_.cursor.next_uid;
    const std::uint32_t first = next > looked_back ? next - looked_back : 1;
    if (first == next) co_return;
    Reconciliation found =
        co_await compare_from(std::max(first, session_.cursor.first_uid.value_or(1)));
    co_await settle(std::move(found));
}

bool MailboxWatch::is_reconciliation_due() const {
    const std::string text = session_.store.facts.find(fact_of(session_.settings.name));
    std::int64_t seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    const std::chrono::sys_seconds last{std::chrono::seconds{seconds}};
    const std::chrono::sys_seconds now = session_.clock.now();
    return now - last >= reconciliation_interval || last > now;
}

/// The whole mailbox, once a day.
asio::awaitable<void> MailboxWatch::reconcile() {
    Reconciliation found = co_await compare_from(session_.cursor.first_uid.value_or(1));
    reconciled_at_ = session_.clock.now();
    found_without_outcome_ = found.without_outcome.size();
    log_event(found_without_outcome_ > 0 ? LogLevel::warn : LogLevel::info, "reconciled",
              {{"mailbox", session_.settings.name},
               {"on_server", std::to_string(found.on_server)},
               {"with_outcome", std::to_string(found.with_outcome)},
               {"withheld", std::to_string(found.withheld)},
               {"given_up", std::to_string(found.given_up.size())},
               {"without_outcome", std::to_string(found.without_outcome.size())}});
    storage::Transaction transaction{session_.store.database, storage::Durability::process_death};
    session_.store.facts.set(fact_of(session_.settings.name),
                             std::to_string(reconciled_at_.time_since_epoch().count()));
    note_work(session_.store, {"reconciliation of " + session_.settings.name, reconciled_at_,
                               std::to_string(found.on_server) + " mails on the server, " +
                                   std::to_string(found_without_outcome_) + " without outcome, " +
                                   std::to_string(found.withheld) + " withheld"});
    transaction.commit();
    co_await settle(std::move(found));
}

asio::awaitable<Reconciliation> MailboxWatch::compare_from(std::uint32_t first) {
    Reconciliation found;
    while (!session_.stopping && first < session_.cursor.next_uid) {
        std::vector<MailSummary> listed =
            co_await session_.mailbox->list(MailUid{first}, listed_at_once);
        const bool complete = listed.size() < listed_at_once;
        std::erase_if(listed, [this](const MailSummary& mail) {
            return number(mail.uid) >= session_.cursor.next_uid;
        });
        compare(session_.store, session_.cursor, listed, found);
        if (complete || listed.empty()) break;
        first = number(listed.back().uid) + 1;
    }
    co_return found;
}

/// What was found is mended: other mails under known UIDs, mails that were passed over, marks that
/// the server does not show.
asio::awaitable<void> MailboxWatch::settle(Reconciliation found) {
    if (!found.other_mails.empty()) {
        const MailboxState state = co_await session_.mailbox->select();
        distrust_uids("a mail has another date or size than when it was taken", state.uidnext);
        co_return;
    }
    // \Seen is for people to set and to take away.
    const AfterCommit mark = session_.settings.after_commit;
    const bool is_ours =
        mark == AfterCommit::move ||
        (mark == AfterCommit::flag && !session_.settings.processed_flag.starts_with('\\'));
    if (!found.unmarked.empty() && is_ours) {
        std::vector<storage::MailKey> keys;
        for (const std::uint32_t uid : found.unmarked) {
            keys.push_back(session_.key_of(MailUid{uid}));
        }
        storage::Transaction transaction{session_.store.database,
                                         storage::Durability::process_death};
        session_.store.ledger.mark_unprocessed(keys);
        transaction.commit();
    }
    if (found.without_outcome.empty()) co_return;
    log_event(LogLevel::warn, "found_without_outcome",
              {{"mailbox", session_.settings.name},
               {"mails", std::to_string(found.without_outcome.size())},
               {"uids", uids_of(found.without_outcome)}});
    co_await taker_.take(std::move(found.without_outcome));
    co_await finish_marks();
}

void MailboxWatch::check_free_space() const {
    const Settings& settings = session_.desk().settings;
    std::error_code unknown;
    const auto space = std::filesystem::space(settings.database.parent_path(), unknown);
    if (unknown || space.available >= settings.limits.free_disk_bytes) return;
    throw std::system_error(
        std::make_error_code(std::errc::no_space_on_device),
        "only " + std::to_string(space.available / 1'000'000) + " MB free beside the database");
}

}  // namespace bellhop::daemon
