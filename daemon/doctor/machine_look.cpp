#include "daemon/doctor/machine_look.hpp"

#include <cerrno>
#include <system_error>

#include <boost/json.hpp>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#include "daemon/control/holder.hpp"
#include "daemon/control/owner.hpp"
#include "daemon/desk/text_file.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/work/work_done.hpp"
#include "parsers/text/printable.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/mail/trouble.hpp"
#include "storage/inspection.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::chrono::seconds most_time{1};  // for a look at the pages of the database
constexpr std::size_t max_words = 300;        // bytes
constexpr std::size_t key_bytes = 32;

std::string name_of(uid_t user) {
    const passwd* entry = getpwuid(user);
    return entry != nullptr ? entry->pw_name : "user " + std::to_string(user);
}

/// The folder, or the nearest one above it that is there.
fs::path nearest_folder(fs::path folder) {
    struct stat status = {};
    while (stat(folder.c_str(), &status) != 0 && folder.has_parent_path() &&
           folder != folder.parent_path()) {
        folder = folder.parent_path();
    }
    return folder;
}

/// Those of the database that are somebody else's than its folder.
std::vector<rules::StrayFile> strays_of(const fs::path& database, uid_t owner) {
    std::vector<rules::StrayFile> strays;
    const std::string base = database.string();
    const std::string key = (database.parent_path() / "bellhop.key").string();
    for (const std::string& file : {base, base + "-wal", base + "-shm", base + ".lock", key}) {
        struct stat status = {};
        if (stat(file.c_str(), &status) != 0 || status.st_uid == owner) continue;
        strays.push_back({file, name_of(status.st_uid)});
    }
    return strays;
}

void look_inside(const Settings& settings, DatabaseLook& look) {
    const SystemClock clock;
    try {
        const AsOwner as_owner{settings.database};
        storage::Store store{settings.database, {.access = storage::Access::reader}};
        const auto end = clock.steady() + most_time;
        const storage::QuickLook seen =
            storage::look_quickly(store.database, [&clock, end] { return clock.steady() >= end; });
        look.seen.damage = seen.damage;
        look.seen.extent = std::to_string(seen.tables.size()) + " tables looked at";
        for (const WorkDone& work : work_done(store)) {
            if (work.name == "backup") look.last_backup = work.at;
        }
        if (!look.signing_key.empty()) {
            look.signing_key = store.generations.keys(look.signing_key).current;
        }
    } catch (const storage::DatabaseError& error) {
        look.seen.open_words = error.what();
    } catch (const std::system_error& error) {
        look.seen.open_words = error.what();
    }
}

std::string text_in(const json::object& object, const char* name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return {};
    return parsers::printable({value->get_string().data(), value->get_string().size()}, max_words);
}

std::int64_t number_in(const json::object& object, const char* name) {
    const json::value* value = object.if_contains(name);
    boost::system::error_code none;
    return value != nullptr ? value->to_number<std::int64_t>(none) : 0;
}

void read_daemon(const json::object& daemon, rules::GatewaySeen& seen) {
    seen.words = "process " + std::to_string(number_in(daemon, "process")) + " since " +
                 text_in(daemon, "since");
    const json::value* duties = daemon.if_contains("duties");
    if (duties == nullptr || !duties->is_array()) return;
    for (const json::value& one : duties->get_array()) {
        if (!one.is_object() || number_in(one.get_object(), "failures") == 0) continue;
        seen.failing.push_back(text_in(one.get_object(), "name") + ": " +
                               text_in(one.get_object(), "error"));
    }
}

}  // namespace

rules::DiskSeen look_at_disk(const Settings& settings) {
    rules::DiskSeen seen;
    seen.folder = settings.database.parent_path().string();
    seen.least_bytes = settings.limits.free_disk_bytes;
    struct statvfs disk = {};
    if (statvfs(nearest_folder(seen.folder).c_str(), &disk) != 0) return seen;
    seen.free_bytes = std::uint64_t{disk.f_bavail} * disk.f_frsize;
    if (disk.f_files > 0) seen.free_files = disk.f_favail;
    return seen;
}

DatabaseLook look_at_database(const Settings& settings) {
    DatabaseLook look;
    look.seen.path = settings.database.string();
    const fs::path folder = nearest_folder(settings.database.parent_path());
    struct stat status = {};
    if (stat(folder.c_str(), &status) == 0) {
        look.seen.owner = name_of(status.st_uid);
        look.seen.strays = strays_of(settings.database, status.st_uid);
    }
    // As root there is no saying no; what root may write is asked of its owner.
    if (geteuid() != 0) look.seen.folder_is_writable = access(folder.c_str(), W_OK | X_OK) == 0;
    const std::string key =
        read_text_file(settings.database.parent_path() / "bellhop.key").value_or("");
    if (key.size() == key_bytes) look.signing_key = key;
    look.seen.is_there = !is_missing(settings.database);
    if (!look.seen.is_there) {
        // Nothing that takes mail can run yet: any key will do.
        if (look.signing_key.empty()) look.signing_key = "a gateway that was never started";
        return look;
    }
    look_inside(settings, look);
    return look;
}

rules::GatewaySeen look_at_gateway(const Settings& settings) {
    rules::GatewaySeen seen;
    const auto answer = ask_daemon(settings.database, {"status", {}, {}});
    if (!answer || answer->status != 0 || !answer->result.is_object()) return seen;
    const json::value* daemon = answer->result.get_object().if_contains("daemon");
    seen.runs = true;
    if (daemon != nullptr && daemon->is_object()) read_daemon(daemon->get_object(), seen);
    return seen;
}

std::optional<bool> is_clock_kept() {
    timex state = {};
    const int answer = adjtimex(&state);
    if (answer < 0) return std::nullopt;
    return answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

rules::Told look_at_told(const Desk& desk) {
    const rules::Staff staff = staff_of(desk);
    // A ticket that no rule gives to a team or a person.
    return {rules::staff_addresses(staff, rules::Ticket{}, {"team"}).size(),
            rules::told_of_trouble(staff).size()};
}

}  // namespace bellhop::daemon
