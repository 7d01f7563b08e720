#include "daemon/work/mail_way.hpp"

#include "rules/sla/ticket_history.hpp"

namespace bellhop::daemon {

void note_way(storage::Store& store,
              const storage::OutboxMail& mail,
              rules::MailWay way,
              const std::string& words,
              std::chrono::sys_seconds at) {
    if (!mail.ticket) return;
    const rules::TicketId ticket = store.tickets.current(*mail.ticket);
    rules::MailReport report{way, mail.kind, mail.recipient, mail.message_id, words};
    if (ticket != *mail.ticket) {
        report.writer = rules::writer_of_mail(store.tickets.events(*mail.ticket), mail.message_id);
    }
    store.tickets.record(ticket, rules::log_entry(report, at));
    const bool is_lost = way == rules::MailWay::refused || way == rules::MailWay::given_up;
    if (is_lost) store.timers.add({ticket, "refused", at});
}

}  // namespace bellhop::daemon
