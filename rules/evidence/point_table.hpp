// Points of thousands of words and neighbouring pairs: made by `bellhop rules learn`, read by
// nobody.
//
//     bellhop points 1
//     version 2026-12-01 school mails
//     start 0.3 -0.1 0.2 -0.4 -3.1
//     no internet<TAB>1.2 0.1 -0.4 -0.9 -0.2
//
// One line a word or pair, sorted; points of major, high, medium, low, safeguarding.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/system/result.hpp>

#include "rules/evidence/points.hpp"

namespace bellhop::rules {

/// Points as a table keeps them.
using Tenths = std::array<std::int16_t, scale_count>;

Tenths tenths_of(const Points& points);
Points points_of(const Tenths& tenths);

class PointTable {
public:
    /// Entries of one word each, none of them twice.
    PointTable(std::string version,
               Points start,
               const std::vector<std::pair<std::string, Points>>& entries);

    /// What keys() and points() of another table gave: needs no reading. Precondition: as many of
    /// each.
    PointTable(std::string version,
               Points start,
               std::span<const std::uint64_t> keys,
               std::span<const Tenths> points);

    /// Errors: what is wrong, with its line, as one line of text.
    static boost::system::result<PointTable, std::string> read(std::string_view text);

    /// Null where the table has no such word.
    const Points* find(std::uint64_t key) const;

    const std::string& version() const { return version_; }
    const Points& start() const { return start_; }  ///< of a mail without a word
    std::size_t size() const { return points_.size(); }
    const std::vector<std::uint64_t>& keys() const { return keys_; }  ///< word_key() of each word
    const std::vector<Points>& points() const { return points_; }     ///< in the order of keys()

private:
    PointTable() = default;
    void add(std::uint64_t key, const Points& points);
    void make_slots(std::size_t count);
    void place(std::uint32_t number);

    std::string version_ = {};
    Points start_ = {};
    std::vector<std::uint64_t> keys_ = {};
    std::vector<Points> points_ = {};        // by number, as keys_
    std::vector<std::uint32_t> slots_ = {};  // open addressing, at most half full: number + 1, or 0
};

/// A table as rules name it: "builtin:words", "learned.points".
struct NamedTable {
    std::string name = {};
    std::shared_ptr<const PointTable> table = {};  ///< never null
};

/// What the tables together begin with.
Points start_of(const std::vector<NamedTable>& tables);

/// What they together give a word; nothing where none of them has it.
std::optional<Points> points_in(const std::vector<NamedTable>& tables, std::uint64_t key);

/// "2026-12-01 school mails + 2027-07-20, 4102 mails"
std::string versions_of(const std::vector<NamedTable>& tables);

/// The text of a table: what PointTable::read() reads. Points are rounded to a tenth; what is then
/// without points is left out.
std::string written(const std::string& version,
                    const Points& start,
                    std::vector<std::pair<std::string, Points>> entries);

}  // namespace bellhop::rules
