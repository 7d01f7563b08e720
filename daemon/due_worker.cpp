#include "daemon/due_worker.hpp"

#include <algorithm>
#include <vector>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/correspondence.hpp"
#include "daemon/log.hpp"
#include "parsers/digest.hpp"
#include "rules/due_work.hpp"
#include "rules/own_message_id.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr std::size_t most_due = 20'000;       // timers of one pass; the rest comes with the next
constexpr int most_rounds = 16;                // of one ticket: what is due, and what follows
constexpr std::size_t refreshed_at_once = 50;  // tickets in one turn of the loop
constexpr auto longest_rest = 15s;             // another process may have changed a ticket
constexpr const char* overdue = "overdue";     // the timer of what is due already
constexpr const char* refreshed_with = "timers_reckoned_with";

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

/// Does what is due for one ticket, and what follows from that. Its notices are left to the caller.
void settle(const Filing& filing, rules::Ticket ticket, std::vector<DueNotice>& notices) {
    for (int round = 0; round < most_rounds; ++round) {
        const rules::DueWork work = work_on(filing, ticket);
        if (work.is_nothing()) return write_timers(filing, ticket.id, work);
        for (const rules::Notice& notice : work.notices) {
            const std::vector<std::string> to =
                rules::staff_addresses(staff_of(filing.desk), ticket, notice.tell);
            filing.store.tickets.record(ticket.id, rules::notice_event(notice, to, filing.now));
            notices.push_back({ticket, notice, to});
        }
        ticket = file_work(filing, ticket, work.actions);
    }
    // A fault of ours must neither spin nor silence the ticket for good.
    log_event(LogLevel::error, "ticket_without_rest",
              {{"ticket", std::to_string(static_cast<std::int64_t>(ticket.id))}});
    filing.store.timers.replace(ticket.id, {{ticket.id, overdue, filing.now + 1h}});
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
        if (one.notice.due) values["due"] = in_words(one.ticket, *one.notice.due);
        return values;
    }

    /// One line of a digest.
    std::string line(const DueNotice& one) const {
        const rules::TemplateValues known = values(one);
        const std::string subject = one.ticket.restricted
                                        ? std::string{"(confidential)"}
                                        : rules::harmless_line(one.ticket.subject);
        std::string text = rules::subject_tag(filing_.desk.settings.desk.ticket_tag, one.ticket.id);
        text += " " + one.ticket.priority + " " + subject + ": the " + known.at("timer");
        text += one.notice.is_breach ? " was due" : " is due";
        if (one.notice.due) text += " " + known.at("due");
        return text + "\n";
    }

private:
    std::string in_words(const rules::Ticket& ticket, std::chrono::sys_seconds instant) const {
        return rules::moment_in_words(calendar_of(filing_.desk, ticket.school), instant,
                                      filing_.now, word_style_of(filing_.desk, ticket.school));
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
            mails.send(one.ticket, notice);
        }
    }
}

}  // namespace

void refresh_timers(const Filing& filing, rules::TicketId id) {
    if (const auto ticket = filing.store.tickets.find(id)) {
        write_timers(filing, id, work_on(filing, *ticket));
    }
}

std::size_t run_due(const Filing& filing) {
    storage::Transaction transaction{filing.store.database};
    const std::vector<storage::Timer> due = filing.store.timers.due(filing.now, most_due);
    std::vector<DueNotice> notices;
    std::size_t tickets = 0;
    std::vector<rules::TicketId> done;
    for (const storage::Timer& timer : due) done.push_back(timer.ticket);
    std::sort(done.begin(), done.end());
    done.erase(std::unique(done.begin(), done.end()), done.end());
    for (const rules::TicketId id : done) {
        const auto ticket = filing.store.tickets.find(id);
        if (!ticket) continue;
        settle(filing, *ticket, notices);
        ++tickets;
    }
    send_notices(filing, notices);
    transaction.commit();
    return tickets;
}

bool TimerRefresh::step(const Filing& filing, std::size_t tickets) {
    storage::Store& store = filing.store;
    if (store.facts.find(refreshed_with) == filing.desk.time_digest) return false;
    storage::Transaction transaction{store.database};
    const std::vector<rules::TicketId> ids = store.tickets.not_closed(next_, tickets);
    for (const rules::TicketId id : ids) refresh_timers(filing, id);
    if (ids.size() < tickets) store.facts.set(refreshed_with, filing.desk.time_digest);
    transaction.commit();
    if (!ids.empty()) next_ = ids.back();
    return ids.size() == tickets;
}

DueWorker::DueWorker(asio::any_io_executor executor,
                     storage::Store& store,
                     const Clock& clock,
                     std::function<const Desk&()> desk,
                     const std::string& key,
                     std::function<void()> sent)
    : store_(store),
      clock_(clock),
      desk_(std::move(desk)),
      key_(key),
      sent_(std::move(sent)),
      timer_(executor) {}

asio::awaitable<void> DueWorker::run() {
    stopping_ = false;
    while (!stopping_) {
        awake_ = false;
        if (work()) {
            // Mail that arrives meanwhile is not kept waiting.
            co_await asio::post(timer_.get_executor(), asio::use_awaitable);
        } else {
            co_await rest();
        }
    }
}

/// Returns whether there is more to do at once.
bool DueWorker::work() {
    const Filing filing{store_, desk_(), key_, clock_.now()};
    if (refresh_.step(filing, refreshed_at_once)) return true;
    const auto next = store_.timers.next_due();
    if (!next || *next > filing.now) return false;
    run_due(filing);
    sent_();
    return false;
}

void DueWorker::wake() {
    awake_ = true;
    timer_.cancel();
}

void DueWorker::reconsider() {
    refresh_.begin_again();
    wake();
}

void DueWorker::stop() {
    stopping_ = true;
    timer_.cancel();
}

asio::awaitable<void> DueWorker::rest() {
    if (awake_ || stopping_) co_return;
    std::chrono::seconds time = longest_rest;
    if (const auto next = store_.timers.next_due()) {
        // Seldom enough that a fault of ours does not spin.
        time = std::clamp<std::chrono::seconds>(*next - clock_.now(), 1s, longest_rest);
    }
    timer_.expires_after(time);
    boost::system::error_code cancelled;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

}  // namespace bellhop::daemon
