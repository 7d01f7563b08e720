// bellhop report sla
#include <fstream>
#include <iostream>
#include <optional>
#include <string>

#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/progress.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/commands/since_option.hpp"
#include "daemon/history/report_page.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/view/output.hpp"
#include "daemon/view/report_output.hpp"
#include "parsers/text/quantity.hpp"

namespace bellhop::daemon {
namespace {

using std::chrono::sys_seconds;

struct ReportOptions {
    std::string from = {};
    std::string to = {};
    std::string html = {};
};

/// The first day of the month eleven months ago: a year of whole months, the current one last.
sys_seconds year_ago(const rules::BusinessCalendar& calendar, sys_seconds now) {
    const std::chrono::year_month_day today{calendar.wall_clock(now).date};
    const std::chrono::year_month first = today.year() / today.month() - std::chrono::months{11};
    return calendar.instant_of(std::chrono::local_days{first / 1}, std::chrono::seconds{0});
}

/// A day counts to its end.
sys_seconds end_of(const std::string& text, const Desk& desk, sys_seconds now) {
    if (const auto date = parsers::parse_date(text)) {
        return desk.calendars.calendars.front().instant_of(
            std::chrono::local_days{*date} + std::chrono::days{1}, std::chrono::seconds{0});
    }
    return instant_of_option(text, "--to", desk, now);
}

ReportPeriod period_of(const ReportOptions& options, const Desk& desk) {
    ReportPeriod period;
    period.now = SystemClock{}.now();
    period.from = options.from.empty()
                      ? year_ago(desk.calendars.calendars.front(), period.now)
                      : instant_of_option(options.from, "--from", desk, period.now);
    period.to = options.to.empty() ? period.now : end_of(options.to, desk, period.now);
    if (period.from >= period.to) {
        throw CommandFailure(EX_USAGE, "bellhop: --from is not before --to\n");
    }
    return period;
}

void write_page(const std::string& file, const std::string& page) {
    if (file == "-") {
        std::cout << page;
        return;
    }
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out << page;
    out.close();
    if (!out) throw CommandFailure(EX_CANTCREAT, "bellhop: cannot write " + file + "\n");
    std::cout << file << '\n';
}

void report_sla(const ReportOptions& options, const Invocation& invocation) {
    const Desk desk = desk_without_rules(invocation);
    const auto store = store_to_read(desk);
    const ReportPeriod period = period_of(options, desk);
    std::optional<Progress> progress;
    const ServiceReport report =
        service_report(*store, desk, period, [&progress](std::int64_t done, std::int64_t whole) {
            if (!progress) progress.emplace("tickets", whole);
            progress->set(done);
        });
    progress.reset();
    if (!options.html.empty()) {
        write_page(options.html, report_page(report, desk));
    } else if (invocation.json) {
        std::cout << boost::json::serialize(to_json(report, desk)) << '\n';
    } else {
        std::cout << in_words(report, desk);
    }
}

}  // namespace

Command report_command() {
    Command sla{"sla", "targets kept and missed, by priority, school and month, with each cause"};
    sla.footer = "Example: bellhop report sla --from 2026-09-01 --to 2026-12-18 --html autumn.html";
    sla.options = {
        value("--from", "a day, or so long ago; else a year of whole months").called("DAY"),
        value("--to", "a day, to its end; else now").called("DAY"),
        value("--html", "write a page for a browser or a printer; - is standard output")
            .called("FILE")};
    sla.run = [](const Arguments& given, Invocation& invocation) {
        report_sla({given.text("--from"), given.text("--to"), given.text("--html")}, invocation);
    };

    Command report{"report", "how the desk has done"};
    report.commands = {sla};
    return report;
}

}  // namespace bellhop::daemon
