// bellhop retention, bellhop erase ADDRESS
#include <iostream>
#include <memory>
#include <optional>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/control/owner.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/view/output.hpp"
#include "parsers/header/address.hpp"
#include "parsers/text/digest.hpp"
#include "rules/calendar/instant.hpp"
#include "storage/process_lock.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t slice = 50;      // tickets removed in one transaction
constexpr std::size_t piece = 2000;    // tickets looked at in one query
constexpr std::size_t few_mails = 20;  // in quarantine, read at a time

json::object to_json(const storage::Removed& removed) {
    return {{"tickets", removed.tickets}, {"messages", removed.messages},
            {"mails", removed.mails},     {"quarantined", removed.quarantined},
            {"blobs", removed.blobs},     {"bytes", removed.bytes}};
}

void show_retention(const Invocation& invocation) {
    const Desk desk = configured_desk(invocation);
    const auto store = store_to_read(desk);
    const auto now = SystemClock{}.now();
    const storage::RetentionRules& rules = desk.settings.retention;
    const std::int64_t tickets = store->removal.count_outdated_tickets(rules, now);
    const std::int64_t mails = store->removal.count_outdated_quarantine(rules, now);
    if (invocation.json) {
        std::cout << json::serialize(json::object{{"tickets", tickets}, {"quarantined", mails}})
                  << '\n';
        return;
    }
    if (rules == storage::RetentionRules{}) {
        std::cout << "everything is kept: bellhop.toml has no [retention]\n";
        return;
    }
    std::cout << fmt::format("too old now: {} closed tickets, {} mails in quarantine\n", tickets,
                             mails);
}

/// All the places, before anything is changed.
storage::Removal::Traces all_traces(const storage::Store& store, const std::string& address) {
    storage::Removal::Traces all;
    do {
        const auto some = store.removal.traces_of(address, all.last, piece);
        all.requested.insert(all.requested.end(), some.requested.begin(), some.requested.end());
        all.touched.insert(all.touched.end(), some.touched.begin(), some.touched.end());
        all.last = some.last;
        all.more = some.more;
    } while (all.more);
    return all;
}

storage::Removed erase_all(storage::Store& store,
                           const std::string& address,
                           const storage::Removal::Traces& traces) {
    storage::Removed removed;
    std::size_t done = 0;
    std::optional<storage::Transaction> transaction;
    const auto in_slices = [&](const auto& work) {
        if (!transaction) transaction.emplace(store.database);
        removed += work();
        if (++done % slice != 0) return;
        transaction->commit();
        transaction.reset();
    };
    for (const rules::TicketId id : traces.requested) {
        in_slices([&] { return store.removal.remove_ticket(id); });
    }
    for (const rules::TicketId id : traces.touched) {
        in_slices([&] { return store.removal.remove_person(address, id); });
    }
    if (transaction) transaction->commit();
    transaction.reset();
    for (std::int64_t after = 0;;) {
        const auto next = store.removal.remove_quarantined_of(address, after, few_mails, removed);
        if (!next) return removed;
        after = *next;
    }
}

json::array numbers_of(const std::vector<rules::TicketId>& tickets) {
    json::array array;
    for (const rules::TicketId id : tickets) array.emplace_back(number(id));
    return array;
}

/// The receipt names no person: whoever knows the address can check its digest.
json::object receipt(const std::string& address,
                     const storage::Removal::Traces& traces,
                     const storage::Removed& removed) {
    return {{"address_sha256", parsers::hex(parsers::sha256(parsers::address_key(address)))},
            {"at", rules::to_text(SystemClock{}.now())},
            {"tickets_removed", numbers_of(traces.requested)},
            {"tickets_emptied", numbers_of(traces.touched)},
            {"removed", to_json(removed)}};
}

/// Throws CommandFailure where the gateway runs.
std::unique_ptr<storage::ProcessLock> locked(const Desk& desk) {
    try {
        return std::make_unique<storage::ProcessLock>(desk.settings.database);
    } catch (const storage::LockHeld& error) {
        throw CommandFailure(EX_TEMPFAIL, std::string{"bellhop: "} + error.what() + "\n");
    }
}

void erase(const std::string& address, bool only_shown, const Invocation& invocation) {
    if (!parsers::is_sendable(address)) {
        throw CommandFailure(EX_USAGE,
                             "bellhop: no address: \"" + on_one_line(address, 80) + "\"\n");
    }
    const Desk desk = configured_desk(invocation);
    if (only_shown) {
        const auto store = store_to_read(desk);
        std::cout << json::serialize(receipt(address, all_traces(*store, address), {})) << '\n';
        return;
    }
    const AsOwner owner{desk.settings.database};
    const std::unique_ptr<storage::ProcessLock> lock = locked(desk);
    const auto store = store_to_hold(desk);
    const auto traces = all_traces(*store, address);
    const storage::Removed removed = erase_all(*store, address, traces);
    std::cout << json::serialize(receipt(address, traces, removed)) << '\n';
}

}  // namespace

Command retention_command() {
    Command retention{"retention", "what is older than [retention] of bellhop.toml allows",
                      "Nothing is changed: the gateway removes it, once a day."};
    retention.run = [](const Arguments&, Invocation& invocation) { show_retention(invocation); };
    return retention;
}

Command erase_command() {
    Command erasing{"erase", "take a person out of the database, for good",
                    "The gateway must not run. Prints a receipt: JSON that names nobody.\n\n"
                    "Example:\n"
                    "  bellhop erase --dry-run ann@hill.example.org"};
    erasing.options = {value("ADDRESS", "whose tickets and mails go").required(),
                       flag("--dry-run", "only show which tickets it would be")};
    erasing.run = [](const Arguments& given, Invocation& invocation) {
        erase(given.text("ADDRESS"), given.has("--dry-run"), invocation);
    };
    return erasing;
}

}  // namespace bellhop::daemon
