#include "rules/evidence/point_table.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "parsers/text/ensure.hpp"
#include "rules/evidence/mail_words.hpp"

namespace bellhop::rules {
namespace {

constexpr std::string_view first_line = "bellhop points 1";
constexpr double most_points = 100;  // beyond it a file is no table of ours

/// Takes the text up to `end` off, and `end` with it.
std::string_view taken(std::string_view& text, char end) {
    const std::size_t at = std::min(text.find(end), text.size());
    const std::string_view piece = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return piece;
}

/// Tenths: a sign, digits, and one digit after the point. Quicker than a general reader, and a
/// table has fifty thousand of them.
std::optional<double> tenths(std::string_view text) {
    const bool is_negative = text.starts_with('-');
    if (is_negative) text.remove_prefix(1);
    int value = 0;
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || value < 0 || value > most_points) return std::nullopt;
    value *= 10;
    if (at != end) {
        if (end - at != 2 || at[0] != '.' || at[1] < '0' || at[1] > '9') return std::nullopt;
        value += at[1] - '0';
    }
    return (is_negative ? -value : value) / 10.0;
}

std::optional<Points> read_points(std::string_view text) {
    Points points{};
    for (double& each : points) {
        const auto value = tenths(taken(text, ' '));
        if (!value) return std::nullopt;
        each = *value;
    }
    return text.empty() ? std::optional{points} : std::nullopt;
}

std::string text_of(std::int16_t all) {
    const std::string sign = all < 0 ? "-" : "";
    const int size = std::abs(all);
    const std::string whole = sign + std::to_string(size / 10);
    return size % 10 == 0 ? whole : whole + '.' + std::to_string(size % 10);
}

std::string text_of(const Tenths& points) {
    std::string text;
    for (const std::int16_t each : points) text += (text.empty() ? "" : " ") + text_of(each);
    return text;
}

std::size_t slot_of(std::uint64_t key) {
    return key ^ key >> 29;
}

}  // namespace

Tenths tenths_of(const Points& points) {
    Tenths tenths{};
    std::transform(points.begin(), points.end(), tenths.begin(),
                   [](double each) { return static_cast<std::int16_t>(std::lround(each * 10)); });
    return tenths;
}

Points points_of(const Tenths& tenths) {
    Points points{};
    std::transform(tenths.begin(), tenths.end(), points.begin(),
                   [](std::int16_t each) { return each / 10.0; });
    return points;
}

PointTable::PointTable(std::string version,
                       Points start,
                       const std::vector<std::pair<std::string, Points>>& entries)
    : version_{std::move(version)}, start_{start} {
    for (const auto& [word, points] : entries) add(word_key(word), points);
}

PointTable::PointTable(std::string version,
                       Points start,
                       std::span<const std::uint64_t> keys,
                       std::span<const Tenths> points) {
    ensure(keys.size() == points.size());
    version_ = std::move(version);
    start_ = start;
    keys_.assign(keys.begin(), keys.end());
    points_.reserve(points.size());
    for (const Tenths& each : points) points_.push_back(points_of(each));
    make_slots(keys_.size());
}

boost::system::result<PointTable, std::string> PointTable::read(std::string_view text) {
    const auto fault = [](std::size_t line, const std::string& what) {
        return "line " + std::to_string(line) + ": " + what;
    };
    if (taken(text, '\n') != first_line) return fault(1, "no table of points of a version I know");
    PointTable table;
    std::string_view line = taken(text, '\n');
    if (!line.starts_with("version ")) return fault(2, "no version");
    table.version_ = line.substr(8);
    line = taken(text, '\n');
    const auto start = line.starts_with("start ") ? read_points(line.substr(6)) : std::nullopt;
    if (!start) return fault(3, "no points to start with");
    table.start_ = *start;
    for (std::size_t number = 4; !text.empty(); ++number) {
        line = taken(text, '\n');
        const std::string_view word = taken(line, '\t');
        const auto points = read_points(line);
        if (word.empty() || !points) return fault(number, "no word with its points");
        const std::uint64_t key = word_key(word);
        if (table.find(key) != nullptr)
            return fault(number, "\"" + std::string{word} + "\" stands twice");
        table.add(key, *points);
    }
    return table;
}

const Points* PointTable::find(std::uint64_t key) const {
    if (slots_.empty()) return nullptr;
    for (std::size_t i = slot_of(key);; ++i) {
        const std::uint32_t number = slots_[i & (slots_.size() - 1)];
        if (number == 0) return nullptr;
        if (keys_[number - 1] == key) return &points_[number - 1];
    }
}

void PointTable::add(std::uint64_t key, const Points& points) {
    if (2 * (keys_.size() + 1) > slots_.size()) make_slots(2 * keys_.size());
    keys_.push_back(key);
    points_.push_back(points);
    place(static_cast<std::uint32_t>(keys_.size()));
}

/// Room for `count` keys, with those that there are in their places.
void PointTable::make_slots(std::size_t count) {
    slots_.assign(std::max<std::size_t>(1024, std::bit_ceil(2 * count)), 0);
    for (std::uint32_t number = 1; number <= keys_.size(); ++number) place(number);
}

void PointTable::place(std::uint32_t number) {
    const std::uint64_t key = keys_[number - 1];
    std::size_t i = slot_of(key) & (slots_.size() - 1);
    while (slots_[i] != 0) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = number;
}

Points start_of(const std::vector<NamedTable>& tables) {
    Points sums{};
    for (const NamedTable& each : tables) add(each.table->start(), 1, sums);
    return sums;
}

std::optional<Points> points_in(const std::vector<NamedTable>& tables, std::uint64_t key) {
    std::optional<Points> sums;
    for (const NamedTable& each : tables) {
        const Points* points = each.table->find(key);
        if (points == nullptr) continue;
        if (!sums) sums.emplace();
        add(*points, 1, *sums);
    }
    return sums;
}

std::string versions_of(const std::vector<NamedTable>& tables) {
    std::string text;
    for (const NamedTable& each : tables)
        text += (text.empty() ? "" : " + ") + each.table->version();
    return text;
}

std::string written(const std::string& version,
                    const Points& start,
                    std::vector<std::pair<std::string, Points>> entries) {
    std::sort(entries.begin(), entries.end());
    std::string text{first_line};
    text += "\nversion " + version + "\nstart " + text_of(tenths_of(start)) + '\n';
    for (const auto& [word, points] : entries) {
        const Tenths tenths = tenths_of(points);
        if (tenths != Tenths{}) text += word + '\t' + text_of(tenths) + '\n';
    }
    return text;
}

}  // namespace bellhop::rules
