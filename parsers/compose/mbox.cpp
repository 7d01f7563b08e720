#include "parsers/compose/mbox.hpp"

#include <algorithm>
#include <array>

namespace bellhop::parsers {
namespace {

using namespace std::string_view_literals;

/// asctime(3), in UTC: "Thu Nov 26 09:30:00 2026".
std::string date_of(std::chrono::sys_seconds at) {
    constexpr std::array days{"Sun"sv, "Mon"sv, "Tue"sv, "Wed"sv, "Thu"sv, "Fri"sv, "Sat"sv};
    constexpr std::array months{"Jan"sv, "Feb"sv, "Mar"sv, "Apr"sv, "May"sv, "Jun"sv,
                                "Jul"sv, "Aug"sv, "Sep"sv, "Oct"sv, "Nov"sv, "Dec"sv};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{at - day};
    const auto two = [](auto number, char fill) {
        std::string text = std::to_string(number);
        return text.size() < 2 ? fill + text : text;
    };
    return std::string{days.at(std::chrono::weekday{day}.c_encoding())} + ' ' +
           std::string{months.at(static_cast<unsigned>(date.month()) - 1)} + ' ' +
           two(static_cast<unsigned>(date.day()), ' ') + ' ' + two(time.hours().count(), '0') +
           ':' + two(time.minutes().count(), '0') + ':' + two(time.seconds().count(), '0') + ' ' +
           std::to_string(static_cast<int>(date.year()));
}

bool is_plain(std::string_view sender) {
    return !sender.empty() &&
           std::all_of(sender.begin(), sender.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

std::string mbox_entry(std::string_view mail,
                       std::string_view sender,
                       std::chrono::sys_seconds at) {
    std::string entry = "From " + std::string{is_plain(sender) ? sender : "MAILER-DAEMON"} + ' ' +
                        date_of(at) + '\n';
    while (!mail.empty()) {
        const std::size_t end = mail.find('\n');
        std::string_view line = mail.substr(0, end);
        mail.remove_prefix(end == std::string_view::npos ? mail.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        const std::size_t begin = std::min(line.find_first_not_of('>'), line.size());
        if (line.substr(begin).starts_with("From ")) entry += '>';
        entry += line;
        entry += '\n';
    }
    return entry + '\n';
}

}  // namespace bellhop::parsers
