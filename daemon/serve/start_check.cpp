#include "daemon/serve/start_check.hpp"

#include <string>

#include "daemon/process/log.hpp"
#include "daemon/work/work_done.hpp"
#include "storage/inspection.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::chrono::seconds most_time{1};
constexpr std::size_t most_named = 3;  // lines of damage

std::string joined(const std::vector<std::string>& texts, std::size_t most) {
    std::string text;
    for (std::size_t i = 0; i < texts.size() && i < most; ++i) {
        text += (i > 0 ? "; " : "") + texts[i];
    }
    return text;
}

std::string in_words(const storage::QuickLook& look) {
    std::string words = std::to_string(look.tables.size()) + " tables";
    if (!look.not_seen.empty()) {
        words += ", not in the time: " + joined(look.not_seen, look.not_seen.size());
    }
    return words + (look.damage.empty() ? "; nothing is wrong" : "; DAMAGED");
}

void remember(storage::Store& store, const storage::QuickLook& look, std::chrono::sys_seconds now) {
    storage::Transaction transaction{store.database, storage::Durability::process_death};
    note_work(store, {"database check at start", now, in_words(look)});
    const std::string damage = joined(look.damage, most_named);
    const bool was_damaged = !store.facts.find("database_damaged").empty();
    if (!damage.empty() && !was_damaged) {
        store.facts.set("database_damaged", dated_fact(now, damage));
    }
    // A look that was cut short has perhaps not come to what was damaged.
    if (damage.empty() && was_damaged && look.not_seen.empty()) {
        store.facts.forget("database_damaged");
    }
    transaction.commit();
}

}  // namespace

void check_at_start(storage::Store& store, const Clock& clock) {
    const auto end = clock.steady() + most_time;
    try {
        const storage::QuickLook look =
            storage::look_quickly(store.database, [&clock, end] { return clock.steady() >= end; });
        if (look.damage.empty()) {
            log_event(LogLevel::info, "database_checked", {{"seen", in_words(look)}});
        } else {
            log_event(
                LogLevel::error, "database_damaged",
                {{"error", joined(look.damage, most_named)}, {"to_do", storage::advice_on_damage}});
        }
        remember(store, look, clock.now());
    } catch (const storage::DatabaseError& error) {
        log_event(LogLevel::error, "database_check_failed",
                  {{"error", error.what()}, {"to_do", storage::advice_on_damage}});
    }
}

}  // namespace bellhop::daemon
