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

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/system/result.hpp>

#include "rules/evidence/points.hpp"

namespace bellhop::rules {

class PointTable {
public:
    /// Entries of one word each, none of them twice.
    PointTable(std::string version,
               Points start,
               const std::vector<std::pair<std::string, Points>>& entries);

    /// Errors: what is wrong, with its line, as one line of text.
    static boost::system::result<PointTable, std::string> read(std::string_view text);

    /// Null where the table has no such word.
    const Points* find(std::uint64_t key) const;

    const std::string& version() const { return version_; }
    const Points& start() const { return start_; }  ///< of a mail without a word
    std::size_t size() const { return points_.size(); }

private:
    PointTable() = default;
    void add(std::uint64_t key, const Points& points);
    void grow();
    void place(std::uint32_t number);

    std::string version_ = {};
    Points start_ = {};
    std::vector<std::uint64_t> keys_ = {};
    std::vector<Points> points_ = {};        // by number, as keys_
    std::vector<std::uint32_t> slots_ = {};  // open addressing, at most half full: number + 1, or 0
};

/// The text of a table: what PointTable::read() reads. Points are rounded to a tenth; what is then
/// without points is left out.
std::string written(const std::string& version,
                    const Points& start,
                    std::vector<std::pair<std::string, Points>> entries);

}  // namespace bellhop::rules
