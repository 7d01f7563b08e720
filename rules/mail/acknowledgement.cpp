#include "rules/mail/acknowledgement.hpp"

#include <algorithm>
#include <array>

#include "parsers/header/address.hpp"

namespace bellhop::rules {
namespace {

using namespace std::string_view_literals;

// Compared with blanks, ".", "-" and "_" left out: no-reply, no_reply, No.Reply are one word.
constexpr std::array robot_words{
    "noreply"sv,        "donotreply"sv,   "dontreply"sv,  "nepasrepondre"sv, "noresponder"sv,
    "nichtantworten"sv, "mailerdaemon"sv, "postmaster"sv, "autoreply"sv,     "autoresponder"sv,
    "bounce"sv,         "bounces"sv,      "listserv"sv,   "majordomo"sv,     "nobody"sv};
constexpr std::array robot_beginnings{"noreply"sv,  "donotreply"sv, "owner-"sv,
                                      "bounce+"sv,  "bounces+"sv,   "bounce-"sv,
                                      "bounces-"sv, "msprvs1="sv,   "prvs="sv};
constexpr std::array robot_endings{"-request"sv, "-bounces"sv,  "-bounce"sv,  "-owner"sv,
                                   "-noreply"sv, "-no-reply"sv, ".noreply"sv, "_noreply"sv};

std::string letters_only(std::string_view local_part) {
    std::string word;
    for (const char c : local_part) {
        if (c != '.' && c != '-' && c != '_') word += c;
    }
    return word;
}

bool contains(const std::vector<std::string>& list, std::string_view value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

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
    if (contains(policy.own_addresses, parsers::address_key(address))) {
        return "the sender is an address of the desk itself";
    }
    if (message.kind == parsers::MessageKind::bounce) return "the mail is a delivery report";
    if (message.kind == parsers::MessageKind::automatic) return "the mail was written by a machine";
    if (has_null_reverse_path(message)) return "the mail has a null reverse-path";
    if (!policy.loop_mark.empty() && message.field("X-Bellhop-Loop") == policy.loop_mark) {
        return "the mail carries our own loop mark";
    }
    if (is_robot_address(address)) return "nobody reads answers to the sender's address";
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
    std::string reason = why_not(message, policy, recent);
    if (!reason.empty()) return {false, {}, std::move(reason)};
    return {true, message.from->address, {}};
}

bool is_robot_address(std::string_view address) {
    const std::string key = parsers::address_key(address);
    const std::string_view local = std::string_view{key}.substr(0, key.rfind('@'));
    const std::string word = letters_only(local);
    return std::find(robot_words.begin(), robot_words.end(), word) != robot_words.end() ||
           std::any_of(robot_beginnings.begin(), robot_beginnings.end(),
                       [&](std::string_view one) {
                           return local.starts_with(one) || word.starts_with(one);
                       }) ||
           std::any_of(robot_endings.begin(), robot_endings.end(),
                       [&](std::string_view one) { return local.ends_with(one); });
}

}  // namespace bellhop::rules
