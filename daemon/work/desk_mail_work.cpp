#include "daemon/work/desk_mail_work.hpp"

#include <algorithm>
#include <utility>

#include "daemon/work/correspondence.hpp"
#include "daemon/work/desk_work.hpp"
#include "daemon/work/new_ticket.hpp"
#include "daemon/work/outage_parts.hpp"
#include "daemon/work/ticket_clocks.hpp"
#include "rules/desk/desk_mail.hpp"
#include "rules/desk/outage.hpp"
#include "rules/sla/told_due.hpp"

namespace bellhop::daemon {
namespace {

/// By when what is due, for the report: a line each.
std::vector<std::string> due_lines(const Filing& filing, const rules::Ticket& ticket) {
    const Desk& desk = filing.desk;
    const TicketClocks clocks =
        clocks_of(desk, ticket, filing.store.tickets.events(ticket.id), filing.now);
    std::vector<std::string> lines;
    for (const rules::TimerKind kind : {rules::TimerKind::response, rules::TimerKind::resolution}) {
        const rules::Timer& timer = clocks.of(kind);
        const auto due = rules::told_due(timer, *clocks.calendar);
        if (timer.state != rules::TimerState::running || !due) continue;
        lines.push_back((kind == rules::TimerKind::response ? "An answer is due by "
                                                            : "It is to be solved by ") +
                        rules::moment_in_words(*clocks.calendar, *due, filing.now,
                                               word_style_of(desk, ticket.school)) +
                        ".");
    }
    return lines;
}

/// What a mail by somebody of the desk brings, carried out in the caller's transaction.
class DeskMailWork {
public:
    DeskMailWork(const Filing& filing, const rules::DeskMail& mail, const Filed& filed)
        : filing_(filing), mail_(mail), filed_(filed) {
        filing_.send_delay = filing.desk.settings.desk.send_delay;
    }

    void carry_out() {
        std::string complaint;
        {
            storage::Savepoint savepoint{filing_.store.database};
            complaint = carry_out_orders();
            if (complaint.empty()) savepoint.release();
        }
        rules::Ticket ticket = filing_.store.tickets.find(*filed_.ticket).value();
        if (!complaint.empty()) {
            filing_.store.tickets.record(
                ticket.id, {filing_.now, rules::Event::not_done, mail_.actor, complaint, {}});
            tell(ticket, back_to(mail_, complaint, not_done_lines()));
        } else if (!mail_.understood.empty()) {
            tell(ticket, report(ticket));
        }
    }

    /// It lies with no ticket.
    void send_back() {
        Correspondence{filing_.store, filing_.desk, filing_.key, filing_.now}.send_about_none(
            *mail_.back);
    }

private:
    std::string carry_out_orders() {
        for (const rules::DeskOrder& order : mail_.orders) {
            parts_ =
                std::max(parts_, parts_reached(filing_, *filed_.ticket, order, mail_.actor).size());
            const auto done = carry_out_within(filing_, *filed_.ticket, order, mail_.actor);
            if (done.has_error()) return done.error();
        }
        if (!mail_.opens) return {};
        const auto opened = open_ticket_within(filing_, *mail_.opens, mail_.actor);
        if (opened.has_error()) return opened.error();
        opened_ = "It is ticket " + std::to_string(static_cast<std::int64_t>(opened->id)) + ".";
        return {};
    }

    std::vector<std::string> not_done_lines() const {
        if (mail_.understood.size() <= 1) return {};  // the one that failed
        std::vector<std::string> lines{"Understood, and not done either:"};
        for (const std::string& one : mail_.understood) lines.push_back("    " + one);
        return lines;
    }

    rules::SendMail report(const rules::Ticket& ticket) const {
        std::vector<std::string> lines = due_lines(filing_, ticket);
        if (parts_ > 0) lines.push_back(rules::words_for_parts(parts_));
        if (!opened_.empty()) lines = {opened_};
        rules::SendMail mail = report_to(mail_, lines);
        if (has_unsent()) {
            mail.values["ends_at"] = "in " + rules::span_for_log(filing_.send_delay);
        }
        return mail;
    }

    /// Whether something goes to the requester that can still be taken back.
    bool has_unsent() const {
        const auto mails = filing_.store.outbox.of_ticket(*filed_.ticket);
        return std::any_of(mails.begin(), mails.end(), [this](const storage::OutboxMail& mail) {
            return mail.state == storage::OutboxState::queued && mail.created_at == filing_.now &&
                   mail.next_attempt_at > filing_.now;
        });
    }

    void tell(const rules::Ticket& ticket, rules::SendMail mail) const {
        if (mail.recipient.empty()) return;
        if (mail.label.ends_with('-') && filed_.message) {
            mail.label += std::to_string(static_cast<std::int64_t>(*filed_.message));
        }
        if (ticket.restricted) mail.values.erase("words");
        Correspondence{filing_.store, filing_.desk, filing_.key, filing_.now}.send(ticket, mail);
    }

    Filing filing_;
    const rules::DeskMail& mail_;
    const Filed& filed_;
    std::size_t parts_ = 0;    // of an outage that an order has reached
    std::string opened_ = {};  // what is said of a ticket that it opens
};

}  // namespace

Filed file_desk_mail(const Filing& filing,
                     const rules::MailReceived& mail,
                     std::string_view bytes,
                     const rules::Situation& situation,
                     const rules::MailPolicy& policy) {
    const Desk& desk = filing.desk;
    const std::string school = situation.ticket ? situation.ticket->school : std::string{};
    const rules::OrderWords words{desk.rules.people ? &*desk.rules.people : nullptr,
                                  desk.policy.priorities,
                                  situation.desk_writer.value().name,
                                  calendar_of(desk, school),
                                  filing.now,
                                  word_style_of(desk, school)};
    const rules::DeskMail decided = rules::desk_mail(mail, situation, policy, words);
    const Filed filed = file_mail(filing, mail, bytes, decided.actions);
    DeskMailWork work{filing, decided, filed};
    if (decided.back) work.send_back();
    if (filed.ticket && (!decided.orders.empty() || decided.opens)) work.carry_out();
    return filed;
}

}  // namespace bellhop::daemon
