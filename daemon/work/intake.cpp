#include "daemon/work/intake.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <stdexcept>

#include "daemon/process/crash_point.hpp"
#include "daemon/process/log.hpp"
#include "daemon/work/due_round.hpp"
#include "daemon/work/filing.hpp"
#include "daemon/work/mail_context.hpp"
#include "parsers/message/parse_message.hpp"
#include "parsers/text/digest.hpp"
#include "rules/mail/customer_reply.hpp"
#include "rules/ticket/own_message_id.hpp"

namespace bellhop::daemon {
namespace {

const MailboxSettings* find_mailbox(const Desk& desk, const std::string& name) {
    for (const MailboxSettings& one : desk.settings.mailboxes) {
        if (one.name == name) return &one;
    }
    return nullptr;
}

rules::MailReceived received(const IncomingMail& mail, const Desk& desk) {
    rules::MailReceived event;
    event.message = parsers::parse_message(mail.bytes);
    event.mailbox = mail.mailbox;
    if (const MailboxSettings* mailbox = find_mailbox(desk, mail.mailbox)) {
        event.mailbox_address = mailbox->address;
    }
    event.at = mail.arrived;
    event.extent = mail.extent;
    event.size = mail.size;
    event.is_released = mail.is_released;
    return event;
}

std::string number(std::optional<rules::TicketId> ticket) {
    return ticket ? std::to_string(static_cast<std::int64_t>(*ticket)) : std::string{};
}

void log_taken(const Taken& taken, const std::string& message_id) {
    const bool odd = taken.outcome == storage::Outcome::quarantined;
    log_event(odd ? LogLevel::warn : LogLevel::info, "mail_taken",
              {{"outcome", to_string(taken.outcome)},
               {"ticket", number(taken.ticket)},
               {"mailbox", taken.key.mailbox},
               {"uid", std::to_string(taken.key.uid)},
               {"message-id", message_id},
               {"reason", taken.reason}});
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "; ") + line;
    return text;
}

}  // namespace

std::string content_key(const parsers::Message& message, std::string_view bytes) {
    if (message.message_id.empty()) return parsers::hex(parsers::sha256(bytes));
    std::size_t body = bytes.find("\r\n\r\n");
    if (body == std::string_view::npos) body = bytes.find("\n\n");
    const std::string_view rest = body == std::string_view::npos ? bytes : bytes.substr(body);
    const parsers::Sha256 digest = parsers::sha256(rest);
    return parsers::hex(parsers::sha256(message.message_id + "\n" + parsers::hex(digest)));
}

/// A mail taken, or what was the matter with it.
struct Intake::Attempt {
    std::optional<Taken> taken = {};
    std::string problem = {};
};

Intake::Intake(storage::Store& store, const Clock& clock, std::string key)
    : store_(store), clock_(clock), key_(std::move(key)), surges_(store.tickets) {}

std::vector<Taken> Intake::take(std::span<const IncomingMail> mails, const Desk& desk) {
    try {
        return take_batch(mails, desk);
    } catch (...) {
        surges_.forget();
        throw;
    }
}

std::vector<Taken> Intake::take_batch(std::span<const IncomingMail> mails, const Desk& desk) {
    const std::span<const IncomingMail> batch = mails.first(safe_together(mails));
    count_attempts(batch);
    crash_point("before_parse");
    std::vector<Taken> results;
    storage::Transaction transaction{store_.database};
    for (const IncomingMail& mail : batch) results.push_back(take_one(mail, desk));
    store_.tickets.index_messages();
    crash_point("before_commit");
    transaction.commit();
    crash_point("after_commit");
    std::erase_if(attempted_, [&batch](const storage::MailKey& key) {
        return std::any_of(batch.begin(), batch.end(),
                           [&key](const IncomingMail& one) { return one.key == key; });
    });
    return results;
}

Taken Intake::take_again(const IncomingMail& mail, const Desk& desk) {
    storage::Transaction transaction{store_.database};
    store_.ledger.forget(mail.key);
    Attempt result = attempt(mail, desk);
    if (!result.taken) return {mail.key, storage::Outcome::quarantined, {}, result.problem};
    store_.tickets.index_messages();
    transaction.commit();
    return std::move(*result.taken);
}

void Intake::quarantine_unread(const IncomingMail& mail, const std::string& reason) {
    storage::Transaction transaction{store_.database};
    if (!store_.ledger.find(mail.key)) quarantine(mail, reason);
    transaction.commit();
}

/// How often a process has died with this mail in hands; what this process has counted is not among
/// it.
int Intake::earlier_deaths(const storage::MailKey& key) const {
    const bool counted = std::find(attempted_.begin(), attempted_.end(), key) != attempted_.end();
    return store_.ledger.attempts(key) - (counted ? 1 : 0);
}

/// How many of the first mails may go into one batch: a mail that somebody died over stands alone,
/// so that the next death tells which one it was.
std::size_t Intake::safe_together(std::span<const IncomingMail> mails) const {
    std::size_t count = 0;
    while (count < mails.size() && earlier_deaths(mails[count].key) == 0) ++count;
    return count == 0 && !mails.empty() ? 1 : count;
}

/// A dead process must leave its count, a lost power supply need not: no mail of ours switches that
/// off.
void Intake::count_attempts(std::span<const IncomingMail> mails) {
    storage::Transaction transaction{store_.database, storage::Durability::process_death};
    for (const IncomingMail& mail : mails) {
        if (std::find(attempted_.begin(), attempted_.end(), mail.key) != attempted_.end()) continue;
        store_.ledger.begin_attempt(mail.key);
        attempted_.push_back(mail.key);
    }
    transaction.commit();
}

Taken Intake::take_one(const IncomingMail& mail, const Desk& desk) {
    if (const auto known = store_.ledger.find(mail.key)) {
        return {mail.key, known->outcome, known->ticket, known->reason};
    }
    const int deaths = earlier_deaths(mail.key);
    if (deaths >= desk.settings.limits.attempts) {
        return quarantine(mail,
                          "the process died " + std::to_string(deaths) + " times while reading it");
    }
    Attempt result = attempt(mail, desk);
    if (result.taken) return std::move(*result.taken);
    return quarantine(mail, "it could not be read: " + result.problem);
}

/// What one mail does wrong stays with that mail: nothing of it is stored, and the batch goes on. A
/// fault of ours and a want of memory are no fault of the mail's.
Intake::Attempt Intake::attempt(const IncomingMail& mail, const Desk& desk) {
    try {
        storage::Savepoint savepoint{store_.database};
        Taken taken = decide_and_file(mail, desk);
        savepoint.release();
        return {std::move(taken), {}};
    } catch (const storage::DatabaseError& error) {
        if (error.fault() != storage::DatabaseFault::bad_values) throw;
        return {{}, error.what()};
    } catch (const std::logic_error&) {
        throw;
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        return {{}, error.what()};
    }
}

Taken Intake::decide_and_file(const IncomingMail& mail, const Desk& desk) {
    const rules::MailReceived event = received(mail, desk);
    crash_point("in_parse");
    storage::LedgerEntry entry;
    entry.key = mail.key;
    entry.message_id = event.message.message_id;
    entry.content_key = content_key(event.message, mail.bytes);
    entry.at = clock_.now();

    if (const auto twin = store_.ledger.find_same_mail(entry.content_key)) {
        entry.outcome = storage::Outcome::duplicate;
        entry.ticket = twin->ticket;
        entry.message = twin->message;
        entry.reason = "the same mail as " + twin->key.mailbox + "/" +
                       std::to_string(twin->key.uidvalidity) + "/" + std::to_string(twin->key.uid);
        if (twin->ticket) {
            store_.tickets.record(*twin->ticket, {event.at,
                                                  rules::Event::duplicate,
                                                  "gateway",
                                                  "delivered again to " + mail.mailbox,
                                                  {}});
        }
    } else {
        const rules::MailPolicy policy = mail_policy(desk, key_);
        rules::Situation situation = situation_of(event, policy, desk);
        add_what_a_reply_needs(situation, event, desk);
        const rules::Way way = rules::way_of(event, situation, policy);
        situation.ruling = ruling_on(event, situation, way, desk);
        const rules::Actions actions = rules::decide(event, situation, policy);
        if (const auto* put_aside = std::get_if<rules::Quarantine>(&actions.front())) {
            return quarantine(mail, put_aside->reason);
        }
        const Filing filing{store_, desk, key_, entry.at};
        const Filed filed = file_mail(filing, event, mail.bytes, actions);
        if (filed.ticket) refresh_timers(filing, *filed.ticket);
        if (const auto* opened = std::get_if<rules::OpenTicket>(&actions.front())) {
            rules::Ticket ticket = opened->ticket;
            ticket.id = *filed.ticket;
            surges_.add(ticket, situation.ruling);
        }
        entry.outcome = filed.outcome;
        entry.ticket = filed.ticket;
        entry.message = filed.message;
        entry.reason = filed.reason.empty() ? joined(situation.thread.evidence) : filed.reason;
    }
    store_.ledger.record(entry);
    Taken taken{mail.key, entry.outcome, entry.ticket, entry.reason};
    log_taken(taken, entry.message_id);
    return taken;
}

Taken Intake::quarantine(const IncomingMail& mail, const std::string& reason) {
    storage::QuarantinedMail row;
    row.key = mail.key;
    row.reason = reason;
    row.raw_sha256 = store_.blobs.put(mail.bytes);
    row.size = mail.bytes.size();
    row.at = clock_.now();
    store_.quarantine.put(row);
    storage::LedgerEntry entry;
    entry.key = mail.key;
    entry.outcome = storage::Outcome::quarantined;
    entry.reason = reason;
    entry.content_key = row.raw_sha256;
    entry.at = row.at;
    store_.ledger.record(entry);
    Taken taken{mail.key, entry.outcome, {}, reason};
    log_taken(taken, {});
    return taken;
}

rules::Situation Intake::situation_of(const rules::MailReceived& mail,
                                      const rules::MailPolicy& policy,
                                      const Desk& desk) const {
    rules::Situation situation;
    situation.parties = parties_of(mail.message, desk);
    const std::string& requester = situation.parties->requester.address;
    situation.school = sender_at(requester, desk).school;
    const parsers::Message& message = mail.message;
    const std::vector<rules::Claim> claims = rules::thread_claims(message, {key_, policy.tag});
    situation.thread = rules::thread_of(message, claims, candidates_for(claims));
    if (situation.thread.ticket) situation.ticket = store_.tickets.find(*situation.thread.ticket);

    if (message.report && !message.report->original_message_id.empty()) {
        if (const auto sent =
                store_.outbox.find_by_message_id(message.report->original_message_id)) {
            situation.bounced = sent->ticket;
            situation.bounced_recipient = sent->recipient;
        }
    }
    // Reports that leave out the mail they are about still often answer it.
    if (message.kind == parsers::MessageKind::bounce && !situation.bounced)
        situation.bounced = situation.thread.ticket;

    for (const rules::MailLimit& limit : policy.answers.limits) {
        situation.recent.push_back(store_.outbox.automatic_mails_to(parsers::address_key(requester),
                                                                    clock_.now() - limit.window));
    }
    return situation;
}

/// Whether somebody of the desk writes, and until when a reply reopens the ticket.
void Intake::add_what_a_reply_needs(rules::Situation& situation,
                                    const rules::MailReceived& mail,
                                    const Desk& desk) const {
    if (!situation.ticket) return;
    const auto& from = mail.message.from;
    if (desk.rules.people && from) {
        situation.technician = desk.rules.people->technician_at(from->address);
    }
    const rules::Ticket& ticket = *situation.ticket;
    if (clock_of(desk.policy.statuses, ticket.status) == rules::ClockMode::stop) {
        situation.reopens_until = rules::reopens_until(
            store_.tickets.events(ticket.id), desk.policy, calendar_of(desk, ticket.school));
    }
}

/// What the rules say: nothing about our own mails and reports on them.
rules::Ruling Intake::ruling_on(const rules::MailReceived& mail,
                                const rules::Situation& situation,
                                rules::Way way,
                                const Desk& desk) {
    if (way == rules::Way::drop || way == rules::Way::bounce) return {};
    const rules::RuleSet& rules = desk.rules.rule_set;
    const bool is_new = way == rules::Way::open;
    const std::string sender = is_new              ? situation.parties->requester.address
                               : mail.message.from ? mail.message.from->address
                                                   : std::string{};
    rules::MailContext context =
        mail_context(mail, sender_at(sender, desk), is_new ? std::nullopt : situation.ticket, desk);
    if (is_new) context.recent = surges_.recent(mail.at, longest_surge(rules.book()));
    return rules::ruling_of(rules,
                            rules.evaluate(rules::facts_of(mail.message, std::move(context))));
}

std::vector<rules::Candidate> Intake::candidates_for(
    const std::vector<rules::Claim>& claims) const {
    std::vector<rules::Candidate> candidates;
    for (const rules::Claim& claim : claims) {
        if (claim.ticket) {
            if (auto ticket = store_.tickets.find(*claim.ticket)) {
                candidates.push_back({claim.value, std::move(*ticket), {}});
            }
            continue;
        }
        for (const storage::MessageIdSighting& sighting : store_.tickets.sightings(claim.value)) {
            if (auto ticket = store_.tickets.find(sighting.ticket)) {
                candidates.push_back({claim.value, std::move(*ticket), sighting.from});
            }
        }
    }
    return candidates;
}

}  // namespace bellhop::daemon
