// What a short text of a machine's mail says: a tag, the value of a field, a sentence.
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

namespace bellhop::rules {

/// What a short text says of the thing.
enum class Says { nothing, ill, well, well_again };

/// As the machine calls it itself.
enum class MachineSeverity { unknown, information, warning, error, critical };

/// What is wrong outweighs what is well, unless it is well again. Of "WARN -> OK" it is what stands
/// behind.
Says says(std::string_view text);

/// By the first word that is a name of one.
MachineSeverity severity_in(std::string_view text);

/// Runs of letters, digits and what stands within names, as they are written.
std::vector<std::string_view> words_of(std::string_view text);

template <class List, class Value>
bool is_one_of(const List& list, const Value& value) {
    return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

}  // namespace bellhop::rules
