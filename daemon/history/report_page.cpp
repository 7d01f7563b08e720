#include "daemon/history/report_page.hpp"

#include <utility>

#include <fmt/format.h>

#include "parsers/text/html_escape.hpp"
#include "rules/calendar/local_words.hpp"

namespace bellhop::daemon {
namespace {

constexpr const char* style = R"(
:root{color-scheme:light dark;--ink:#1c2530;--paper:#fff;--soft:#5d6875;--line:#d6dbe1;--good:#1f7a4d;--bad:#b3321b;--mark:#2b62a8}
@media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--paper:#14181d;--soft:#9aa5b1;--line:#333b45;--good:#5cc28f;--bad:#f08a72;--mark:#86b4ee}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin-bottom:0}h2{font-size:1.15rem;margin-top:2.2rem}
p.soft,small,caption{color:var(--soft)}.figure{font-size:2.6rem;font-weight:600;margin:.4rem 0 0}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}caption{text-align:left;padding-bottom:.3rem}
th,td{text-align:left;padding:.35rem .7rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}td.n,th.n{text-align:right}
.bad{color:var(--bad)}.good{color:var(--good)}svg{display:block}
@media print{body{margin:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}
)";

constexpr double bar_width = 160;  // of the drawing of a share, from 0 to 100 %

/// The share as a dot, its interval as a line, the target as a mark.
std::string drawing(const rules::Share& share, int target) {
    if (share.judged == 0) return {};
    const auto x = [](double percent) { return percent * bar_width / 100; };
    return fmt::format(
        "<svg width=\"{0}\" height=\"16\" viewBox=\"-4 0 {1} 16\" role=\"img\" "
        "aria-label=\"{2:.0f} % ({3:.0f} to {4:.0f} %)\">"
        "<line x1=\"0\" x2=\"{5}\" y1=\"8\" y2=\"8\" stroke=\"var(--line)\"/>"
        "<line x1=\"{6:.1f}\" x2=\"{6:.1f}\" y1=\"1\" y2=\"15\" stroke=\"var(--mark)\" "
        "stroke-dasharray=\"2 2\"/>"
        "<line x1=\"{7:.1f}\" x2=\"{8:.1f}\" y1=\"8\" y2=\"8\" stroke=\"currentColor\" "
        "stroke-width=\"3\"/>"
        "<circle cx=\"{9:.1f}\" cy=\"8\" r=\"4\" fill=\"var(--{10})\"/></svg>",
        bar_width + 8, bar_width + 8, share.percent, share.low, share.high, bar_width, x(target),
        x(share.low), x(share.high), x(share.percent), share.percent < target ? "bad" : "good");
}

std::string share_cells(const rules::Share& share) {
    if (share.judged == 0) return "<td class=\"n\">0</td><td class=\"n\">–</td>";
    return fmt::format(
        "<td class=\"n\">{} of {}</td><td class=\"n\">{:.1f}&nbsp;%<br><small>{:.0f}–{:.0f}"
        "&nbsp;%</small></td>",
        share.met, share.judged, share.percent, share.low, share.high);
}

/// Writes the page, part by part.
class Page {
public:
    Page(const ServiceReport& report, const Desk& desk)
        : report_(report), desk_(desk), calendar_(desk.calendars.calendars.front()) {}

    std::string text() && {
        head();
        summary();
        table("By priority", "Priority", with_priority_names(report_.sla.by_priority, desk_));
        table("By school", "School", report_.sla.by_school);
        table("By month", "Month", report_.sla.by_month);
        survey();
        breaches();
        page_ += fmt::format(
            "<p class=\"soft\">Hours are working time of each school's calendar. A share stands "
            "with its 95 % interval (Wilson): with few tickets it is wide, and says so. The dashed "
            "mark is the target of {}&nbsp;%. Made {}.</p></body></html>\n",
            desk_.policy.attainment_percent,
            parsers::html_escaped(rules::moment_for_log(calendar_, report_.period.now)));
        return std::move(page_);
    }

private:
    std::string day(std::chrono::sys_seconds instant) const {
        return rules::date_in_words(calendar_.wall_clock(instant).date,
                                    calendar_.wall_clock(report_.period.now).date,
                                    word_style_of(desk_, {}));
    }

    void head() {
        const std::string title = desk_.settings.desk.name + ": service levels";
        page_ += fmt::format(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
            "<title>{0}</title><style>{1}</style></head><body>\n<h1>{0}</h1>\n"
            "<p class=\"soft\">{2} to {3}</p>\n",
            parsers::html_escaped(title), style, parsers::html_escaped(day(report_.period.from)),
            parsers::html_escaped(day(report_.period.to - std::chrono::seconds{1})));
    }

    void summary() {
        const int target = desk_.policy.attainment_percent;
        const rules::Share& share = report_.sla.all.first;
        if (share.judged == 0) {
            page_ += "<p class=\"figure\">–</p>\n<p>No target fell due in this period.</p>\n";
        } else {
            const std::string verdict = verdict_on(share, target);
            page_ += fmt::format(
                "<p class=\"figure {}\">{:.1f}&nbsp;%</p>\n<p>of {} targets were kept ({} missed); "
                "the interval is {:.0f} to {:.0f}&nbsp;%, the target {}&nbsp;%{}.</p>\n",
                verdict.empty() ? "good" : "bad", share.percent, share.judged,
                share.judged - share.met, share.low, share.high, target,
                verdict.empty() ? "" : ": " + verdict);
        }
        const auto& again = report_.sla.all.reopened;
        page_ += fmt::format("<p>{} tickets were resolved, {} of them came back{}.{}</p>\n",
                             report_.sla.resolved, report_.sla.reopened,
                             report_.sla.resolved == 0
                                 ? ""
                                 : fmt::format(" ({:.1f}&nbsp;%)",
                                               100.0 * report_.sla.reopened / report_.sla.resolved),
                             again.judged == 0
                                 ? ""
                                 : fmt::format(" After coming back, {} of {} targets were kept.",
                                               again.met, again.judged));
    }

    void table(const char* title, const char* column, const std::vector<rules::ReportRow>& rows) {
        if (rows.empty()) return;
        page_ += fmt::format(
            "<h2>{}</h2>\n<div class=\"scroll\"><table><thead><tr><th scope=\"col\">{}</th>"
            "<th class=\"n\" scope=\"col\">Kept</th><th class=\"n\" scope=\"col\">Share</th>"
            "<th scope=\"col\">0 to 100&nbsp;%</th><th class=\"n\" scope=\"col\">Reopened: "
            "kept</th>"
            "<th class=\"n\" scope=\"col\">Share</th></tr></thead><tbody>\n",
            title, column);
        for (const rules::ReportRow& row : rows) {
            const std::string name = row.group.empty() ? "(no school)" : row.group;
            page_ += fmt::format("<tr><th scope=\"row\">{}</th>{}<td>{}</td>{}</tr>\n",
                                 parsers::html_escaped(name), share_cells(row.first),
                                 drawing(row.first, desk_.policy.attainment_percent),
                                 share_cells(row.reopened));
        }
        page_ += "</tbody></table></div>\n";
    }

    void survey() {
        const rules::SurveyResults& survey = report_.survey;
        if (survey.count() == 0) return;
        page_ += fmt::format(
            "<h2>What people thought</h2>\n<p>{} answers, {:.1f} of {} on average.</p>\n"
            "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Rating</th>"
            "<th class=\"n\" scope=\"col\">Answers</th></tr></thead><tbody>\n",
            survey.count(), survey.mean(), rules::best_rating);
        for (int rating = rules::best_rating; rating >= 1; --rating) {
            page_ += fmt::format("<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td></tr>\n",
                                 rating, survey.answers[static_cast<std::size_t>(rating - 1)]);
        }
        page_ += "</tbody></table></div>\n";
    }

    std::string time_spent(const rules::TimerResult& result) const {
        std::string text;
        for (const auto& [status, time] : result.spent) {
            if (time == std::chrono::seconds{0}) continue;
            if (!text.empty()) text += "<br>";
            text += parsers::html_escaped(rules::name_of_status(desk_.policy, status)) + ": " +
                    parsers::html_escaped(rules::span_for_log(time));
        }
        return text;
    }

    void breaches() {
        const auto& breaches = report_.sla.breaches;
        page_ += fmt::format("<h2>Missed targets ({})</h2>\n", breaches.size());
        if (breaches.empty()) {
            page_ += "<p>None.</p>\n";
            return;
        }
        page_ +=
            "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Ticket</th>"
            "<th scope=\"col\">Target</th><th scope=\"col\">Due</th><th scope=\"col\">Cause</th>"
            "<th scope=\"col\">Where the time went</th></tr></thead><tbody>\n";
        for (const rules::TimerResult& result : breaches) {
            const rules::BusinessCalendar& hours = calendar_of(desk_, result.school);
            page_ += fmt::format(
                "<tr><th scope=\"row\">{}{}</th><td>{}<br><small>{}{}</small></td><td>{}</td>"
                "<td>{}</td><td>{}</td></tr>\n",
                static_cast<std::int64_t>(result.ticket),
                result.cycle > 1 ? fmt::format("<br><small>cycle {}</small>", result.cycle) : "",
                result.timer == rules::TimerKind::response ? "answer" : "solution",
                parsers::html_escaped(name_of_priority(desk_, result.priority)),
                result.school.empty() ? "" : ", " + parsers::html_escaped(result.school),
                result.due ? parsers::html_escaped(rules::moment_for_log(hours, *result.due)) : "",
                parsers::html_escaped(result.cause), time_spent(result));
        }
        page_ += "</tbody></table></div>\n";
    }

    const ServiceReport& report_;
    const Desk& desk_;
    const rules::BusinessCalendar& calendar_;
    std::string page_ = {};
};

}  // namespace

std::string report_page(const ServiceReport& report, const Desk& desk) {
    return Page{report, desk}.text();
}

}  // namespace bellhop::daemon
