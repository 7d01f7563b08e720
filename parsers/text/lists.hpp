// Lists of texts: put together, searched.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

/// "a, b, c" of {a, b, c} with the separator ", ". `texts` is a range of strings.
template <class Range>
std::string joined(const Range& texts, std::string_view separator) {
    std::string all;
    bool is_first = true;
    for (const auto& text : texts) {
        if (!is_first) all += separator;
        all += text;
        is_first = false;
    }
    return all;
}

/// Whether one of `list` is `value`.
template <class Range, class Value>
bool contains(const Range& list, const Value& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

/// The member `name` of each.
template <class Named>
std::vector<std::string> names_of(const std::vector<Named>& all) {
    std::vector<std::string> names;
    for (const Named& each : all) names.push_back(each.name);
    return names;
}

}  // namespace bellhop::parsers
