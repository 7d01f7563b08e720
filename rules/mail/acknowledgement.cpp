#include "rules/mail/acknowledgement.hpp"

#include <algorithm>

#include "parsers/header/address.hpp"
#include "parsers/message/robot_address.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::rules {
namespace {

/// The Return-Path that the delivering server writes (RFC 5321 section 4.4) names the reverse-path.
bool has_null_reverse_path(const parsers::Message& message) {
    std::string path{message.field("Return-Path")};
    std::erase_if(path, [](char c) { return c == ' ' || c == '\t'; });
    return path == "<>";
}

std::string limit_text(const MailLimit& limit) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(limit.window).count();
    return std::to_string(limit.count) + " automatic mails in " + std::to_string(minutes) +
           " minutes";
}

std::string why_not(const parsers::Message& message,
                    const AnswerPolicy& policy,
                    const std::vector<std::size_t>& recent) {
    if (!policy.enabled) return "acknowledgements are switched off";
    if (!message.from || message.from->address.empty()) return "the mail names no sender";
    const std::string& address = message.from->address;
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
    for (std::size_t i = 0; i < policy.limits.size(); ++i) {
        if (recent[i] >= policy.limits[i].count) {
            return "the sender has had " + limit_text(policy.limits[i]);
        }
    }
    return {};
}

}  // namespace

AnswerVerdict may_answer(const parsers::Message& message,
                         const AnswerPolicy& policy,
                         const std::vector<std::size_t>& recent) {
    ensure(recent.size() == policy.limits.size());
    std::string reason = why_not(message, policy, recent);
    if (!reason.empty()) return {false, {}, std::move(reason)};
    return {true, message.from->address, {}};
}

}  // namespace bellhop::rules
