#include "parsers/protocol/imap_fetched.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace bellhop::parsers {
namespace {

bool same_word(std::string_view text, std::string_view upper_case) {
    return std::equal(
        text.begin(), text.end(), upper_case.begin(), upper_case.end(),
        [](char a, char b) { return a == b || (a >= 'a' && a <= 'z' && a - 32 == b); });
}

template <class Number>
std::optional<Number> number_in(std::string_view digits) {
    Number value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

std::optional<unsigned> month_named(std::string_view name) {
    constexpr std::array<std::string_view, 12> names = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                        "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    for (unsigned i = 0; i < names.size(); ++i) {
        if (same_word(name, names[i])) return i + 1;
    }
    return std::nullopt;
}

std::vector<std::string> texts_of(ImapValue list) {
    std::vector<std::string> texts;
    texts.reserve(list.items.size());
    for (ImapValue& item : list.items) texts.push_back(std::move(item.text));
    return texts;
}

void set_body(ImapFetched& mail, ImapValue value) {
    mail.body_is_nil = value.kind == ImapValue::Kind::nil;
    mail.body_is_cut = value.cut;
    mail.body = std::move(value.text);
}

void set_item(ImapFetched& mail, std::string_view name, ImapValue value) {
    if (same_word(name, "UID")) {
        mail.uid = number_in<std::uint32_t>(value.text).value_or(0);
    } else if (same_word(name, "RFC822.SIZE")) {
        mail.size = number_in<std::uint64_t>(value.text);
    } else if (same_word(name, "INTERNALDATE")) {
        mail.internal_date = parse_internal_date(value.text);
    } else if (same_word(name, "FLAGS")) {
        mail.flags = texts_of(std::move(value));
    } else if (same_word(name.substr(0, 5), "BODY[")) {
        set_body(mail, std::move(value));
    }
}

}  // namespace

std::optional<ImapFetched> fetched(ImapResponse response) {
    if (response.name != "FETCH" || response.values.empty()) return std::nullopt;
    std::vector<ImapValue>& items = response.values.front().items;
    if (items.size() % 2 != 0) return std::nullopt;
    ImapFetched mail;
    for (std::size_t i = 0; i < items.size(); i += 2) {
        set_item(mail, items[i].text, std::move(items[i + 1]));
    }
    return mail;
}

std::optional<std::chrono::sys_seconds> parse_internal_date(std::string_view text) {
    using namespace std::chrono;
    // "dd-Mon-yyyy hh:mm:ss +zzzz", the day with a blank where it has one digit. Seen in the wild:
    // the blank left out.
    std::string date{text};
    if (date.size() == 25) date.insert(date.begin(), ' ');
    if (date.size() != 26) return std::nullopt;
    if (date[0] == ' ') date[0] = '0';
    const bool west = date[21] == '-';
    if (west) date[21] = '+';
    std::array<int, 7> fields = {};
    constexpr std::string_view shape = "00-aaa-1111 22:33:44 +5566";
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const char wanted = shape[i];
        const bool digit = date[i] >= '0' && date[i] <= '9';
        if (wanted == 'a') continue;
        if (wanted < '0' || wanted > '6') {
            if (date[i] != wanted) return std::nullopt;
            continue;
        }
        if (!digit) return std::nullopt;
        int& field = fields[static_cast<std::size_t>(wanted - '0')];
        field = field * 10 + (date[i] - '0');
    }
    const std::optional<unsigned> month_number = month_named(std::string_view{date}.substr(3, 3));
    const auto [day_number, year_number, hour, minute, second, zone_hours, zone_minutes] = fields;
    if (!month_number || hour > 23 || minute > 59 || second > 60 || zone_minutes > 59) {
        return std::nullopt;
    }
    const year_month_day day{year{year_number}, month{*month_number},
                             std::chrono::day{static_cast<unsigned>(day_number)}};
    if (!day.ok()) return std::nullopt;
    const seconds offset = hours{zone_hours} + minutes{zone_minutes};
    const sys_seconds local = sys_days{day} + hours{hour} + minutes{minute} + seconds{second};
    return west ? local + offset : local - offset;
}

}  // namespace bellhop::parsers
