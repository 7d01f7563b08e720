#include "rules/sla/target_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>
#include <vector>

namespace bellhop::rules {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

using Words = std::vector<std::string>;

enum class Unit { minute, hour, day, week };

constexpr std::size_t most_words = 12;  // in a target; more is prose
constexpr std::int64_t most_of_a_unit = 10'000;

/// Lower-case words; a number that touches its unit ("30min") is a word of its own.
Words words_of(std::string_view text) {
    Words words;
    bool is_in_word = false;
    for (const unsigned char c : text) {
        const bool is_letter = std::isalpha(c) != 0;
        const bool is_digit = std::isdigit(c) != 0;
        if (!is_letter && !is_digit) {
            const bool is_hyphen = c == '-' && is_in_word;
            if (c != ' ' && c != ',' && !is_hyphen) return {};
            is_in_word = false;
            continue;
        }
        const bool continues =
            is_in_word &&
            (std::isdigit(static_cast<unsigned char>(words.back().back())) != 0) == is_digit;
        if (!continues) words.emplace_back();
        words.back() += static_cast<char>(std::tolower(c));
        is_in_word = true;
        if (words.size() > most_words) return {};
    }
    return words;
}

std::optional<std::int64_t> number_from(const std::string& word) {
    constexpr std::array<std::string_view, 12> spelled = {"one",  "two", "three",  "four",
                                                          "five", "six", "seven",  "eight",
                                                          "nine", "ten", "eleven", "twelve"};
    if (word == "a" || word == "an") return 1;
    const auto found = std::find(spelled.begin(), spelled.end(), word);
    if (found != spelled.end()) return found - spelled.begin() + 1;
    if (word.size() > 5 || !std::all_of(word.begin(), word.end(),
                                        [](unsigned char c) { return std::isdigit(c) != 0; })) {
        return std::nullopt;
    }
    const std::int64_t number = std::stoll(word);
    return number <= most_of_a_unit ? std::optional{number} : std::nullopt;
}

std::optional<Unit> unit_from(const std::string& word) {
    static const std::vector<std::pair<std::string_view, Unit>> units = {
        {"minute", Unit::minute}, {"minutes", Unit::minute}, {"min", Unit::minute},
        {"mins", Unit::minute},   {"hour", Unit::hour},      {"hours", Unit::hour},
        {"h", Unit::hour},        {"hr", Unit::hour},        {"hrs", Unit::hour},
        {"day", Unit::day},       {"days", Unit::day},       {"week", Unit::week},
        {"weeks", Unit::week}};
    const auto found = std::find_if(units.begin(), units.end(),
                                    [&](const auto& unit) { return unit.first == word; });
    return found == units.end() ? std::nullopt : std::optional{found->second};
}

/// Takes "or as agreed", "or timeframe agreed" off the end: an agreed instant replaces any target.
void drop_agreement(Words& words) {
    if (words.empty() || words.back() != "agreed") return;
    const auto either = std::find(words.begin(), words.end(), "or");
    if (either != words.end() && words.end() - either <= 4) words.erase(either, words.end());
}

void replace_word(std::string& text, std::string_view word, std::string_view by) {
    const std::size_t at = text.find(word);
    if (at != std::string::npos) text.replace(at, word.size(), by);
}

/// "N [business|working|calendar] UNIT", several of which add up.
class AmountReader {
public:
    explicit AmountReader(const TargetReading& reading) : reading_(reading) {}

    std::optional<TargetKind> read(const Words& words) {
        for (std::size_t i = 0; i < words.size();) {
            if (i > 0 && words[i] == "and") ++i;
            const std::size_t used = read_part(words, i);
            if (used == 0) return std::nullopt;
            i += used;
        }
        return kind();
    }

private:
    std::size_t read_part(const Words& words, std::size_t at) {
        const auto number = at < words.size() ? number_from(words[at]) : std::nullopt;
        if (!number) return 0;
        std::size_t next = at + 1;
        if (next < words.size() && (words[next] == "calendar" || words[next] == "clock")) {
            is_calendar_ = true;
            ++next;
        } else if (next < words.size() && (words[next] == "business" || words[next] == "working")) {
            is_business_ = true;
            ++next;
        }
        const auto unit = next < words.size() ? unit_from(words[next]) : std::nullopt;
        if (!unit) return 0;
        if (*unit == Unit::minute) time_ += minutes{*number};
        if (*unit == Unit::hour) time_ += hours{*number};
        if (*unit == Unit::day) days_ += *number;
        if (*unit == Unit::week) weeks_ += *number;
        return next + 1 - at;
    }

    std::optional<TargetKind> kind() const {
        if (is_calendar_ && is_business_) return std::nullopt;
        if (is_calendar_) {
            return CalendarTime{time_ + hours{24} * (days_ + 7 * weeks_), Roll::forward};
        }
        const std::int64_t days = days_ + weeks_ * reading_.business_days_per_week;
        if (days > 0 && time_ > seconds{0}) return std::nullopt;  // a day has no fixed length
        if (days > 0) return BusinessDays{static_cast<int>(days)};
        return time_ > seconds{0} ? std::optional<TargetKind>{BusinessTime{time_}} : std::nullopt;
    }

    const TargetReading& reading_;
    seconds time_{0};
    std::int64_t days_ = 0;
    std::int64_t weeks_ = 0;
    bool is_calendar_ = false;
    bool is_business_ = false;
};

}  // namespace

std::optional<TargetWords> parse_target(std::string_view text, const TargetReading& reading) {
    Words words = words_of(text);
    drop_agreement(words);
    if (!words.empty() && words.front() == "within") words.erase(words.begin());
    if (words.empty()) return std::nullopt;
    if (words.back() == "agreed" && words.size() <= 2) return TargetWords{};
    const bool is_at_once = words == Words{"immediate"} || words == Words{"immediately"} ||
                            words == Words{"at", "once"};
    const std::optional<TargetKind> kind =
        is_at_once ? std::optional<TargetKind>{Immediate{reading.immediate_grace}}
                   : AmountReader{reading}.read(words);
    if (!kind) return std::nullopt;
    return TargetWords{Target{*kind, std::string{text}}};
}

std::string target_in_words(const Target& target) {
    if (std::holds_alternative<Immediate>(target.kind)) return "at once";
    if (std::holds_alternative<Agreed>(target.kind)) return "as agreed";
    const bool is_working_time = !std::holds_alternative<CalendarTime>(target.kind);
    std::string text = describe(target);
    const Words words = words_of(text);
    const bool says_kind = std::any_of(words.begin(), words.end(), [](const std::string& word) {
        return word == "business" || word == "working" || word == "calendar" || word == "clock";
    });
    replace_word(text, "business", "working");
    replace_word(text, "calendar ", "");
    if (is_working_time && !says_kind) {
        for (const char* unit : {"hour", "day"}) {
            const std::size_t at = text.find(unit);
            const bool is_amount = at != std::string::npos && at >= 2 && text[at - 1] == ' ' &&
                                   std::isdigit(static_cast<unsigned char>(text[at - 2])) != 0;
            if (!is_amount) continue;
            text.insert(at, "working ");
            break;
        }
    }
    if (!text.empty()) {
        text.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(text.front())));
    }
    return text.starts_with("within") ? text : "within " + text;
}

}  // namespace bellhop::rules
