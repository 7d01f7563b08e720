#include "storage/removal.hpp"

#include <algorithm>

#include "parsers/header/address.hpp"
#include "storage/blob_store.hpp"
#include "storage/database.hpp"
#include "storage/json_text.hpp"
#include "storage/search.hpp"

namespace bellhop::storage {
namespace {

// The log's last entry tells when a ticket was closed, or anything else happened to it. One that
// was merged into another is needed as long as that: mails that quote it go there.
#define OUTDATED                                                                    \
    " FROM tickets WHERE opened_at < ?1 AND status = 'closed' "                     \
    "AND (SELECT max(dated_at) FROM events WHERE events.ticket = tickets.id) < ?1 " \
    "AND NOT EXISTS (SELECT 1 FROM ticket_links "                                   \
    "WHERE ticket = tickets.id AND kind = 'merged_into') "

std::vector<std::int64_t> numbers(Statement query) {
    std::vector<std::int64_t> found;
    while (query.step()) {
        if (!query.is_null(0)) found.push_back(query.integer(0));
    }
    return found;
}

std::int64_t number(Statement query) {
    return query.step() ? query.integer(0) : 0;
}

void append(std::vector<std::int64_t>& all, const std::vector<std::int64_t>& more) {
    all.insert(all.end(), more.begin(), more.end());
}

/// Every place of `wanted` in `text`, whatever the case, becomes a word that names nobody.
std::string without(std::string text, const std::string& wanted) {
    constexpr std::string_view nobody = "(erased)";
    const auto same = [](char left, char right) {
        const auto lower = [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        };
        return lower(left) == lower(right);
    };
    for (std::size_t from = 0;;) {
        const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(),
                                       wanted.begin(), wanted.end(), same);
        if (found == text.end()) return text;
        from = static_cast<std::size_t>(found - text.begin());
        text.replace(from, wanted.size(), nobody);
        from += nobody.size();
    }
}

}  // namespace

Removed& Removed::operator+=(const Removed& other) {
    tickets += other.tickets;
    messages += other.messages;
    mails += other.mails;
    quarantined += other.quarantined;
    blobs += other.blobs;
    bytes += other.bytes;
    return *this;
}

std::vector<rules::TicketId> Removal::outdated_tickets(const RetentionRules& rules,
                                                       std::chrono::sys_seconds now,
                                                       std::size_t most) const {
    std::vector<rules::TicketId> found;
    if (!rules.closed_tickets) return found;
    Statement query =
        database_.prepare("SELECT id" OUTDATED "ORDER BY opened_at, id LIMIT ?2",
                          now - *rules.closed_tickets, static_cast<std::int64_t>(most));
    while (query.step()) found.push_back(query.id<rules::TicketId>(0));
    return found;
}

std::int64_t Removal::count_outdated_tickets(const RetentionRules& rules,
                                             std::chrono::sys_seconds now) const {
    if (!rules.closed_tickets) return 0;
    return number(database_.prepare("SELECT count(*)" OUTDATED, now - *rules.closed_tickets));
}

std::int64_t Removal::count_outdated_quarantine(const RetentionRules& rules,
                                                std::chrono::sys_seconds now) const {
    if (!rules.quarantine) return 0;
    return number(database_.prepare("SELECT count(*) FROM quarantine WHERE quarantined_at < ?1",
                                    now - *rules.quarantine));
}

Removed Removal::remove_outdated(const RetentionRules& rules,
                                 std::chrono::sys_seconds now,
                                 std::size_t most) {
    AtomicWrite write{database_};
    Removed removed;
    for (const rules::TicketId ticket : outdated_tickets(rules, now, most)) {
        removed += remove_ticket(ticket);
    }
    if (removed == Removed{} && rules.quarantine) {
        const std::vector<std::int64_t> old = numbers(database_.prepare(
            "SELECT id FROM quarantine WHERE quarantined_at < ?1 ORDER BY id LIMIT ?2",
            now - *rules.quarantine, static_cast<std::int64_t>(most)));
        for (const std::int64_t id : old) {
            std::vector<std::int64_t> blobs =
                numbers(database_.prepare("SELECT raw FROM quarantine WHERE id = ?1", id));
            database_.prepare("DELETE FROM quarantine WHERE id = ?1", id).run();
            ++removed.quarantined;
            remove_unused_blobs(std::move(blobs), removed);
        }
    }
    write.commit();
    return removed;
}

std::vector<std::int64_t> Removal::blobs_of_ticket(rules::TicketId ticket) const {
    std::vector<std::int64_t> blobs =
        numbers(database_.prepare("SELECT raw FROM messages WHERE ticket = ?1", ticket));
    append(blobs,
           numbers(database_.prepare("SELECT html FROM messages WHERE ticket = ?1", ticket)));
    append(blobs,
           numbers(database_.prepare("SELECT blob FROM messages JOIN attachments "
                                     "ON attachments.message = messages.id WHERE ticket = ?1",
                                     ticket)));
    append(blobs, numbers(database_.prepare("SELECT bytes FROM outbox WHERE ticket = ?1", ticket)));
    return blobs;
}

Removed Removal::remove_ticket(rules::TicketId ticket) {
    AtomicWrite write{database_};
    Removed removed;
    std::vector<std::int64_t> blobs = blobs_of_ticket(ticket);
    const std::vector<std::int64_t> messages =
        numbers(database_.prepare("SELECT id FROM messages WHERE ticket = ?1", ticket));
    for (const std::int64_t message : messages) {
        remove_from_index(database_, rules::MessageId{message});
    }
    removed.messages = static_cast<std::int64_t>(messages.size());
    removed.mails =
        number(database_.prepare("SELECT count(*) FROM outbox WHERE ticket = ?1", ticket));
    database_.prepare("DELETE FROM tickets WHERE id = ?1", ticket).run();
    removed.tickets = database_.changes();
    remove_unused_blobs(std::move(blobs), removed);
    write.commit();
    return removed;
}

/// Also the parts that are left when a mail goes that was kept without its attachments.
void Removal::remove_unused_blobs(std::vector<std::int64_t> candidates, Removed& removed) {
    while (!candidates.empty()) {
        const std::int64_t blob = candidates.back();
        candidates.pop_back();
        const std::vector<std::int64_t> parts =
            numbers(database_.prepare("SELECT part FROM blob_slices WHERE blob = ?1", blob));
        std::int64_t size = 0;
        {
            Statement gone = database_.prepare(
                "SELECT length(bytes) FROM blobs WHERE id = ?1 "
                "AND NOT EXISTS (SELECT 1 FROM messages WHERE raw = ?1) "
                "AND NOT EXISTS (SELECT 1 FROM messages WHERE html = ?1) "
                "AND NOT EXISTS (SELECT 1 FROM attachments WHERE blob = ?1) "
                "AND NOT EXISTS (SELECT 1 FROM outbox WHERE bytes = ?1) "
                "AND NOT EXISTS (SELECT 1 FROM quarantine WHERE raw = ?1) "
                "AND NOT EXISTS (SELECT 1 FROM blob_slices WHERE part = ?1)",
                blob);
            if (!gone.step()) continue;
            size = gone.integer(0);
        }
        database_.prepare("DELETE FROM blobs WHERE id = ?1", blob).run();
        ++removed.blobs;
        removed.bytes += size;
        append(candidates, parts);
    }
}

Removal::Traces Removal::traces_of(const std::string& address,
                                   rules::TicketId after,
                                   std::size_t most) const {
    Traces traces;
    traces.last = after;
    const std::string wanted = parsers::address_key(address);
    Statement tickets = database_.prepare(
        "SELECT id, requester_address, participants, "
        "(SELECT group_concat(from_address, ' ') FROM messages WHERE ticket = tickets.id) "
        "FROM tickets WHERE id > ?1 ORDER BY id LIMIT ?2",
        after, static_cast<std::int64_t>(most));
    std::size_t seen = 0;
    while (tickets.step()) {
        ++seen;
        const auto ticket = tickets.id<rules::TicketId>(0);
        traces.last = ticket;
        const std::vector<std::string> takes_part = texts_of_json(tickets.text(2));
        std::string writers = " " + tickets.text(3) + " ";
        bool writes = false;
        for (std::size_t at = 1; at < writers.size();) {
            const std::size_t end = writers.find(' ', at);
            writes = writes || parsers::address_key(writers.substr(at, end - at)) == wanted;
            at = end + 1;
        }
        if (parsers::address_key(tickets.text(1)) == wanted) {
            traces.requested.push_back(ticket);
        } else if (writes ||
                   std::find(takes_part.begin(), takes_part.end(), wanted) != takes_part.end()) {
            traces.touched.push_back(ticket);
        }
    }
    traces.more = seen == most;
    return traces;
}

Removed Removal::remove_person(const std::string& address, rules::TicketId ticket) {
    AtomicWrite write{database_};
    Removed removed;
    const std::string wanted = parsers::address_key(address);
    std::vector<std::int64_t> blobs;
    std::vector<std::int64_t> theirs;
    {
        Statement messages = database_.prepare(
            "SELECT id, from_address, raw, html FROM messages WHERE ticket = ?1", ticket);
        while (messages.step()) {
            if (parsers::address_key(messages.text(1)) != wanted) continue;
            theirs.push_back(messages.integer(0));
            if (!messages.is_null(2)) blobs.push_back(messages.integer(2));
            if (!messages.is_null(3)) blobs.push_back(messages.integer(3));
        }
    }
    for (const std::int64_t message : theirs) {
        remove_from_index(database_, rules::MessageId{message});
        append(blobs, numbers(database_.prepare("SELECT blob FROM attachments WHERE message = ?1",
                                                message)));
        database_.prepare("DELETE FROM attachments WHERE message = ?1", message).run();
        database_
            .prepare(
                "UPDATE messages SET from_name = '', from_address = '', recipients = '[]', "
                "subject = '', text = '(erased)', reply_length = 0, reply_text = NULL, html = "
                "NULL, "
                "raw = NULL, evidence = '{}', defects = '{}', proof_reason = '' WHERE id = ?1",
                message)
            .run();
        ++removed.messages;
    }
    std::vector<std::string> stay;
    {
        Statement row = database_.prepare("SELECT participants FROM tickets WHERE id = ?1", ticket);
        if (row.step()) stay = texts_of_json(row.text(0));
    }
    std::erase(stay, wanted);
    database_.prepare("UPDATE tickets SET participants = ?2 WHERE id = ?1", ticket, to_json(stay))
        .run();
    const std::vector<std::int64_t> mails = numbers(database_.prepare(
        "SELECT id FROM outbox WHERE ticket = ?1 AND recipient = ?2", ticket, wanted));
    for (const std::int64_t mail : mails) {
        append(blobs, numbers(database_.prepare("SELECT bytes FROM outbox WHERE id = ?1", mail)));
        database_.prepare("DELETE FROM outbox WHERE id = ?1", mail).run();
        ++removed.mails;
    }
    std::vector<std::pair<std::int64_t, std::pair<std::string, std::string>>> entries;
    {
        Statement log =
            database_.prepare("SELECT id, detail, fields FROM events WHERE ticket = ?1", ticket);
        while (log.step()) {
            std::string detail = without(log.text(1), wanted);
            std::string fields = without(log.text(2), wanted);
            if (detail == log.text(1) && fields == log.text(2)) continue;
            entries.push_back({log.integer(0), {std::move(detail), std::move(fields)}});
        }
    }
    for (const auto& [id, texts] : entries) {
        database_
            .prepare("UPDATE events SET detail = ?2, fields = ?3 WHERE id = ?1", id, texts.first,
                     texts.second)
            .run();
    }
    remove_unused_blobs(std::move(blobs), removed);
    write.commit();
    return removed;
}

std::optional<std::int64_t> Removal::remove_quarantined_of(const std::string& address,
                                                           std::int64_t after,
                                                           std::size_t most,
                                                           Removed& removed) {
    AtomicWrite write{database_};
    const std::vector<std::int64_t> rows =
        numbers(database_.prepare("SELECT id FROM quarantine WHERE id > ?1 ORDER BY id LIMIT ?2",
                                  after, static_cast<std::int64_t>(most)));
    const BlobStore blobs{database_};
    for (const std::int64_t id : rows) {
        std::vector<std::int64_t> raw =
            numbers(database_.prepare("SELECT raw FROM quarantine WHERE id = ?1", id));
        if (raw.empty()) continue;
        const std::string bytes = blobs.get(BlobId{raw.front()});
        if (without(bytes, parsers::address_key(address)) == bytes) continue;
        database_.prepare("DELETE FROM quarantine WHERE id = ?1", id).run();
        ++removed.quarantined;
        remove_unused_blobs(std::move(raw), removed);
    }
    write.commit();
    if (rows.size() < most) return std::nullopt;
    return rows.back();
}

}  // namespace bellhop::storage
