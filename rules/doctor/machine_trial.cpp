#include "rules/doctor/machine_trial.hpp"

#include "parsers/text/lists.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::rules {
namespace {

constexpr std::uint64_t mebibyte = 1024 * 1024;
constexpr std::uint64_t least_files = 1000;  // a busy minute makes some

std::string mebibytes(std::uint64_t bytes) {
    return std::to_string(bytes / mebibyte) + " MiB";
}

}  // namespace

Finding judge_disk(const DiskSeen& seen) {
    const std::string check = "disk";
    if (!seen.free_bytes) {
        return failing(check, "nothing is known of the disk of " + seen.folder,
                       "make the folder that database in bellhop.toml names");
    }
    const std::string words = mebibytes(*seen.free_bytes) + " free for " + seen.folder;
    if (*seen.free_bytes < seen.least_bytes) {
        return failing(
            check,
            words + ", less than free_disk, " + mebibytes(seen.least_bytes) + ": no mail is taken",
            "make room on the disk: nothing is lost, mail waits on its server");
    }
    if (seen.free_files && *seen.free_files < least_files) {
        return failing(check, "room for " + std::to_string(*seen.free_files) + " more files only",
                       "remove files on that disk (df -i)");
    }
    // Four times the limit is a fortnight or so of a busy desk.
    if (*seen.free_bytes < 4 * seen.least_bytes) {
        return doubtful(check,
                        words + "; below " + mebibytes(seen.least_bytes) + " no mail is taken",
                        "make room on the disk in the next days");
    }
    return well(check, words);
}

Finding judge_database(const DatabaseSeen& seen) {
    const std::string check = "database";
    if (!seen.folder_is_writable) {
        return failing(
            check, seen.owner + " cannot write into the folder of " + seen.path,
            "give the folder to the user that the service runs as: chown bellhop: FOLDER");
    }
    if (!seen.strays.empty()) {
        std::vector<std::string> paths;
        for (const StrayFile& one : seen.strays) paths.push_back(one.path);
        return failing(check,
                       seen.strays.front().path + " belongs to " + seen.strays.front().owner +
                           ", its folder to " + seen.owner,
                       "chown " + seen.owner + ": " + parsers::joined(paths, " "));
    }
    if (!seen.is_there) {
        return well(check, "there is none yet at " + seen.path + "; the first start makes it");
    }
    if (!seen.open_words.empty()) {
        return failing(check, seen.open_words,
                       "bellhop check --database says more; bellhop restore FILE puts a backup in "
                       "its place");
    }
    if (!seen.damage.empty()) {
        return failing(
            check, "damaged: " + seen.damage.front(),
            "stop the gateway, keep the file, and put the last good backup in its place: "
            "bellhop restore FILE");
    }
    return well(check, seen.path + ", " + seen.extent + ", nothing is wrong");
}

Finding judge_engine(const std::string& version) {
    return well("database engine", version + ", written by one process at a time");
}

Finding judge_backup(std::optional<std::chrono::sys_seconds> last, std::chrono::sys_seconds now) {
    const std::string check = "backup";
    const std::string remedy =
        "systemctl enable --now bellhop-backup.timer; or bellhop backup FILE";
    if (!last) return doubtful(check, "none was ever made", remedy);
    const std::string words = "the last one of " + to_text(*last);
    if (now - *last > backup_notice) return doubtful(check, words, remedy);
    return well(check, words);
}

Finding judge_gateway(const GatewaySeen& seen) {
    const std::string check = "gateway";
    if (!seen.runs) {
        return doubtful(check, "it does not run",
                        "systemctl enable --now bellhop; journalctl -u bellhop "
                        "says why it ended");
    }
    if (seen.failing.empty()) return well(check, "it runs, " + seen.words);
    return failing(check, "it runs, and fails: " + parsers::joined(seen.failing, "; "),
                   "bellhop status says since when; the other lines here, why");
}

}  // namespace bellhop::rules
