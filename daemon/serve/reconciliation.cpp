#include "daemon/serve/reconciliation.hpp"

#include <algorithm>
#include <set>

namespace bellhop::daemon {
namespace {

std::uint32_t number(MailUid uid) {
    return static_cast<std::uint32_t>(uid);
}

bool is_about_as_large(std::int64_t known, std::uint64_t listed) {
    const auto now = static_cast<std::int64_t>(listed);
    const std::int64_t difference = known > now ? known - now : now - known;
    return difference <= std::max(known, now) / 8;
}

}  // namespace

bool is_same_mail(const storage::KnownMail& known, const MailSummary& listed) {
    constexpr std::chrono::sys_seconds not_told{};
    const bool has_dates =
        known.internal_at && *known.internal_at != not_told && listed.internal_date != not_told;
    if (has_dates && *known.internal_at != listed.internal_date) return false;
    return !known.listed_size || is_about_as_large(*known.listed_size, listed.size);
}

bool is_older_than_us(const MailSummary& mail, const storage::MailboxCursor& cursor) {
    if (cursor.first_uid && number(mail.uid) < *cursor.first_uid) return true;
    if (!cursor.first_start_at || mail.internal_date >= *cursor.first_start_at) return false;
    // After a renumbering, and in mailboxes that an earlier version has begun, only the date tells.
    const std::uint32_t below = cursor.first_uid
                                    ? cursor.renumbered_below
                                    : std::max(cursor.renumbered_below, cursor.next_uid);
    return number(mail.uid) < below;
}

void compare(const storage::Store& store,
             const storage::MailboxCursor& cursor,
             const std::vector<MailSummary>& listed,
             Reconciliation& result) {
    if (listed.empty()) return;
    const std::vector<storage::KnownMail> known = store.ledger.known_mails(
        cursor.mailbox, cursor.uidvalidity, number(listed.front().uid), number(listed.back().uid));
    std::set<std::uint32_t> withheld;
    for (const storage::WithheldRow& row :
         store.withheld.of_mailbox(cursor.mailbox, cursor.uidvalidity)) {
        withheld.insert(row.key.uid);
    }
    for (const MailSummary& mail : listed) {
        const std::uint32_t uid = number(mail.uid);
        ++result.on_server;
        const auto found = std::lower_bound(
            known.begin(), known.end(), uid,
            [](const storage::KnownMail& one, std::uint32_t value) { return one.uid < value; });
        if (found != known.end() && found->uid == uid) {
            if (!is_same_mail(*found, mail)) {
                result.other_mails.push_back(uid);
                continue;
            }
            ++result.with_outcome;
            if (found->unread) {
                result.given_up.push_back(uid);
            } else if (!mail.marked) {
                result.unmarked.push_back(uid);
            }
        } else if (withheld.contains(uid)) {
            ++result.withheld;
        } else if (uid >= cursor.next_uid) {
            ++result.waiting;
        } else if (is_older_than_us(mail, cursor)) {
            ++result.before_first_start;
        } else {
            result.without_outcome.push_back(mail);
        }
    }
}

}  // namespace bellhop::daemon
