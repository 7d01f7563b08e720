#include "rules/mail/no_request.hpp"

#include "parsers/message/bulk_signs.hpp"
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

}  // namespace

std::string why_no_request(const parsers::Message& message, SenderIs sender) {
    if (message.kind == parsers::MessageKind::bounce) {
        return "a delivery report about no mail of ours";
    }
    if (sender == SenderIs::known) return {};
    if (is_to_many(message) || parsers::bulk_signs(message).is_to_many()) {
        return "a stranger's mail to many";
    }
    return {};
}

}  // namespace bellhop::rules
