#include "daemon/desk/desk_time.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "daemon/desk/folder_guard.hpp"
#include "daemon/desk/text_file.hpp"
#include "daemon/process/path_inside.hpp"
#include "parsers/config/config_file.hpp"
#include "parsers/text/ensure.hpp"
#include "rules/sla/sla_file.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t largest_import = 8 * 1024 * 1024;  // bytes of an .ics file

}  // namespace

const rules::BusinessCalendar* DeskCalendars::find(std::string_view name) const {
    if (name.empty()) return &calendars.front();
    const auto found = std::find_if(
        calendars.begin(), calendars.end(),
        [name](const rules::BusinessCalendar& one) { return one.plan().name == name; });
    return found == calendars.end() ? nullptr : &*found;
}

const rules::CalendarEntry& DeskCalendars::entry(std::string_view name) const {
    const rules::BusinessCalendar* calendar = find(name);
    ensure(calendar != nullptr);
    return entries[static_cast<std::size_t>(calendar - calendars.data())];
}

boost::system::result<DeskCalendars, parsers::Diagnostics> load_calendars(
    const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "calendar.toml";
    std::error_code error;
    const std::optional<std::string> text = read_text_file(file, error, parsers::max_config_bytes);
    if (!text) return parsers::Diagnostics{cannot_be_read(file, error)};
    DeskCalendars desk;
    desk.text = *text;
    auto entries = rules::load_calendar_file(file.string(), *text, [&](const std::string& name) {
        const auto named = path_inside(folder, name);
        if (!named || !is_configuration_file(*named)) return std::optional<std::string>{};
        desk.files.push_back(folder / name);
        return read_text_file(desk.files.back(), largest_import);
    });
    if (entries.has_error()) return entries.error();
    desk.entries = *std::move(entries);
    parsers::Diagnostics complaints;
    for (const rules::CalendarEntry& entry : desk.entries) {
        auto calendar = rules::BusinessCalendar::create(entry.plan);
        if (calendar.has_value()) {
            desk.calendars.push_back(*std::move(calendar));
            continue;
        }
        for (const std::string& complaint : calendar.error()) {
            complaints.push_back({entry.where, complaint});
        }
    }
    if (!complaints.empty()) return complaints;
    return desk;
}

DeskCalendars open_around_the_clock(const std::string& zone) {
    rules::CalendarEntry entry;
    entry.plan.name = "desk";
    entry.plan.zone = zone;
    entry.plan.weekly_name = "around the clock";
    for (rules::DayHours& day : entry.plan.weekly.days) {
        day = {{std::chrono::minutes{0}, std::chrono::hours{24}}};
    }
    entry.says_otherwise = true;
    DeskCalendars desk;
    desk.calendars.push_back(*rules::BusinessCalendar::create(entry.plan));
    desk.entries.push_back(std::move(entry));
    return desk;
}

boost::system::result<rules::SlaPolicy, parsers::Diagnostics> load_sla_policy(
    const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "sla.toml";
    std::error_code error;
    const std::optional<std::string> text = read_text_file(file, error, parsers::max_config_bytes);
    if (!text) return parsers::Diagnostics{cannot_be_read(file, error)};
    auto policy = rules::load_sla_file(file.string(), *text);
    if (policy.has_error()) return policy.error();
    return *std::move(policy);
}

}  // namespace bellhop::daemon
