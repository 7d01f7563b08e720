// Lists and pairs of texts in one column, as JSON: readable in the sqlite3 shell and for SQLite's
// JSON functions. Reads only what it has written itself.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bellhop::storage {

using TextPairs = std::vector<std::pair<std::string, std::string>>;

std::string to_json(const std::vector<std::string>& texts);  ///< an array
std::string to_json(const TextPairs& pairs);                 ///< an object; the order is kept

/// The inverse. Throws DatabaseError where the text is no such array or object.
std::vector<std::string> texts_of_json(std::string_view json);
TextPairs pairs_of_json(std::string_view json);

}  // namespace bellhop::storage
