#include "rules/people/tell_table.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bellhop::rules {
namespace {

constexpr std::int64_t most_mails = 1000;  // an hour to one person: nobody reads more

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

TellEntry read_entry(parsers::ConfigTable& table, std::string_view name) {
    TellEntry entry;
    for (const parsers::ConfigValue& item : table.items(name)) {
        if (auto word = item.text()) {
            entry.whom.push_back(*std::move(word));
            entry.spans.push_back(item.where());
        }
    }
    return entry;
}

}  // namespace

std::vector<std::string> TellTable::whom(Occasion occasion) const {
    const auto found = entries.find(occasion);
    return found == entries.end() ? words_of(entry_of(occasion).tell) : found->second.whom;
}

TellTable read_tell_table(parsers::ConfigTable& table) {
    TellTable tell;
    for (const Occasion occasion : occasions()) {
        const OccasionEntry entry = entry_of(occasion);
        // Asked for even where it is missing: then a slip of the pen is told from it.
        if (entry.tell.empty() || !table.value(entry.name)) continue;
        tell.entries[occasion] = read_entry(table, entry.name);
    }
    if (const auto most = table.integer("most_an_hour", 1, most_mails)) {
        tell.most_an_hour = static_cast<std::size_t>(*most);
    }
    table.refuse_unknown_keys();
    return tell;
}

}  // namespace bellhop::rules
