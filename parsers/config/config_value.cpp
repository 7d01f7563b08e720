#include "parsers/config/config_value.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "parsers/text/ensure.hpp"
#include "parsers/text/lists.hpp"
#include "parsers/text/quantity.hpp"

namespace bellhop::parsers {
namespace {

std::string_view kind_name(ConfigKind kind) {
    switch (kind) {
        case ConfigKind::text:
            return "a text";
        case ConfigKind::integer:
            return "a whole number";
        case ConfigKind::real:
            return "a number";
        case ConfigKind::boolean:
            return "true or false";
        case ConfigKind::date:
            return "a date";
        case ConfigKind::time:
            return "a time of day";
        case ConfigKind::instant:
            return "an instant";
        case ConfigKind::array:
            return "a list";
        case ConfigKind::table:
            return "a section";
    }
    never_reached();
}

std::string with_underscores_as_blanks(std::string text) {
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

template <class Number>
std::string number_text(Number number) {
    std::array<char, 32> digits{};
    const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return {digits.data(), result.ptr};
}

}  // namespace

// ---- ConfigValue -----------------------------------------------------------------------------

TextSpan ConfigValue::where(std::size_t offset, std::size_t length) const {
    TextSpan place = node_->where;
    if (node_->kind != ConfigKind::text || node_->text_offset == 0) return place;
    place.column += node_->text_offset + std::min(offset, node_->text.size());
    place.length = std::max<std::size_t>(length, 1);
    return place;
}

void ConfigValue::complain(std::string message, std::vector<std::string> hints) const {
    complaints_->push_back({where(), std::move(message), std::move(hints)});
}

void ConfigValue::warn(std::string message, std::vector<std::string> hints) const {
    complaints_->push_back({where(), std::move(message), std::move(hints), Severity::warning});
}

void ConfigValue::expected(std::string_view what, const std::string& example) const {
    const std::string met = node_->kind == ConfigKind::text ? in_quotes(node_->text)
                                                            : std::string{kind_name(node_->kind)};
    complain(in_quotes(name_) + " must be " + std::string{what} + ", not " + met,
             {"for example: " + name_ + " = " + example});
}

std::optional<std::string> ConfigValue::text() const {
    if (node_->kind == ConfigKind::text) return node_->text;
    const bool is_scalar = node_->kind != ConfigKind::array && node_->kind != ConfigKind::table;
    expected("a text", is_scalar ? in_quotes(node_->text) : "\"...\"");
    return std::nullopt;
}

std::optional<std::int64_t> ConfigValue::integer(std::int64_t least, std::int64_t most) const {
    if (node_->kind != ConfigKind::integer) {
        expected("a whole number", number_text(std::max<std::int64_t>(least, 1)));
        return std::nullopt;
    }
    if (node_->integer < least || node_->integer > most) {
        complain(in_quotes(name_) + " is out of range: " + number_text(node_->integer),
                 {"expected " + number_text(least) + " to " + number_text(most)});
        return std::nullopt;
    }
    return node_->integer;
}

std::optional<double> ConfigValue::real(double least, double most) const {
    const bool is_number = node_->kind == ConfigKind::integer || node_->kind == ConfigKind::real;
    if (!is_number) {
        expected("a number", number_text(most));
        return std::nullopt;
    }
    const double number =
        node_->kind == ConfigKind::real ? node_->real : static_cast<double>(node_->integer);
    if (!(number >= least && number <= most)) {  // also refuses nan
        complain(in_quotes(name_) + " is out of range: " + number_text(number),
                 {"expected " + number_text(least) + " to " + number_text(most)});
        return std::nullopt;
    }
    return number;
}

std::optional<bool> ConfigValue::boolean() const {
    if (node_->kind == ConfigKind::boolean) return node_->boolean;
    expected("true or false", "true");
    return std::nullopt;
}

std::optional<std::string> ConfigValue::choice(const std::vector<std::string>& words) const {
    const std::optional<std::string> word = text();
    if (!word) return std::nullopt;
    if (std::find(words.begin(), words.end(), *word) != words.end()) return word;
    std::vector<std::string> hints;
    if (!words.empty()) hints.push_back("expected one of: " + joined(words, ", "));
    const std::string near = nearest(*word, words);
    if (!near.empty()) hints.push_back("did you mean " + in_quotes(near) + "?");
    complain("unknown " + with_underscores_as_blanks(name_) + ' ' + in_quotes(*word),
             std::move(hints));
    return std::nullopt;
}

std::optional<std::chrono::seconds> ConfigValue::duration(std::chrono::seconds least,
                                                          std::chrono::seconds most) const {
    const std::optional<std::chrono::seconds> read =
        node_->kind == ConfigKind::text ? parse_duration(node_->text) : std::nullopt;
    if (!read) {
        expected("a duration", in_quotes(duration_text(std::max(least, std::chrono::seconds{1}))));
        return std::nullopt;
    }
    if (*read < least || *read > most) {
        complain(in_quotes(name_) + " is out of range: " + in_quotes(node_->text),
                 {"expected " + duration_text(least) + " to " + duration_text(most)});
        return std::nullopt;
    }
    return read;
}

std::optional<std::size_t> ConfigValue::size(std::size_t least, std::size_t most) const {
    std::optional<std::size_t> read;
    if (node_->kind == ConfigKind::integer && node_->integer >= 0) {
        read = static_cast<std::size_t>(node_->integer);
    }
    if (node_->kind == ConfigKind::text) read = parse_size(node_->text);
    if (!read) {
        expected("a size", in_quotes(size_text(std::max<std::size_t>(least, 1))));
        return std::nullopt;
    }
    if (*read < least || *read > most) {
        complain(in_quotes(name_) + " is out of range: " + in_quotes(node_->text),
                 {"expected " + size_text(least) + " to " + size_text(most)});
        return std::nullopt;
    }
    return read;
}

std::optional<std::chrono::year_month_day> ConfigValue::date() const {
    if (node_->kind == ConfigKind::date && node_->date.ok()) return node_->date;
    const std::optional<std::chrono::year_month_day> read =
        node_->kind == ConfigKind::text ? parse_date(node_->text) : std::nullopt;
    if (!read) expected("a date", "2026-12-25");
    return read;
}

std::optional<std::chrono::minutes> ConfigValue::time_of_day() const {
    const bool may_be_time = node_->kind == ConfigKind::text || node_->kind == ConfigKind::time;
    const std::string_view text = node_->text;
    // TOML's own times must carry seconds; an opening hour does not.
    const bool has_seconds = node_->kind == ConfigKind::time && text.substr(5) == ":00";
    const std::optional<std::chrono::minutes> read =
        may_be_time ? parse_time_of_day(has_seconds ? text.substr(0, 5) : text) : std::nullopt;
    if (!read) expected("a time of day", "\"08:30\"");
    return read;
}

std::vector<ConfigValue> ConfigValue::items() const {
    if (node_->kind != ConfigKind::array) return {*this};
    std::vector<ConfigValue> values;
    values.reserve(node_->items.size());
    for (const ConfigNode& item : node_->items) values.emplace_back(item, name_, *complaints_);
    return values;
}

std::optional<ConfigTable> ConfigValue::table() const {
    if (node_->kind == ConfigKind::table) return ConfigTable{*node_, name_, *complaints_};
    complain(in_quotes(name_) + " must be a section, not " + std::string{kind_name(node_->kind)},
             {"for example: [" + name_ + "]"});
    return std::nullopt;
}

// ---- ConfigTable -----------------------------------------------------------------------------

const ConfigEntry* ConfigTable::find(std::string_view key) const {
    for (const ConfigEntry& entry : node_->entries) {
        if (entry.key == key) return &entry;
    }
    return nullptr;
}

TextSpan ConfigTable::where(std::string_view key) const {
    const ConfigEntry* entry = find(key);
    return entry == nullptr ? node_->where : entry->value.where;
}

TextSpan ConfigTable::where_key(std::string_view key) const {
    const ConfigEntry* entry = find(key);
    return entry == nullptr ? node_->where : entry->where;
}

bool ConfigTable::has(std::string_view key) const {
    return find(key) != nullptr;
}

std::vector<std::string> ConfigTable::keys() {
    std::vector<std::string> names;
    for (const ConfigEntry& entry : node_->entries) {
        known_.insert(entry.key);
        names.push_back(entry.key);
    }
    return names;
}

std::optional<ConfigValue> ConfigTable::value(std::string_view key) {
    known_.emplace(key);
    const ConfigEntry* entry = find(key);
    if (entry == nullptr) return std::nullopt;
    return ConfigValue{entry->value, entry->key, *complaints_};
}

std::optional<std::string> ConfigTable::text(std::string_view key) {
    const auto found = value(key);
    return found ? found->text() : std::nullopt;
}

std::optional<std::int64_t> ConfigTable::integer(std::string_view key,
                                                 std::int64_t least,
                                                 std::int64_t most) {
    const auto found = value(key);
    return found ? found->integer(least, most) : std::nullopt;
}

std::optional<double> ConfigTable::real(std::string_view key, double least, double most) {
    const auto found = value(key);
    return found ? found->real(least, most) : std::nullopt;
}

std::optional<bool> ConfigTable::boolean(std::string_view key) {
    const auto found = value(key);
    return found ? found->boolean() : std::nullopt;
}

std::optional<std::string> ConfigTable::choice(std::string_view key,
                                               const std::vector<std::string>& words) {
    const auto found = value(key);
    return found ? found->choice(words) : std::nullopt;
}

std::optional<std::chrono::seconds> ConfigTable::duration(std::string_view key,
                                                          std::chrono::seconds least,
                                                          std::chrono::seconds most) {
    const auto found = value(key);
    return found ? found->duration(least, most) : std::nullopt;
}

std::optional<std::size_t> ConfigTable::size(std::string_view key,
                                             std::size_t least,
                                             std::size_t most) {
    const auto found = value(key);
    return found ? found->size(least, most) : std::nullopt;
}

std::optional<std::chrono::year_month_day> ConfigTable::date(std::string_view key) {
    const auto found = value(key);
    return found ? found->date() : std::nullopt;
}

std::optional<std::chrono::minutes> ConfigTable::time_of_day(std::string_view key) {
    const auto found = value(key);
    return found ? found->time_of_day() : std::nullopt;
}

std::vector<ConfigValue> ConfigTable::items(std::string_view key) {
    const auto found = value(key);
    return found ? found->items() : std::vector<ConfigValue>{};
}

std::vector<std::string> ConfigTable::texts(std::string_view key) {
    std::vector<std::string> result;
    for (const ConfigValue& item : items(key)) {
        if (auto text = item.text()) result.push_back(std::move(*text));
    }
    return result;
}

bool ConfigTable::require(std::string_view key, const std::string& example) {
    known_.emplace(key);
    if (has(key)) return true;
    const std::string what = example.substr(0, 1) == "[" ? "missing section " : "missing key ";
    complain_at(node_->where, what + in_quotes(key), {"for example: " + example});
    return false;
}

std::string ConfigTable::required_text(std::string_view key, const std::string& example) {
    if (!require(key, example)) return {};
    const std::string found = text(key).value_or("");
    const bool is_empty = find(key)->value.kind == ConfigKind::text && found.empty();
    if (is_empty) complain(key, in_quotes(key) + " must not be empty", {"for example: " + example});
    return found;
}

std::optional<ConfigTable> ConfigTable::table(std::string_view key) {
    const auto found = value(key);
    return found ? found->table() : std::nullopt;
}

std::vector<ConfigTable> ConfigTable::tables(std::string_view key) {
    std::vector<ConfigTable> result;
    for (const ConfigValue& item : items(key)) {
        if (auto table = item.table()) result.push_back(std::move(*table));
    }
    return result;
}

void ConfigTable::refuse_unknown_keys() const {
    const std::vector<std::string> known{known_.begin(), known_.end()};
    for (const ConfigEntry& entry : node_->entries) {
        if (known_.contains(entry.key)) continue;
        const bool is_section =
            entry.value.kind == ConfigKind::table ||
            (entry.value.kind == ConfigKind::array && !entry.value.items.empty() &&
             entry.value.items.front().kind == ConfigKind::table);
        std::vector<std::string> hints;
        const std::string near = nearest(entry.key, known);
        if (!near.empty()) {
            hints.push_back("did you mean " + in_quotes(near) + "?");
        } else if (!known.empty()) {
            hints.push_back("known here: " + joined(known, ", "));
        }
        complain_at(entry.where,
                    (is_section ? "unknown section " : "unknown key ") + in_quotes(entry.key),
                    std::move(hints));
    }
}

void ConfigTable::complain(std::string_view key,
                           std::string message,
                           std::vector<std::string> hints) const {
    complain_at(where(key), std::move(message), std::move(hints));
}

void ConfigTable::complain_at(TextSpan place,
                              std::string message,
                              std::vector<std::string> hints) const {
    complaints_->push_back({std::move(place), std::move(message), std::move(hints)});
}

void ConfigTable::warn_at(TextSpan place,
                          std::string message,
                          std::vector<std::string> hints) const {
    complaints_->push_back(
        {std::move(place), std::move(message), std::move(hints), Severity::warning});
}

}  // namespace bellhop::parsers
