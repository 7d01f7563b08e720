#include "daemon/work/due_round.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "daemon/process/log.hpp"
#include "daemon/work/correspondence.hpp"
#include "parsers/text/digest.hpp"
#include "rules/desk/due_work.hpp"
#include "rules/sla/notice_words.hpp"
#include "rules/ticket/own_message_id.hpp"
#include "rules/ticket/subject_tag.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_due = 20'000;  // timers of one round; the rest comes with the next
constexpr std::size_t most_at_once = 25;  // tickets in one turn of the loop
// Tickets with notices that one step handles: at least one more than `digest_threshold`, else no
// digest would ever come about.
constexpr std::size_t most_of_a_digest = 100;
constexpr int most_turns = 16;              // of one ticket: what is due, and what follows
constexpr const char* overdue = "overdue";  // the timer of what is due already

/// A step of the ladder of some ticket, and who is told.
struct DueNotice {
    rules::Ticket ticket = {};
    rules::Notice notice = {};
    std::vector<std::string> recipients = {};
};

rules::DueWork work_on(const Filing& filing, const rules::Ticket& ticket) {
    const Desk& desk = filing.desk;
    const std::vector<rules::TicketEvent> log = filing.store.tickets.events(ticket.id);
    return rules::due_work({ticket, log, calendar_of(desk, ticket.school),
                            plan_of(desk, ticket.school), word_style_of(desk, ticket.school)},
                           desk.policy, staff_of(desk), filing.now);
}

void write_timers(const Filing& filing, rules::TicketId ticket, const rules::DueWork& work) {
    std::vector<storage::Timer> timers;
    if (work.is_nothing()) {
        for (const rules::DueTimer& one : work.timers) timers.push_back({ticket, one.kind, one.at});
    } else {
        timers.push_back({ticket, overdue, filing.now});
    }
    filing.store.timers.replace(ticket, timers);
}

/// Does what is due for one ticket, and what follows from that, up to its first notice to the desk
/// unless `notices` takes them. Returns whether notices are left.
bool settle(const Filing& filing, rules::Ticket ticket, std::vector<DueNotice>* notices) {
    for (int turn = 0; turn < most_turns; ++turn) {
        const rules::DueWork work = work_on(filing, ticket);
        if (work.is_nothing()) {
            write_timers(filing, ticket.id, work);
            return false;
        }
        if (!work.notices.empty() && notices == nullptr) return true;
        for (const rules::Notice& notice : work.notices) {
            const std::vector<std::string> to =
                rules::staff_addresses(staff_of(filing.desk), ticket, notice.tell);
            filing.store.tickets.record(
                ticket.id, rules::notice_event(notice, to, calendar_of(filing.desk, ticket.school),
                                               filing.now));
            notices->push_back({ticket, notice, to});
        }
        ticket = file_work(filing, ticket, work.actions);
    }
    // A fault of ours must neither spin nor silence the ticket for good.
    log_event(LogLevel::error, "ticket_without_rest",
              {{"ticket", std::to_string(static_cast<std::int64_t>(ticket.id))}});
    filing.store.timers.replace(ticket.id, {{ticket.id, overdue, filing.now + 1h}});
    return false;
}

/// The words of notices, for the desk's own texts.
class NoticeWords {
public:
    explicit NoticeWords(const Filing& filing) : filing_(filing) {}

    rules::TemplateValues values(const DueNotice& one) const {
        rules::TemplateValues values{
            {"timer", one.notice.timer == rules::TimerKind::response ? "answer" : "solution"},
            {"step", one.notice.step}};
        if (one.notice.is_breach) values["breached"] = "yes";
        const std::string due = due_of(one);
        if (!due.empty()) values["due"] = due;
        values["news"] = rules::notice_sentence(one.notice, due);
        return values;
    }

    /// One line of a digest.
    std::string line(const DueNotice& one) const {
        const std::string subject = one.ticket.restricted
                                        ? std::string{"(confidential)"}
                                        : rules::harmless_line(one.ticket.subject);
        std::string text = rules::subject_tag(filing_.desk.settings.desk.ticket_tag, one.ticket.id);
        text += " " + one.ticket.priority + " " + subject + ": ";
        return text + rules::notice_in_short(one.notice, due_of(one)) + "\n";
    }

private:
    std::string due_of(const DueNotice& one) const {
        if (!one.notice.due) return {};
        const std::string& school = one.ticket.school;
        return rules::moment_in_words(calendar_of(filing_.desk, school), *one.notice.due,
                                      filing_.now, word_style_of(filing_.desk, school));
    }

    const Filing& filing_;
};

/// The notice as part of a msg-id: short whatever the step is called.
std::string label_of(const rules::Notice& notice, std::size_t recipient) {
    const std::string digest = parsers::hex(parsers::sha256(notice.key)).substr(0, 12);
    return "notice-" + digest + "-" + std::to_string(recipient + 1);
}

void send_notices(const Filing& filing, const std::vector<DueNotice>& notices) {
    std::vector<std::vector<std::string>> recipients;
    for (const DueNotice& one : notices) recipients.push_back(one.recipients);
    Correspondence mails{filing.store, filing.desk, filing.key, filing.now};
    const NoticeWords words{filing};
    for (const rules::NoticeMail& mail :
         rules::group_notices(recipients, filing.desk.policy.digest_threshold)) {
        if (mail.is_digest) {
            std::string list;
            for (const std::size_t index : mail.notices) list += words.line(notices[index]);
            mails.digest(mail.recipient, list, mail.notices.size());
            continue;
        }
        for (const std::size_t index : mail.notices) {
            const DueNotice& one = notices[index];
            const auto& to = one.recipients;
            const auto place = std::find(to.begin(), to.end(), mail.recipient) - to.begin();
            rules::SendMail notice{rules::MailKind::notice, mail.recipient};
            notice.label = label_of(one.notice, static_cast<std::size_t>(place));
            notice.values = words.values(one);
            // What is about to happen is no news when it has.
            if (!one.notice.is_breach) notice.until = one.notice.due;
            mails.send(one.ticket, notice);
        }
    }
}

/// Takes up to `count` tickets off the front of `ids`.
template <class Work>
void for_some(const Filing& filing,
              std::deque<rules::TicketId>& ids,
              std::size_t count,
              const Work& work) {
    for (; count > 0 && !ids.empty(); --count) {
        const auto ticket = filing.store.tickets.find(ids.front());
        ids.pop_front();
        if (ticket) work(*ticket);
    }
}

}  // namespace

void refresh_timers(const Filing& filing, rules::TicketId id) {
    if (const auto ticket = filing.store.tickets.find(id)) {
        write_timers(filing, id, work_on(filing, *ticket));
    }
}

bool DueRound::step(const Filing& filing) {
    if (tickets_.empty() && with_notices_.empty()) begin(filing);
    if (tickets_.empty() && with_notices_.empty()) return false;
    storage::Transaction transaction{filing.store.database};
    if (tickets_.empty()) {
        std::vector<DueNotice> notices;
        const std::size_t most =
            std::max(most_of_a_digest, filing.desk.policy.digest_threshold + 1);
        for_some(filing, with_notices_, most,
                 [&](const rules::Ticket& ticket) { settle(filing, ticket, &notices); });
        send_notices(filing, notices);
    } else {
        for_some(filing, tickets_, most_at_once, [&](const rules::Ticket& ticket) {
            if (settle(filing, ticket, nullptr)) with_notices_.push_back(ticket.id);
        });
    }
    transaction.commit();
    return !tickets_.empty() || !with_notices_.empty();
}

void DueRound::begin(const Filing& filing) {
    for (const storage::Timer& timer : filing.store.timers.due(filing.now, most_due)) {
        tickets_.push_back(timer.ticket);
    }
    std::sort(tickets_.begin(), tickets_.end());
    tickets_.erase(std::unique(tickets_.begin(), tickets_.end()), tickets_.end());
}

void run_due(const Filing& filing) {
    DueRound round;
    while (round.step(filing)) {
    }
}

}  // namespace bellhop::daemon
