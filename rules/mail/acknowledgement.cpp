#include "rules/mail/acknowledgement.hpp"

#include <utility>

#include "parsers/header/address.hpp"
#include "parsers/message/robot_address.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::rules {
namespace {

/// The Return-Path that the delivering server writes (RFC 5321 section 4.4) names the reverse-path.
bool has_null_reverse_path(const parsers::Message& message) {
    std::string path{message.field("Return-Path")};
    std::erase_if(path, [](char c) { return c == ' ' || c == '\t'; });
    return path == "<>";
}

std::string why_never(const parsers::Message& message,
                      const AnswerPolicy& policy,
                      const AnswerSeeker& seeker) {
    if (!policy.enabled) return "acknowledgements are switched off";
    if (!message.from || message.from->address.empty()) return "the mail names no sender";
    const std::string& address = message.from->address;
    if (!seeker.is_plain) return "the mail does not plainly name one author";
    if (!parsers::is_sendable(address)) return "the sender's address cannot be written to";
    if (parsers::contains(policy.own_addresses, parsers::address_key(address))) {
        return "the sender is an address of the desk itself";
    }
    if (message.kind == parsers::MessageKind::bounce) return "the mail is a delivery report";
    if (message.kind == parsers::MessageKind::automatic) return "the mail was written by a machine";
    if (has_null_reverse_path(message)) return "the mail has a null reverse-path";
    if (!policy.loop_mark.empty() && message.field("X-Bellhop-Loop") == policy.loop_mark) {
        return "the mail carries our own loop mark";
    }
    if (parsers::is_robot_address(address)) return "nobody reads answers to the sender's address";
    if (!message.answerable) return "the mail must not be answered automatically";
    return {};
}

}  // namespace

AnswerVerdict may_answer(const parsers::Message& message,
                         const AnswerPolicy& policy,
                         const AnswerSeeker& seeker) {
    std::string reason = why_never(message, policy, seeker);
    if (!reason.empty()) return {false, {}, std::move(reason), {}};
    if (const auto limit = exhausted(policy.budget, seeker.recent, seeker.familiarity)) {
        return {false, {}, in_words(*limit, "had", "automatic mails"), limit->whose};
    }
    return {true, message.from->address, {}, {}};
}

}  // namespace bellhop::rules
