#include "rules/ticket/doubt.hpp"

#include <algorithm>

namespace bellhop::rules {
namespace {

constexpr std::string_view prefix = "perhaps ";

}  // namespace

std::string doubt_tag(const std::string& priority) {
    return std::string{prefix} + priority;
}

std::string second_choice(const std::vector<std::string>& tags) {
    const auto found = std::find_if(tags.begin(), tags.end(),
                                    [](const std::string& tag) { return tag.starts_with(prefix); });
    return found == tags.end() ? std::string{} : found->substr(prefix.size());
}

std::string priority_in_words(const Ticket& ticket) {
    const std::string second = second_choice(ticket.tags);
    return second.empty() ? ticket.priority : ticket.priority + ", " + doubt_tag(second);
}

}  // namespace bellhop::rules
