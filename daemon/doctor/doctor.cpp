#include "daemon/doctor/doctor.hpp"

#include <exception>
#include <optional>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "daemon/desk/desk.hpp"
#include "daemon/desk/desk_lint.hpp"
#include "daemon/desk/folder_guard.hpp"
#include "daemon/doctor/machine_look.hpp"
#include "daemon/doctor/server_examination.hpp"
#include "daemon/net/curl_loop.hpp"
#include "daemon/process/clock.hpp"
#include "rules/calendar/calendar_lint.hpp"
#include "rules/doctor/desk_trial.hpp"
#include "rules/doctor/machine_trial.hpp"
#include "rules/doctor/round_trip.hpp"
#include "storage/database.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
using rules::Finding;
using rules::Findings;
namespace {

/// `told_` hears of each finding as soon as it is there. What is missing because something before
/// it failed is left out.
class Examination {
public:
    Examination(const DoctorOptions& options, const Teller& told)
        : options_(options), told_(told), now_(SystemClock{}.now()) {}

    void run() {
        check("configuration", [this] { return configuration(); });
        check("files", [this] { return files(); });
        if (desk_) {
            check("calendar", [this] { return calendars(); });
            check("people told", [this] { return people_told(); });
        }
        if (!settings_) return;
        check("disk", [this] { return Findings{rules::judge_disk(look_at_disk(*settings_))}; });
        check("database", [this] { return database(); });
        check("gateway", [this] { return gateway(); });
        check("servers", [this] { return servers(); });
    }

private:
    template <class Look>
    void check(const char* name, const Look& look) {
        try {
            for (const Finding& one : look()) told_(one);
        } catch (const std::exception& error) {
            told_(rules::failing(name, std::string{"the check itself failed: "} + error.what(),
                                 "run this as root, or as the user of the service"));
        }
    }

    /// Of wrong files bellhop.toml alone is enough to try the servers.
    Findings configuration() {
        auto desk = load_desk_files(options_.folder, OwnTests::must_pass);
        const parsers::Diagnostics complaints = desk ? lint_desk(*desk, now_) : desk.error();
        if (desk) {
            desk_.emplace(std::move(*desk));
            settings_ = desk_->settings;
        } else if (auto settings = load_settings(options_.folder)) {
            settings_ = std::move(*settings);
        }
        return {rules::judge_configuration(seen_of(complaints))};
    }

    rules::ConfigurationSeen seen_of(const parsers::Diagnostics& complaints) const {
        rules::ConfigurationSeen seen;
        seen.folder = options_.folder.string();
        const bool has_errors = parsers::has_errors(complaints);
        for (const parsers::Diagnostic& one : complaints) {
            const bool is_error = one.severity == parsers::Severity::error;
            ++(is_error ? seen.errors : seen.warnings);
            if (!seen.first.empty() || is_error != has_errors) continue;
            seen.first = one.where.file + ":" + std::to_string(one.where.line) + ": " + one.message;
            if (!one.hints.empty()) seen.remedy = one.hints.front();
        }
        return seen;
    }

    Findings files() const {
        const std::filesystem::path database =
            settings_ ? settings_->database : options_.folder / "data/bellhop.db";
        return {rules::judge_files(stray_of(folder_faults(options_.folder, database)))};
    }

    static rules::FilesSeen stray_of(const parsers::Diagnostics& faults) {
        rules::FilesSeen seen;
        seen.faults = faults.size();
        if (faults.empty()) return seen;
        seen.first = faults.front().message;
        if (!faults.front().hints.empty()) seen.remedy = faults.front().hints.front();
        return seen;
    }

    Findings calendars() const {
        Findings all;
        for (std::size_t i = 0; i < desk_->calendars.entries.size(); ++i) {
            const rules::CalendarPlan& plan = desk_->calendars.entries[i].plan;
            const auto today = desk_->calendars.calendars[i].wall_clock(now_).date;
            all.push_back(rules::judge_calendar(plan.name, rules::said_until(plan), today));
        }
        return all;
    }

    Findings people_told() const { return {rules::judge_told(look_at_told(*desk_))}; }

    Findings database() {
        DatabaseLook look = look_at_database(*settings_);
        signing_key_ = std::move(look.signing_key);
        Findings all{rules::judge_database(look.seen),
                     rules::judge_engine(storage::engine_version())};
        if (look.seen.is_there) all.push_back(rules::judge_backup(look.last_backup, now_));
        return all;
    }

    Findings gateway() const { return {rules::judge_gateway(look_at_gateway(*settings_))}; }

    /// These take long: each is told as soon as it is there.
    Findings servers() {
        asio::io_context context{1};
        CurlLoop loop{context.get_executor()};
        ServerExamination examination{loop, *settings_, options_, signing_key_, told_};
        std::exception_ptr failure;
        asio::co_spawn(context, examination.run(),
                       [&failure](std::exception_ptr error) { failure = error; });
        context.run();
        if (failure) std::rethrow_exception(failure);
        return {rules::judge_clock(examination.clocks(), is_clock_kept())};
    }

    const DoctorOptions& options_;
    const Teller& told_;
    std::chrono::sys_seconds now_;
    std::optional<Desk> desk_ = {};
    std::optional<Settings> settings_ = {};
    std::string signing_key_ = {};
};

}  // namespace

void examine(const DoctorOptions& options, const Teller& told) {
    Examination{options, told}.run();
}

}  // namespace bellhop::daemon
