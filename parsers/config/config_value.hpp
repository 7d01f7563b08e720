// Values of a configuration file that know their places, read by typed getters that never fail:
// each adds its complaint to one list instead. The usage stands in config_file.hpp.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/config/diagnostic.hpp"

namespace bellhop::parsers {

enum class ConfigKind { text, integer, real, boolean, date, time, instant, array, table };

struct ConfigEntry;

/// One value as it was read. Which member counts says `kind`.
struct ConfigNode {
    ConfigKind kind = ConfigKind::table;
    TextSpan where = {};    ///< the value; of a table its header or its first key
    std::string text = {};  ///< text; date, time and instant as they stand
    std::int64_t integer = 0;
    double real = 0;
    bool boolean = false;
    std::chrono::year_month_day date = {};
    std::vector<ConfigNode> items = {};  ///< array
    std::vector<ConfigEntry>
        entries;                  ///< table, in order; no initializer: the type is not complete
    std::size_t text_offset = 0;  ///< where `text` begins in its span; 0 where not byte for byte
};

struct ConfigEntry {
    std::string key = {};
    TextSpan where = {};  ///< the key
    ConfigNode value = {};
};

class ConfigTable;

/// A value of the file together with the list that complaints about it go to.
class ConfigValue {
public:
    ConfigValue(const ConfigNode& node, std::string name, Diagnostics& complaints)
        : node_(&node), name_(std::move(name)), complaints_(&complaints) {}

    ConfigKind kind() const { return node_->kind; }
    const TextSpan& where() const { return node_->where; }

    /// The place of `length` bytes of a text from byte `offset` on: for pointing into a pattern or
    /// a list within a text. The whole value where the text was written with escapes or over lines.
    TextSpan where(std::size_t offset, std::size_t length) const;

    // Each gives nothing, after a complaint, where the value is of another kind or out of bounds.

    std::optional<std::string> text() const;
    std::optional<std::int64_t> integer(std::int64_t least, std::int64_t most) const;
    /// Accepts whole numbers, too.
    std::optional<double> real(double least, double most) const;
    std::optional<bool> boolean() const;
    /// One of `words`, exactly as it stands there. Complaint: unknown NAME "x", with the nearest.
    std::optional<std::string> choice(const std::vector<std::string>& words) const;
    /// "30s", "10 min", "2h", "1 day", "2 weeks", "1h 30min": time on the wall clock.
    std::optional<std::chrono::seconds> duration(std::chrono::seconds least,
                                                 std::chrono::seconds most) const;
    /// Bytes: "25MB" (10^6), "16 MiB" (2^20), kB, KiB, GB, GiB, or a whole number.
    std::optional<std::size_t> size(std::size_t least, std::size_t most) const;
    /// 2026-12-25, with or without quotes.
    std::optional<std::chrono::year_month_day> date() const;
    /// "08:30" up to "24:00", since local midnight.
    std::optional<std::chrono::minutes> time_of_day() const;
    /// The values of an array, or the value alone.
    std::vector<ConfigValue> items() const;
    /// A table, also an inline one.
    std::optional<ConfigTable> table() const;

    void complain(std::string message, std::vector<std::string> hints = {}) const;
    void warn(std::string message, std::vector<std::string> hints = {}) const;

private:
    void expected(std::string_view what, const std::string& example) const;

    const ConfigNode* node_;  // never null
    std::string name_;        // the key it stands under: for the complaint
    Diagnostics* complaints_;
};

/// A table of the file. Remembers which keys it was asked for.
class ConfigTable {
public:
    ConfigTable(const ConfigNode& node, std::string name, Diagnostics& complaints)
        : node_(&node), name_(std::move(name)), complaints_(&complaints) {}

    /// The header, "[[rule]]", or an inline table's first brace.
    const TextSpan& where() const { return node_->where; }
    /// The value of `key`; the table's own place where the key is missing.
    TextSpan where(std::string_view key) const;
    /// The key itself, for complaints about a section as a whole.
    TextSpan where_key(std::string_view key) const;

    bool has(std::string_view key) const;
    /// All keys in the order of the file: for tables whose keys are names, [plan.base]. They count
    /// as known.
    std::vector<std::string> keys();

    std::optional<ConfigValue> value(std::string_view key);

    // As in ConfigValue, for the value of `key`; nothing, without complaint, where it is missing.

    std::optional<std::string> text(std::string_view key);
    std::optional<std::int64_t> integer(std::string_view key,
                                        std::int64_t least,
                                        std::int64_t most);
    std::optional<double> real(std::string_view key, double least, double most);
    std::optional<bool> boolean(std::string_view key);
    std::optional<std::string> choice(std::string_view key, const std::vector<std::string>& words);
    std::optional<std::chrono::seconds> duration(std::string_view key,
                                                 std::chrono::seconds least,
                                                 std::chrono::seconds most);
    std::optional<std::size_t> size(std::string_view key, std::size_t least, std::size_t most);
    std::optional<std::chrono::year_month_day> date(std::string_view key);
    std::optional<std::chrono::minutes> time_of_day(std::string_view key);
    /// The values of an array, or the one value; empty where the key is missing.
    std::vector<ConfigValue> items(std::string_view key);
    /// The texts of an array of texts, or the one text.
    std::vector<std::string> texts(std::string_view key);

    /// The enumerator that belongs to the word that stands there.
    template <class Enum>
    std::optional<Enum> one_of(std::string_view key,
                               const std::vector<std::pair<std::string, Enum>>& words);

    /// The text of `key`, not empty. Complaint where it is missing, with `example` ("host =
    /// \"imap.example.org\"") as the hint.
    std::string required_text(std::string_view key, const std::string& example);
    /// Complains where `key` is missing; for required values of other kinds.
    bool require(std::string_view key, const std::string& example);

    /// [key] or key = {...}; nothing where it is missing.
    std::optional<ConfigTable> table(std::string_view key);
    /// [[key]], or [key] for a single one.
    std::vector<ConfigTable> tables(std::string_view key);

    /// Complains of every key that was not asked for, with the nearest one that was.
    void refuse_unknown_keys() const;

    /// A complaint at the value of `key`, or at the table where it is missing.
    void complain(std::string_view key,
                  std::string message,
                  std::vector<std::string> hints = {}) const;
    /// A complaint at any place of the file.
    void complain_at(TextSpan place,
                     std::string message,
                     std::vector<std::string> hints = {}) const;
    void warn_at(TextSpan place, std::string message, std::vector<std::string> hints = {}) const;

private:
    const ConfigEntry* find(std::string_view key) const;

    const ConfigNode* node_;  // never null
    std::string name_;
    Diagnostics* complaints_;
    std::set<std::string, std::less<>> known_ = {};
};

template <class Enum>
std::optional<Enum> ConfigTable::one_of(std::string_view key,
                                        const std::vector<std::pair<std::string, Enum>>& words) {
    std::vector<std::string> known;
    for (const auto& [word, meaning] : words) known.push_back(word);
    const std::optional<std::string> chosen = choice(key, known);
    for (const auto& [word, meaning] : words) {
        if (chosen == word) return meaning;
    }
    return std::nullopt;
}

}  // namespace bellhop::parsers
