#include "daemon/work/outgoing.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "daemon/process/log.hpp"
#include "daemon/work/correspondence.hpp"
#include "daemon/work/mail_way.hpp"
#include "rules/mail/delivery.hpp"
#include "rules/mail/late_mail.hpp"

namespace bellhop::daemon {
namespace {

void correct_due_instants(const Filing& filing) {
    const std::size_t corrected =
        filing.store.outbox.pull_back(filing.now, filing.now + rules::longest_delivery_delay());
    if (corrected == 0) return;
    log_event(LogLevel::warn, "outbox_due_corrected", {{"mails", std::to_string(corrected)}});
}

/// Why the mail is not to be sent; nothing where it is. Brings its bytes up to date.
std::optional<std::string> make_ready(const Filing& filing, storage::OutboxMail& mail) {
    const rules::WaitingMail waiting{mail.kind, mail.composed_at, mail.until};
    const bool speaks_of_time = mail.until || !mail.letter.empty();
    if (!mail.ticket || !speaks_of_time || !is_late(waiting, filing.now)) return std::nullopt;
    const std::optional<rules::Ticket> ticket = filing.store.tickets.find(*mail.ticket);
    if (!ticket) return std::nullopt;
    const auto pointless =
        rules::why_pointless(waiting, *ticket, filing.store.tickets.events(*mail.ticket),
                             filing.desk.policy.statuses, filing.now);
    if (pointless || mail.shown || mail.letter.empty()) return pointless;
    Correspondence{filing.store, filing.desk, filing.key, filing.now}.compose_anew(*ticket, mail);
    return std::nullopt;
}

void withdraw(const Filing& filing, const storage::OutboxMail& mail, const std::string& why) {
    filing.store.outbox.cancel(mail.id, why);
    note_way(filing.store, mail, rules::MailWay::withdrawn, why, filing.now);
}

}  // namespace

std::vector<storage::OutboxMail> take_due(const Filing& filing, std::size_t most) {
    correct_due_instants(filing);
    std::vector<storage::OutboxMail> mails;
    std::vector<storage::OutboxId> ids;
    bool has_withdrawn = true;
    // What has lost its point lets go what was behind it.
    while (mails.empty() && has_withdrawn) {
        has_withdrawn = false;
        for (storage::OutboxMail& mail : filing.store.outbox.due(filing.now, most)) {
            if (const auto pointless = make_ready(filing, mail)) {
                withdraw(filing, mail, *pointless);
                has_withdrawn = true;
                continue;
            }
            ids.push_back(mail.id);
            mails.push_back(std::move(mail));
        }
    }
    filing.store.outbox.claim(ids);
    return mails;
}

}  // namespace bellhop::daemon
