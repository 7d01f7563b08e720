#include "rules/mail/relay_answer.hpp"

#include <algorithm>
#include <array>

#include "parsers/text/ascii.hpp"

namespace bellhop::rules {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t most_refusals = 16;  // kinds of refusals remembered

/// Statuses that name the account or the relay, whatever mail they are said of. Seen in the wild at
/// Exchange Online ("550 5.7.57 Client not authenticated to send mail", "5.7.60 Client does not
/// have permissions to send as this sender", "5.2.252 SendAsDenied", "5.1.90 Your message can't be
/// sent because you've reached your daily limit") and Gmail ("550 5.4.5 Daily user sending limit
/// exceeded").
constexpr std::array account_statuses{"5.1.7"sv,  "5.1.8"sv,  "5.1.90"sv,  "5.4.5"sv,  "5.7.57"sv,
                                      "5.7.60"sv, "5.7.64"sv, "5.2.252"sv, "5.7.139"sv};
/// Exchange Online blocks an account ("5.7.501") or a tenant ("5.7.705").
constexpr std::array account_beginnings{"5.7.50"sv, "5.7.51"sv, "5.7.70"sv, "5.7.75"sv};

/// Said without an enhanced status by servers that know none (Exim, old gateways).
constexpr std::array account_words{
    "relay not permitted"sv,    "relaying denied"sv,      "relay access denied"sv,
    "unable to relay"sv,        "not authenticated"sv,    "authentication required"sv,
    "sendasdenied"sv,           "quotaexceeded"sv,        "sending limit exceeded"sv,
    "sending quota exceeded"sv, "relaying not allowed"sv, "relay denied"sv};

template <class Words, class Matches>
bool any(const Words& words, const Matches& matches) {
    return std::any_of(words.begin(), words.end(), matches);
}

/// Whether a refusal of a mail, or of its recipient, is one of the account.
bool names_the_account(const std::string& status, const std::string& words) {
    if (any(account_statuses, [&](std::string_view one) { return status == one; })) return true;
    if (any(account_beginnings, [&](std::string_view one) { return status.starts_with(one); })) {
        return true;
    }
    const std::string lower = parsers::lower_case(words);
    return any(account_words,
               [&](std::string_view one) { return lower.find(one) != std::string::npos; });
}

/// RFC 4954 section 6, RFC 5321 section 4.2.4: about us or about the conversation, at any stage.
bool is_of_the_conversation(int code) {
    constexpr std::array codes{421, 500, 502, 503, 530, 534, 535, 538};
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

/// MAIL FROM names size and kind of the mail as well (RFC 1870, RFC 6152, RFC 6531).
bool is_of_the_mails_own_parameters(int code, const std::string& status) {
    return code == 552 || code == 555 || status == "5.3.4" || status == "5.2.3" ||
           status == "5.6.7" || status == "5.6.3";
}

Concern concern_of(const RelayAnswer& answer, bool null_sender) {
    if (answer.code == 0) {
        return answer.stage < SmtpStage::sender ? Concern::relay : Concern::mail;
    }
    if (answer.stage < SmtpStage::sender || is_of_the_conversation(answer.code)) {
        return Concern::relay;
    }
    const std::string status = enhanced_status(answer.words);
    const bool is_final = answer.code >= 500;
    if (answer.stage == SmtpStage::sender) {
        if (is_of_the_mails_own_parameters(answer.code, status)) return Concern::mail;
        return null_sender && is_final ? Concern::null_sender : Concern::relay;
    }
    return is_final && names_the_account(status, answer.words) ? Concern::relay : Concern::mail;
}

}  // namespace

std::string enhanced_status(std::string_view words) {
    std::string_view rest = words.substr(std::min<std::size_t>(4, words.size()));
    const std::string_view status = rest.substr(0, std::min(rest.find(' '), rest.size()));
    const bool is_status =
        status.size() >= 5 && (status[0] == '2' || status[0] == '4' || status[0] == '5') &&
        std::count(status.begin(), status.end(), '.') == 2 && status[1] == '.' &&
        status.find_first_not_of("0123456789.") == std::string_view::npos && status.back() != '.';
    return is_status ? std::string{status} : std::string{};
}

Judgement judge(const RelayAnswer& answer, bool null_sender) {
    Judgement judgement;
    // A 2xx anywhere else is an answer out of step: the mail is on nobody's hands but ours.
    if (answer.code / 100 == 2 && answer.stage == SmtpStage::content) {
        judgement.outcome = Answered::taken;
        return judgement;
    }
    if (answer.code / 100 == 5) judgement.outcome = Answered::refused;
    judgement.concern = concern_of(answer, null_sender);
    const std::string status = enhanced_status(answer.words);
    if (judgement.outcome == Answered::refused && judgement.concern == Concern::mail &&
        status.starts_with("5.7.")) {
        judgement.policy = status;
    }
    return judgement;
}

Judgement RelaySuspicion::seen_together(Judgement judgement, const std::string& recipient) {
    if (judgement.outcome == Answered::taken) refusals_.clear();
    if (judgement.policy.empty()) return judgement;
    auto same = std::find_if(refusals_.begin(), refusals_.end(),
                             [&](const Refusal& one) { return one.policy == judgement.policy; });
    if (same == refusals_.end()) {
        if (refusals_.size() >= most_refusals) refusals_.erase(refusals_.begin());
        same = refusals_.insert(refusals_.end(), {judgement.policy, recipient, false});
    }
    if (same->recipient != recipient) same->is_of_all = true;
    if (same->is_of_all) judgement.concern = Concern::relay;
    return judgement;
}

}  // namespace bellhop::rules
