#include "rules/mail/no_request.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "parsers/text/ascii.hpp"

namespace bellhop::rules {
namespace {

/// RFC 2919, RFC 2369, and Precedence, which RFC 2076 section 3.9 names and everybody uses.
bool is_to_many(const parsers::Message& message) {
    const std::string precedence =
        parsers::lower_case(parsers::trimmed(message.field("Precedence")));
    return message.has_field("List-Unsubscribe") || message.has_field("List-Id") ||
           precedence == "bulk" || precedence == "list" || precedence == "junk";
}

/// What advertisers must write at the end of what they send, and nobody else does.
bool says_how_to_leave(const parsers::Message& message) {
    constexpr std::size_t looked_at = 8000;  // bytes at the end
    constexpr std::array<std::string_view, 7> sayings{"unsubscribe",
                                                      "opt out of",
                                                      "opt-out",
                                                      "email preferences",
                                                      "manage your preferences",
                                                      "abmelden",
                                                      "se d\xc3\xa9sabonner"};
    const std::size_t size = message.text.size();
    const std::string end = parsers::lower_case(
        std::string_view{message.text}.substr(size - std::min(size, looked_at)));
    return std::any_of(sayings.begin(), sayings.end(), [&end](std::string_view saying) {
        return end.find(saying) != std::string::npos;
    });
}

}  // namespace

std::string why_no_request(const parsers::Message& message, SenderIs sender) {
    if (message.kind == parsers::MessageKind::bounce) {
        return "a delivery report about no mail of ours";
    }
    if (sender == SenderIs::known) return {};
    if (is_to_many(message)) return "a stranger's mail to many";
    if (says_how_to_leave(message)) return "a stranger's mail that says how to unsubscribe";
    return {};
}

}  // namespace bellhop::rules
