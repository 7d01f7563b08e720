// bellhop backup FILE, bellhop restore FILE
#include "storage/backup.hpp"

#include <algorithm>
#include <iostream>
#include <limits>
#include <optional>
#include <thread>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/control/holder.hpp"
#include "daemon/control/owner.hpp"
#include "daemon/desk/secret_key.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/view/output.hpp"
#include "parsers/text/lists.hpp"
#include "rules/calendar/instant.hpp"
#include "storage/process_lock.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

constexpr std::string_view name_begin = "bellhop-";
constexpr std::string_view name_end = ".backup";
constexpr int most_kept = 10'000;

/// In a folder each backup has a name of its own; names sort as the backups were made.
fs::path target_of(const std::string& given, std::chrono::sys_seconds now) {
    std::error_code error;
    if (!fs::is_directory(given, error)) return given;
    std::string at = short_time(now);  // "2026-11-22 09:30"
    std::replace(at.begin(), at.end(), ' ', 'T');
    std::erase(at, ':');
    return fs::path{given} / fmt::format("{}{}{:02}Z{}", name_begin, at,
                                         now.time_since_epoch().count() % 60, name_end);
}

/// Those of our names in the folder but the newest `keep`.
std::vector<fs::path> outdated(const fs::path& folder, std::size_t keep) {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator entry{folder, error}; !error && entry != fs::directory_iterator{};
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.starts_with(name_begin) && name.ends_with(name_end))
            found.push_back(entry->path());
    }
    std::sort(found.begin(), found.end());
    found.resize(found.size() - std::min(found.size(), keep));
    return found;
}

json::object to_json(const storage::BackupFacts& facts) {
    return {{"made_at", rules::to_text(facts.made_at)},
            {"tickets", facts.tickets},
            {"messages", facts.messages},
            {"bytes", facts.bytes}};
}

/// Runs `work`; what it cannot do ends the command with a sentence.
template <class Work>
auto or_failure(const Work& work) {
    try {
        return work();
    } catch (const storage::DatabaseError& error) {
        throw failure_of(error);
    } catch (const storage::LockHeld& error) {
        throw CommandFailure(EX_TEMPFAIL, std::string{"bellhop: "} + error.what() + "\n");
    } catch (const storage::BackupError& error) {
        throw CommandFailure(EX_IOERR, std::string{"bellhop: "} + error.what() + "\n");
    }
}

struct BackupOptions {
    std::string file = {};
    std::optional<std::size_t> keep = {};
};

struct RestoreOptions {
    std::string file = {};
    std::optional<std::int64_t> next_ticket = {};
};

void back_up(const BackupOptions& options, const Invocation& invocation) {
    const Desk desk = desk_without_rules(invocation);
    const auto now = SystemClock{}.now();
    const fs::path file = target_of(options.file, now);
    const auto facts = or_failure([&] {
        return storage::make_backup(desk.settings.database, file,
                                    load_or_make_key(desk.settings.database), now);
    });
    // For `status`. The backup is made whether anybody hears of it or not.
    ask_daemon(desk.settings.database,
               {"backup.made", {{"file", file.string()}, {"tickets", facts.tickets}}, {}});
    if (options.keep) {
        for (const fs::path& old : outdated(file.parent_path(), *options.keep)) {
            std::error_code error;
            if (!fs::remove(old, error) || error) {
                std::cerr << "bellhop: cannot remove " << old.string() << '\n';
            }
        }
    }
    if (invocation.json) {
        json::object object = to_json(facts);
        object["file"] = file.string();
        std::cout << json::serialize(object) << '\n';
        return;
    }
    std::cout << fmt::format("{}: {} tickets, {} messages, {} bytes; read back whole\n",
                             file.string(), facts.tickets, facts.messages, facts.bytes);
}

void print(const storage::RestoreReport& report, const std::vector<std::string>& mailboxes) {
    std::cout << fmt::format("the database is that of {} UTC again: {} tickets, {} messages\n",
                             short_time(report.backup.made_at), report.backup.tickets,
                             report.backup.messages);
    if (report.put_aside) {
        std::cout << "the one from before is kept as " << report.put_aside->string() << '\n';
    }
    if (report.held_mails > 0) {
        std::cout << fmt::format(
            "{} mails that waited to be sent are held back, because they may have been sent since: "
            "\"bellhop outbox list --state failed\"\n",
            report.held_mails);
    }
    std::cout << fmt::format(
        "the next ticket is {}; \"bellhop serve\" reads {} again before it sends anything\n",
        report.next_ticket, parsers::joined(mailboxes, ", "));
}

/// Mail servers date mails by the whole second. A mail of the restore's own second may have been
/// answered before it, so that the gateway is not to be started within that second: what comes from
/// then on is dated later. A clock that is set back meanwhile is not waited for.
void let_the_second_pass(const Clock& clock, std::chrono::sys_seconds second) {
    const auto begun = clock.steady();
    while (clock.now() <= second && clock.steady() - begun < std::chrono::milliseconds{1100}) {
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
}

void restore(const RestoreOptions& options, const Invocation& invocation) {
    const Desk desk = desk_without_rules(invocation);
    storage::RestoreOrder order;
    order.backup = options.file;
    order.database = desk.settings.database;
    order.key_file = desk.settings.database.parent_path() / "bellhop.key";
    for (const MailboxSettings& one : desk.settings.mailboxes) order.mailboxes.push_back(one.name);
    const SystemClock clock;
    order.now = clock.now();
    order.next_ticket = options.next_ticket;
    const AsOwner owner{order.database};
    make_folder_of(order.database);
    const auto report = or_failure([&] {
        const storage::ProcessLock lock{order.database};
        storage::RestoreReport restored = storage::restore_backup(order);
        let_the_second_pass(clock, order.now);
        return restored;
    });
    if (!invocation.json) return print(report, order.mailboxes);
    json::object object{{"backup", to_json(report.backup)},
                        {"next_ticket", report.next_ticket},
                        {"held_mails", report.held_mails}};
    if (report.put_aside) object["put_aside"] = report.put_aside->string();
    std::cout << json::serialize(object) << '\n';
}

}  // namespace

Command backup_command() {
    Command backup{"backup", "copy the database, with its key, while the gateway runs",
                   "In a folder each backup gets a name of its own.\n\n"
                   "Example:\n"
                   "  bellhop backup --keep 14 /var/backups/bellhop"};
    backup.options = {
        value("FILE", "where to, or the folder for it").required(),
        whole_number("--keep", "in a folder: remove older ones but so many", {1, most_kept})};
    backup.run = [](const Arguments& given, Invocation& invocation) {
        BackupOptions options;
        options.file = given.text("FILE");
        if (given.has("--keep")) options.keep = static_cast<std::size_t>(given.number("--keep"));
        back_up(options, invocation);
    };
    return backup;
}

Command restore_command() {
    Command command{"restore", "put a backup in the place of the database",
                    "The gateway must not run. What stood there is kept under another name.\n\n"
                    "Example:\n"
                    "  bellhop restore /var/backups/bellhop/bellhop-2026-11-22T033000Z.backup"};
    command.options = {
        value("FILE", "a backup").required(),
        whole_number("--next-ticket", "the next ticket's number, where you know the last one",
                     {1, std::numeric_limits<std::int64_t>::max()})};
    command.run = [](const Arguments& given, Invocation& invocation) {
        RestoreOptions options;
        options.file = given.text("FILE");
        if (given.has("--next-ticket")) options.next_ticket = given.number("--next-ticket");
        restore(options, invocation);
    };
    return command;
}

}  // namespace bellhop::daemon
