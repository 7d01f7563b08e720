#include "daemon/serve/mail_marker.hpp"

#include <algorithm>
#include <array>

#include "daemon/process/crash_point.hpp"
#include "daemon/process/log.hpp"
#include "daemon/serve/reconciliation.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr std::size_t marked_at_once = 1000;  // mails

std::chrono::seconds pause_after(int times) {
    constexpr std::array<std::chrono::seconds, 5> steps{30s, 2min, 10min, 30min, 1h};
    return steps[static_cast<std::size_t>(std::clamp(times, 1, static_cast<int>(steps.size())) -
                                          1)];
}

std::uint32_t number(MailUid uid) {
    return static_cast<std::uint32_t>(uid);
}

}  // namespace

void MailMarker::forget() {
    refused_.clear();
    all_ = {};
}

/// The oldest that may be tried now; those that were refused do not stand in the way of others.
std::vector<storage::KnownMail> MailMarker::pending() const {
    const std::chrono::sys_seconds now = session_.clock.now();
    std::vector<storage::KnownMail> mails;
    std::uint32_t after = 0;
    while (mails.size() < marked_at_once) {
        const std::vector<storage::KnownMail> page = session_.store.ledger.unprocessed(
            session_.settings.name, session_.cursor.uidvalidity, after, marked_at_once);
        for (const storage::KnownMail& mail : page) {
            const auto refused = refused_.find(mail.uid);
            const bool may = refused == refused_.end() || refused->second.try_at <= now;
            if (may && mails.size() < marked_at_once) mails.push_back(mail);
        }
        if (page.size() < marked_at_once) break;
        after = page.back().uid;
    }
    return mails;
}

asio::awaitable<bool> MailMarker::finish() {
    if (all_.try_at > session_.clock.now()) co_return true;
    std::vector<storage::KnownMail> mails = pending();
    if (mails.empty()) co_return true;
    std::vector<MailUid> uids;
    for (const storage::KnownMail& mail : mails) uids.push_back(MailUid{mail.uid});
    if (session_.settings.after_commit == AfterCommit::leave) {
        book({.done = std::move(uids)});
        co_return true;
    }
    const bool same = co_await are_same_mails(std::move(mails));
    if (!same) co_return false;
    const MarkReport report = co_await mark(std::move(uids));
    crash_point("after_move");
    book(report);
    if (report.refused.empty()) {
        note_success();
    } else {
        note_refusal(report);
    }
    co_return true;
}

/// What this session has fetched is known; the rest is looked at: UIDs of an earlier session may
/// name other mails where the server was restored from a backup.
asio::awaitable<bool> MailMarker::are_same_mails(std::vector<storage::KnownMail> mails) {
    std::erase_if(mails, [this](const auto& mail) { return taker_.has_taken(mail.uid); });
    if (mails.empty()) co_return true;
    std::vector<MailUid> uids;
    for (const storage::KnownMail& mail : mails) uids.push_back(MailUid{mail.uid});
    const std::vector<MailSummary> there = co_await session_.mailbox->look(std::move(uids));
    const bool same = std::all_of(there.begin(), there.end(), [&mails](const MailSummary& one) {
        const auto known = std::find_if(mails.begin(), mails.end(), [&one](const auto& mail) {
            return mail.uid == number(one.uid);
        });
        return known == mails.end() || is_same_mail(*known, one);
    });
    co_return same;
}

asio::awaitable<MarkReport> MailMarker::mark(std::vector<MailUid> uids) {
    if (session_.settings.after_commit == AfterCommit::move) {
        return session_.mailbox->move(std::move(uids), session_.settings.processed_folder);
    }
    return session_.mailbox->flag(std::move(uids));
}

void MailMarker::book(const MarkReport& report) {
    if (report.done.empty()) return;
    std::vector<storage::MailKey> keys;
    for (const MailUid uid : report.done) {
        keys.push_back(session_.key_of(uid));
        refused_.erase(number(uid));
    }
    storage::Transaction transaction{session_.store.database, storage::Durability::process_death};
    session_.store.ledger.mark_processed(keys);
    transaction.commit();
    if (!report.flagged_instead || told_of_flag_) return;
    told_of_flag_ = true;
    log_event(LogLevel::warn, "flagged_instead_of_moved",
              {{"mailbox", session_.settings.name},
               {"reason", "the server can neither MOVE nor UID EXPUNGE"},
               {"flag", session_.settings.processed_flag}});
}

void MailMarker::note_refusal(const MarkReport& report) {
    const std::chrono::sys_seconds now = session_.clock.now();
    if (!refused_since_) refused_since_ = now;
    for (const MailUid uid : report.refused) {
        Refused& one = refused_[number(uid)];
        one.try_at = now + pause_after(++one.times);
    }
    if (report.done.empty()) {
        all_.try_at = now + pause_after(++all_.times);
    } else {
        all_ = {};
    }
    if (told_ == report.reply) return;  // a state, not an event
    told_ = report.reply;
    log_event(LogLevel::warn, "mark_refused",
              {{"mailbox", session_.settings.name},
               {"mails", std::to_string(report.refused.size())},
               {"first_uid", std::to_string(number(report.refused.front()))},
               {"reply", report.reply}});
}

void MailMarker::note_success() {
    all_ = {};
    if (!refused_.empty() || !refused_since_) return;
    log_event(LogLevel::info, "marks_accepted_again", {{"mailbox", session_.settings.name}});
    refused_since_.reset();
    told_.clear();
}

void MailMarker::describe(MailboxHealth& health) const {
    health.marks_refused_since = refused_since_;
    health.marks_reply = refused_since_ ? told_ : std::string{};
    health.marks_refused = refused_.size();
}

}  // namespace bellhop::daemon
