#include "daemon/history/stored_mail_backtest.hpp"

#include <optional>
#include <utility>

#include "daemon/history/past_decision.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t page = 200;  // mails read from the index at a time

rules::PastMail past_mail(const storage::ReceivedMail& mail, PastDecision decision) {
    rules::PastMail past;
    past.ticket = mail.ticket;
    past.facts = std::move(decision.facts);
    past.then = std::move(decision.then.outcome);
    past.then.restricted = decision.is_restricted;
    // Corrections belong to the mail that opened the ticket: what was decided about it was wrong.
    if (mail.opens_ticket) past.corrected_priority = std::move(decision.corrected_priority);
    return past;
}

}  // namespace

StoredMailBacktest backtest_stored_mail(const storage::Store& store,
                                        const Desk& desk,
                                        const rules::RuleSet& rules,
                                        std::chrono::sys_seconds since,
                                        std::size_t samples,
                                        const ReportProgress& progress) {
    const PastDecisions decisions{store, desk};
    rules::Backtest tickets{rules, samples};
    rules::Backtest follow_ups{rules, samples};
    StoredMailBacktest result;
    std::int64_t done = 0;
    std::optional<storage::ReceivedMail> last;
    for (;;) {
        const auto mails = store.past.received(since, last, page);
        if (mails.empty()) break;
        for (const storage::ReceivedMail& mail : mails) {
            progress(done++);
            if (!mail.raw) ++result.without_bytes;
            auto decision = decisions.of(mail);
            if (!decision) continue;
            (mail.opens_ticket ? tickets : follow_ups).add(past_mail(mail, *std::move(decision)));
        }
        last = mails.back();
    }
    result.tickets = tickets.report();
    result.follow_ups = follow_ups.report();
    return result;
}

}  // namespace bellhop::daemon
