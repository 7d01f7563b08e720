#include "rules/calendar/calendar_feed.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "rules/calendar/instant.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::sys_seconds;

/// "20261102T083000Z"
std::string basic_text(sys_seconds instant) {
    std::string text = to_text(instant);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

/// "20261102"
std::string basic_text(local_days date) {
    std::string text = to_text(date);
    std::erase(text, '-');
    return text;
}

/// RFC 5545 section 3.3.11: what has a meaning in TEXT values is escaped.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',') result += '\\';
        if (static_cast<unsigned char>(c) >= 0x20) result += c;
    }
    return result;
}

class Feed {
public:
    Feed(std::string calendar, sys_seconds stamp) : calendar_(std::move(calendar)), stamp_(stamp) {
        line("BEGIN:VCALENDAR");
        line("VERSION:2.0");
        line("PRODID:-//Bellhop//Opening hours//EN");
        line("X-WR-CALNAME:" + escaped(calendar_));
    }

    void add_span(const OpenSpan& span, const std::string& summary) {
        begin("open-" + basic_text(span.opens));
        line("DTSTART:" + basic_text(span.opens));
        line("DTEND:" + basic_text(span.closes));
        end(summary);
    }

    /// RFC 5545 section 3.6.1: the end of an all-day event is the date after it.
    void add_dates(local_days first, local_days last, const std::string& summary) {
        begin("dates-" + basic_text(first));
        line("DTSTART;VALUE=DATE:" + basic_text(first));
        line("DTEND;VALUE=DATE:" + basic_text(last + days{1}));
        end(summary);
    }

    std::string finish() && {
        line("END:VCALENDAR");
        return std::move(text_);
    }

private:
    void begin(const std::string& id) {
        std::string name;
        for (const unsigned char c : calendar_) {
            name += std::isalnum(c) != 0 ? static_cast<char>(c) : '-';
        }
        line("BEGIN:VEVENT");
        line("UID:" + id + "-" + name + "@bellhop.invalid");
        line("DTSTAMP:" + basic_text(stamp_));
    }

    void end(const std::string& summary) {
        line("SUMMARY:" + escaped(summary));
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }

    /// RFC 5545 section 3.1: no line is longer than 75 octets; a character is not cut.
    void line(std::string_view content) {
        constexpr std::size_t longest = 74;
        while (content.size() > longest) {
            std::size_t cut = longest;
            while (cut > 1 && (static_cast<unsigned char>(content[cut]) & 0xC0U) == 0x80U) --cut;
            text_ += std::string{content.substr(0, cut)} + "\r\n ";
            content.remove_prefix(cut);
        }
        text_ += std::string{content} + "\r\n";
    }

    std::string calendar_;
    sys_seconds stamp_;
    std::string text_ = {};
};

}  // namespace

std::string ics_feed(const BusinessCalendar& calendar,
                     sys_seconds from,
                     sys_seconds to,
                     sys_seconds stamp) {
    const CalendarPlan& plan = calendar.plan();
    Feed feed{plan.name, stamp};
    const local_days first = calendar.wall_clock(from).date;
    const local_days last = calendar.wall_clock(to).date;
    for (const Closure& closure : plan.closures) {
        if (closure.last >= first && closure.first <= last) {
            feed.add_dates(closure.first, closure.last, "Closed: " + closure.name);
        }
    }
    for (const CalendarPeriod& period : plan.periods) {
        if (!period.published && period.last >= first && period.first <= last) {
            feed.add_dates(period.first, period.last, "Hours not yet published: " + period.name);
        }
    }
    for (const OpenSpan& span : calendar.open_spans(from, to)) {
        const DayInForce day = calendar.day_in_force(calendar.working_date(span.opens));
        feed.add_span(span, day.source == DaySource::special_day ? "Open: " + day.name : "Open");
    }
    return std::move(feed).finish();
}

}  // namespace bellhop::rules
