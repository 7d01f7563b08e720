#include "daemon/work/mail_budget.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <variant>
#include <vector>

#include "parsers/header/address.hpp"
#include "rules/sla/ticket_history.hpp"

namespace bellhop::daemon {
namespace {

using std::chrono::sys_seconds;
using storage::Spending;
using storage::SpendingFilter;

constexpr const char* flood_fact = "flood_ticket";
constexpr std::size_t most_collected = 5000;  // mails in one ticket: it must still be read

std::string requester_of(const rules::Situation& situation) {
    return situation.parties ? situation.parties->requester.address : std::string{};
}

std::string domain_of(const std::string& address) {
    const std::string key = parsers::address_key(address);
    return key.substr(std::min(key.rfind('@') + 1, key.size()));
}

/// When the mail came, for what is counted: mails of a year that are read today are no flood.
sys_seconds came_at(const rules::MailReceived& mail) {
    return std::min(mail.sent_at.value_or(mail.at), mail.at);
}

std::vector<std::size_t> counts(const storage::Spendings& spendings,
                                const SpendingFilter& filter,
                                const std::vector<rules::MailLimit>& limits,
                                sys_seconds at) {
    std::vector<std::size_t> found;
    for (const rules::MailLimit& limit : limits) {
        found.push_back(spendings.count(filter, at - limit.window, at, limit.count));
    }
    return found;
}

rules::Spent spent_of(const storage::Spendings& spendings,
                      Spending what,
                      const std::string& address,
                      const rules::Budget& budget,
                      sys_seconds at) {
    rules::Spent spent;
    spent.person =
        counts(spendings, {what, parsers::person_key(address), {}, false}, budget.person, at);
    spent.domain = counts(spendings, {what, {}, domain_of(address), true}, budget.domain, at);
    spent.strangers = counts(spendings, {what, {}, {}, true}, budget.strangers, at);
    spent.everybody = counts(spendings, {what, {}, {}, false}, budget.everybody, at);
    return spent;
}

storage::SpendingEntry entry_of(Spending what, sys_seconds at, const rules::Situation& situation) {
    const std::string requester = requester_of(situation);
    return {what, at, parsers::person_key(requester), domain_of(requester),
            situation.familiarity == rules::Familiarity::stranger};
}

bool is_answer(const rules::Action& action) {
    const auto* mail = std::get_if<rules::SendMail>(&action);
    return mail != nullptr && (mail->kind == rules::MailKind::acknowledgement ||
                               mail->kind == rules::MailKind::oversize);
}

/// An answer that a budget of all senders has kept back. That one person has had enough is no
/// flood.
bool is_kept_back(const rules::Action& action) {
    const auto* record = std::get_if<rules::Record>(&action);
    if (record == nullptr || record->event.type == rules::Event::collected) return false;
    const std::string_view budget = rules::value_of(record->event, "budget");
    return !budget.empty() && budget != rules::to_text(rules::BudgetOf::person);
}

bool is_collected(const rules::Action& action) {
    const auto* record = std::get_if<rules::Record>(&action);
    return record != nullptr && record->event.type == rules::Event::collected;
}

bool has(const rules::Actions& actions, bool (*is_such)(const rules::Action&)) {
    return std::any_of(actions.begin(), actions.end(), is_such);
}

std::optional<rules::Ticket> ticket_with_room(const storage::Store& store) {
    auto ticket = flood_ticket(store);
    if (!ticket) return std::nullopt;
    const SpendingFilter all{Spending::collected, {}, {}, false};
    const std::size_t held = store.spendings.count(all, ticket->opened_at - std::chrono::seconds{1},
                                                   sys_seconds::max(), most_collected);
    return held < most_collected ? std::move(ticket) : std::nullopt;
}

}  // namespace

void add_what_was_spent(rules::Situation& situation,
                        const Filing& filing,
                        const rules::MailReceived& mail,
                        const rules::MailPolicy& policy) {
    const storage::Store& store = filing.store;
    const std::string requester = requester_of(situation);
    const rules::Budget& answers = policy.answers.budget;
    situation.answers = spent_of(store.spendings, Spending::answer, requester, answers, filing.now);
    // What else goes to him by itself, reminders and the like, counts as well.
    for (std::size_t i = 0; i < answers.person.size(); ++i) {
        situation.answers.person[i] =
            std::max(situation.answers.person[i],
                     store.outbox.automatic_mails_to(parsers::address_key(requester),
                                                     filing.now - answers.person[i].window));
    }
    situation.tickets =
        spent_of(store.spendings, Spending::ticket, requester, policy.tickets, came_at(mail));
    // A desk that has not said who its people are would take all of them for strangers.
    const auto& people = filing.desk.rules.people;
    if (!people || !people->are_real()) situation.tickets.strangers.clear();
    if (rules::flood_limit(mail, situation, policy)) situation.flood = ticket_with_room(store);
}

void note_what_is_spent(const Filing& filing,
                        const rules::MailReceived& mail,
                        const rules::Situation& situation,
                        const rules::Actions& actions,
                        const Filed& filed) {
    storage::Store& store = filing.store;
    const bool opens = !actions.empty() && std::holds_alternative<rules::OpenTicket>(actions[0]);
    if (has(actions, is_collected)) {
        store.spendings.add(entry_of(Spending::collected, filing.now, situation));
        if (opens && filed.ticket) {
            store.facts.set(flood_fact, std::to_string(static_cast<std::int64_t>(*filed.ticket)));
        }
    } else if (opens) {
        store.spendings.add(entry_of(Spending::ticket, came_at(mail), situation));
    }
    if (has(actions, is_answer)) {
        store.spendings.add(entry_of(Spending::answer, filing.now, situation));
    }
    if (has(actions, is_kept_back)) {
        store.spendings.add(entry_of(Spending::withheld, filing.now, situation));
    }
}

KeptBack kept_back(const storage::Store& store, sys_seconds now) {
    using namespace std::chrono_literals;
    const storage::Spendings& spendings = store.spendings;
    const auto count = [&](Spending what, std::chrono::seconds within) {
        return spendings.count({what, {}, {}, false}, now - within, now, KeptBack::most_counted);
    };
    KeptBack kept;
    kept.answers = count(Spending::withheld, 24h);
    kept.collected = count(Spending::collected, 24h);
    kept.goes_on = count(Spending::withheld, 1h) + count(Spending::collected, 1h) > 0;
    kept.ticket = flood_ticket(store);
    if (kept.ticket) kept.since = kept.ticket->opened_at;
    for (const Spending what : {Spending::withheld, Spending::collected}) {
        const auto first = spendings.first(what, now - 24h);
        if (first && (!kept.since || *first < *kept.since)) kept.since = first;
    }
    return kept;
}

std::optional<rules::Ticket> flood_ticket(const storage::Store& store) {
    const std::string fact = store.facts.find(flood_fact);
    std::int64_t number = 0;
    std::from_chars(fact.data(), fact.data() + fact.size(), number);
    if (number == 0) return std::nullopt;
    auto ticket = store.tickets.find(store.tickets.current(rules::TicketId{number}));
    if (!ticket || ticket->status == rules::status::resolved ||
        ticket->status == rules::status::closed) {
        return std::nullopt;
    }
    return ticket;
}

}  // namespace bellhop::daemon
