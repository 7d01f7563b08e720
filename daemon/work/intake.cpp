#include "daemon/work/intake.hpp"

#include <algorithm>
#include <exception>

#include "daemon/desk/mailbox_named.hpp"
#include "daemon/desk/watched_folder.hpp"
#include "daemon/process/crash_point.hpp"
#include "daemon/process/log.hpp"
#include "daemon/process/program_fault.hpp"
#include "daemon/work/desk_mail_work.hpp"
#include "daemon/work/desk_writer.hpp"
#include "daemon/work/due_round.hpp"
#include "daemon/work/filing.hpp"
#include "daemon/work/mail_budget.hpp"
#include "daemon/work/mail_situation.hpp"
#include "daemon/work/outage_work.hpp"
#include "daemon/work/work_done.hpp"
#include "parsers/header/address.hpp"
#include "parsers/message/parse_message.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/digest.hpp"
#include "parsers/text/lists.hpp"
#include "rules/desk/proof.hpp"
#include "rules/desk/sent_mail.hpp"

namespace bellhop::daemon {
namespace {

// A Message-ID that comes back after so long names another mail: servers and copiers count anew.
constexpr auto same_mail_window = std::chrono::days{30};

/// INTERNALDATE, where the mail came from a server that tells it.
std::optional<std::chrono::sys_seconds> listed_date(const IncomingMail& mail) {
    if (mail.internal_date == std::chrono::sys_seconds::max()) return std::nullopt;
    return mail.internal_date;
}

/// What lists and gateways put before a subject, as in "[staff] Printer" and "[EXTERNAL] Printer",
/// left out. A mark with digits tells mails apart: "[Alarm 7]".
std::string subject_without_marks(std::string_view subject) {
    std::string rest;
    while (!subject.empty()) {
        const std::size_t open = std::min(subject.find('['), subject.size());
        rest += subject.substr(0, open);
        subject.remove_prefix(open);
        const std::size_t close = subject.find(']');
        if (close == std::string_view::npos) break;
        const std::string_view mark = subject.substr(0, close + 1);
        if (std::any_of(mark.begin(), mark.end(), parsers::is_digit)) rest += mark;
        subject.remove_prefix(close + 1);
    }
    rest += subject;
    std::erase_if(rest, parsers::is_space);
    return rest;
}
constexpr std::chrono::seconds settled{60};  // a process that lives so long is not killed in a loop

rules::MailReceived received(const IncomingMail& mail, const Desk& desk) {
    rules::MailReceived event;
    event.message = parsers::parse_message(mail.bytes);
    event.mailbox = mail.mailbox;
    rules::ProofPolicy proof;
    if (const MailboxSettings* mailbox = mailbox_named(desk, mail.mailbox)) {
        event.mailbox_address = mailbox->address;
        proof = mailbox->proof;
    }
    event.author =
        mail.is_vouched_for ? rules::vouched_for() : rules::authorship_of(event.message, proof);
    event.at = mail.arrived;
    event.sent_at = listed_date(mail);
    event.extent = mail.extent;
    event.size = mail.size;
    event.is_released = mail.is_released;
    event.was_sent_from_here = holds_sent_mail(mail.key.mailbox);
    return event;
}

std::string number(std::optional<rules::TicketId> ticket) {
    return ticket ? std::to_string(static_cast<std::int64_t>(*ticket)) : std::string{};
}

/// After the commit only: a line about a ticket that does not exist would mislead.
void log_taken(const Taken& taken) {
    if (taken.is_known) return;
    const bool odd = taken.outcome == storage::Outcome::quarantined;
    log_event(odd ? LogLevel::warn : LogLevel::info, "mail_taken",
              {{"outcome", to_string(taken.outcome)},
               {"ticket", number(taken.ticket)},
               {"mailbox", taken.key.mailbox},
               {"uid", std::to_string(taken.key.uid)},
               {"message-id", taken.message_id},
               {"reason", taken.reason}});
}

}  // namespace

std::string content_key(const parsers::Message& message, std::string_view bytes) {
    if (message.message_id.empty()) return parsers::hex(parsers::sha256(bytes));
    std::string identity = message.message_id + '\n';
    if (message.from) identity += parsers::address_key(message.from->address);
    identity += '\n' + subject_without_marks(message.subject) + '\n';
    if (message.date) {
        identity += std::to_string(message.date->time_since_epoch().count());
    } else {
        std::size_t body = bytes.find("\r\n\r\n");
        if (body == std::string_view::npos) body = bytes.find("\n\n");
        const std::string_view rest = body == std::string_view::npos ? bytes : bytes.substr(body);
        identity += parsers::hex(parsers::sha256(rest));
    }
    return parsers::hex(parsers::sha256(identity));
}

namespace {

/// What is remembered of tickets that are not committed is forgotten, unless they are at last.
class SurgesOfTransaction {
public:
    explicit SurgesOfTransaction(SurgeMemory& surges) : surges_(surges) {}
    ~SurgesOfTransaction() {
        if (!are_committed_) surges_.forget();
    }
    SurgesOfTransaction(const SurgesOfTransaction&) = delete;
    SurgesOfTransaction& operator=(const SurgesOfTransaction&) = delete;

    void keep() { are_committed_ = true; }

private:
    SurgeMemory& surges_;
    bool are_committed_ = false;
};

}  // namespace

/// A ticket that a mail has opened, for the rules that count such tickets.
struct Intake::Opened {
    rules::Ticket ticket = {};
    rules::Ruling ruling = {};
};

/// What was made of a mail.
struct Intake::Decided {
    Taken taken = {};
    std::optional<Opened> opened = {};
};

/// A mail taken, or what was the matter with it.
struct Intake::Attempt {
    std::optional<Taken> taken = {};
    std::string problem = {};
};

Intake::Intake(storage::Store& store, const Clock& clock, std::string key)
    : store_(store),
      clock_(clock),
      key_(std::move(key)),
      begun_(clock.steady()),
      surges_(store.tickets) {}

std::vector<Taken> Intake::take(std::span<const IncomingMail> mails, const Desk& desk) {
    const std::span<const IncomingMail> batch = mails.first(safe_together(mails));
    count_attempts(batch);
    crash_point("before_parse");
    const std::vector<Taken> results = commit_batch(batch, desk);
    crash_point("after_commit");
    std::erase_if(attempted_, [&batch](const storage::MailKey& key) {
        return std::any_of(batch.begin(), batch.end(),
                           [&key](const IncomingMail& one) { return one.key == key; });
    });
    std::for_each(results.begin(), results.end(), log_taken);
    return results;
}

std::vector<Taken> Intake::commit_batch(std::span<const IncomingMail> batch, const Desk& desk) {
    std::vector<Taken> results;
    SurgesOfTransaction surges{surges_};
    storage::Transaction transaction{store_.database};
    for (const IncomingMail& mail : batch) results.push_back(take_one(mail, desk));
    crash_point("before_commit");
    transaction.commit();
    surges.keep();
    return results;
}

Taken Intake::take_again(const IncomingMail& mail, const Desk& desk) {
    SurgesOfTransaction surges{surges_};
    storage::Transaction transaction{store_.database};
    store_.ledger.forget(mail.key);
    Attempt result = attempt(mail, desk);
    if (!result.taken) return {mail.key, storage::Outcome::quarantined, {}, result.problem};
    transaction.commit();
    surges.keep();
    log_taken(*result.taken);
    return std::move(*result.taken);
}

void Intake::quarantine_unread(const IncomingMail& mail, const std::string& reason) {
    storage::Transaction transaction{store_.database};
    if (store_.ledger.find(mail.key)) return;
    const Taken taken = quarantine(mail, reason);
    transaction.commit();
    log_taken(taken);
}

/// Attempts that an earlier process began and never finished. Our own open attempt does not count.
int Intake::earlier_deaths(const storage::MailKey& key) const {
    const bool counted = std::find(attempted_.begin(), attempted_.end(), key) != attempted_.end();
    return store_.ledger.attempts(key) - (counted ? 1 : 0);
}

std::chrono::seconds Intake::pause_before(const storage::MailKey& key, const Desk& desk) const {
    const auto lived = clock_.steady() - begun_;
    // One death more, and it is quarantined unread: that needs no pause.
    if (lived >= settled || earlier_deaths(key) != desk.settings.limits.attempts) {
        return std::chrono::seconds{0};
    }
    return std::chrono::ceil<std::chrono::seconds>(settled - lived);
}

/// How many of the first mails may go into one batch: a mail that somebody died over stands alone,
/// so that the next death tells which one it was.
std::size_t Intake::safe_together(std::span<const IncomingMail> mails) const {
    std::size_t count = 0;
    while (count < mails.size() && earlier_deaths(mails[count].key) == 0) ++count;
    return count == 0 && !mails.empty() ? 1 : count;
}

/// The count must survive a crash of this process. It need not survive a power cut, which no mail
/// can cause: so nothing waits for the disk.
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
        if (!known->unread) {
            return {mail.key,      known->outcome,    known->ticket,
                    known->reason, known->message_id, true};
        }
        // The server has handed it over after all.
        store_.ledger.forget(mail.key);
        const auto waiting = store_.quarantine.waiting(mail.key);
        if (waiting) store_.quarantine.mark_released(waiting->id, clock_.now());
    }
    const int deaths = earlier_deaths(mail.key);
    if (deaths > desk.settings.limits.attempts) {
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
        Decided decided = decide_and_file(mail, desk);
        savepoint.release();
        // Not before: of a mail that is given up nothing counts towards an outage.
        if (decided.opened) surges_.add(decided.opened->ticket, decided.opened->ruling);
        return {std::move(decided.taken), {}};
    } catch (const storage::DatabaseError& error) {
        if (error.fault() != storage::DatabaseFault::bad_values) throw;
        return {{}, error.what()};
    } catch (const std::exception& error) {
        if (is_program_fault(error)) throw;
        return {{}, error.what()};
    }
}

Intake::Decided Intake::decide_and_file(const IncomingMail& mail, const Desk& desk) {
    const rules::MailReceived event = received(mail, desk);
    crash_point("in_parse");
    storage::LedgerEntry entry;
    entry.key = mail.key;
    entry.message_id = event.message.message_id;
    entry.content_key = content_key(event.message, mail.bytes);
    entry.at = clock_.now();
    entry.internal_at = listed_date(mail);
    entry.listed_size = mail.listed_size;
    const Filing filing{store_, desk, key_, entry.at};
    if (const auto twin =
            store_.ledger.find_same_mail(entry.content_key, event.at - same_mail_window)) {
        if (event.was_sent_from_here) prove_twin(filing, event, *twin);
        return {note_twin(mail, event.at, *twin, std::move(entry)), {}};
    }
    rules::MailPolicy policy = mail_policy(desk, key_);
    policy.keys = store_.generations.keys(key_);
    rules::Situation situation = situation_of(filing, event, policy);
    if (!situation.other_gateway.empty()) {
        note_other_gateway(
            store_, mail.mailbox, entry.at,
            "a reply quotes <" + situation.other_gateway + ">, which has our form and is not ours");
    }
    const auto restored = store_.generations.restored();
    situation.may_have_been_answered = restored && mail.internal_date <= restored->at;
    const rules::Way way = rules::way_of(event, situation, policy);
    situation.ruling = ruling_on(event, situation, way, desk, surges_);
    if (way == rules::Way::desk) {
        const Filed filed = file_desk_mail(filing, event, mail.bytes, situation, policy);
        return {write_down_filed(filing, situation, filed, std::move(entry)), {}};
    }
    const rules::Actions actions = way == rules::Way::sent
                                       ? rules::sent_mail(event, situation, policy)
                                       : rules::decide(event, situation, policy);
    if (const auto* put_aside = std::get_if<rules::Quarantine>(&actions.front())) {
        return {quarantine(mail, put_aside->reason), {}};
    }
    const Filed filed = file_mail(filing, event, mail.bytes, actions);
    note_what_is_spent(filing, event, situation, actions, filed);
    // Where its other copy comes to the mailbox, that one is judged by itself.
    if (way == rules::Way::sent && !filed.ticket) entry.content_key.clear();
    Decided decided{write_down_filed(filing, situation, filed, entry), {}};
    const bool is_collected = rules::flood_limit(event, situation, policy).has_value();
    const auto* opened = std::get_if<rules::OpenTicket>(&actions.front());
    if (opened != nullptr && !is_collected) {
        decided.opened = Opened{opened->ticket, situation.ruling};
        decided.opened->ticket.id = *filed.ticket;
        link_same_message_id(*filed.ticket, entry.message_id);
        join_outage(filing, situation.ruling);
    }
    return decided;
}

/// A mail that is filed: when something is due about its ticket, and what has become of it.
Taken Intake::write_down_filed(const Filing& filing,
                               const rules::Situation& situation,
                               const Filed& filed,
                               storage::LedgerEntry entry) {
    if (filed.ticket) refresh_timers(filing, *filed.ticket);
    entry.outcome = filed.outcome;
    entry.ticket = filed.ticket;
    entry.message = filed.message;
    entry.reason =
        filed.reason.empty() ? parsers::joined(situation.thread.evidence, "; ") : filed.reason;
    return write_down(entry);
}

/// A mail that has been delivered twice, as to two mailboxes: its ticket is told.
Taken Intake::note_twin(const IncomingMail& mail,
                        std::chrono::sys_seconds at,
                        const storage::LedgerEntry& twin,
                        storage::LedgerEntry entry) {
    entry.outcome = storage::Outcome::duplicate;
    entry.ticket = twin.ticket;
    entry.message = twin.message;
    entry.reason = "the same mail as " + twin.key.mailbox + "/" +
                   storage::uidvalidity_text(twin.key.uidvalidity) + "/" +
                   std::to_string(twin.key.uid);
    if (twin.ticket) {
        store_.tickets.record(
            *twin.ticket,
            {at, rules::Event::duplicate, "gateway", "delivered again to " + mail.mailbox, {}});
    }
    return write_down(entry);
}

/// The desk has written itself a copy, which came first and proved nothing.
void Intake::prove_twin(const Filing& filing,
                        const rules::MailReceived& sent,
                        const storage::LedgerEntry& twin) {
    if (!twin.ticket || !twin.message) return;
    const auto row = store_.tickets.find_message(*twin.message);
    if (!row || !row->from.name.starts_with(rules::unproved_mark)) return;
    if (is_settled(store_.tickets.events(row->ticket), *twin.message)) return;
    rules::Situation situation;
    situation.desk_writer = desk_writer(filing, sent, {}, {.keys = store_.generations.keys(key_)});
    const rules::Ticket ticket = store_.tickets.find(store_.tickets.current(row->ticket)).value();
    file_work(filing, ticket, rules::proved_by_copy(sent, ticket, *twin.message, situation));
    refresh_timers(filing, ticket.id);
}

Taken Intake::write_down(const storage::LedgerEntry& entry) {
    store_.ledger.record(entry);
    return {entry.key, entry.outcome, entry.ticket, entry.reason, entry.message_id};
}

/// Copiers, forms and alarm systems give one Message-ID to many mails. Each is a ticket of its own;
/// people see that there are others.
void Intake::link_same_message_id(rules::TicketId ticket, const std::string& message_id) {
    if (message_id.empty()) return;
    for (const storage::MessageIdSighting& other : store_.tickets.sightings(message_id)) {
        if (other.ticket == ticket) continue;
        store_.tickets.link(ticket, other.ticket, "same_message_id");
        return;
    }
}

Taken Intake::quarantine(const IncomingMail& mail, const std::string& reason) {
    storage::QuarantinedMail row;
    row.key = mail.key;
    row.reason = reason;
    // Two mails of which nothing is known are no duplicates of each other: no bytes, no key.
    const bool unread = mail.bytes.empty();
    if (!unread) row.raw_sha256 = store_.blobs.put(mail.bytes);
    row.size = mail.bytes.size();
    row.at = clock_.now();
    store_.quarantine.put(row);
    storage::LedgerEntry entry;
    entry.key = mail.key;
    entry.outcome = storage::Outcome::quarantined;
    entry.reason = reason;
    entry.content_key = row.raw_sha256;
    entry.at = row.at;
    entry.unread = unread;
    entry.internal_at = listed_date(mail);
    entry.listed_size = mail.listed_size;
    return write_down(entry);
}

}  // namespace bellhop::daemon
